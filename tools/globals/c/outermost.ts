/** Where the declarations and functions of a file begin and end. */
import { type Brackets, isOpening } from './brackets.ts';
import { BYTE, isWordByte } from './code-text.ts';
import type { Shape } from './shape.ts';

/** A part of a shape. */
export interface Outermost {
  readonly start: number;
  readonly end: number;
  /** The brace that opens the body of a function; -1 for all else. */
  readonly body: number;
}

/** Null where a block stands for itself: its head is one of old style, or hidden by something. */
export function divide(shape: Shape, brackets: Brackets): Outermost[] | null {
  const all: Outermost[] = [];
  for (let start = 0; start < shape.length;) {
    if (shape.bytes[start] === BYTE.left) return null;
    const next = outermostAt(shape, brackets, start);
    all.push(next);
    start = next.end;
  }
  return all;
}

/** It ends with a semicolon outside of all brackets, or with the body of a function. */
function outermostAt({ bytes, length }: Shape, brackets: Brackets, start: number): Outermost {
  let hasValue = false;
  let isBehindBracket = false;
  for (let at = start; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === BYTE.semicolon) return { start, end: at + 1, body: -1 };
    if (byte === BYTE.equals) hasValue = true;
    const close = isOpening(byte) ? (brackets[at] ?? length) : -1;
    if (byte === BYTE.left && isBehindBracket && !hasValue && beginsAnew(bytes, length, close + 1))
      return { start, end: close + 1, body: at };
    isBehindBracket = byte === BYTE.open;
    if (close !== -1) at = close;
  }
  return { start, end: length, body: -1 };
}

function beginsAnew(bytes: Uint8Array, length: number, at: number): boolean {
  return at >= length || isWordByte[bytes[at] ?? 0] === 1;
}
