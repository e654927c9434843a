/** Lines of a text, counted from 1. */

const NEWLINE = 10;

export class Lines {
  /** How many there are; the last may have no line end. */
  readonly count: number;
  readonly #starts: readonly number[];
  /** The index of the last answer: who reads a file asks for one line several times. */
  #last = 0;

  constructor(code: Uint8Array) {
    const starts = [0];
    for (let at = 0; at < code.length; at += 1) if (code[at] === NEWLINE) starts.push(at + 1);
    this.#starts = starts;
    const isEnded = code.length === 0 || code.at(-1) === NEWLINE;
    this.count = isEnded ? starts.length - 1 : starts.length;
  }

  /** The line that a position is in. */
  at(position: number): number {
    const starts = this.#starts;
    const last = this.#last;
    if ((starts[last] ?? 0) <= position && position < (starts[last + 1] ?? Infinity))
      return last + 1;
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    this.#last = low;
    return low + 1;
  }
}
