/** What walks have told of syntax trees, kept to be told again of other code of the same shape. */
import { KIND } from './node-kinds.ts';
import type { Shape } from './shape.ts';
import type { Visitor } from './walk.ts';

/** Numbers for the beginning of a node: its kind, its start and its end. For its end there is one. */
const ENTRY = 3;
const LEAVE = -1000;

/** A kind as it stands on the tape: below zero, where no place is. Its own inverse. */
function marked(kind: number): number {
  return -1 - kind;
}

/** Recordings, one behind the other. Each begins with the place of its end. */
export class EventTape implements Visitor {
  #numbers = new Int32Array(1 << 16);
  #length = 0;
  #start = 0;
  /** Nodes above those that are wanted, and what the places are less by. */
  #above = 0;
  #depth = 0;
  #prefix = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Leave out the outermost nodes, `above` levels, and what belongs to a prefix of the text. */
  begin(above: number, prefix: number): void {
    this.#reserve(1);
    this.#start = this.#length;
    this.#length += 1;
    this.#above = above;
    this.#depth = 0;
    this.#prefix = prefix;
  }

  enter(kind: number, start: number, end: number): void {
    this.#depth += 1;
    if (this.#depth <= this.#above) return;
    this.#reserve(ENTRY);
    this.#numbers[this.#length] = marked(kind);
    // What begins before the piece is not asked for its place, and a sign is that of a kind.
    this.#numbers[this.#length + 1] = Math.max(0, start - this.#prefix);
    this.#numbers[this.#length + 2] = Math.max(0, end - this.#prefix);
    this.#length += ENTRY;
  }

  /** A node that means nothing, with nothing below it that does, is forgotten. */
  leave(): void {
    this.#depth -= 1;
    if (this.#depth < this.#above) return;
    if (this.#numbers[this.#length - ENTRY] === marked(KIND.other)) {
      this.#length -= ENTRY;
      return;
    }
    this.#reserve(1);
    this.#numbers[this.#length] = LEAVE;
    this.#length += 1;
  }

  /** The recording ends here. Returns its place. */
  end(): number {
    this.#numbers[this.#start] = this.#length;
    return this.#start;
  }

  /** The kind of the first node of a recording, or of what is being recorded; -1 if there is none. */
  kindAt(place = this.#start): number {
    const end = place === this.#start ? this.#length : (this.#numbers[place] ?? 0);
    return end === place + 1 ? -1 : marked(this.#numbers[place + 1] ?? 0);
  }

  /** Take back that the last node was left. */
  reopen(): void {
    this.#length -= 1;
  }

  /** Take back a last node of a kind that has nothing in it; whether there was one. */
  takeBack(kind: number): boolean {
    const start = this.#length - ENTRY - 1;
    if (start <= this.#start || this.#numbers[start] !== marked(kind)) return false;
    this.#length = start;
    return true;
  }

  /** Tell a recording of what stands at `base` in a shape; places are those of the code. */
  tell(place: number, base: number, { starts, ends }: Shape, visitor: Visitor): void {
    const numbers = this.#numbers;
    const end = numbers[place] ?? 0;
    for (let at = place + 1; at < end;) {
      const number = numbers[at] ?? 0;
      if (number === LEAVE) {
        visitor.leave();
        at += 1;
      } else {
        const first = starts[base + (numbers[at + 1] ?? 0)] ?? 0;
        const last = ends[base + (numbers[at + 2] ?? 0) - 1] ?? 0;
        visitor.enter(marked(number), first, last);
        at += ENTRY;
      }
    }
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#numbers.length) return;
    const numbers = new Int32Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
