/**
 * Copies of what a build left that the steps behind it need and nothing else: these can run while the
 * next tree stands in the build's directory. They start in a directory that has only the copies.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SeamError } from '../../errors.ts';
import type { Subject } from '../types.ts';
import { Progress } from './chain.ts';
import {
  type Performance,
  type RunOptions,
  type RunPlace,
  execute,
  performanceOf,
  readStep,
} from './execute.ts';
import type { CommandStep } from './types.ts';

export class Artifacts {
  /** Whether they were built from nothing. */
  readonly fresh: boolean;
  readonly #directory: string;
  readonly #config: string | null;
  readonly #options: RunOptions;
  readonly #progress = new Progress();

  /** They lie in `directory`, an absolute one that is made. */
  constructor(directory: string, config: string | null, fresh: boolean, options: RunOptions) {
    this.#directory = directory;
    this.#config = config;
    this.fresh = fresh;
    this.#options = options;
    const { home, temporary, build } = this.#place;
    for (const each of [home, temporary, build]) mkdirSync(each, { recursive: true, mode: 0o700 });
  }

  /** Copy `names`, files or directories below `build`, all of which are there. */
  take(build: string, names: readonly string[]): void {
    for (const name of names) {
      const copy = join(this.#place.build, name);
      try {
        mkdirSync(dirname(copy), { recursive: true });
        // A link stays one: what it leads to is no artifact.
        cpSync(join(build, name), copy, { recursive: true, verbatimSymlinks: true });
      } catch (error) {
        throw notCopied(name, error);
      }
    }
  }

  /** Do the last of `steps`; null when one before it does not pass. What was done is not done again. */
  async perform(
    steps: readonly CommandStep[],
    subject: Subject,
    signal: AbortSignal,
  ): Promise<Performance | null> {
    return this.#progress.perform(steps, async (step) => {
      const context = { step, subject, config: this.#config, signal };
      const ran = await execute(this.#place, step.run, context, this.#options);
      return performanceOf(ran, readStep(this.#place, step, ran));
    });
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  get #place(): RunPlace {
    const at = (name: string): string => join(this.#directory, name);
    const build = at('build');
    return {
      directory: build,
      build,
      home: at('home'),
      temporary: at('tmp'),
      output: at('output'),
    };
  }
}

function notCopied(name: string, cause: unknown): SeamError {
  const message = `cannot copy artifact '${name}': ${(cause as Error).message}`;
  return new SeamError('artifact-lost', message, { kind: 'environment', cause, data: { name } });
}

interface Kept {
  readonly artifacts: Artifacts;
  users: number;
}

/** The artifacts of the trees that were built last. */
export class ArtifactShelf {
  readonly #limit: number;
  readonly #kept = new Map<string, Kept>();

  /** How many to keep; those in use are kept in any case. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Work on those of that name, which `make` makes where they are not there; null if it cannot. */
  async use<T>(
    name: string,
    make: () => Promise<Artifacts | null>,
    work: (artifacts: Artifacts) => Promise<T>,
  ): Promise<T | null> {
    const kept = this.#kept.get(name) ?? (await this.#add(name, make));
    if (kept === null) return null;
    kept.users += 1;
    try {
      return await work(kept.artifacts);
    } finally {
      kept.users -= 1;
      this.#tidy();
    }
  }

  /** Forget those of that name: they are not believed. */
  drop(name: string): void {
    const kept = this.#kept.get(name);
    this.#kept.delete(name);
    if (kept?.users === 0) kept.artifacts.remove();
  }

  async #add(name: string, make: () => Promise<Artifacts | null>): Promise<Kept | null> {
    const artifacts = await make();
    if (artifacts === null) return null;
    const kept = { artifacts, users: 0 };
    this.#kept.set(name, kept);
    return kept;
  }

  #tidy(): void {
    for (const [name, { users }] of this.#kept) {
      if (this.#kept.size <= this.#limit) return;
      if (users === 0) this.drop(name);
    }
  }
}
