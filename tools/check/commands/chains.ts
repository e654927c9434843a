/**
 * Steps one behind the other on a tree, in a directory that has stood for other trees. What looks like a
 * fault of the patch there is believed only when a build from nothing says the same.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isBad } from '../delta.ts';
import { Scratch, type TreeFamily } from '../scratch.ts';
import type { Observation, Subject } from '../types.ts';
import { makeWorkPlace } from '../work-place.ts';
import { ArtifactShelf, Artifacts } from './artifacts.ts';
import { type SplitChain, splitChain } from './chain.ts';
import { Directories } from './directories.ts';
import type { Performance, RunOptions } from './execute.ts';
import type { CommandStep } from './types.ts';
import { type PerformOptions, Worker } from './worker.ts';

export interface ChainOptions extends RunOptions {
  /** Absolute directory in which scratch directories are made. */
  readonly parent: string;
  /** How many of them may be in use at a time. */
  readonly directories: number;
}

export class Chains {
  readonly #family: TreeFamily;
  readonly #options: ChainOptions;
  readonly #directories: Directories;
  readonly #shelf: ArtifactShelf;
  /** What steps on artifacts said last. */
  readonly #observed = new Map<string, readonly Observation[]>();
  #place: string | null = null;
  #places = 0;

  constructor(family: TreeFamily, options: ChainOptions) {
    this.#family = family;
    this.#options = options;
    this.#directories = new Directories(options.directories, (config) => this.#newWorker(config));
    // Those of the tree at hand, and of the one before it on which tests still run.
    this.#shelf = new ArtifactShelf(2 * options.directories);
  }

  /** What the last step of a chain says; null when one before it does not pass. */
  async perform(
    chain: readonly CommandStep[],
    config: string | null,
    subject: Subject,
    signal: AbortSignal,
  ): Promise<Performance | null> {
    const { building, behind } = splitChain(chain);
    if (behind.length > 0) return this.#onArtifacts({ building, behind }, config, subject, signal);
    return this.#directories.use(config, subject, async (worker) => {
      signal.throwIfAborted();
      const before = worker.observedBefore(chain.at(-1)?.name ?? '');
      const first = await worker.perform(chain, subject, { clean: false, signal });
      if (worker.fresh || !isSuspicious(first, before)) return first;
      return worker.perform(chain, subject, { clean: true, signal });
    });
  }

  async #onArtifacts(
    { building, behind }: SplitChain,
    config: string | null,
    subject: Subject,
    signal: AbortSignal,
  ): Promise<Performance | null> {
    const name = JSON.stringify([config, subject.tree.id]);
    const attempt = (clean: boolean) =>
      this.#shelf.use(
        name,
        async () => this.#build(building, config, subject, { clean, signal }),
        async (artifacts) => ({
          fresh: artifacts.fresh,
          performance: await artifacts.perform(behind, subject, signal),
        }),
      );
    const step = JSON.stringify([config, behind.at(-1)?.name]);
    const before = this.#observed.get(step) ?? [];
    let last = await attempt(false);
    if (last?.fresh !== true && isSuspicious(last?.performance ?? null, before)) {
      this.#shelf.drop(name);
      last = await attempt(true);
    }
    const performance = last?.performance ?? null;
    if (performance !== null) this.#observed.set(step, performance.outcome.observations);
    return performance;
  }

  /** Copies of what a tree's build leaves; null if it does not pass. */
  async #build(
    steps: readonly CommandStep[],
    config: string | null,
    subject: Subject,
    options: PerformOptions,
  ): Promise<Artifacts | null> {
    return this.#directories.use(config, subject, async (worker) => {
      options.signal.throwIfAborted();
      if (!(await worker.pass(steps, subject, options))) return null;
      const artifacts = new Artifacts(this.#newPlace(), config, worker.fresh, this.#options);
      artifacts.take(worker.build, steps.at(-1)?.artifacts ?? []);
      return artifacts;
    });
  }

  close(): void {
    if (this.#place !== null) rmSync(this.#place, { recursive: true, force: true });
  }

  #newWorker(config: string | null): Worker {
    const place = this.#newPlace();
    mkdirSync(place, { mode: 0o700 });
    return new Worker(new Scratch(place, this.#family), config, this.#options);
  }

  /** A directory that is not there yet. */
  #newPlace(): string {
    this.#place ??= makeWorkPlace(this.#options.parent);
    this.#places += 1;
    return join(this.#place, String(this.#places));
  }
}

/** Whether it says something bad that was not so on the tree before. */
function isSuspicious(performance: Performance | null, before: readonly Observation[]): boolean {
  if (performance === null) return true;
  const { verdict, observations } = performance.outcome;
  if (verdict === 'skipped') return false;
  const name = ({ rule, path, message }: Observation): string =>
    JSON.stringify([rule, path, message]);
  const known = new Set(before.map(name));
  const fresh = observations.filter((each) => isBad(each.severity) && !known.has(name(each)));
  return fresh.length > 0 || (verdict !== 'passed' && verdict !== 'failed');
}
