/**
 * `npm run bench -- [DIR] [--rounds N] [--only TEXT] [--json FILE]`: Seam against git and quilt on
 * the corpora that `test/real/prepare.sh` made in DIR.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { firstMissing, withScratch } from '../real/corpus.ts';
import { output } from '../real/programs.ts';
import type { Contest, Measured } from './contender.ts';
import { race } from './contender.ts';
import { CONTESTS } from './contests.ts';

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
  allowPositionals: true,
});
const dir = resolve(positionals[0] ?? process.env['SEAM_CORPUS'] ?? '.');
const rounds = Number(values.rounds);
if (positionals.length > 1 || !Number.isSafeInteger(rounds) || rounds < 1) {
  console.error('usage: npm run bench -- [DIR] [--rounds N] [--only TEXT] [--json FILE]');
  process.exit(2);
}

interface Outcome {
  readonly contest: string;
  readonly measured: readonly Measured[];
}

function row(cells: readonly string[]): string {
  const [name = '', ...numbers] = cells;
  return [name.padEnd(22), ...numbers.map((cell) => cell.padStart(10))].join('');
}

/** How many times as long as the first it took. */
function ratio(each: Measured, first: Measured | undefined): string {
  if (first === undefined || each === first) return '';
  return `${(each.median / first.median).toFixed(1)} x`;
}

function print({ contest, measured }: Outcome): void {
  console.log(`\n${contest}`);
  console.log(row(['', 'median', 'min', 'max', 'memory', 'ratio']));
  for (const each of measured) {
    const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3)} s`;
    const memory = each.memory === null ? '-' : `${each.memory.toFixed(0)} MiB`;
    const [least, most] = [Math.min(...each.times), Math.max(...each.times)];
    const cells = [seconds(each.median), seconds(least), seconds(most), memory];
    const line = row([each.name, ...cells, ratio(each, measured[0])]);
    console.log(each.note === '' ? line : `${line}  ${each.note}`);
  }
}

async function hold(contest: Contest): Promise<Outcome | null> {
  const missing = firstMissing(dir, contest.needs);
  if (missing !== null) {
    console.log(`\n${contest.name}\n  skipped: '${missing}' is not in '${dir}'`);
    return null;
  }
  return withScratch((scratch) => {
    const contenders = contest.contenders(dir, scratch);
    const expected = contest.expected(dir);
    const outcome = {
      contest: contest.name,
      measured: race(contenders, { rounds, expected, scratch }),
    };
    print(outcome);
    return outcome;
  });
}

function version(program: string, ...args: string[]): string {
  try {
    return output(program, args).split('\n')[0] ?? '';
  } catch {
    return 'none';
  }
}

const machine = {
  node: process.version,
  git: version('git', '--version'),
  quilt: version('quilt', '--version'),
  patch: version('patch', '--version'),
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  rounds,
};
console.log(
  Object.entries(machine)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n'),
);
const outcomes: Outcome[] = [];
for (const contest of CONTESTS) {
  if (values.only !== undefined && !contest.name.includes(values.only)) continue;
  const outcome = await hold(contest);
  if (outcome !== null) outcomes.push(outcome);
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine, outcomes }, null, 2)}\n`);
