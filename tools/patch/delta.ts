/**
 * git's delta: the way from one content to another as copies from the source and inserted bytes.
 * Format: gitformat-pack(5), "deltified representation". Every number in it is untrusted.
 */

import type { Bytes } from './types.ts';

/**
 * Largest content, in bytes, that a binary patch may stand for: above any firmware image in a kernel
 * tree, far below what a machine has. A few kilobytes of patch can ask for a gigabyte.
 */
export const MAX_BINARY_SIZE = 256 * 1024 * 1024;

/** The content that a delta leads to, or why there is none (the source is another, say). */
export type DeltaResult =
  | { readonly kind: 'ok'; readonly data: Bytes }
  | { readonly kind: 'problem'; readonly reason: string };

/** Sizes in bytes that a delta declares: of what it starts from and of what it makes. */
export interface DeltaSizes {
  readonly source: number;
  readonly target: number;
  /** Offset of the first instruction. */
  readonly body: number;
}

/** Read the two sizes at the head of a delta; null when they are cut off or beyond 2^53. */
export function deltaSizes(delta: Bytes): DeltaSizes | null {
  const source = readSize(delta, 0);
  if (source === null) return null;
  const target = readSize(delta, source.end);
  if (target === null) return null;
  return { source: source.size, target: target.size, body: target.end };
}

/** Little-endian base 128, the high bit says that more follows. */
function readSize(delta: Bytes, start: number): { size: number; end: number } | null {
  let size = 0;
  let unit = 1;
  for (let at = start; ; at++) {
    const byte = delta[at];
    if (byte === undefined) return null;
    size += (byte & 0x7f) * unit;
    if (!Number.isSafeInteger(size)) return null;
    if (byte < 0x80) return { size, end: at + 1 };
    unit *= 128;
  }
}

/**
 * Apply `delta` to `source`. Nothing is allocated before the declared sizes have been held against
 * the real source and `limit`: a few bytes of copies can otherwise ask for terabytes.
 */
export function applyDelta(source: Bytes, delta: Bytes, limit = MAX_BINARY_SIZE): DeltaResult {
  const sizes = deltaSizes(delta);
  if (sizes === null) return problem('its delta has no sizes');
  if (sizes.source !== source.length) {
    return problem(`its delta is for ${sizes.source} bytes, the file has ${source.length}`);
  }
  if (sizes.target > limit) {
    return problem(`its result of ${sizes.target} bytes is above the limit of ${limit}`);
  }
  const target = new Uint8Array(sizes.target);
  return run(source, delta, sizes.body, target)
    ? { kind: 'ok', data: target }
    : problem('its delta is corrupt');
}

function problem(reason: string): DeltaResult {
  return { kind: 'problem', reason };
}

/** Carry out the instructions; false when one is cut off, reaches outside or leaves a gap. */
function run(source: Bytes, delta: Bytes, body: number, target: Uint8Array): boolean {
  let at = body;
  let filled = 0;
  while (at < delta.length) {
    const code = delta[at++] ?? 0;
    let piece: Bytes;
    if (code & 0x80) {
      const copy = readCopy(delta, at, code);
      if (copy === null || copy.offset + copy.size > source.length) return false;
      piece = source.subarray(copy.offset, copy.offset + copy.size);
      at = copy.end;
    } else {
      // Zero is reserved: an instruction that does nothing would hide corruption.
      if (code === 0 || at + code > delta.length) return false;
      piece = delta.subarray(at, at + code);
      at += code;
    }
    if (filled + piece.length > target.length) return false;
    target.set(piece, filled);
    filled += piece.length;
  }
  return filled === target.length;
}

/** The low seven bits of a copy say which bytes of its offset (four) and size (three) follow. */
function readCopy(delta: Bytes, start: number, code: number) {
  let at = start;
  let offset = 0;
  let size = 0;
  for (let n = 0; n < 7; n++) {
    if ((code & (1 << n)) === 0) continue;
    const byte = delta[at++];
    if (byte === undefined) return null;
    if (n < 4) offset += byte * 256 ** n;
    else size += byte * 256 ** (n - 4);
  }
  return { offset, size: size === 0 ? 0x10000 : size, end: at };
}
