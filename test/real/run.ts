/** `npm run test:real -- DIR [--only NAME]…`: applies real series with Seam; see README.md. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { firstMissing, withScratch } from './corpus.ts';
import type { Corpus, Findings } from './corpus.ts';
import { debianLinux } from './debian-linux.ts';
import { deps } from './deps.ts';
import { depsQuilt } from './deps-quilt.ts';
import { gitData } from './git-data.ts';
import { gitSuite } from './git-suite.ts';
import { globals } from './globals.ts';
import { maintainers } from './maintainers.ts';
import { ovz } from './ovz.ts';
import { installed } from './programs.ts';
import { rapidquilt } from './rapidquilt.ts';
import { reports } from './reports.ts';
import { roundTrips } from './round-trip.ts';
import { threads } from './threads.ts';
import { uml } from './uml.ts';
import { umlCheck } from './uml-check.ts';
import { versions } from './versions.ts';

const CORPORA: readonly Corpus[] = [
  ...debianLinux,
  ...ovz,
  ...roundTrips,
  ...rapidquilt,
  ...deps,
  ...depsQuilt,
  ...gitData,
  ...gitSuite,
  ...versions,
  ...maintainers,
  ...globals,
  ...reports,
  ...threads,
  ...uml,
  umlCheck,
];
const USAGE = 'usage: npm run test:real -- DIR [--only NAME]... [--list]';
const MOST_SHOWN = 100;

type Result = 'passed' | 'failed' | 'skipped';

function print(corpus: Corpus, result: Result, text: string): Result {
  const width = Math.max(...CORPORA.map(({ name }) => name.length));
  console.log(`${corpus.name.padEnd(width)}  ${result.padEnd(7)}  ${text}`);
  return result;
}

async function findings(corpus: Corpus, dir: string): Promise<Findings> {
  try {
    return await withScratch((scratch) => corpus.check({ dir, scratch }));
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { counts: 'stopped', mismatches: [text] };
  }
}

async function examine(corpus: Corpus, dir: string, named: boolean): Promise<Result> {
  if (corpus.minutes !== undefined && !named)
    return print(corpus, 'skipped', `takes ${corpus.minutes} minutes: --only ${corpus.name}`);
  const missing = firstMissing(dir, corpus.needs);
  if (missing !== null) return print(corpus, 'skipped', `'${missing}' is not in '${dir}'`);
  const tool = corpus.tools?.find((name) => !installed(name));
  if (tool !== undefined) return print(corpus, 'skipped', `'${tool}' is not installed`);
  const unfit = corpus.unfit?.(dir) ?? null;
  if (unfit !== null) return print(corpus, 'skipped', unfit);
  const started = performance.now();
  const { counts, mismatches } = await findings(corpus, dir);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const result = print(
    corpus,
    mismatches.length === 0 ? 'passed' : 'failed',
    `${counts} (${seconds} s)`,
  );
  for (const text of mismatches.slice(0, MOST_SHOWN))
    console.log(`    ${text.replaceAll('\n', '\n    ')}`);
  if (mismatches.length > MOST_SHOWN)
    console.log(`    and ${mismatches.length - MOST_SHOWN} mismatches more`);
  return result;
}

function fail(...lines: string[]): never {
  console.error(lines.join('\n'));
  process.exit(2);
}

function commandLine(): { dir: string; chosen: readonly Corpus[]; named: boolean } {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string', multiple: true }, list: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.list === true) {
    console.log(CORPORA.map(({ name }) => name).join('\n'));
    process.exit(0);
  }
  const [dir] = positionals;
  if (dir === undefined || positionals.length > 1) fail(USAGE);
  const only = values.only ?? [];
  const unknown = only.find((name) => !CORPORA.some((corpus) => corpus.name === name));
  if (unknown !== undefined) {
    fail(`error: no corpus '${unknown}'`, 'hint: npm run test:real -- --list');
  }
  const chosen = only.length === 0 ? CORPORA : CORPORA.filter(({ name }) => only.includes(name));
  return { dir: resolve(dir), chosen, named: only.length > 0 };
}

const { dir, chosen, named } = commandLine();
const results: Result[] = [];
for (const corpus of chosen) results.push(await examine(corpus, dir, named));
const count = (wanted: Result): number => results.filter((result) => result === wanted).length;
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
process.exitCode = count('failed') > 0 || count('passed') === 0 ? 1 : 0;
