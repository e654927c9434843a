/**
 * What a patch needs to be built, beyond what it needs to apply: found by leaving patches out. A patch
 * is tried on the base with what it is known to need and nothing else. Where that is not as good as the
 * patch is in the series, the fewest patches are looked for with which it is.
 */
import { EdgeCollector, mergeGraphs } from '../deps/edges.ts';
import { fewest } from '../deps/fewest.ts';
import { closure } from '../deps/graph.ts';
import type { Graph } from '../deps/types.ts';
import type { Tree } from '../tree/types.ts';
import { type Applied, Subsets } from './subsets.ts';
import { type Fault, type TrialOptions, Trials, faultName } from './trial.ts';

export interface IsolationOptions extends TrialOptions {
  readonly applied: Applied;
  /** What patches are known to need. What they need to apply must be in it. */
  readonly known: Graph;
  /** Where to look first for what else a patch needs. */
  readonly likely: Graph;
  /** Told of every tree that is tried. */
  readonly onTrial?: (index: number) => void;
}

/** A patch that another one needs, and what happens without it. */
export interface Lack {
  readonly index: number;
  readonly fault: Fault;
}

export type Needs =
  | {
      readonly kind: 'found';
      /** The smallest series that carries the patch, itself the last: indexes, ascending. */
      readonly series: readonly number[];
      /** What of it nothing but trying has told, nearest first. */
      readonly lacks: readonly Lack[];
    }
  /** It is no better in the series, so that nothing can be learnt from leaving patches out. */
  | { readonly kind: 'unanswered'; readonly reason: string };

export class Isolation {
  readonly #options: IsolationOptions;
  readonly #subsets: Subsets;
  readonly #trials: Trials;
  readonly #answers = new Map<number, Promise<Needs>>();
  readonly #lacks = new Map<number, readonly Lack[]>();
  #base: Promise<ReadonlySet<string>> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: IsolationOptions) {
    this.#options = options;
    this.#subsets = new Subsets(options.applied);
    this.#trials = new Trials(options);
  }

  /**
   * What the patch at `index` needs. Asks about those that it builds upon, too; one after the other,
   * so that the answer does not depend on what else is asked at the same time.
   */
  async needs(index: number): Promise<Needs> {
    const answer = this.#last.then(async () => this.#needs(index));
    this.#last = answer.catch(() => null);
    return answer;
  }

  async #needs(index: number): Promise<Needs> {
    let answer = this.#answers.get(index);
    if (answer === undefined) this.#answers.set(index, (answer = this.#find(index)));
    return answer;
  }

  /**
   * What is wrong with the tree that has `chosen` (indexes, ascending) and no other patches, and is not
   * so behind the last of them in the series; null if it is as good.
   */
  async against(chosen: readonly number[]): Promise<string | null> {
    const index = chosen.at(-1) ?? 0;
    const tolerated = await this.#inSeries(index);
    if (typeof tolerated === 'string') return tolerated;
    const faults = await this.#faults(index, chosen, tolerated);
    if (faults === null) return 'it does not apply';
    return faults[0]?.observation.message ?? null;
  }

  /** The edges that were found so far by leaving patches out. */
  graph(): Graph {
    const edges = new EdgeCollector();
    for (const [from, lacks] of this.#lacks) {
      for (const { index, fault } of lacks) {
        const { step, config, observation } = fault;
        const { path, line, message } = observation;
        edges.add(from, index, 'needs', { layer: 'build', step, config, path, line, message });
      }
    }
    return edges.graph(this.#options.known.size);
  }

  async #find(index: number): Promise<Needs> {
    // What those before it lack is part of what it needs.
    for (const each of this.#with([index])) if (each !== index) await this.#needs(each);
    const tolerated = await this.#inSeries(index);
    if (typeof tolerated === 'string') return { kind: 'unanswered', reason: tolerated };
    const works = async (some: readonly number[]): Promise<boolean> =>
      (await this.#faults(index, this.#with([index, ...some]), tolerated))?.length === 0;
    const [candidates, likely] = this.#candidates(index);
    const found = await fewest(candidates, works, likely);
    if (found === null) {
      const reason = 'it fails without some patch, and no set of patches that is enough was found';
      return { kind: 'unanswered', reason };
    }
    // What these need themselves is their own business.
    for (const each of found) await this.#needs(each);
    const direct = this.#direct(found);
    const lacks = await this.#lacksOf(index, direct, tolerated);
    this.#lacks.set(index, lacks);
    return { kind: 'found', series: this.#with([index, ...direct]), lacks };
  }

  /** What happens without each of `direct`, which together are enough. */
  async #lacksOf(
    index: number,
    direct: readonly number[],
    tolerated: ReadonlySet<string>,
  ): Promise<Lack[]> {
    const lacks: Lack[] = [];
    for (const each of direct) {
      const rest = this.#with([index, ...direct.filter((other) => other !== each)]);
      const [fault] = (await this.#faults(index, rest, tolerated)) ?? [];
      if (fault !== undefined) lacks.push({ index: each, fault });
    }
    return lacks;
  }

  /** The patches and all that they are known to need by now, ascending. */
  #with(patches: readonly number[]): number[] {
    const { known } = this.#options;
    return closure(mergeGraphs(known.size, [known, this.graph()]), patches);
  }

  /** Those that none of the others needs anyway, nearest first. */
  #direct(found: readonly number[]): number[] {
    const implied = (each: number): boolean =>
      found.some((other) => other !== each && this.#with([other]).includes(each));
    return found.filter((each) => !implied(each)).toSorted((a, b) => b - a);
  }

  /** Patches that it may need besides, the likely ones first, and how many these are. */
  #candidates(index: number): [number[], number] {
    const { likely, known } = this.#options;
    const own = new Set(this.#with([index]));
    const guessed = new Set(closure(mergeGraphs(known.size, [known, likely]), [index]));
    const before = Array.from({ length: index }, (_none, each) => each);
    const open = before.filter((each) => !own.has(each));
    const first = open.filter((each) => guessed.has(each));
    return [[...first, ...open.filter((each) => !guessed.has(each))], first.length];
  }

  /** Faults that may be there without it being the patch's: those of the base and of the series. */
  async #inSeries(index: number): Promise<ReadonlySet<string> | string> {
    const tree = this.#options.applied.trees[index];
    if (tree === undefined) throw new RangeError(`no patch ${index}`);
    const { faults, answered } = await this.#try(index, tree);
    if (!answered) return faults[0]?.observation.message ?? 'no step is there to ask';
    const error = faults.find(({ observation }) => observation.severity === 'error');
    if (error !== undefined) return `it does not pass in the series: ${error.observation.message}`;
    return new Set([...(await this.#warningsOfBase()), ...faults.map((fault) => faultName(fault))]);
  }

  #warningsOfBase(): Promise<ReadonlySet<string>> {
    return (this.#base ??= this.#try(-1, this.#options.applied.base).then(
      ({ faults }) =>
        new Set(
          faults
            .filter(({ observation }) => observation.severity !== 'error')
            .map((fault) => faultName(fault)),
        ),
    ));
  }

  /** What is worse with `chosen` than it may be; null if they do not apply by themselves. */
  async #faults(
    index: number,
    chosen: readonly number[],
    tolerated: ReadonlySet<string>,
  ): Promise<readonly Fault[] | null> {
    const tree = await this.#subsets.at(chosen);
    if (tree === null) return null;
    const { faults } = await this.#try(index, tree);
    return faults.filter((fault) => !tolerated.has(faultName(fault)));
  }

  async #try(index: number, tree: Tree) {
    const { applied, onTrial } = this.#options;
    onTrial?.(index);
    const patch = applied.patches[index]?.name ?? '';
    const like = applied.trees[index] ?? applied.base;
    return this.#trials.try({ tree, position: index + 1, patch }, like);
  }
}
