/**
 * Make git's delta (see `delta.ts` for the format) between two versions of one file. Made for
 * versions that patches lead to: long equal stretches in the same order. Moved text is not looked
 * for, and a delta that would not pay is not made.
 */
import type { Bytes } from './types.ts';

/** Length of what is looked for in the source where the two part. */
const PROBE = 32;
/** Step between probes; a copy found late is extended backwards, so nothing is lost. */
const STEP = 16;
/** Source searched for a probe: most edits are short. Every so many probes, all the rest is. */
const NEAR = 1024;
const FAR_EVERY = 16;
/** Bytes that may be searched before the rest is taken as new: bounds the worst case. */
const SEARCH_BUDGET = 1 << 26;
const MAX_INSERT = 127;
/** Largest copy that fits the two size bytes that every reader of packs knows. */
const MAX_COPY = 0xffff;
/** A delta must be this much smaller than the content itself. */
const WORTH = 0.75;

/** A delta in the making: what is written, and up to where the target is covered. */
interface Draft {
  readonly source: Buffer;
  readonly target: Bytes;
  readonly parts: Uint8Array[];
  size: number;
  covered: number;
}

/** The delta from `source` to `target`; null when it would not pay. */
export function makeDelta(source: Bytes, target: Bytes): Buffer | null {
  const from = Buffer.from(source.buffer, source.byteOffset, source.length);
  const head = [writeSize(source.length), writeSize(target.length)];
  const draft: Draft = { source: from, target, parts: head, size: 0, covered: 0 };
  const limit = target.length * WORTH;
  let budget = SEARCH_BUDGET;
  let sourceAt = 0;
  let misses = 0;
  for (let at = 0; at < target.length && draft.size + at - draft.covered <= limit;) {
    const run = equalRun(source, sourceAt, target, at);
    if (run >= STEP || at + run === target.length) {
      pushInsert(draft, at);
      pushCopy(draft, sourceAt, run);
      sourceAt += run;
      at += run;
      continue;
    }
    const far = misses % FAR_EVERY === FAR_EVERY - 1 && budget > 0;
    const end = far ? source.length : sourceAt + NEAR;
    const found = find(draft, at, sourceAt, end);
    budget -= Math.min(end, source.length) - sourceAt;
    misses = found === -1 ? misses + 1 : 0;
    if (found === -1) {
      at += STEP;
    } else {
      const back = equalRunBack(source, found, target, at, at - draft.covered, found - sourceAt);
      sourceAt = found - back;
      at -= back;
    }
  }
  pushInsert(draft, target.length);
  return draft.size > limit ? null : Buffer.concat(draft.parts);
}

/** Where in `[start, end)` of the source the next bytes of the target are; -1 when nowhere. */
function find(draft: Draft, at: number, start: number, end: number): number {
  if (at + PROBE > draft.target.length) return -1;
  const place = draft.source.subarray(start, end).indexOf(draft.target.subarray(at, at + PROBE));
  return place === -1 ? -1 : start + place;
}

function equalRun(a: Bytes, aStart: number, b: Bytes, bStart: number): number {
  const length = Math.min(a.length - aStart, b.length - bStart);
  let run = 0;
  while (run < length && a[aStart + run] === b[bStart + run]) run += 1;
  return run;
}

function equalRunBack(
  a: Bytes,
  aEnd: number,
  b: Bytes,
  bEnd: number,
  ...limits: readonly number[]
): number {
  const limit = Math.min(...limits);
  let run = 0;
  while (run < limit && a[aEnd - run - 1] === b[bEnd - run - 1]) run += 1;
  return run;
}

function writeSize(size: number): Buffer {
  const bytes = [];
  let rest = size;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/** Take the target as it is from where it is covered up to `end`. */
function pushInsert(draft: Draft, end: number): void {
  for (let at = draft.covered; at < end; at += MAX_INSERT) {
    const piece = draft.target.subarray(at, Math.min(end, at + MAX_INSERT));
    draft.parts.push(Buffer.of(piece.length), piece);
    draft.size += piece.length + 1;
  }
  draft.covered = Math.max(draft.covered, end);
}

function pushCopy(draft: Draft, start: number, length: number): void {
  for (let at = 0; at < length; at += MAX_COPY) {
    const copy = copyInstruction(start + at, Math.min(MAX_COPY, length - at));
    draft.parts.push(copy);
    draft.size += copy.length;
  }
  draft.covered += length;
}

/** Only the bytes of offset and size that are not zero are written. */
function copyInstruction(offset: number, size: number): Buffer {
  const bytes = [0x80];
  for (let n = 0; n < 7; n += 1) {
    const byte = n < 4 ? (offset >>> (8 * n)) & 0xff : (size >>> (8 * (n - 4))) & 0xff;
    if (byte === 0) continue;
    bytes[0] = (bytes[0] ?? 0) | (1 << n);
    bytes.push(byte);
  }
  return Buffer.from(bytes);
}
