/**
 * The hunks of a `GIT binary patch`, as `git diff --binary` writes and `git apply` reads them: a
 * line `literal SIZE` or `delta SIZE`, lines of base 85 that hold a zlib stream, an empty line.
 * Each line of data opens with a letter for its number of bytes: A–Z are 1–26, a–z are 27–52.
 */

import { deflateSync, inflateSync } from 'node:zlib';
import { SeamError } from '../errors.ts';
import { decodeBase85, encodeBase85 } from './base85.ts';
import { applyDelta, MAX_BINARY_SIZE, type DeltaResult } from './delta.ts';
import type { BinaryHunk, Bytes } from './types.ts';

const LINE_FEED = 0x0a;
const BYTES_PER_LINE = 52;
const HEADER = /^(literal|delta) (\d{1,15})\n$/;
/** Longest header that `HEADER` takes, so that a search for its end stays short. */
const HEADER_LENGTH = 'literal '.length + 16;

/** A hunk and where the patch goes on after its empty line. */
export interface BinaryHunkRead {
  readonly hunk: BinaryHunk;
  /** Offset of the first byte after the hunk. */
  readonly end: number;
  /** Number of the first line after the hunk. */
  readonly line: number;
}

/** Whether a line at `offset` opens a binary hunk. The reverse hunk of a binary patch is optional. */
export function startsBinaryHunk(bytes: Bytes, offset: number): boolean {
  return readHeader(bytes, offset) !== null;
}

function readHeader(bytes: Bytes, offset: number) {
  const text = String.fromCharCode(...bytes.subarray(offset, offset + HEADER_LENGTH));
  const header = text.slice(0, text.indexOf('\n') + 1);
  const match = HEADER.exec(header);
  if (match === null) return null;
  return { kind: match[1] as BinaryHunk['kind'], size: Number(match[2]), length: header.length };
}

/**
 * Read the hunk whose header is at `offset`, on line `line` (from 1) of the patch.
 * Throws `patch-corrupt-binary` for whatever git refuses too, and for content above `limit` bytes;
 * never inflates more than the header declares.
 */
export function readBinaryHunk(
  bytes: Bytes,
  offset: number,
  line: number,
  limit = MAX_BINARY_SIZE,
): BinaryHunkRead {
  const header = readHeader(bytes, offset);
  if (header === null) throw corrupt(line, "expected 'literal SIZE' or 'delta SIZE'");
  if (header.size > limit) {
    throw corrupt(line, `its ${header.size} bytes are above the limit of ${limit}`);
  }
  const body = readLines(bytes, offset + header.length, line + 1);
  const data = inflate(body.deflated, header.size);
  if (data === null) throw corrupt(line, `its data is not ${header.size} deflated bytes`);
  return { hunk: { kind: header.kind, data }, end: body.end, line: body.line };
}

/** Collect the data lines up to the empty one. */
function readLines(bytes: Bytes, start: number, firstLine: number) {
  const pieces: Bytes[] = [];
  let line = firstLine;
  let at = start;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, at);
    if (end < 0) throw corrupt(line, 'it ends before its empty line');
    if (end === at) return { deflated: Buffer.concat(pieces), end: end + 1, line: line + 1 };
    const size = lineSize(bytes[at] ?? 0);
    // Exactly the digits that the bytes need: more or fewer mean a damaged line.
    const fits = size > 0 && end - at - 1 === Math.ceil(size / 4) * 5;
    const piece = fits ? decodeBase85(bytes, at + 1, size) : null;
    if (piece === null) throw corrupt(line, 'bad line of data');
    pieces.push(piece);
    at = end + 1;
    line++;
  }
}

function lineSize(letter: number): number {
  if (letter >= 0x41 && letter <= 0x5a) return letter - 0x40;
  if (letter >= 0x61 && letter <= 0x7a) return letter - 0x60 + 26;
  return 0;
}

/** Inflate to exactly `size` bytes; null when the stream is corrupt, shorter or longer. */
function inflate(deflated: Bytes, size: number): Bytes | null {
  try {
    // zlib takes no limit of zero; one byte too many is refused by the comparison below.
    const data = inflateSync(deflated, { maxOutputLength: Math.max(size, 1) });
    return data.length === size ? new Uint8Array(data) : null;
  } catch {
    return null;
  }
}

function corrupt(line: number, reason: string): SeamError {
  return new SeamError('patch-corrupt-binary', `corrupt binary patch at line ${line}: ${reason}`, {
    data: { line, reason },
    hint: "make it again with 'git format-patch --binary' and send it as an attachment: mailers rewrap",
  });
}

/** The hunk as git writes it, with its empty line. */
export function writeBinaryHunk(hunk: BinaryHunk): Bytes {
  const deflated = deflateSync(hunk.data);
  const lines = [`${hunk.kind} ${hunk.data.length}\n`];
  for (let at = 0; at < deflated.length; at += BYTES_PER_LINE) {
    const piece = deflated.subarray(at, at + BYTES_PER_LINE);
    lines.push(`${sizeLetter(piece.length)}${encodeBase85(piece)}\n`);
  }
  lines.push('\n');
  return Buffer.from(lines.join(''), 'latin1');
}

function sizeLetter(size: number): string {
  return String.fromCharCode(size <= 26 ? 0x40 + size : 0x60 + size - 26);
}

/** The content that `hunk` makes of `old`. A literal does not look at `old`. */
export function applyBinaryHunk(hunk: BinaryHunk, old: Bytes): DeltaResult {
  return hunk.kind === 'literal' ? { kind: 'ok', data: hunk.data } : applyDelta(old, hunk.data);
}
