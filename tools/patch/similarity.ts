/**
 * How much of a file lives on in another, as git estimates it for renames and copies (similarity
 * index): both are cut into lines, long ones into pieces of 64 bytes, and equal pieces are counted
 * by their bytes, wherever they stand.
 */

import { isBinary } from './content.ts';
import { latin1, sameBytes } from './lines.ts';
import type { Bytes } from './types.ts';

const PIECE = 64;
const LF = 0x0a;
const CR = 0x0d;
/** git keeps scores in this unit and rounds down twice on the way to percent. */
const MAX_SCORE = 60_000;

/** Similarity in whole percent. 100 also for contents that only count as the same. */
export function similarityOf(old: Bytes, next: Bytes): number {
  if (sameBytes(old, next)) return 100;
  if (old.length === 0 || next.length === 0) return 0;
  const had = piecesOf(old);
  let kept = 0;
  for (const [piece, size] of piecesOf(next)) kept += Math.min(size, had.get(piece) ?? 0);
  const score = Math.floor((kept * MAX_SCORE) / Math.max(old.length, next.length));
  return Math.floor((score * 100) / MAX_SCORE);
}

/** Bytes that each distinct piece of the content takes up in all. */
function piecesOf(content: Bytes): Map<string, number> {
  const text = isBinary(content) ? content : withoutLineEndCr(content);
  const sizes = new Map<string, number>();
  for (let start = 0; start < text.length;) {
    const window = text.subarray(start, start + PIECE);
    const lineEnd = window.indexOf(LF);
    const piece = latin1(lineEnd === -1 ? window : window.subarray(0, lineEnd + 1));
    sizes.set(piece, (sizes.get(piece) ?? 0) + piece.length);
    start += piece.length;
  }
  return sizes;
}

/** A change of line ends alone leaves a text similar. */
function withoutLineEndCr(content: Bytes): Bytes {
  return content.filter((byte, at) => byte !== CR || content[at + 1] !== LF);
}
