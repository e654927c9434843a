import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPatch } from '../../tools/patch/format.ts';
import { makeFilePatch } from '../../tools/patch/make.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import { quotePath } from '../../tools/patch/quote.ts';
import { formatStat } from '../../tools/patch/stat-graph.ts';
import { arrowBetween, arrowBetweenDirectories } from '../../tools/patch/stat-names.ts';
import { formatNumstat, formatSummary, formatTotal, statOf } from '../../tools/patch/stat.ts';
import type { Bytes, FilePatch } from '../../tools/patch/types.ts';
import { corpus, git, gitVersion, patchFilesBelow } from './oracle.ts';
import { bytesOf, fileVersions, gitDiffTrees, sample } from './samples.ts';

function latin(bytes: Bytes): string {
  return Buffer.from(bytes).toString('latin1');
}

/** All that `git apply` prints about a patch, as we print it. */
function asApply(files: readonly FilePatch[]): string {
  return formatNumstat(files, 'apply') + formatStat(files, { style: 'apply' });
}

function byGitApply(patch: Bytes, ...what: string[]): string {
  // One call each: together they come in an order of git's own.
  return what.map((each) => latin(git(tmpdir(), ['apply', each], patch))).join('');
}

/** git apply does not quote names in a summary. */
function isPlain({ oldPath, newPath }: FilePatch): boolean {
  return [oldPath, newPath].every((path) => path === null || quotePath(path) === path);
}

describe('stat', () => {
  const lines = (n: number): Bytes => bytesOf('x\n'.repeat(n));
  const changed = (path: string, added: number, deleted: number): FilePatch =>
    makeFilePatch({
      oldPath: path,
      newPath: path,
      oldMode: 0o100644,
      newMode: 0o100644,
      old: bytesOf('y\n'.repeat(deleted)),
      new: lines(added),
    });

  it('is nothing for no files, as git diff has it, and zero as git apply has it', () => {
    expect(formatStat([])).toBe('');
    expect(formatStat([], { style: 'apply' })).toBe(' 0 files changed\n');
  });

  it('scales bars to the width and cuts names at a slash', () => {
    const files = [
      changed('Makefile', 1, 0),
      changed('drivers/gpu/drm/amd/include/asic_reg/dcn/dcn_3_2_0_offset.h', 900, 100),
    ];
    expect(formatStat(files, { width: 60 })).toBe(
      ` ${'Makefile'.padEnd(38)} |    1 +\n` +
        ` .../asic_reg/dcn/dcn_3_2_0_offset.h    | 1000 ++++++++++--\n` +
        ' 2 files changed, 901 insertions(+), 100 deletions(-)\n',
    );
  });

  it.each([
    [{ files: 1, added: 0, deleted: 0 }, ' 1 file changed, 0 insertions(+), 0 deletions(-)'],
    [{ files: 1, added: 1, deleted: 0 }, ' 1 file changed, 1 insertion(+)'],
    [{ files: 2, added: 0, deleted: 2 }, ' 2 files changed, 2 deletions(-)'],
    [{ files: 0, added: 0, deleted: 0 }, ' 0 files changed'],
  ])('sums up %j', (total, line) => {
    expect(formatTotal(total)).toBe(line);
  });

  it.each([
    ['a', 'b', 'a => b', 'a => b'],
    ['d/a', 'd/b', 'd/{a => b}', 'd/{a => b}'],
    [
      'arch/i386/Makefile',
      'arch/x86/Makefile',
      'arch/{i386 => x86}/Makefile',
      'arch/{i386/Makefile => x86/Makefile}',
    ],
    ['a/f', 'b/f', '{a => b}/f', 'a/f => b/f'],
    ['f', 'd/f', 'f => d/f', 'f => d/f'],
    ['a/b', 'a/c/b', 'a/{ => c}/b', 'a/{b => c/b}'],
    ['a/c/b', 'a/b', 'a/{c => }/b', 'a/{c/b => b}'],
    ['a b"', 'c', '"a b\\"" => c', '"a b\\"" => c'],
  ])('writes %s to %s as one', (old, next, diff, apply) => {
    expect(arrowBetween(old, next)).toBe(diff);
    expect(arrowBetweenDirectories(old, next)).toBe(apply);
  });

  it('has the sizes of binary files where the patch tells them', () => {
    const versions = { oldMode: 0o100644, newMode: 0o100644, oldPath: 'f', newPath: 'f' } as const;
    const file = makeFilePatch({ ...versions, old: bytesOf('a\0'), new: bytesOf('abcd\0') });
    expect(formatStat([file])).toBe(
      ' f | Bin 2 -> 5 bytes\n 1 file changed, 0 insertions(+), 0 deletions(-)\n',
    );
    expect(statOf({ ...file, binary: { kind: 'unknown', line: 0 } })).toMatchObject({
      binary: true,
      oldSize: null,
      newSize: null,
    });
    expect(formatNumstat([file])).toBe('-\t-\tf\n');
  });
});

const LONG = ['drivers/net/ethernet/', 'a-rather-long-directory-name/', 'include/uapi/linux/', ''];

/** Patches with changes of all sizes, under names of all lengths. */
const tallFile = fc
  .record({
    versions: fileVersions,
    added: fc.constantFrom(0, 1, 3, 40, 70, 300, 5000),
    deleted: fc.constantFrom(0, 1, 2, 60, 999),
    directory: fc.array(fc.constantFrom(...LONG), { maxLength: 4 }),
  })
  .map(({ versions, added, deleted, directory }) => {
    const grow = (content: Bytes | null, n: number, what: string): Bytes | null =>
      content && new Uint8Array(Buffer.concat([content, bytesOf(`${what}\n`.repeat(n))]));
    const place = (path: string | null): string | null => path && directory.join('') + path;
    return {
      ...versions,
      oldPath: place(versions.oldPath),
      newPath: place(versions.newPath),
      old: grow(versions.old, deleted, 'gone'),
      new: grow(versions.new, added, 'here'),
    };
  });

describe.skipIf(gitVersion === null)('stat, against git', () => {
  const groups = sample(fc.array(tallFile, { minLength: 1, maxLength: 7 }), 60, 9).map((files) =>
    files.map((file, n) => ({
      ...file,
      oldPath: file.oldPath && `${n}/${file.oldPath}`,
      newPath: file.newPath && `${n}/${file.newPath}`,
    })),
  );

  it('is what git apply prints', () => {
    for (const files of groups) {
      const patch = formatPatch(files.map((file) => makeFilePatch(file)));
      const parsed = parseDiff(patch).files;
      // git apply refuses an input without a change.
      if (parsed.length === 0) continue;
      expect(asApply(parsed)).toBe(byGitApply(patch, '--numstat', '--stat'));
      const plain = parsed.filter(isPlain);
      if (plain.length === 0) continue;
      expect(formatSummary(plain, 'apply')).toBe(byGitApply(formatPatch(plain), '--summary'));
    }
  });

  it.each([80, 40, 20, 132])('is what git diff prints in %d columns', (width) => {
    for (const files of groups.slice(0, 8)) {
      const parsed = parseDiff(gitDiffTrees(files, '-M30%', '--binary')).files;
      const ours = formatStat(parsed, { width }) + formatSummary(parsed);
      expect(ours).toBe(latin(gitDiffTrees(files, '-M30%', `--stat=${width}`, '--summary')));
    }
  });

  it('counts what git diff --numstat counts', () => {
    const files = groups[0] ?? [];
    const parsed = parseDiff(gitDiffTrees(files, '-M30%')).files;
    expect(formatNumstat(parsed)).toBe(latin(gitDiffTrees(files, '-M30%', '--numstat')));
  });
});

describe('stat, on real patches (SEAM_CORPUS)', () => {
  const t4100 = corpus('git-apply/git/t/t4100');

  it.skipIf(t4100 === null)('is what the cases of git t4100 expect', () => {
    const patches = patchFilesBelow(t4100 ?? '');
    expect(patches).toHaveLength(9);
    for (const path of patches) {
      const { files } = parseDiff(new Uint8Array(readFileSync(path)));
      const stat = formatStat(files, { style: 'apply' }) + formatSummary(files, 'apply');
      const expected = readFileSync(path.replace('.patch', '.expect'), 'latin1');
      expect({ path, stat }).toEqual({ path, stat: expected });
    }
  });

  for (const name of [
    'debian-linux/patches-rt',
    'debian-linux/patches',
    'ovz-2008',
    'ovz-monolith',
  ]) {
    const directory = corpus(name);
    const skip = directory === null || gitVersion === null;
    it.skipIf(skip)(`is what git apply prints about ${name}`, () => {
      const patches = patchFilesBelow(directory ?? '');
      expect(patches.length).toBeGreaterThan(0);
      for (const path of patches) {
        const patch = new Uint8Array(readFileSync(path));
        const { files } = parseDiff(patch);
        const stat = asApply(files) + formatSummary(files, 'apply');
        const theirs = byGitApply(patch, '--numstat', '--stat', '--summary');
        expect({ path, stat }).toEqual({ path, stat: theirs });
      }
    });
  }
});
