/** Programs that do the same work, run in turns from the same state, each result checked. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NEUTRAL, installed } from '../real/programs.ts';

export interface Contender {
  readonly name: string;
  /** A program without which it cannot take part. */
  readonly needs?: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input, from a file. */
  readonly stdin?: string;
  /** Bring everything to the state that the run starts from; not timed. */
  readonly prepare: () => void;
  /** What the run must have led to, as text to be compared; not timed. */
  readonly result: () => string;
  /**
   * Runs that are enough where one takes minutes; processor time is measured then in place of memory.
   */
  readonly most?: number;
  /** How many times as much work there is as it does: its times are multiplied. 1 if not given. */
  readonly share?: number;
  /** More about the last run, for the end of its line. */
  readonly note?: () => string;
}

/** Contenders for one piece of work. */
export interface Contest {
  readonly name: string;
  /** Paths below the directory of corpora without which it is skipped. */
  readonly needs: readonly string[];
  /** What every contender must arrive at. */
  expected(dir: string): string;
  contenders(dir: string, scratch: string): readonly Contender[];
}

/** One line of the table. */
export interface Measured {
  readonly name: string;
  /** Wall-clock milliseconds of the whole process, in order of the runs. */
  readonly times: readonly number[];
  readonly median: number;
  /** Largest resident set of any process of it, in MiB; null where that cannot be measured. */
  readonly memory: number | null;
  readonly note: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}

const TIME = '/usr/bin/time';

function start(contender: Contender, command: readonly [string, ...string[]]): number {
  const { cwd, env, stdin } = contender;
  const input = stdin === undefined ? undefined : readFileSync(stdin);
  const [program, ...args] = command;
  const started = performance.now();
  const done = spawnSync(program, args, {
    cwd,
    env: { ...NEUTRAL, ...env },
    input,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'],
  });
  const took = performance.now() - started;
  if (done.error !== undefined) throw done.error;
  if (done.status === 0) return took;
  throw new Error(`${contender.name}: status ${done.status}\n${done.stderr.toString()}`);
}

function check(contender: Contender, expected: string): void {
  const actual = contender.result();
  if (actual !== expected)
    throw new Error(`${contender.name}: result is ${actual}, expected ${expected}`);
}

/** Memory in a run of its own, because GNU time stands in between. */
function memoryOf(contender: Contender, scratch: string): number | null {
  if (!existsSync(TIME)) return null;
  const report = join(scratch, 'memory');
  contender.prepare();
  start(contender, [TIME, '--format=%M', `--output=${report}`, ...contender.command]);
  const kibibytes = Number(readFileSync(report, 'utf8').trim().split('\n').at(-1));
  rmSync(report);
  return Number.isFinite(kibibytes) ? kibibytes / 1024 : null;
}

/** With the processor seconds of all its processes; null where they cannot be told. */
function startCounted(
  contender: Contender,
  scratch: string,
): { readonly took: number; readonly used: number | null } {
  if (!existsSync(TIME)) return { took: start(contender, [...contender.command]), used: null };
  const report = join(scratch, 'processor');
  const took = start(contender, [
    TIME,
    '--format=%U %S',
    `--output=${report}`,
    ...contender.command,
  ]);
  const [user, system] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
  rmSync(report);
  return { took, used: (user ?? 0) + (system ?? 0) };
}

function secondsText(seconds: number | undefined): string {
  return seconds === undefined ? '' : `${seconds.toFixed(1)} s of processor time`;
}

/** Run those that can be run `rounds` times each, in turns: first, second, first, second. */
export function race(
  contenders: readonly Contender[],
  options: { readonly rounds: number; readonly expected: string; readonly scratch: string },
): Measured[] {
  const present = contenders.filter(({ needs }) => needs === undefined || installed(needs));
  const times = new Map(present.map((each) => [each, [] as number[]]));
  const processor = new Map<Contender, number>();
  for (let round = 0; round < options.rounds; round += 1)
    for (const [contender, list] of times) {
      if (list.length === (contender.most ?? options.rounds)) continue;
      contender.prepare();
      const { share = 1 } = contender;
      if (contender.most === undefined) list.push(share * start(contender, [...contender.command]));
      else {
        const { took, used } = startCounted(contender, options.scratch);
        list.push(took * share);
        if (used !== null) processor.set(contender, used * share);
      }
      check(contender, options.expected);
    }
  return [...times].map(([contender, list]) => ({
    name: contender.name,
    times: list,
    median: median(list),
    memory: contender.most === undefined ? memoryOf(contender, options.scratch) : null,
    note: [secondsText(processor.get(contender)), contender.note?.() ?? '']
      .filter(Boolean)
      .join(', '),
  }));
}
