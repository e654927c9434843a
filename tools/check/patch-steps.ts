/** Steps that read a patch and not a tree: what is wrong there is the patch's own. */
import type { ApplyVerdict } from '../apply/types.ts';
import type { Patch } from '../series/types.ts';
import { applyOutcome } from './apply-step.ts';
import type { Checkpatch } from './checkpatch.ts';
import { type Accepts, Ledger } from './delta.ts';
import { lintPatch, repeatedSubjects } from './lint/lint.ts';
import type { Outcome, StepResult } from './types.ts';

export interface PatchStepOptions {
  /** The whole series, with what applying it gave. */
  readonly patches: readonly Patch[];
  readonly verdicts: readonly ApplyVerdict[];
  /** Null where no kernel tree is named. */
  readonly checkpatch: Checkpatch | null;
  readonly wants: (step: string) => boolean;
  readonly accepts: Accepts;
  readonly signal: AbortSignal;
}

type Perform = (index: number, patch: Patch) => Promise<Outcome> | Outcome;

export class PatchSteps {
  readonly #options: PatchStepOptions;
  readonly #repeated: ReturnType<typeof repeatedSubjects>;
  readonly #performers: ReadonlyMap<string, Perform>;

  constructor(options: PatchStepOptions) {
    this.#options = options;
    this.#repeated = repeatedSubjects(options.patches);
    const { checkpatch, signal } = options;
    const all: [string, Perform][] = [
      ['apply', (index) => this.#apply(index)],
      ['lint', (_, patch) => this.#lint(patch)],
    ];
    if (checkpatch !== null)
      all.push(['checkpatch', async (_, patch) => checkpatch.perform(patch, signal)]);
    this.#performers = new Map(all.filter(([name]) => options.wants(name)));
  }

  get names(): string[] {
    return [...this.#performers.keys()];
  }

  async results(index: number, patch: Patch): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (const [step, perform] of this.#performers) {
      const ledger = new Ledger(this.#options.accepts);
      const place = { patch: patch.name, step, config: null };
      results.push(ledger.follow(place, await perform(index, patch)));
    }
    return results;
  }

  #apply(index: number): Outcome {
    const verdict = this.#options.verdicts[index];
    if (verdict === undefined) throw new RangeError(`no verdict for patch ${index}`);
    return applyOutcome(verdict);
  }

  #lint(patch: Patch): Outcome {
    const repeated = this.#repeated.get(patch);
    const observations = [...lintPatch(patch), ...(repeated === undefined ? [] : [repeated])];
    return { verdict: 'passed', reason: null, cached: false, seconds: 0, observations, log: null };
  }
}
