/** Bisection of a series. Both ends are verified before anything is believed. */
import { split } from './split.ts';
import type { Answer, Ends, Goal, Position, Result, Search, Step } from './types.ts';

interface Bounds {
  readonly low: Position;
  readonly high: Position;
}

export class Bisection implements Search<Position, Result> {
  readonly ends: Ends;
  readonly goal: Goal;
  /** In the order in which they came. */
  readonly marks: ReadonlyMap<Position, Answer>;

  /** `ends.first` must lie before `ends.last`. */
  constructor(ends: Ends, goal: Goal, marks: ReadonlyMap<Position, Answer> = new Map()) {
    this.ends = ends;
    this.goal = goal;
    this.marks = marks;
  }

  /** An answer that came late or that nobody asked for is kept; it only moves the range if it lies inside. */
  mark(position: Position, answer: Answer): Bisection {
    return new Bisection(this.ends, this.goal, new Map(this.marks).set(position, answer));
  }

  next(count = 1, pending: readonly Position[] = []): Step<Position, Result> {
    const result = this.#result();
    if (result !== null) return { kind: 'done', result };
    // The bad end first: whether the failure shows here at all is the first thing to know.
    const byWorth = this.goal === 'breaks' ? ['last', 'first'] : ['first', 'last'];
    const ends = byWorth
      .map((end) => this.ends[end as keyof Ends])
      .filter((position) => !this.marks.has(position));
    const inner = this.#plan(count - ends.length, pending);
    const wanted = [...ends, ...inner];
    return { kind: 'evaluate', questions: wanted.slice(0, count) };
  }

  /** What is left: the patches that can still be the one, and the runs that a serial search needs. */
  get left(): { readonly patches: number; readonly steps: number } {
    const { low, high } = this.bounds;
    const inside = Array.from({ length: high - low - 1 }, (_, index) => low + 1 + index);
    const free = inside.filter((position) => !this.marks.has(position)).length;
    return { patches: high - low, steps: Math.ceil(Math.log2(free + 1)) };
  }

  /** The last tree known to be as before, and the first known to be as behind; at first the ends. */
  get bounds(): Bounds {
    let { first: low, last: high } = this.ends;
    for (const [position, answer] of this.marks) {
      if (position <= low || position >= high) continue;
      if (answer === this.#before) low = position;
      else if (answer === this.#behind) high = position;
    }
    return { low, high };
  }

  get #before(): Answer {
    return this.goal === 'breaks' ? 'good' : 'bad';
  }

  get #behind(): Answer {
    return this.goal === 'breaks' ? 'bad' : 'good';
  }

  #result(): Result | null {
    for (const [position, answer] of this.marks) {
      if (answer === 'abort') return { kind: 'aborted', position };
    }
    const first = this.marks.get(this.ends.first);
    const last = this.marks.get(this.ends.last);
    if (last === 'skip') return { kind: 'indeterminate', position: this.ends.last };
    if (first === 'skip') return { kind: 'indeterminate', position: this.ends.first };
    if (first === undefined || last === undefined) return null;
    if (first !== this.#before || last !== this.#behind) return { kind: 'ends-wrong', first, last };
    const { low, high } = this.bounds;
    if (high - low === 1) return { kind: 'found', position: high };
    const taken = (position: Position): boolean => this.marks.has(position);
    return split(low, high, taken) === null
      ? { kind: 'found-despite-skips', first: low + 1, last: high }
      : null;
  }

  /**
   * The next cuts, breadth first: the cut of the range as it is, then those of the ranges that
   * either answer would leave. What is pending counts as a cut, so that a run under way is stopped
   * only when its answer can no longer matter; that is why more workers never take longer than one.
   */
  #plan(count: number, pending: readonly Position[]): Position[] {
    const cuts: Position[] = [];
    const taken = (position: Position): boolean => this.marks.has(position);
    const ranges: Bounds[] = [this.bounds];
    for (let range = ranges.shift(); range !== undefined && cuts.length < count;) {
      const { low, high } = range;
      const cut = nearestTo((low + high) / 2, pending, low, high) ?? split(low, high, taken);
      if (cut !== null) {
        cuts.push(cut);
        const halves = [
          { low: cut, high },
          { low, high: cut },
        ];
        ranges.push(...halves.sort((a, b) => b.high - b.low - (a.high - a.low)));
      }
      range = ranges.shift();
    }
    return cuts;
  }
}

function nearestTo(
  middle: number,
  positions: readonly Position[],
  low: Position,
  high: Position,
): Position | null {
  let best: Position | null = null;
  for (const position of positions) {
    if (position <= low || position >= high) continue;
    if (best === null || Math.abs(position - middle) < Math.abs(best - middle)) best = position;
  }
  return best;
}
