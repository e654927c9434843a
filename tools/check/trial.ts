/** Does steps of a check on a tree that is not one of the series, to hear whether they pass there. */
import type { Tree } from '../tree/types.ts';
import { identityOf, isBad } from './delta.ts';
import { chosenSteps } from './groups.ts';
import type { BuildEngine, Observation, Outcome, Subject } from './types.ts';

/** Something bad that a step says of a tree, or that it gives no answer at all. */
export interface Fault {
  readonly step: string;
  readonly config: string | null;
  readonly observation: Observation;
}

/** What the steps have against a tree, the worst of each first. */
export interface Trial {
  readonly faults: readonly Fault[];
  /** Whether any step came to an answer. */
  readonly answered: boolean;
}

/** Questions about one step in one configuration. */
interface Question {
  readonly engine: BuildEngine;
  readonly step: string;
  readonly after: string | null;
  readonly config: string | null;
}

export interface TrialOptions {
  readonly engines: readonly BuildEngine[];
  readonly wants: (step: string) => boolean;
  /** Sets of configurations; the engine's own choice if there are none. */
  readonly sets: readonly string[];
  readonly signal: AbortSignal;
}

export class Trials {
  readonly #options: TrialOptions;

  constructor(options: TrialOptions) {
    this.#options = options;
  }

  /** All that the steps have against the tree in the configurations of `like`, which is near it. */
  async try(subject: Subject, like: Tree): Promise<Trial> {
    const outcomes = new Map<string, Outcome>();
    const faults: Fault[] = [];
    for (const { engine, step, after, config } of await this.#questions(like)) {
      const before = after === null ? undefined : outcomes.get(nameOf(after, config));
      // What that step was to leave is not there; it has said why.
      if (before !== undefined && before.verdict !== 'passed') continue;
      const outcome = await engine.perform(step, config, subject, this.#options.signal);
      outcomes.set(nameOf(step, config), outcome);
      faults.push(...faultsOf(step, config, outcome));
    }
    const verdicts = [...outcomes.values()].map(({ verdict }) => verdict);
    return { faults, answered: verdicts.some((each) => each === 'passed' || each === 'failed') };
  }

  async #questions(tree: Tree): Promise<Question[]> {
    const questions: Question[] = [];
    for (const engine of this.#options.engines) {
      const steps = chosenSteps(engine, this.#options.wants);
      const configured = steps.some((step) => step.configured);
      const sets = configured ? await engine.configurations(tree, this.#options.sets) : [];
      for (const { name: step, after, configured } of steps)
        for (const config of configured ? sets : [null])
          questions.push({ engine, step, after, config });
    }
    return questions;
  }
}

function nameOf(step: string, config: string | null): string {
  return JSON.stringify([step, config]);
}

function faultsOf(step: string, config: string | null, outcome: Outcome): Fault[] {
  const { verdict, reason, observations } = outcome;
  const bad = observations.filter(({ severity }) => isBad(severity));
  if (verdict !== 'passed' && !bad.some(({ severity }) => severity === 'error')) {
    const message = reason ?? `'${step}' is ${verdict}`;
    // What is skipped in the series may be skipped without some of its patches, too.
    const severity = verdict === 'skipped' ? 'warning' : 'error';
    bad.push({ rule: `${step}/${verdict}`, severity, path: null, line: null, message });
  }
  // What stops a build says more than what it warned of before.
  const ranked = bad.toSorted((a, b) => rank(a) - rank(b));
  return ranked.map((observation) => ({ step, config, observation }));
}

function rank({ severity }: Observation): number {
  return severity === 'error' ? 0 : 1;
}

/** By this a fault is the same one in two trees. */
export function faultName({ step, config, observation }: Fault): string {
  return JSON.stringify([step, config, identityOf(observation)]);
}
