/**
 * The patches that together break a tree: delta debugging. The algorithm is `ddmin` of A. Zeller and
 * R. Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (IEEE TSE 28(2), 2002): halves,
 * then finer parts, each alone and then everything but it.
 */
import type { Answer, Position, Search, Step } from './types.ts';

/** Patches by their numbers, ascending. */
export type Subset = readonly Position[];

export type SubsetResult =
  /** Taking any one of them away ends the failure, or leaves something that cannot be tested. */
  | { readonly kind: 'minimal'; readonly subset: Subset }
  | { readonly kind: 'aborted'; readonly subset: Subset };

/** Two subsets are the same when their names are. */
export function subsetName(subset: Subset): string {
  return subset.join(' ');
}

/**
 * Starts from a set that is known to fail; the empty set is known not to. What does not apply or
 * cannot be tested (`skip`) counts as not failing. Answers are taken in the order in which a serial
 * search asks, so that the outcome does not depend on how many questions are worked on at a time.
 */
export class SubsetSearch implements Search<Subset, SubsetResult> {
  readonly failing: Subset;
  readonly parts: number;
  readonly marks: ReadonlyMap<string, Answer>;
  readonly #queue: readonly Subset[];
  readonly #aborted: Subset | null;

  constructor(
    failing: Subset,
    parts = 2,
    marks: ReadonlyMap<string, Answer> = new Map(),
    aborted: Subset | null = null,
  ) {
    this.failing = failing;
    this.parts = Math.min(parts, failing.length);
    this.marks = marks;
    this.#queue = failing.length < 2 ? [] : candidates(failing, this.parts);
    this.#aborted = aborted;
  }

  next(count = 1, pending: readonly Subset[] = []): Step<Subset, SubsetResult> {
    if (this.#aborted !== null)
      return { kind: 'done', result: { kind: 'aborted', subset: this.#aborted } };
    const open = this.#queue.filter((subset) => !this.marks.has(subsetName(subset)));
    if (open.length === 0)
      return { kind: 'done', result: { kind: 'minimal', subset: this.failing } };
    const names = new Set(pending.map(subsetName));
    const busy = open.filter((subset) => names.has(subsetName(subset)));
    const wanted = new Set([...open.slice(0, 1), ...busy, ...open]);
    return { kind: 'evaluate', questions: [...wanted].slice(0, Math.max(count, 1)) };
  }

  mark(subset: Subset, answer: Answer): SubsetSearch {
    const marks = new Map(this.marks).set(subsetName(subset), answer);
    if (answer === 'abort') return new SubsetSearch(this.failing, this.parts, marks, subset);
    return new SubsetSearch(this.failing, this.parts, marks).settled();
  }

  /** The search after every step for which the answers are known. */
  settled(): SubsetSearch {
    const index = this.#queue.findIndex((subset) => !this.#passes(subset));
    const subset = this.#queue[index];
    if (subset !== undefined) {
      if (this.marks.get(subsetName(subset)) === undefined) return this;
      // A part is cut in halves again; a rest keeps the parts it has.
      const parts = index < this.parts ? 2 : Math.max(this.parts - 1, 2);
      return new SubsetSearch(subset, parts, this.marks).settled();
    }
    if (this.parts >= this.failing.length) return this;
    return new SubsetSearch(this.failing, this.parts * 2, this.marks).settled();
  }

  #passes(subset: Subset): boolean {
    const answer = this.marks.get(subsetName(subset));
    return answer === 'good' || answer === 'skip';
  }
}

/** The parts, then what is left without each; of two parts each is the other's rest. */
function candidates(items: Subset, parts: number): Subset[] {
  const pieces = Array.from({ length: parts }, (_, index) =>
    items.slice(
      Math.floor((index * items.length) / parts),
      Math.floor(((index + 1) * items.length) / parts),
    ),
  );
  if (parts === 2) return pieces;
  const rests = pieces.map((piece) => items.filter((item) => !piece.includes(item)));
  return [...pieces, ...rests];
}
