/**
 * Steps that are commands of the user, on any tree. Answers are kept by tree, command and
 * surroundings. What looks like a fault of the patch in a directory where something was built before is
 * believed only when a build from nothing says the same.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../../tree/types.ts';
import { isBad } from '../delta.ts';
import { surroundings } from '../runner/answers.ts';
import type { Limits } from '../runner/runner.ts';
import type { Sandbox } from '../sandbox.ts';
import { Scratch, type TreeFamily } from '../scratch.ts';
import { actionKey } from '../store.ts';
import type {
  ActionStore,
  BuildEngine,
  Forecast,
  Observation,
  Outcome,
  StepOffer,
  Subject,
} from '../types.ts';
import { makeWorkPlace } from '../work-place.ts';
import type { Performance } from './execute.ts';
import type { CommandStep } from './types.ts';
import { Worker } from './worker.ts';

export interface CommandOptions {
  /** What commands get; see `environment.ts`. */
  readonly env: Readonly<Record<string, string>>;
  readonly store: ActionStore;
  readonly limits: Limits;
  readonly sandbox: Sandbox;
  /** Do not believe the store. */
  readonly rerun: boolean;
  /** Absolute directory in which scratch directories are made. */
  readonly parent: string;
  readonly now: () => Date;
}

export class CommandEngine implements BuildEngine {
  readonly builds = true;
  readonly steps: readonly StepOffer[];
  readonly #steps: ReadonlyMap<string, CommandStep>;
  readonly #family: TreeFamily;
  readonly #options: CommandOptions;
  readonly #idle: Worker[] = [];
  #place: string | null = null;
  #workers = 0;

  constructor(family: TreeFamily, steps: readonly CommandStep[], options: CommandOptions) {
    this.#family = family;
    this.#options = options;
    this.#steps = new Map(steps.map((step) => [step.name, step]));
    this.steps = steps.map(({ name, configs, after }) => ({
      name,
      configured: configs.length > 0,
      after,
      usual: true,
    }));
  }

  async configurations(_tree: Tree, sets: readonly string[]): Promise<readonly string[]> {
    const all = new Set([...this.#steps.values()].flatMap(({ configs }) => configs));
    return [...all].filter((config) => sets.length === 0 || sets.includes(config));
  }

  async perform(
    name: string,
    config: string | null,
    subject: Subject,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const key = this.#key(name, config, subject);
    const known = this.#options.rerun ? null : this.#options.store.result(key);
    if (known !== null) return { ...(known as Outcome), cached: true };
    const worker = this.#take(config, subject);
    try {
      const performance = await this.#believable(worker, this.#chain(name), subject, signal);
      if (performance === null) return notRun(this.#step(name).after);
      const log = this.#options.store.add(performance.output);
      const outcome = { ...performance.outcome, cached: false, log };
      if (isLasting(outcome)) this.#options.store.keep(key, outcome);
      return outcome;
    } finally {
      this.#idle.push(worker);
    }
  }

  async forecast(name: string, config: string | null, subject: Subject): Promise<Forecast> {
    if (this.#options.rerun) return { cached: false, why: '--rerun' };
    const known = this.#options.store.result(this.#key(name, config, subject));
    if (known !== null) return { cached: true, why: 'same tree, command and surroundings' };
    return { cached: false, why: 'no answer for this tree, command and surroundings' };
  }

  async close(): Promise<void> {
    if (this.#place !== null) rmSync(this.#place, { recursive: true, force: true });
  }

  async #believable(
    worker: Worker,
    steps: readonly CommandStep[],
    subject: Subject,
    signal: AbortSignal,
  ): Promise<Performance | null> {
    const last = steps.at(-1)?.name ?? '';
    const before = worker.observedBefore(last);
    const first = await worker.perform(steps, subject, { clean: false, signal });
    if (worker.fresh || !isSuspicious(first, before)) return first;
    return worker.perform(steps, subject, { clean: true, signal });
  }

  #step(name: string): CommandStep {
    const step = this.#steps.get(name);
    if (step === undefined) throw new RangeError(`no step '${name}'`);
    return step;
  }

  /** The step behind those that it needs. */
  #chain(name: string): CommandStep[] {
    const step = this.#step(name);
    return step.after === null ? [step] : [...this.#chain(step.after), step];
  }

  #key(name: string, config: string | null, { tree }: Subject): string {
    const chain = this.#chain(name);
    const words = chain.flatMap(({ run, setup }) => [...run, ...(setup ?? [])]);
    const named = words.map((word) => word.replaceAll('{config}', config ?? ''));
    return actionKey({
      kind: 'command',
      version: 1,
      tree: tree.id,
      config,
      chain: chain.map(({ run, setup, output, env }) => ({ run, setup, output, env })),
      step: name,
      surroundings: this.#surroundings(named),
      limits: this.#options.limits,
    });
  }

  readonly #known = new Map<string, string>();

  /** The same for every tree: asked once for each command. */
  #surroundings(words: readonly string[]): string {
    const name = JSON.stringify(words);
    const known = this.#known.get(name) ?? surroundings(words, this.#options.env);
    this.#known.set(name, known);
    return known;
  }

  /** The idle worker for this configuration whose tree is nearest. */
  #take(config: string | null, subject: Subject): Worker {
    const fitting = this.#idle.filter((worker) => worker.config === config);
    const nearest = fitting.sort((a, b) => a.distance(subject) - b.distance(subject))[0];
    if (nearest === undefined) return this.#newWorker(config);
    this.#idle.splice(this.#idle.indexOf(nearest), 1);
    return nearest;
  }

  #newWorker(config: string | null): Worker {
    this.#place ??= makeWorkPlace(this.#options.parent);
    this.#workers += 1;
    const place = join(this.#place, String(this.#workers));
    mkdirSync(place, { mode: 0o700 });
    return new Worker(new Scratch(place, this.#family), config, this.#options);
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

/** That a run took too long or died may be the fault of what else the machine had to do. */
function isLasting({ verdict }: Outcome): boolean {
  return verdict === 'passed' || verdict === 'failed' || verdict === 'skipped';
}

function notRun(after: string | null): Outcome {
  return {
    verdict: 'not-run',
    reason: `'${after ?? ''}' does not pass`,
    cached: false,
    seconds: 0,
    observations: [],
    log: null,
  };
}
