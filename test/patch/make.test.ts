import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffArrays } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFilePatch, formatHunk, formatPatch } from '../../tools/patch/format.ts';
import { splitLines, lineAt } from '../../tools/patch/lines.ts';
import { diffText, makeFilePatch, type FileVersions } from '../../tools/patch/make.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import { similarityOf } from '../../tools/patch/similarity.ts';
import type { Bytes, Hunk } from '../../tools/patch/types.ts';
import { git, gitVersion } from './oracle.ts';
import { bytesOf, contentPair, fileVersions, gitDiffTrees, sample } from './samples.ts';

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function hunksText(hunks: readonly Hunk[]): string {
  return hunks.map((hunk) => text(formatHunk(hunk))).join('');
}

function linesOf(content: Bytes): string[] {
  const lines = splitLines(content);
  return Array.from({ length: lines.count }, (_, n) => text(lineAt(lines, n)));
}

/** Apply hunks exactly where they say, or throw: independent of the engine's own search. */
function applyExactly(hunks: readonly Hunk[], old: Bytes): Bytes {
  const before = linesOf(old);
  const after: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const start = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
    after.push(...before.slice(at, start));
    const [newStart, oldLines] = [
      hunk.newCount === 0 ? hunk.newStart : hunk.newStart - 1,
      hunk.lines.filter((line) => line.op !== '+'),
    ];
    expect(after).toHaveLength(newStart);
    expect(before.slice(start, start + hunk.oldCount)).toEqual(
      oldLines.map((line) => text(line.text)),
    );
    const newLines = hunk.lines.filter((line) => line.op !== '-');
    expect(newLines).toHaveLength(hunk.newCount);
    after.push(...newLines.map((line) => text(line.text)));
    at = start + hunk.oldCount;
  }
  return bytesOf([...after, ...before.slice(at)].join(''));
}

/** Lines that go or come. */
function changedLines(hunks: readonly Hunk[]): number {
  return hunks.flatMap((hunk) => hunk.lines).filter((line) => line.op !== ' ').length;
}

describe('making hunks', () => {
  it('leads from old to new, in order, with any context', () => {
    fc.assert(
      fc.property(contentPair, fc.nat(5), ([old, next], context) => {
        expect(applyExactly(diffText(old, next, { context }), old)).toEqual(next);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds for bytes of any kind', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    const few = fc.array(fc.constantFrom(10, 10, 13, 0, 65, 255), { maxLength: 60 });
    const either = fc.oneof(
      bytes,
      few.map((each) => Uint8Array.from(each)),
    );
    fc.assert(
      fc.property(either, either, (old, next) => {
        expect(applyExactly(diffText(old, next), old)).toEqual(next);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes no more lines than needed where no line is common', () => {
    const distinct = fc.uniqueArray(fc.nat(40), { maxLength: 30 });
    fc.assert(
      fc.property(distinct, distinct, (old, next) => {
        const content = (lines: number[]): Bytes => bytesOf(lines.map((n) => `${n}\n`).join(''));
        const needed = diffArrays(old, next).reduce(
          (n, { added, removed, count }) => n + (added || removed ? count : 0),
          0,
        );
        expect(changedLines(diffText(content(old), content(next)))).toBe(needed);
      }),
    );
  });

  it('has no hunks for equal contents, and all lines for a file that comes', () => {
    expect(diffText(bytesOf('a\n'), bytesOf('a\n'))).toEqual([]);
    expect(hunksText(diffText(bytesOf(''), bytesOf('a\nb')))).toBe(
      '@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n',
    );
  });

  it('puts changes together that share their context, and no others', () => {
    const old = Array.from({ length: 20 }, (_, n) => `${n}\n`);
    const changed = (...at: number[]): Bytes =>
      bytesOf(old.map((line, n) => (at.includes(n) ? `x${line}` : line)).join(''));
    expect(diffText(changed(), changed(3, 10))).toHaveLength(1);
    expect(diffText(changed(), changed(3, 11))).toHaveLength(2);
    expect(diffText(changed(), changed(3, 5), { context: 0 })).toHaveLength(2);
  });

  it('sets a new function apart as a whole, not from brace to brace', () => {
    const one = 'int a(void)\n{\n\treturn 1;\n}\n';
    const two = 'int b(void)\n{\n\treturn 1;\n}\n';
    expect(hunksText(diffText(bytesOf(`${one}\nend\n`), bytesOf(`${one}\n${two}\nend\n`)))).toBe(
      `@@ -3,4 +3,9 @@ int a(void)\n \treturn 1;\n }\n \n${two.replaceAll(/^/gm, '+').slice(0, -1)}+\n end\n`,
    );
  });

  it('shows the heading that the rule asks for', () => {
    const body = Array.from({ length: 8 }, (_, n) => `\t${n};\n`).join('');
    const old = bytesOf(`int f(void)   \nout:\n${body}`);
    const next = bytesOf(`int f(void)   \nout:\n${body}\tx;\n`);
    const section = (heading?: 'c' | 'default' | 'none'): string =>
      text(
        diffText(old, next, heading === undefined ? {} : { heading })[0]?.section ?? bytesOf('?'),
      );
    expect(section()).toBe(' out:');
    expect(section('default')).toBe(' out:');
    expect(section('c')).toBe(' int f(void)');
    expect(section('none')).toBe('');
  });

  it('stays quick when nothing is where it was', () => {
    const old = Array.from({ length: 12_000 }, (_, n) => `${n}\n`);
    const next = old.map((_, n) => old[(n * 7919) % old.length] ?? '');
    const hunks = diffText(bytesOf(old.join('')), bytesOf(next.join('')));
    expect(applyExactly(hunks, bytesOf(old.join('')))).toEqual(bytesOf(next.join('')));
    expect(changedLines(hunks)).toBeLessThan(24_000);
  });
});

describe('making file patches', () => {
  const file = (old: string | null, next: string | null, more: Partial<FileVersions> = {}) => ({
    oldPath: old === null ? null : 'f',
    newPath: next === null ? null : 'f',
    oldMode: old === null ? null : (0o100644 as const),
    newMode: next === null ? null : (0o100644 as const),
    old: old === null ? null : bytesOf(old),
    new: next === null ? null : bytesOf(next),
    ...more,
  });
  const made = (...args: Parameters<typeof file>): string =>
    text(formatFilePatch(makeFilePatch(file(...args))));

  it.each([
    [
      'an empty file that comes',
      made(null, ''),
      'new file mode 100644\nindex 000000000000..e69de29bb2d1\n',
    ],
    [
      'an empty file that goes',
      made('', null),
      'deleted file mode 100644\nindex e69de29bb2d1..000000000000\n',
    ],
    ['a mode', made('a\n', 'a\n', { newMode: 0o100755 }), 'old mode 100644\nnew mode 100755\n'],
  ])('states %s', (_, patch, expected) => {
    expect(patch).toBe(`diff --git a/f b/f\n${expected}`);
  });

  it('states a rename and a copy', () => {
    const versions = file('a\n', 'a\n', { newPath: 'g' });
    expect(text(formatFilePatch(makeFilePatch(versions)))).toBe(
      'diff --git a/f b/g\nsimilarity index 100%\nrename from f\nrename to g\n',
    );
    expect(makeFilePatch(versions, { copy: true }).change).toBe('copy');
  });

  it('carries binary content, or only mentions it', () => {
    const versions = file('a\0', 'b\0');
    expect(makeFilePatch(versions).binary).toMatchObject({
      kind: 'data',
      forward: { data: bytesOf('b\0') },
      reverse: { data: bytesOf('a\0') },
    });
    expect(text(formatFilePatch(makeFilePatch(versions, { binary: 'unknown' })))).toMatch(
      /^Binary files a\/f and b\/f differ\n$/m,
    );
  });

  it('takes a NUL beyond the first 8000 bytes for text, as git does', () => {
    const long = 'x'.repeat(7999);
    expect(makeFilePatch(file('', `${long}\0`)).binary).not.toBeNull();
    expect(makeFilePatch(file('', `${long}x\0`)).binary).toBeNull();
  });
});

describe.skipIf(gitVersion === null)('making patches, against git', () => {
  it('gives what git gives, header, hunks and headings', () => {
    const files = sample(fileVersions, 1500, 11).map((each, n) => {
      const path = each.oldPath ?? each.newPath;
      const renamed = each.oldPath === null ? null : `${n}/${path}`;
      return { ...each, oldPath: renamed, newPath: each.newPath === null ? null : `${n}/${path}` };
    });
    const theirs = parseDiff(gitDiffTrees(files, '--no-renames', '--abbrev=12'));
    const ours = files.map((each) => makeFilePatch(each, { binary: 'unknown' }));
    const oursByName = new Map(
      ours.map((each) => [each.newPath ?? each.oldPath, text(formatFilePatch(each))]),
    );
    const different = theirs.files.filter(
      (each) => text(formatFilePatch(each)) !== oursByName.get(each.newPath ?? each.oldPath),
    );
    expect(theirs.files.length).toBeGreaterThan(1200);
    // Where several shortest scripts exist, git's bisecting search may pick another one.
    expect(different.length / theirs.files.length).toBeLessThan(0.02);
  });

  it('has the similarity that git finds', () => {
    const files = sample(contentPair, 250, 3)
      // Before 2.44 git did not count a last line without line feed.
      .filter(([old, next]) => old.at(-1) === 10 && next.at(-1) === 10)
      .map(
        ([old, next], n) =>
          ({
            oldPath: `${n}/old`,
            newPath: `${n}/new`,
            oldMode: 0o100644,
            newMode: 0o100644,
            old,
            new: next,
          }) as const,
      );
    // One tree each: git would otherwise pair the files of different samples.
    const found = files
      .slice(0, 40)
      .map((each) => parseDiff(gitDiffTrees([each], '-M1%')).files[0]);
    const renames = found.flatMap((patch, n) =>
      patch?.change === 'rename' ? [{ n, similarity: patch.similarity }] : [],
    );
    expect(renames.length).toBeGreaterThan(10);
    expect(renames).toEqual(
      renames.map(({ n }) => {
        const each = files[n];
        return { n, similarity: each === undefined ? null : similarityOf(each.old, each.new) };
      }),
    );
  });

  it('is applied by git, forwards and backwards', () => {
    const directory = mkdtempSync(join(tmpdir(), 'seam-make-'));
    try {
      const pairs = sample(contentPair, 300, 7).filter(
        ([old, next]) => !Buffer.from(old).equals(next),
      );
      const patch = formatPatch(
        pairs.map(([old, next], n) =>
          makeFilePatch({
            oldPath: `${n}`,
            newPath: `${n}`,
            oldMode: 0o100644,
            newMode: 0o100644,
            old,
            new: next,
          }),
        ),
      );
      const write = (side: 0 | 1): void =>
        pairs.forEach((pair, n) => writeFileSync(join(directory, `${n}`), pair[side]));
      const read = (): Bytes[] =>
        pairs.map((_, n) => new Uint8Array(readFileSync(join(directory, `${n}`))));
      write(0);
      git(directory, ['apply', '--whitespace=nowarn'], patch);
      expect(read()).toEqual(pairs.map((pair) => pair[1]));
      git(directory, ['apply', '--whitespace=nowarn', '-R'], patch);
      expect(read()).toEqual(pairs.map((pair) => pair[0]));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
