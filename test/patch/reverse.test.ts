import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFilePatch, formatPatch } from '../../tools/patch/format.ts';
import { makeFilePatch } from '../../tools/patch/make.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import { reverseFilePatch, reversePatch } from '../../tools/patch/reverse.ts';
import type { HunkLine } from '../../tools/patch/types.ts';
import { gitVersion } from './oracle.ts';
import { bytesOf, fileVersions, gitDiffTrees, sample } from './samples.ts';

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

const anyLines = fc.array(
  fc.record({ op: fc.constantFrom(' ', '-', '+'), text: fc.uint8Array({ maxLength: 3 }) }),
);

function side(lines: readonly HunkLine[], without: '+' | '-'): string[] {
  return lines.filter((line) => line.op !== without).map((line) => text(line.text));
}

describe('reverse', () => {
  it('twice is the patch again', () => {
    fc.assert(
      fc.property(fc.array(fileVersions, { maxLength: 4 }), (versions) => {
        const files = versions.map((each) => makeFilePatch(each));
        expect(reversePatch(reversePatch(files))).toEqual(files);
      }),
      { numRuns: 300 },
    );
  });

  it('swaps the sides of any hunk, also of one whose lines stand in an odd order', () => {
    const hunk = {
      oldStart: 3,
      oldCount: 1,
      newStart: 4,
      newCount: 2,
      section: bytesOf(' f'),
      line: 9,
    };
    const file = makeFilePatch({
      oldPath: 'f',
      newPath: 'f',
      oldMode: null,
      newMode: null,
      old: null,
      new: null,
    });
    fc.assert(
      fc.property(anyLines, (lines) => {
        const patch = { ...file, hunks: [{ ...hunk, lines }] };
        const reversed = reverseFilePatch(patch).hunks[0]!;
        expect(reversed).toMatchObject({
          oldStart: 4,
          oldCount: 2,
          newStart: 3,
          newCount: 1,
          line: 9,
        });
        expect(side(reversed.lines, '+')).toEqual(side(lines, '-'));
        expect(side(reversed.lines, '-')).toEqual(side(lines, '+'));
        expect(reverseFilePatch(reverseFilePatch(patch))).toEqual(patch);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves what has no reverse as it is', () => {
    const patch =
      'diff --git a/f b/f\nindex 1234567..89abcde 100644\nGIT binary patch\nliteral 0\nHcmV?d00001\n\n';
    const [file] = parseDiff(bytesOf(patch)).files;
    expect(reverseFilePatch(file!).binary).toEqual(file!.binary);
  });

  it('takes the last change back first', () => {
    const file = { oldMode: 0o100644, newMode: 0o100644, oldPath: 'f', newPath: 'f' } as const;
    const files = [
      ['a\n', 'b\n'],
      ['b\n', 'c\n'],
    ].map(([old, next]) => makeFilePatch({ ...file, old: bytesOf(old!), new: bytesOf(next!) }));
    expect(text(formatPatch(reversePatch(files)).filter((byte) => byte !== 10))).toMatch(
      /-c\+b.*-b\+a$/,
    );
  });
});

describe.skipIf(gitVersion === null)('reverse, against git', () => {
  it('is what git diff -R prints, file by file', () => {
    const files = sample(fileVersions, 300, 21).map((each, n) => ({
      ...each,
      oldPath: each.oldPath === null ? null : `${n}/${each.oldPath}`,
      newPath: each.newPath === null ? null : `${n}/${each.newPath}`,
    }));
    const header = (patch: Uint8Array): string[] =>
      parseDiff(patch).files.map((file) =>
        text(formatFilePatch({ ...file, hunks: [], binary: null })),
      );
    const ours = parseDiff(gitDiffTrees(files, '--no-renames')).files.map(reverseFilePatch);
    const theirs = gitDiffTrees(files, '--no-renames', '-R');
    expect(ours.length).toBeGreaterThan(200);
    expect(header(formatPatch(ours))).toEqual(header(theirs));
  });
});
