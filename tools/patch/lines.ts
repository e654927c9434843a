/** Bytes seen as lines: where each begins. */
import type { Bytes } from './types.ts';

const LF = 10;

/** Content with the offsets of its lines. A line includes its line feed; the last may have none. */
export interface Lines {
  readonly bytes: Bytes;
  /** Offset of each line, and one more entry: the length of `bytes`. */
  readonly starts: Int32Array;
  /** Number of lines; 0 for empty content. */
  readonly count: number;
}

/** Find the lines of `bytes` in one pass. */
export function splitLines(bytes: Bytes): Lines {
  let starts = new Int32Array((bytes.length >> 5) + 16);
  let count = 0;
  for (let i = 0; i < bytes.length; count += 1) {
    if (count + 1 >= starts.length) starts = grown(starts);
    starts[count] = i;
    const end = bytes.indexOf(LF, i);
    i = end === -1 ? bytes.length : end + 1;
  }
  starts[count] = bytes.length;
  return { bytes, starts: starts.subarray(0, count + 1), count };
}

function grown(starts: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(starts.length * 2);
  larger.set(starts);
  return larger;
}

/** Offset at which line `index` (from 0) begins; `index` may be the line count. */
export function lineStart(lines: Lines, index: number): number {
  return lines.starts[index] ?? lines.bytes.length;
}

/** Line `index`, from 0, with its line feed; empty when there is no such line. */
export function lineAt(lines: Lines, index: number): Bytes {
  return lines.bytes.subarray(lineStart(lines, index), lineStart(lines, index + 1));
}

/** Whether `bytes` has `prefix` (ASCII) at `offset`. */
export function startsWith(bytes: Bytes, prefix: string, offset = 0): boolean {
  if (offset + prefix.length > bytes.length) return false;
  for (let i = 0; i < prefix.length; i += 1) {
    if (bytes[offset + i] !== prefix.charCodeAt(i)) return false;
  }
  return true;
}

/** The line without its line feed. */
export function withoutNewline(line: Bytes): Bytes {
  return line.at(-1) === LF ? line.subarray(0, -1) : line;
}

/** The line with CR LF at its end turned into LF; the same object when there is none. */
export function withoutCarriageReturn(line: Bytes): Bytes {
  if (line.at(-1) !== LF || line.at(-2) !== 13) return line;
  const shorter = line.slice(0, -1);
  shorter[shorter.length - 1] = LF;
  return shorter;
}

/** Whether two byte strings are the same. */
export function sameBytes(a: Bytes, b: Bytes): boolean {
  return a === b || (a.length === b.length && view(a).equals(b));
}

/** Bytes compared at once: many, since a call costs more than a comparison. */
const STRIDE = 4096;

/** How many of the first bytes are the same, up to `most`. */
export function sharedPrefix(a: Bytes, b: Bytes, most: number): number {
  const [left, right] = [view(a), view(b)];
  let at = 0;
  for (; at < most; at += STRIDE) {
    const end = Math.min(at + STRIDE, most);
    if (left.compare(right, at, end, at, end) !== 0) break;
  }
  at = Math.min(at, most);
  while (at < most && a[at] === b[at]) at += 1;
  return at;
}

/** How many of the last bytes are the same, up to `most`. */
export function sharedSuffix(a: Bytes, b: Bytes, most: number): number {
  const [left, right] = [view(a), view(b)];
  let at = 0;
  for (; at < most; at += STRIDE) {
    const end = Math.min(at + STRIDE, most);
    const [fromA, fromB] = [a.length - end, b.length - end];
    if (left.compare(right, fromB, b.length - at, fromA, a.length - at) !== 0) break;
  }
  at = Math.min(at, most);
  while (at < most && a[a.length - 1 - at] === b[b.length - 1 - at]) at += 1;
  return at;
}

/** `bytes` as a Buffer over the same memory: for its searches and comparisons. */
export function view(bytes: Bytes): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** `bytes` as a string of one unit a byte: for regular expressions over ASCII syntax, and as a key. */
export function latin1(bytes: Bytes): string {
  return view(bytes).toString('latin1');
}
