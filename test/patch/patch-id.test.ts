import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPatch } from '../../tools/patch/format.ts';
import { makeFilePatch } from '../../tools/patch/make.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import { patchId } from '../../tools/patch/patch-id.ts';
import type { Bytes } from '../../tools/patch/types.ts';
import { corpus, git, gitVersion, patchFilesBelow } from './oracle.ts';
import { bytesOf, contentPair, fileVersions, sample } from './samples.ts';

function idOf(patch: string): string | null {
  return patchId(parseDiff(bytesOf(patch)).files);
}

function byGit(patch: Bytes): string | null {
  const [id] = Buffer.from(git(tmpdir(), ['patch-id', '--stable'], patch))
    .toString()
    .split(' ');
  return id === undefined || id === '' ? null : id;
}

const HEAD = '--- a/f\n+++ b/f\n';

describe('patch id', () => {
  it('is none without a change', () => {
    expect(patchId([])).toBeNull();
  });

  it('does not see lines, white space or object ids, but sees content', () => {
    const id = idOf(
      `diff --git a/f b/f\nindex 1234567..89abcde 100644\n${HEAD}@@ -1 +1 @@\n-a b\n+c\n`,
    );
    expect(idOf(`diff --git a/f b/f\n${HEAD}@@ -9 +7 @@ f\n-ab\n+\tc\n`)).toBe(id);
    expect(idOf(`diff --git a/f b/f\n${HEAD}@@ -9 +7 @@ f\n-ab\n+\td\n`)).not.toBe(id);
  });

  it('is the same for a plain diff and its form in git', () => {
    const id = idOf(`diff --git a/f b/f\n${HEAD}@@ -1 +1 @@\n-a\n+c\n`);
    expect(idOf(`--- linux.orig/f\n+++ linux/f\n@@ -1 +1 @@\n-a\n+c\n`)).toBe(id);
    const created =
      'diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+c\n';
    expect(idOf('--- /dev/null\n+++ linux/f\n@@ -0,0 +1 @@\n+c\n')).toBe(idOf(created));
  });

  it('does not depend on the order of files', () => {
    fc.assert(
      fc.property(fc.array(contentPair, { minLength: 2, maxLength: 5 }), (pairs) => {
        const files = pairs
          .map(([old, next], n) =>
            makeFilePatch({
              oldPath: `${n}`,
              newPath: `${n}`,
              oldMode: 0o100644,
              newMode: 0o100644,
              old,
              new: next,
            }),
          )
          .filter((file) => file.hunks.length > 0);
        expect(patchId([...files].reverse())).toBe(patchId(files));
      }),
    );
  });
});

describe.skipIf(gitVersion === null)('patch id, against git', () => {
  it('is that of git patch-id --stable', () => {
    const groups = sample(fc.array(fileVersions, { minLength: 1, maxLength: 4 }), 400, 4);
    const ids = groups.map((group, n) => {
      const binary = n % 2 === 0 ? 'data' : 'unknown';
      // A bare header of a file that stays as it is counts for git, and says nothing here.
      const { files } = parseDiff(
        formatPatch(group.map((file) => makeFilePatch(file, { binary }))),
      );
      return { ours: patchId(files), theirs: byGit(formatPatch(files)) };
    });
    expect(ids.map(({ ours }) => ours)).toEqual(ids.map(({ theirs }) => theirs));
    expect(new Set(ids.map(({ ours }) => ours)).size).toBeGreaterThan(300);
  });
});

describe('patch id, on real patches (SEAM_CORPUS)', () => {
  for (const name of ['debian-linux/patches-rt', 'ovz-2008']) {
    const directory = corpus(name);
    const skip = directory === null || gitVersion === null;
    it.skipIf(skip)(`is that of git for ${name}`, () => {
      const patches = patchFilesBelow(directory ?? '');
      expect(patches.length).toBeGreaterThan(10);
      for (const path of patches) {
        // Diffs only: git takes a mail's first line for the end of one patch and the start of another.
        const { files } = parseDiff(new Uint8Array(readFileSync(path)));
        expect({ path, id: patchId(files) }).toEqual({ path, id: byGit(formatPatch(files)) });
      }
    });
  }
});
