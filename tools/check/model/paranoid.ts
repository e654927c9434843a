/**
 * Builds a tree once more with its own make, from nothing, and compares what came out: the
 * configuration, every object and the program, byte for byte. Slow; it is the proof that what the
 * engine remembers is what a build would have given.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Path } from '../../patch/types.ts';
import type { Built } from './build.ts';
import { type CompileContext, reproducible } from './compile.ts';
import type { Configuration } from './config.ts';
import { PROGRAM } from './link.ts';
import { runTool, type ToolEnd } from './process.ts';
import type { ModelTree } from './trees.ts';
import { makeWords, type Variant } from './variant.ts';
import { ScratchFiles } from '../scratch-files.ts';
import { sha256 } from '../store.ts';
import type { Observation, VerdictKind } from '../types.ts';

/** Seconds for a whole build. */
const TIMEOUT = 1800;

export interface Comparison {
  readonly verdict: VerdictKind;
  readonly reason: string | null;
  readonly observations: readonly Observation[];
  readonly output: string;
  readonly seconds: number;
  readonly cached: boolean;
}

/** Compare `built` with what make makes of the same tree in the configuration called `name`. */
export async function compareWithMake(
  tree: ModelTree,
  name: string,
  configuration: Configuration,
  variant: Variant,
  built: Built,
  context: CompileContext,
): Promise<Comparison> {
  return context.inWorkshop('run', async (workshop) => {
    const directory = mkdtempSync(join(workshop.temporary, 'make-'));
    const start = context.now().getTime();
    const make = async (...words: readonly string[]): Promise<ToolEnd> =>
      runTool(['make', '-s', ...makeWords(variant), ...words], {
        cwd: directory,
        env: context.env,
        job: workshop.job,
        timeout: TIMEOUT,
        signal: context.signal,
      });
    try {
      const files = new ScratchFiles(directory);
      for (const [path, { mode }] of tree.files)
        files.write(path, mode, tree.content(path) ?? Buffer.alloc(0));
      const configured = await make(...targetFor(name, configuration, files));
      const done = await make(PROGRAM, `KCFLAGS=${reproducible(directory).join(' ')}`);
      const seconds = (context.now().getTime() - start) / 1000;
      const output = [configured, done].map(({ stderr }) => stderr).join('');
      const observations = differences(directory, configuration, built);
      if ([configured, done].some(isMissing))
        return { ...nothing("'make' is not there"), output, seconds };
      return { verdict: 'passed', reason: null, observations, output, seconds, cached: false };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

function isMissing({ end }: ToolEnd): boolean {
  return end.kind === 'missing';
}

function nothing(reason: string): Comparison {
  return { verdict: 'error', reason, observations: [], output: '', seconds: 0, cached: false };
}

/** Words for make by which the configuration comes about; one that has no target is written. */
function targetFor(
  name: string,
  { dotConfig }: Configuration,
  files: ScratchFiles,
): readonly string[] {
  if (['def', 'allno', 'allyes'].includes(name)) return [`${name}config`];
  const [, seed] = /^rand-(\d+)$/.exec(name) ?? [];
  if (seed !== undefined) return ['randconfig', `KCONFIG_SEED=${seed}`];
  files.write('.config', 0o100644, Buffer.from(dotConfig, 'latin1'));
  return ['olddefconfig'];
}

function differences(
  directory: string,
  { dotConfig, autoConf }: Configuration,
  { objects, program }: Built,
): Observation[] {
  const ours = new Map<Path, string>([
    ['.config', sha256(Buffer.from(dotConfig, 'latin1'))],
    ['include/config/auto.conf', sha256(Buffer.from(autoConf, 'latin1'))],
    ...objects.map(({ path, object }) => [path, object.digest] as const),
    ...(program === null ? [] : [[PROGRAM, program.digest] as const]),
  ]);
  return [...ours].flatMap(([path, digest]): Observation[] => {
    const theirs = digestOf(join(directory, path));
    if (theirs === digest) return [];
    const message = theirs === null ? 'make does not make it' : 'make makes something else of it';
    return [{ rule: 'paranoid/differs', severity: 'error', path, line: null, message }];
  });
}

function digestOf(file: string): string | null {
  try {
    return sha256(readFileSync(file));
  } catch {
    return null;
  }
}
