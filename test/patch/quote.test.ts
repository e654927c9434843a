import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as prop } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparePaths, decodePath, encodePath } from '../../tools/patch/path.ts';
import { quotePath, unquotePath } from '../../tools/patch/quote.ts';

let repository = '';

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'seam-quote-'));
  execFileSync('git', ['init', '-q', '--bare', repository]);
});

afterAll(() => {
  rmSync(repository, { recursive: true, force: true });
});

const anyName = fc
  .uint8Array({ min: 1, minLength: 1, maxLength: 24 })
  .filter((bytes) => !bytes.includes(0x2f));

describe('quoting', () => {
  prop.prop([fc.uint8Array()])('is undone by unquoting, whatever follows', (bytes) => {
    const path = decodePath(bytes);
    const quoted = quotePath(path);
    if (quoted === path) {
      expect(path).toMatch(/^[ !#-[\]-~]*$/);
    } else {
      expect(unquotePath(Buffer.from(`${quoted}\trest"`))).toEqual({ path, length: quoted.length });
    }
  });

  test('writes what git writes, for every byte', () => {
    const bytes = Array.from({ length: 255 }, (_, i) => i + 1).filter((byte) => byte !== 0x2f);
    const names = bytes.map((byte) => Buffer.of(0x78, byte, 0x79));
    expect(names.map((name) => quotePath(decodePath(name)))).toEqual(gitQuotes(names));
  });

  prop.prop([fc.array(anyName, { minLength: 20, maxLength: 20 })], { numRuns: 10 })(
    'writes what git writes, for arbitrary names',
    (names) => {
      const paths = [...new Set(names.map((name) => decodePath(name)))].sort(comparePaths);
      expect(paths.map((path) => quotePath(path))).toEqual(gitQuotes(paths.map(encodePath)));
    },
  );
});

/** Names as `git ls-tree` prints those of a tree that has all of them. */
function gitQuotes(names: readonly Uint8Array[]): string[] {
  const blob = '0123456789012345678901234567890123456789';
  const records = names.flatMap((name) => [
    Buffer.from(`100644 blob ${blob}\t`),
    name,
    Buffer.of(0),
  ]);
  const git = (args: string[], input?: Uint8Array): string =>
    execFileSync('git', args, { cwd: repository, input, encoding: 'latin1' });
  const tree = git(['mktree', '-z', '--missing'], Buffer.concat(records)).trim();
  const lines = git(['-c', 'core.quotePath=true', 'ls-tree', tree]).split('\n').slice(0, -1);
  return lines.map((line) => line.slice(line.indexOf('\t') + 1));
}

describe('unquoting', () => {
  test.each([
    ['"a b"', 'a b', 5],
    [String.raw`"\a\b\t\n\v\f\r\"\\" x`, '\u0007\b\t\n\v\f\r"\\', 20],
    [String.raw`"\303\251"`, 'é', 10],
    [String.raw`"\377"`, '\udcff', 6],
    ['""', '', 2],
  ])('%s', (text, path, length) => {
    expect(unquotePath(Buffer.from(text))).toEqual({ path, length });
  });

  test.each(['a', '', '"', '"a', String.raw`"\x41"`, String.raw`"\40"`, String.raw`"\400"`, '"\\'])(
    'refuses %j',
    (text) => {
      expect(unquotePath(Buffer.from(text))).toBeNull();
    },
  );
});
