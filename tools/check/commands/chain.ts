/** Steps that need each other, on one tree. */
import type { Performance } from './execute.ts';
import type { CommandStep } from './types.ts';

/** The step behind those that it needs, all of which are in `steps`. */
export function chainOf(
  step: CommandStep,
  steps: ReadonlyMap<string, CommandStep>,
): readonly CommandStep[] {
  if (step.after === null) return [step];
  const needed = steps.get(step.after);
  if (needed === undefined) throw new RangeError(`no step '${step.after}'`);
  return [...chainOf(needed, steps), step];
}

export interface SplitChain {
  /** The steps that need the directory of the tree. */
  readonly building: readonly CommandStep[];
  /** Those behind the first artifacts. */
  readonly behind: readonly CommandStep[];
}

export function splitChain(chain: readonly CommandStep[]): SplitChain {
  const first = chain.findIndex(({ artifacts }) => artifacts.length > 0);
  const cut = first === -1 ? chain.length : first + 1;
  return { building: chain.slice(0, cut), behind: chain.slice(cut) };
}

type Run = (step: CommandStep) => Promise<Performance>;

/** Which steps have passed in one place, so that they are not done there again. */
export class Progress {
  readonly #done = new Set<string>();

  /** What stood here is gone. */
  clear(): void {
    this.#done.clear();
  }

  /** Do the last of `steps`; null when one before it does not pass. */
  async perform(steps: readonly CommandStep[], run: Run): Promise<Performance | null> {
    const last = steps.at(-1);
    if (!(await this.pass(steps.slice(0, -1), run)) || last === undefined) return null;
    return this.#run(last, run);
  }

  /** Do all of `steps` that were not done; whether each of them passes. */
  async pass(steps: readonly CommandStep[], run: Run): Promise<boolean> {
    for (const step of steps) {
      if (this.#done.has(step.name)) continue;
      const { outcome } = await this.#run(step, run);
      if (outcome.verdict !== 'passed') return false;
    }
    return true;
  }

  async #run(step: CommandStep, run: Run): Promise<Performance> {
    const performance = await run(step);
    if (performance.outcome.verdict === 'passed') this.#done.add(step.name);
    return performance;
  }
}
