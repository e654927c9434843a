/** One command of a step, run in its place, with all that it gets and none that it should not. */
import { basename, dirname } from 'node:path';
import { readFileSync, statfsSync } from 'node:fs';
import type { RunEnd } from '../../bisect/answer.ts';
import { SeamError } from '../../errors.ts';
import { FULL_DISK } from '../full-disk.ts';
import { type Limits, run } from '../runner/runner.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Outcome, Subject } from '../types.ts';
import { programFor } from './environment.ts';
import { type Reading, readRun } from './read-output.ts';
import type { CommandStep } from './types.ts';

/** With less than this left, in bytes, what a program could not write is anybody's guess. */
const FULL_BYTES = 1 << 16;

export interface RunOptions {
  /** All that commands get, but for the variables that are made here. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly sandbox: Sandbox;
  readonly now: () => Date;
}

/** Where a command runs: absolute paths, all in one directory that nobody else uses. */
export interface RunPlace {
  /** What it starts in, and what `{tree}` stands for. */
  readonly directory: string;
  readonly build: string;
  readonly home: string;
  readonly temporary: string;
  /** Takes what it prints. */
  readonly output: string;
}

/** What a run is about. */
export interface RunContext {
  readonly step: CommandStep;
  readonly subject: Subject;
  readonly config: string | null;
  readonly signal: AbortSignal;
}

export interface Ran {
  readonly end: RunEnd;
  readonly seconds: number;
  /** Up to the limit. */
  readonly output: Buffer;
}

/** What a step said, with its output. */
export interface Performance {
  readonly outcome: Omit<Outcome, 'log' | 'cached'>;
  readonly output: Buffer;
}

/** Run `words`, which are the step's own or its setup. Throws if the program is missing, or if aborted. */
export async function execute(
  place: RunPlace,
  words: readonly string[],
  { step, subject, config, signal }: RunContext,
  { env, limits, sandbox, now }: RunOptions,
): Promise<Ran> {
  const { directory, build, home, temporary, output } = place;
  const own = dirname(directory);
  const command = words.map((word) => fill(word, place, config));
  demand(step, command[0] ?? '', directory, { ...env, ...step.env }['PATH']);
  const start = now().getTime();
  const end = await run([...sandbox.prefix, ...command], {
    cwd: directory,
    env: {
      ...env,
      ...step.env,
      HOME: home,
      TMPDIR: temporary,
      CCACHE_BASEDIR: own,
      // A repository that lies around the scratch directory is not the tree's.
      GIT_CEILING_DIRECTORIES: own,
      SEAM_PATCH: subject.patch,
      SEAM_NUMBER: String(subject.position),
      SEAM_TREE: subject.tree.id,
      SEAM_BUILD: build,
      SEAM_CONFIG: config ?? '',
    },
    job: `${basename(dirname(own))}/${basename(own)}/`,
    output,
    timeout: step.timeout,
    signal,
    limits,
  });
  const seconds = (now().getTime() - start) / 1000;
  return { end, seconds, output: readFileSync(output).subarray(0, limits.output) };
}

/** What the run of a step says of the tree. */
export function readStep(place: RunPlace, step: CommandStep, { end, output }: Ran): Reading {
  const text = `${output.toString('utf8')}${lastWord(place.directory)}`;
  return readRun(step.name, step.output, end, text, stripper(place));
}

export function performanceOf(
  { seconds, output }: Ran,
  { verdict, reason, observations }: Pick<Reading, 'verdict' | 'reason' | 'observations'>,
): Performance {
  return { outcome: { verdict, reason, seconds, observations }, output };
}

/** On a full disk the complaint itself may not have found its way into the output. */
function lastWord(directory: string): string {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize < FULL_BYTES ? `\n${FULL_DISK}\n` : '';
}

function demand(
  step: CommandStep,
  program: string,
  directory: string,
  path: string | undefined,
): void {
  if (programFor(program, directory, path) !== null) return;
  throw new SeamError('tool-missing', `step '${step.name}' needs '${program}', which is not here`, {
    kind: 'environment',
    data: { step: step.name, program },
    hint: `install it, or leave the step out: --skip ${step.name}`,
  });
}

function fill(word: string, { directory, build }: RunPlace, config: string | null): string {
  return word
    .replaceAll('{tree}', directory)
    .replaceAll('{build}', build)
    .replaceAll('{config}', config ?? '');
}

/** Compilers print paths as make gave them: absolute, or from the build directory. */
function stripper({ directory, build }: RunPlace): (path: string) => string {
  const roots = [`${directory}/`, `${build}/`, `../${basename(directory)}/`, './'];
  return (path) =>
    roots.reduce((rest, root) => (rest.startsWith(root) ? rest.slice(root.length) : rest), path);
}
