import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFilePatch, formatPatch } from '../../tools/patch/format.ts';
import { makeFilePatch } from '../../tools/patch/make.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import type { FilePatch } from '../../tools/patch/types.ts';
import { corpus, gitVersion, patchFilesBelow } from './oracle.ts';
import { bytesOf, fileVersions, gitDiffTrees, sample } from './samples.ts';

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function reformatted(patch: string, strip = 1): string {
  return text(formatPatch(parseDiff(bytesOf(patch), { strip }).files));
}

/** What a patch says, apart from where it stands in its file. */
function meaning(file: FilePatch): unknown {
  const binary = file.binary === null ? null : { ...file.binary, line: 0 };
  const hunks = file.hunks.map((hunk) => ({ ...hunk, line: 0 }));
  const place = { line: 0, start: 0, end: 0, rawOldName: null, rawNewName: null };
  return { ...file, ...place, hunks, binary };
}

const HUNK = '@@ -1 +1,2 @@\n-a\n+b\n+c\n';

describe('format', () => {
  it.each([
    ['a change', `diff --git a/f b/f\nindex 1234567..89abcde 100644\n--- a/f\n+++ b/f\n${HUNK}`],
    ['a change of mode', 'diff --git a/f b/f\nold mode 100644\nnew mode 100755\n'],
    ['an empty file', 'diff --git a/f b/f\nnew file mode 100755\nindex 0000000..e69de29\n'],
    [
      'an empty file going',
      'diff --git a/f b/f\ndeleted file mode 100644\nindex e69de29..0000000\n',
    ],
    ['a rename', 'diff --git a/d/f b/g\nsimilarity index 100%\nrename from d/f\nrename to g\n'],
    [
      'a copy with changes and a mode',
      `diff --git a/f b/g h\nold mode 100644\nnew mode 100755\nsimilarity index 80%\ncopy from f\ncopy to g h\nindex 1234567..89abcde\n--- a/f\n+++ b/g h\t\n${HUNK}`,
    ],
    [
      'a rewrite',
      `diff --git a/f b/f\ndissimilarity index 90%\nindex 1234567..89abcde 100644\n--- a/f\n+++ b/f\n${HUNK}`,
    ],
    [
      'a name with a space',
      `diff --git a/x y b/x y\nindex 1234567..89abcde 100644\n--- a/x y\t\n+++ b/x y\t\n${HUNK}`,
    ],
    [
      'a quoted name with a space',
      `diff --git "a/x\\t y" "b/x\\t y"\nindex 1234567..89abcde 100644\n--- "a/x\\t y"\t\n+++ "b/x\\t y"\t\n${HUNK}`,
    ],
    [
      'bytes that are no UTF-8',
      `diff --git "a/\\377\\303\\251" "b/\\377\\303\\251"\nnew file mode 100644\nindex 0000000..89abcde\n--- /dev/null\n+++ "b/\\377\\303\\251"\n@@ -0,0 +1 @@\n+\xff\n`,
    ],
    [
      'other prefixes',
      `diff --git i/f w/f\nindex 1234567..89abcde 100644\n--- i/f\n+++ w/f\n${HUNK}`,
    ],
    [
      'no newline on either side',
      `diff --git a/f b/f\nindex 1234567..89abcde 100644\n--- a/f\n+++ b/f\n@@ -1 +1 @@ heading\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n`,
    ],
    [
      'binary files without data',
      'diff --git a/f b/f\nindex 1234567..89abcde 100644\nBinary files a/f and b/f differ\n',
    ],
    [
      'a binary file that comes, without data',
      'diff --git a/f b/f\nnew file mode 100644\nindex 0000000..89abcde\nBinary files /dev/null and b/f differ\n',
    ],
    ['no git header', `--- linux.orig/f\n+++ linux/f\n${HUNK}`],
    ['a file that comes, no git header', '--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+a\n'],
    [
      'carriage returns of a mailer',
      `diff --git a/f b/f\r\nindex 1234567..89abcde 100644\r\n--- a/f\r\n+++ b/f\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n`,
    ],
    [
      'both sides swapped',
      `diff --git b/f a/f\ndeleted file mode 100644\nindex 1234567..0000000\n--- b/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n`,
    ],
  ])('writes back %s', (_, patch) => {
    expect(reformatted(patch)).toBe(patch);
  });

  it('writes names without prefixes for -p0', () => {
    const patch = `diff --git f f\nindex 1234567..89abcde 100644\n--- f\n+++ f\n${HUNK}`;
    expect(reformatted(patch, 0)).toBe(patch);
  });

  it('drops a redundant count, a time stamp and a preamble', () => {
    const patch = 'Index: f\n=====\n--- a/f\t2006-01-01 00:00:00\n+++ b/f\t2006-01-02 00:00:00\n';
    expect(reformatted(`${patch}@@ -1,1 +1,1 @@\n-a\n+b\n`)).toBe(
      '--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n',
    );
  });

  it('is read back as what was written, whatever the file', () => {
    fc.assert(
      fc.property(fileVersions, (versions) => {
        const file = makeFilePatch(versions);
        // Nothing to say about a file that stays as it is.
        fc.pre(file.hunks.length > 0 || file.change !== 'modify' || file.oldMode !== file.newMode);
        const parsed = parseDiff(formatFilePatch(file));
        expect(parsed.files).toHaveLength(1);
        expect(parsed.header).toHaveLength(0);
        expect(parsed.footer).toHaveLength(0);
        expect(parsed.files.map(meaning)).toEqual([meaning(withStatedModes(file))]);
      }),
      { numRuns: 500 },
    );
  });
});

/** A rename that changes nothing else has no line that would hold the mode. */
function withStatedModes(file: FilePatch): FilePatch {
  const silent = file.oldId === null && file.oldMode === file.newMode;
  return silent ? { ...file, oldMode: null, newMode: null } : file;
}

describe.skipIf(gitVersion === null)('format, against git', () => {
  const files = sample(fileVersions, 400, 5).map((file, n) => ({
    ...file,
    oldPath: file.oldPath === null ? null : `${n}/${file.oldPath}`,
    newPath: file.newPath === null ? null : `${n}/${file.newPath}`,
  }));

  it.each([
    ['plain', []],
    ['with renames', ['-M50%']],
    ['without prefixes', ['--src-prefix=', '--dst-prefix=']],
    ['with other prefixes', ['--src-prefix=x/', '--dst-prefix=y/', '--diff-filter=M']],
    ['with full ids and no context', ['--full-index', '-U0']],
    ['reversed', ['-R']],
    ['rewrites', ['-B10%/10%']],
  ])('writes back what git wrote: %s', (name, options) => {
    const patch = gitDiffTrees(files, '--no-renames', ...options);
    const strip = name === 'without prefixes' ? 0 : 1;
    const parsed = parseDiff(patch, { strip });
    expect(parsed.files.length).toBeGreaterThan(100);
    expect(text(formatPatch(parsed.files))).toBe(text(patch));
  });

  it('writes back binary patches with the same data', () => {
    const patch = parseDiff(gitDiffTrees(files, '--no-renames', '--binary'));
    expect(patch.files.filter((file) => file.binary?.kind === 'data').length).toBeGreaterThan(50);
    expect(parseDiff(formatPatch(patch.files)).files.map(meaning)).toEqual(
      patch.files.map(meaning),
    );
  });
});

describe('format, on real kernel patches (SEAM_CORPUS)', () => {
  for (const name of ['debian-linux/patches-rt', 'ovz-2008']) {
    const directory = corpus(name);
    it.skipIf(directory === null)(`writes back every diff of ${name}`, () => {
      const patches = patchFilesBelow(directory ?? '');
      expect(patches.length).toBeGreaterThan(10);
      for (const path of patches) {
        const bytes = new Uint8Array(readFileSync(path));
        for (const file of parseDiff(bytes).files) {
          const written = text(formatFilePatch(file));
          const original = text(bytes.subarray(file.start, file.end));
          expect({ path, written }).toEqual({ path, written: original });
        }
      }
    });
  }
});
