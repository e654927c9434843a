import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamError } from '../../tools/errors.ts';
import { decodeBase85, encodeBase85 } from '../../tools/patch/base85.ts';
import {
  applyBinaryHunk,
  readBinaryHunk,
  startsBinaryHunk,
  writeBinaryHunk,
} from '../../tools/patch/binary.ts';
import { applyDelta } from '../../tools/patch/delta.ts';
import type { BinaryHunk, Bytes } from '../../tools/patch/types.ts';
import { blobId, git, gitDiff, gitVersion } from './oracle.ts';

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(fc.constantFrom(0, 10, 13, 255), { maxLength: 3000 }).map((a) => Uint8Array.from(a)),
);

function ascii(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** A hunk whose header declares what the test says, over the stream of `data`. */
function hunkText(header: string, deflated: Bytes): string {
  const lines = [`${header}\n`];
  for (let at = 0; at < deflated.length; at += 26) {
    const piece = deflated.subarray(at, at + 26);
    lines.push(`${String.fromCharCode(0x40 + piece.length)}${encodeBase85(piece)}\n`);
  }
  return `${lines.join('')}\n`;
}

function failure(text: string, limit?: number): SeamError {
  try {
    readBinaryHunk(ascii(text), 0, 7, limit);
  } catch (error) {
    if (error instanceof SeamError) return error;
  }
  throw new Error('the hunk was read');
}

/** The content of a literal hunk, null when it is refused. */
function contentOrNull(patch: Bytes): Bytes | null {
  try {
    const { hunk } = readBinaryHunk(patch, 0, 1);
    return hunk.kind === 'literal' ? hunk.data : null;
  } catch (error) {
    if (error instanceof SeamError) return null;
    throw error;
  }
}

describe('base 85', () => {
  it('gives back any bytes', () => {
    fc.assert(
      fc.property(anyBytes, (data) => {
        expect(decodeBase85(ascii(encodeBase85(data)), 0, data.length)).toEqual(data);
      }),
    );
  });

  it('knows the highest group and refuses one above it', () => {
    expect(decodeBase85(ascii('|NsC0'), 0, 4)).toEqual(Uint8Array.of(255, 255, 255, 255));
    expect(decodeBase85(ascii('|NsC1'), 0, 4)).toBeNull();
  });

  it.each(['"0000', '0000', '000 0', '0000\n', "0000'"])('refuses %j', (text) => {
    expect(decodeBase85(ascii(text), 0, 4)).toBeNull();
  });
});

describe('binary hunks', () => {
  it('are read as they were written, wherever they stand', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, fc.constantFrom('literal', 'delta'), (data, before, kind) => {
        const hunk: BinaryHunk = { kind, data };
        const text = writeBinaryHunk(hunk);
        const patch = new Uint8Array(Buffer.concat([before, text, before]));
        expect(startsBinaryHunk(patch, before.length)).toBe(true);
        const read = readBinaryHunk(patch, before.length, 1);
        expect(read.hunk).toEqual(hunk);
        expect(read.end).toBe(before.length + text.length);
        expect(read.line).toBe(Buffer.from(text).toString('latin1').split('\n').length);
      }),
    );
  });

  it('refuse every cut', () => {
    const text = Buffer.from(
      writeBinaryHunk({ kind: 'literal', data: new Uint8Array(999) }),
    ).toString('latin1');
    for (let length = 0; length < text.length; length++) {
      expect(failure(text.slice(0, length)).code).toBe('patch-corrupt-binary');
    }
  });

  it('never give other content when a byte is flipped', () => {
    const data = Uint8Array.from({ length: 200 }, (_, n) => (n * n) & 255);
    const whole = writeBinaryHunk({ kind: 'literal', data });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(whole, (byte, n) => (n === at ? byte ^ change : byte));
        // The checksum of zlib covers the content; what it does not cover changes nothing.
        expect([data, null]).toContainEqual(contentOrNull(damaged));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['no header', 'Binary 12\n\n', "expected 'literal SIZE' or 'delta SIZE'", 7],
    ['a size that is no number', 'literal -1\n\n', "expected 'literal SIZE' or 'delta SIZE'", 7],
    ['a rewrapped line', 'literal 0\nHcmV?d\n00001\n\n', 'bad line of data', 8],
    ['CR before LF', 'literal 0\nHcmV?d00001\r\n\n', 'bad line of data', 8],
    ['a wrong length letter', 'literal 0\nAcmV?d00001\n\n', 'bad line of data', 8],
    ['no empty line', 'literal 0\nHcmV?d00001\n', 'it ends before its empty line', 9],
    ['no data', 'literal 0\n\n', 'its data is not 0 deflated bytes', 7],
    ['a wrong size', 'literal 1\nHcmV?d00001\n\n', 'its data is not 1 deflated bytes', 7],
  ])('name line and reason: %s', (_, text, reason, line) => {
    const error = failure(text);
    expect(error.message).toBe(`corrupt binary patch at line ${line}: ${reason}`);
    expect(error.data).toEqual({ line, reason });
    expect(error.kind).toBe('user');
  });

  it('inflate no more than they declare', () => {
    const bomb = deflateSync(new Uint8Array(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    expect(failure(hunkText('literal 1000', bomb)).data['reason']).toBe(
      'its data is not 1000 deflated bytes',
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('refuse a declared size above the limit before they read on', () => {
    expect(failure('literal 999999999999\n').data['reason']).toMatch(
      /above the limit of 268435456/,
    );
    expect(failure('literal 1001\n', 1000).data['reason']).toMatch(/above the limit of 1000/);
  });
});

describe('deltas', () => {
  const source = ascii('the quick brown fox');

  it('copy and insert', () => {
    const delta = Uint8Array.of(19, 12, 0x91, 4, 6, 3, 0x2d, 0x2d, 0x20, 0x91, 16, 3);
    expect(applyDelta(source, delta)).toEqual({ kind: 'ok', data: ascii('quick -- fox') });
  });

  it('take a size of zero for 65536', () => {
    const long = new Uint8Array(70_000).fill(7);
    const delta = Uint8Array.of(0xf0, 0xa2, 4, 0x80, 0x80, 4, 0x80);
    expect(applyDelta(long, delta)).toEqual({ kind: 'ok', data: long.subarray(0, 65_536) });
  });

  it.each([
    ['empty', [], 'its delta has no sizes'],
    ['sizes without an end', [0x80, 0x80], 'its delta has no sizes'],
    [
      'sizes beyond 2^53',
      [...Array.from({ length: 12 }, () => 0xff), 1, 1],
      'its delta has no sizes',
    ],
    ['another source', [18, 1, 1, 65], 'its delta is for 18 bytes, the file has 19'],
    ['the reserved instruction', [19, 1, 0, 1, 65], 'its delta is corrupt'],
    ['an insertion cut off', [19, 2, 2, 65], 'its delta is corrupt'],
    ['a copy cut off', [19, 2, 0x91, 4], 'its delta is corrupt'],
    ['a copy from outside', [19, 2, 0x91, 18, 2], 'its delta is corrupt'],
    ['a copy from far outside', [19, 1, 0x9f, 255, 255, 255, 255, 1], 'its delta is corrupt'],
    ['more than it declares', [19, 1, 0x90, 2], 'its delta is corrupt'],
    ['less than it declares', [19, 3, 0x90, 2], 'its delta is corrupt'],
    [
      'a huge target',
      [19, 255, 255, 255, 255, 127],
      'its result of 34359738367 bytes is above the limit of 268435456',
    ],
  ])('refuse %s', (_, bytes, reason) => {
    expect(applyDelta(source, Uint8Array.from(bytes))).toEqual({ kind: 'problem', reason });
  });

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (body) => {
        const result = applyDelta(source, Uint8Array.from([19, 30, ...body]), 1000);
        expect(result.kind === 'problem' || result.data.length === 30).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe.skipIf(gitVersion === null)('binary hunks, against git', () => {
  it('are read from what git writes, literal and delta, both ways', () => {
    const directory = mkdtempSync(join(tmpdir(), 'seam-binary-'));
    const file = (name: string) => join(directory, name);
    try {
      let deltas = 0;
      for (let seed = 1; seed <= 12; seed++) {
        const old = Uint8Array.from(
          { length: 400 * seed },
          (_, n) => (n * seed * 31 + (n >> 3)) & 255,
        );
        const middle = Uint8Array.of(seed, 0, 255);
        const next = new Uint8Array(
          Buffer.concat([old.subarray(0, 99 * seed), middle, old.subarray(101 * seed)]),
        );
        writeFileSync(file('old'), old);
        writeFileSync(file('new'), next);
        const patch = gitDiff(directory, 'old', 'new');
        const start =
          Buffer.from(patch).indexOf('GIT binary patch\n') + 'GIT binary patch\n'.length;
        const forward = readBinaryHunk(patch, start, 5);
        const reverse = readBinaryHunk(patch, forward.end, forward.line);
        expect(reverse.end).toBe(patch.length);
        expect(applyBinaryHunk(forward.hunk, old)).toEqual({ kind: 'ok', data: next });
        expect(applyBinaryHunk(reverse.hunk, next)).toEqual({ kind: 'ok', data: old });
        if (forward.hunk.kind === 'delta') deltas++;
      }
      expect(deltas).toBeGreaterThan(0);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('are applied by git as we write them', () => {
    const directory = mkdtempSync(join(tmpdir(), 'seam-binary-'));
    try {
      fc.assert(
        fc.property(anyBytes, anyBytes, (old, next) => {
          const text = Buffer.concat([
            Buffer.from(
              `diff --git a/f b/f\nindex ${blobId(old)}..${blobId(next)} 100644\nGIT binary patch\n`,
            ),
            writeBinaryHunk({ kind: 'literal', data: next }),
            writeBinaryHunk({ kind: 'literal', data: old }),
          ]);
          writeFileSync(join(directory, 'f'), old);
          git(directory, ['apply'], text);
          expect(new Uint8Array(readFileSync(join(directory, 'f')))).toEqual(next);
          git(directory, ['apply', '-R'], text);
          expect(new Uint8Array(readFileSync(join(directory, 'f')))).toEqual(old);
        }),
        { numRuns: 25 },
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
