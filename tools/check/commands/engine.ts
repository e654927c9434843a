/** Steps that are commands of the user, on any tree. Answers are kept by tree, command and surroundings. */
import type { Tree } from '../../tree/types.ts';
import { surroundings } from '../runner/answers.ts';
import type { TreeFamily } from '../scratch.ts';
import { actionKey } from '../store.ts';
import type { ActionStore, BuildEngine, Forecast, Outcome, StepOffer, Subject } from '../types.ts';
import { chainOf, splitChain } from './chain.ts';
import { type ChainOptions, Chains } from './chains.ts';
import type { CommandStep } from './types.ts';

export interface CommandOptions extends ChainOptions {
  readonly store: ActionStore;
  /** Do not believe the store. */
  readonly rerun: boolean;
}

export class CommandEngine implements BuildEngine {
  readonly builds = true;
  readonly steps: readonly StepOffer[];
  readonly #steps: ReadonlyMap<string, CommandStep>;
  readonly #options: CommandOptions;
  readonly #chains: Chains;

  constructor(family: TreeFamily, steps: readonly CommandStep[], options: CommandOptions) {
    this.#options = options;
    this.#steps = new Map(steps.map((step) => [step.name, step]));
    this.steps = steps.map(({ name, configs, after }) => ({
      name,
      configured: configs.length > 0,
      after,
      usual: true,
      detached: splitChain(this.#chain(name)).behind.length > 0,
    }));
    this.#chains = new Chains(family, options);
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
    const performance = await this.#chains.perform(this.#chain(name), config, subject, signal);
    if (performance === null) return notRun(this.#step(name).after);
    const log = this.#options.store.add(performance.output);
    const outcome = { ...performance.outcome, cached: false, log };
    if (isLasting(outcome)) this.#options.store.keep(key, outcome);
    return outcome;
  }

  async forecast(name: string, config: string | null, subject: Subject): Promise<Forecast> {
    if (this.#options.rerun) return { cached: false, why: '--rerun' };
    const known = this.#options.store.result(this.#key(name, config, subject));
    if (known !== null) return { cached: true, why: 'same tree, command and surroundings' };
    return { cached: false, why: 'no answer for this tree, command and surroundings' };
  }

  async close(): Promise<void> {
    this.#chains.close();
  }

  #step(name: string): CommandStep {
    const step = this.#steps.get(name);
    if (step === undefined) throw new RangeError(`no step '${name}'`);
    return step;
  }

  #chain(name: string): readonly CommandStep[] {
    return chainOf(this.#step(name), this.#steps);
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
      chain: chain.map(({ run, setup, output, env, artifacts }) => ({
        run,
        setup,
        output,
        env,
        ...(artifacts.length > 0 && { artifacts }),
      })),
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
