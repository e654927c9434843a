/** Code that is rewritten in place, byte for byte, and the text that it was before. */
import type { Effort } from './effort.ts';
import { blank } from './trivia.ts';

/** Bytes that matter to who rewrites code. */
export const BYTE = {
  space: 32,
  open: 40,
  close: 41,
  comma: 44,
  dot: 46,
  zero: 48,
  colon: 58,
  semicolon: 59,
  equals: 61,
  left: 123,
  right: 125,
} as const;

const LEFT_SQUARE = 91;
const RIGHT_SQUARE = 93;

/** By byte, 1 where the pattern has it. */
export function tableOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    pattern.test(String.fromCharCode(byte)) ? 1 : 0,
  );
}

/** By byte, 1 for what words consist of, and for what they begin with. */
export const isWordByte = tableOf(/\w/);
export const isWordStart = tableOf(/[A-Za-z_]/);

/** One character for each byte. Here and not from elsewhere: old answers are told by the code of this folder. */
export function latin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

/** From a place up to another one that is no part of it. */
export type Range = readonly [start: number, end: number];

/** A name and where it stands. */
export interface NameAt {
  readonly at: number;
  readonly name: string;
}

export class CodeText {
  readonly code: Uint8Array;
  /** One character for each byte, as they were when this was made. */
  readonly text: string;

  readonly #effort: Effort;

  constructor(code: Uint8Array, effort: Effort) {
    this.code = code;
    this.#effort = effort;
    this.text = latin1(code);
  }

  /** Write a word over a range, at its start; the rest becomes blank. */
  overwrite(start: number, end: number, word: string): void {
    blank(this.code, start, end);
    this.code.set(Buffer.from(word, 'latin1').subarray(0, end - start), start);
  }

  /** The first place from `at` on that is not blank. */
  skip(at: number): number {
    let next = at;
    while (next < this.code.length && (this.code[next] ?? 0) <= 32) next += 1;
    return next;
  }

  /** The bracket that closes the one at `open`; the last byte when none does. */
  closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.code.length; at += 1) {
      const byte = this.code[at];
      if (byte === BYTE.open) depth += 1;
      else if (byte === BYTE.close && (depth -= 1) === 0) return this.#spent(open, at);
    }
    return this.#spent(open, this.code.length - 1);
  }

  /** The arguments between two brackets, without the blanks around them. */
  argumentsIn(open: number, close: number): Range[] {
    const ranges: Range[] = [];
    this.#effort.spend(close - open);
    let [depth, start] = [0, open + 1];
    for (let at = open + 1; at <= close; at += 1) {
      const byte = this.code[at] ?? 0;
      if (at === close || (byte === BYTE.comma && depth === 0)) {
        ranges.push(this.#trimmed(start, at));
        start = at + 1;
      } else if (byte === BYTE.open || byte === BYTE.left || byte === LEFT_SQUARE) depth += 1;
      else if (byte === BYTE.close || byte === BYTE.right || byte === RIGHT_SQUARE) depth -= 1;
    }
    return ranges;
  }

  /** The comma before an argument. */
  commaBefore(at: number): number {
    let comma = at - 1;
    while (comma > 0 && this.code[comma] !== BYTE.comma) comma -= 1;
    return comma;
  }

  /** Names in a range that are no members. */
  namesIn(start: number, end: number): NameAt[] {
    const found = this.text.slice(start, end).matchAll(/(?<![\w.])[A-Za-z_]\w*/g);
    return [...found].map(({ 0: name, index }) => ({ at: start + index, name }));
  }

  /** Returns where a search that began at `from` has ended. */
  #spent(from: number, end: number): number {
    this.#effort.spend(end - from);
    return end;
  }

  #trimmed(start: number, end: number): Range {
    let [from, to] = [start, end];
    while (from < to && (this.code[from] ?? 0) <= 32) from += 1;
    while (to > from && (this.code[to - 1] ?? 0) <= 32) to -= 1;
    return [from, to];
  }
}
