/**
 * Whole patches between random trees, as git writes them: renames, copies, modes, links, binary
 * files, files that become directories. Seam must arrive at the tree that git has, and come back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applySeries } from '../../tools/apply/series.ts';
import type { Mode } from '../../tools/patch/types.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';
import { MemoryStore } from '../../tools/tree/memory.ts';
import { git, gitVersion } from '../patch/oracle.ts';

interface File {
  readonly mode: Mode;
  readonly content: Buffer;
}

type Files = ReadonlyMap<string, File>;

/** Names that are files in one tree and directories in another, and some that must be quoted. */
const PATHS = ['a', 'b', 'a/x', 'a/y', 'd/e/f', 'd/e', 'd/g', 'with space', '"q"', 'ü'];

const line = fc.nat(30).map((n) => `line ${n}\n`);

const text = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 30 }), fc.constantFrom('', '', 'no newline'))
  .map(([lines, last]) => Buffer.from(lines.join('') + last));

const content = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
);

const file: fc.Arbitrary<File> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ mode: fc.constantFrom<Mode>(0o100644, 0o100755), content }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('a', 'd/g', 'nowhere')
      .map((target) => ({ mode: 0o120000 as const, content: Buffer.from(target) })),
  },
);

/** Without files that stand in the way of a directory: of two such the first stays. */
function possible(entries: readonly (readonly [string, File])[]): Files {
  const files = new Map<string, File>();
  for (const [path, each] of entries) {
    const clash = [...files.keys()].some(
      (other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
    );
    if (!clash) files.set(path, each);
  }
  return files;
}

const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...PATHS), file), {
  selector: ([path]) => path,
  maxLength: 8,
});

/** Before and after: files that stay, move, change a little, come and go. */
const trees: fc.Arbitrary<readonly [Files, Files]> = fc
  .tuple(entries, entries, fc.array(fc.tuple(fc.nat(7), fc.constantFrom(...PATHS), line)))
  .map(([before, fresh, moves]) => {
    const old = possible(before);
    const known = [...old];
    const moved = moves.flatMap(([from, to, added]) => {
      const [, source] = known[from % Math.max(known.length, 1)] ?? [];
      if (source === undefined || source.mode === 0o120000) return [];
      return [
        [to, { ...source, content: Buffer.concat([source.content, Buffer.from(added)]) }] as const,
      ];
    });
    return [old, possible([...moved, ...fresh, ...known])] as const;
  });

/** Two commits without a parent, as `git fast-import` reads them. */
function stream(versions: readonly Files[]): Buffer {
  return Buffer.concat(
    versions.flatMap((files, index) => [
      Buffer.from(`reset refs/heads/v${index}\ncommit refs/heads/v${index}\n`),
      Buffer.from('committer A <a@example.com> 1000000000 +0000\ndata 0\ndeleteall\n'),
      ...[...files].flatMap(([path, { mode, content }]) => [
        Buffer.from(`M ${mode.toString(8)} inline ${JSON.stringify(path)}\n`),
        Buffer.from(`data ${content.length}\n`),
        content,
        Buffer.from('\n'),
      ]),
    ]),
  );
}

function storeOf(files: Files): MemoryStore {
  return new MemoryStore([...files].map(([path, each]) => ({ path, ...each })));
}

describe.skipIf(gitVersion === null)(`as git (${gitVersion ?? 'not installed'})`, () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'seam-oracle-'));
    git(dir, ['init', '--quiet', '--bare']);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each([
    ['plain', []],
    ['renames', ['--find-renames']],
    ['copies', ['--find-copies', '--find-copies-harder']],
  ])('patches between trees, and back: %s', async (_name, options) => {
    let different = 0;
    await fc.assert(
      fc.asyncProperty(trees, async ([before, after]) => {
        git(dir, ['fast-import', '--quiet', '--force'], stream([before, after]));
        const ids = git(dir, ['rev-parse', 'v0^{tree}', 'v1^{tree}']);
        const [from = '', to = ''] = Buffer.from(ids).toString().split('\n');
        const diff = git(dir, ['diff-tree', '-p', '--binary', '-r', ...options, 'v0', 'v1']);
        if (diff.length > 0) different += 1;
        const patch = parsePatch(diff, { name: 'between.patch' });
        const there = await applySeries(storeOf(before), [patch]);
        expect(there.verdicts.map(({ kind }) => kind)).toEqual([
          diff.length > 0 ? 'clean' : 'empty',
        ]);
        expect(there.tree.id).toBe(to);
        const back = await applySeries(storeOf(after), [patch], { reverse: true });
        expect(back.tree.id).toBe(from);
      }),
      { numRuns: 80 },
    );
    expect(different).toBeGreaterThan(40);
  });
});
