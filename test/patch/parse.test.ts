import { describe, expect, test } from 'vitest';
import { SeamError } from '../../tools/errors.ts';
import { writeBinaryHunk } from '../../tools/patch/binary.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import type { FilePatch } from '../../tools/patch/types.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const parse = (text: string, strip = 1) => parseDiff(bytes(text), { strip });
const text = (value: Uint8Array): string => Buffer.from(value).toString('latin1');

function only(source: string, strip = 1): FilePatch {
  const { files } = parse(source, strip);
  expect(files).toHaveLength(1);
  return files[0]!;
}

function failure(
  source: string,
  strip = 1,
): { code: string; data: Readonly<Record<string, unknown>> } {
  try {
    parse(source, strip);
  } catch (error) {
    if (error instanceof SeamError) return { code: error.code, data: error.data };
    throw error;
  }
  throw new Error('was read without complaint');
}

const HUNK = '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n';

describe('names', () => {
  test.each([
    ['git', 'diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n', 'x.c', 'x.c'],
    [
      'GNU diff with time stamps',
      '--- a/x.c\t2006-08-01 10:00:00.000000000 +0400\n+++ b/x.c\t2006-08-01 10:00:01.000000000 +0400\n',
      'x.c',
      'x.c',
    ],
    [
      'a stamp behind blanks',
      '--- a/x y.c 2006-08-01 10:00:00\n+++ b/x y.c 2006-08-01 10:00:01\n',
      'x y.c',
      'x y.c',
    ],
    ['spaces, ended by a tab', '--- a/x y\t\n+++ b/x y\t\n', 'x y', 'x y'],
    ['quilt -p1', '--- linux.orig/fs/x.c\n+++ linux/fs/x.c\n', 'fs/x.c', 'fs/x.c'],
    [
      'SVN',
      'Index: top/x.c\n===================================================================\n--- top/x.c\t(revision 12)\n+++ top/x.c\t(working copy)\n',
      'x.c',
      'x.c',
    ],
    ['quoted', '--- "a/\\303\\244\\t.c"\n+++ "b/\\303\\244\\t.c"\n', 'ä\t.c', 'ä\t.c'],
    ['bytes that are no UTF-8', '--- a/\xff\n+++ b/\xff\n', '\udcff', '\udcff'],
    ['a run of slashes is one', '--- a//fs//x.c\n+++ b//fs//x.c\n', 'fs/x.c', 'fs/x.c'],
    ['new, by /dev/null', '--- /dev/null\n+++ b/x\n', null, 'x'],
    [
      'new, by the epoch',
      '--- a/x\t1970-01-01 03:00:00.000000000 +0300\n+++ b/x\t2006-08-01 10:00:00 +0400\n',
      null,
      'x',
    ],
    [
      'new, by the epoch west of Greenwich',
      '--- a/x\t1969-12-31 19:00:00.000000000 -0500\n+++ b/x\t2006-08-01 10:00:00\n',
      null,
      'x',
    ],
    ['not the epoch', '--- a/x\t1970-01-01 03:00:00 +0000\n+++ b/x\n', 'x', 'x'],
    ['deleted', '--- a/x\n+++ /dev/null\n', 'x', null],
    ['names that differ', '--- a/x.orig\n+++ b/x\n', 'x.orig', 'x'],
  ])('%s', (_, header, oldPath, newPath) => {
    expect(only(header + HUNK)).toMatchObject({ oldPath, newPath });
  });

  test.each([
    [0, 'a/b/c', 'a/b/c'],
    [1, 'a/b/c', 'b/c'],
    [2, 'a/b/c', 'c'],
  ])('-p%d of %s', (strip, name, path) => {
    expect(only(`--- ${name}\n+++ ${name}\n${HUNK}`, strip)).toMatchObject({
      oldPath: path,
      newPath: path,
    });
  });

  test('more components to strip than there are', () => {
    expect(failure(`--- a/x\n+++ b/x\n${HUNK}`, 3)).toEqual({
      code: 'patch-no-name',
      data: { line: 1, strip: 3 },
    });
  });

  test('two names for one file are refused', () => {
    expect(
      failure(`diff --git a/x b/x\nindex 1234567..89abcde 100644\n--- a/y\n+++ b/x\n${HUNK}`),
    ).toMatchObject({
      code: 'patch-inconsistent-names',
    });
  });
});

describe('git headers', () => {
  test.each([
    [
      'new file',
      'new file mode 100755\nindex 0000000..e69de29\n',
      { change: 'create', oldPath: null, newPath: 'x', newMode: 0o100755, oldMode: null },
    ],
    [
      'deleted',
      'deleted file mode 100644\nindex e69de29..0000000\n',
      { change: 'delete', oldPath: 'x', newPath: null, oldMode: 0o100644, newMode: null },
    ],
    [
      'mode',
      'old mode 100644\nnew mode 100755\n',
      { change: 'modify', oldMode: 0o100644, newMode: 0o100755 },
    ],
    [
      'group bits do not count',
      'old mode 100664\nnew mode 100775\n',
      { oldMode: 0o100644, newMode: 0o100755 },
    ],
    ['link', 'new file mode 120000\n', { change: 'create', newMode: 0o120000 }],
    [
      'ids and mode',
      `index 0123abc..4567def 100644\n--- a/x\n+++ b/x\n${HUNK}`,
      { oldId: '0123abc', newId: '4567def', oldMode: 0o100644, newMode: 0o100644 },
    ],
    [
      'unknown content',
      'index 0123abc..4567def 100644\nBinary files a/x and b/x differ\n',
      { binary: { kind: 'unknown', line: 3 } },
    ],
  ])('%s', (_, header, expected) => {
    expect(only(`diff --git a/x b/x\n${header}`)).toMatchObject(expected);
  });

  test('rename with percentage, and -p2 strips one from its names', () => {
    const rename =
      'diff --git a/d/x b/d/y z\nsimilarity index 90%\nrename from d/x\nrename to d/y z\n';
    expect(only(rename)).toMatchObject({
      change: 'rename',
      oldPath: 'd/x',
      newPath: 'd/y z',
      similarity: 90,
    });
    expect(only(rename, 2)).toMatchObject({ oldPath: 'x', newPath: 'y z' });
  });

  test('names with spaces are cut where both halves agree', () => {
    expect(only('diff --git a/b c b/b c\nold mode 100644\nnew mode 100755\n')).toMatchObject({
      oldPath: 'b c',
      newPath: 'b c',
    });
  });

  test('a bare header is text', () => {
    expect(parse('diff --git a/x b/x\nnothing here\n').files).toEqual([]);
  });

  test.each([
    ['new file mode 100644\ncopy from x\ncopy to y\n'],
    ['new file mode 100644\nrename from x\nrename to y\n'],
    ['deleted file mode 100644\nrename from x\nrename to y\n'],
    ['new file mode 100644\ndeleted file mode 100644\n'],
  ])('a header that contradicts itself is refused: %j', (statements) => {
    expect(failure(`diff --git a/x b/y\n${statements}`).code).toBe('patch-contradictory-header');
  });

  test('a binary patch that is cut in the first line of its reverse is refused', () => {
    const hunk = text(writeBinaryHunk({ kind: 'literal', data: bytes('new') }));
    const diff = `diff --git a/x b/x\nindex 1234567..89abcde 100644\nGIT binary patch\n${hunk}`;
    expect(only(diff).binary).toMatchObject({ kind: 'data', reverse: null });
    expect(failure(`${diff}literal 3`).code).toBe('patch-truncated');
    expect(failure(`${diff}delta`).code).toBe('patch-truncated');
  });

  test('a bare header followed by hunks names their file, as for GNU patch', () => {
    expect(only(`diff --git a/x b/x\n${HUNK}`)).toMatchObject({ oldPath: 'x', newPath: 'x' });
  });

  test('+++ above --- is read as GNU patch reads it', () => {
    expect(only(`+++ b/new\n--- a/old\n${HUNK}`)).toMatchObject({ oldPath: 'old', newPath: 'new' });
    expect(only(`+++ /dev/null\n--- a/x\n@@ -1 +0,0 @@\n-a\n`).change).toBe('delete');
    expect(parse(`+++ exited with 0 +++\n--- a list\n- of things\n`).files).toEqual([]);
  });

  test('a hunk header may end in a single @, as for GNU patch', () => {
    expect(only(`--- a/x\n+++ b/x\n${HUNK.replace(' @@', ' @')}`).hunks[0]).toMatchObject({
      oldStart: 1,
      oldCount: 3,
    });
  });

  test('a submodule mode is read, an impossible one refused', () => {
    expect(only('diff --git a/x b/x\nnew file mode 160000\n').newMode).toBe(0o160000);
    expect(failure('diff --git a/x b/x\nnew file mode 040000\n').code).toBe('patch-bad-mode');
  });

  test('a binary change and its reverse', () => {
    const hunk = (data: string) => text(writeBinaryHunk({ kind: 'literal', data: bytes(data) }));
    const file = only(
      `diff --git a/x b/x\nindex 1234567..89abcde 100644\nGIT binary patch\n${hunk('new')}${hunk('old')}`,
    );
    expect(file.binary).toEqual({
      kind: 'data',
      forward: { kind: 'literal', data: new Uint8Array(bytes('new')) },
      reverse: { kind: 'literal', data: new Uint8Array(bytes('old')) },
      line: 3,
    });
  });
});

describe('hunks', () => {
  const body = (source: string) => only(`--- a/x\n+++ b/x\n${source}`);

  test('heading, counts and lines are kept', () => {
    const [hunk] = body('@@ -10,2 +10,3 @@ static int f(void)\n a\n+b\n c\n').hunks;
    expect(hunk).toMatchObject({ oldStart: 10, oldCount: 2, newStart: 10, newCount: 3, line: 3 });
    expect(text(hunk!.section)).toBe(' static int f(void)');
    expect(hunk!.lines.map((line) => line.op + text(line.text))).toEqual([' a\n', '+b\n', ' c\n']);
  });

  test('a count that is left out is one', () => {
    expect(body('@@ -1 +1 @@\n-a\n+b\n').hunks[0]).toMatchObject({ oldCount: 1, newCount: 1 });
  });

  test('no newline at the end, in any language', () => {
    const [hunk] = body('@@ -1 +1 @@\n-a\n\\ Pas de fin de ligne\n+a\n').hunks;
    expect(hunk!.lines.map((line) => text(line.text))).toEqual(['a', 'a\n']);
  });

  test('carriage returns and NUL bytes are content', () => {
    const [hunk] = body('@@ -1 +1 @@\n-a\r\n+\0\xff\n').hunks;
    expect(hunk!.lines.map((line) => text(line.text))).toEqual(['a\r\n', '\0\xff\n']);
  });

  test('an empty line is an empty context line', () => {
    expect(body('@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n')).toMatchObject({
      hunks: [{ oldCount: 3 }],
      repairs: [],
    });
  });

  test('deleted lines that look like headers are content when they are counted', () => {
    const [hunk] = body('@@ -1,2 +1,2 @@\n--- a/y\n+++ b/y\n x\n').hunks;
    expect(hunk!.lines.map((line) => line.op + text(line.text))).toEqual([
      '--- a/y\n'.replace('---', '---'),
      '+++ b/y\n',
      ' x\n',
    ]);
  });

  test.each([
    ['too many announced, text follows', '@@ -1,9 +1,9 @@\n a\n-b\n+c\n d\nText.\n'],
    [
      'too many announced, next hunk follows',
      '@@ -1,9 +1,9 @@\n a\n-b\n+c\n d\n@@ -20,1 +20,1 @@\n-x\n+y\n',
    ],
    [
      'too many announced, next file follows',
      `@@ -1,9 +1,9 @@\n a\n-b\n+c\n d\n--- a/z\n+++ b/z\n${HUNK}`,
    ],
    ['too few announced', '@@ -1,2 +1,2 @@\n a\n-b\n+c\n d\n-e\n+f\n'],
    ['the mail signature is no deleted line', '@@ -1,5 +1,4 @@\n a\n-b\n+c\n d\n-- \n2.39.5\n'],
  ])('recounted: %s', (_, source) => {
    const [file] = parse(`--- a/x\n+++ b/x\n${source}`).files;
    const [hunk] = file!.hunks;
    expect(file!.repairs).toMatchObject([{ kind: 'recounted', line: 3 }]);
    expect(hunk!.oldCount).toBe(hunk!.lines.filter((line) => line.op !== '+').length);
    expect(hunk!.lines.every((line) => !text(line.text).startsWith('- '))).toBe(true);
  });

  test('text after the hunk that starts with a dash is text', () => {
    const file = body(`${HUNK}- a list\n- of notes\nand more\n`);
    expect(file.repairs).toEqual([]);
    expect(file.hunks[0]!.lines).toHaveLength(4);
  });

  test('a cut patch is refused, not repaired', () => {
    expect(failure('--- a/x\n+++ b/x\n@@ -1,6 +1,7 @@\n a\n b\n c\n+d\n e\n')).toMatchObject({
      code: 'patch-truncated',
      data: { line: 9, hunkLine: 3 },
    });
  });

  test('the last line without line feed is reported', () => {
    const file = body('@@ -1,2 +1,2 @@\n-a\n+b\n c');
    expect(file.repairs).toMatchObject([{ kind: 'unterminated', line: 6 }]);
    expect(text(file.hunks[0]!.lines.at(-1)!.text)).toBe('c\n');
  });

  test.each([
    ['@@ -1,99999999999 +1 @@\n a\n', 'patch-huge-hunk'],
    ['@@ -x +1 @@\n a\n', 'patch-bad-hunk-header'],
    ['@@ -1,2 +1,2 @@\ntext\n', 'patch-corrupt'],
  ])('%j is refused', (source, code) => {
    expect(failure(`--- a/x\n+++ b/x\n${source}`).code).toBe(code);
  });
});

describe('files of patches', () => {
  test('text before, between and after is kept', () => {
    const { header, files, footer } = parse(
      `Why.\n---\n x | 2 +-\n\n--- a/x\n+++ b/x\n${HUNK}Between.\n--- a/y\n+++ b/y\n${HUNK}-- \n2.39.5\n\n`,
    );
    expect(text(header)).toBe('Why.\n---\n x | 2 +-\n\n');
    expect(files.map((file) => file.newPath)).toEqual(['x', 'y']);
    expect(text(footer)).toBe('-- \n2.39.5\n\n');
  });

  test('a patch without a diff has only a header', () => {
    expect(parse('Nothing but words.\n')).toMatchObject({
      files: [],
      header: bytes('Nothing but words.\n'),
    });
    expect(parse('').files).toEqual([]);
  });

  test('what programs print above a diff belongs to it', () => {
    const { header, files } = parse(
      `Text.\nIndex: x\n=====\ndiff -u x x\n--- x\n+++ x\n${HUNK}`,
      0,
    );
    expect(text(header)).toBe('Text.\n');
    expect(files[0]).toMatchObject({ line: 2, start: 6 });
  });

  test.each([
    ['combined', 'diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n', 'patch-combined-diff'],
    ['context', '*** a/x\n--- b/x\n***************\n*** 1,2 ****\n', 'patch-context-diff'],
    ['a hunk behind stray text', `--- a/x\n+++ b/x\n${HUNK}stray\n${HUNK}`, 'patch-stray-hunk'],
  ])('%s is refused by name', (_, source, code) => {
    expect(failure(source).code).toBe(code);
  });

  test('mailed with CR LF: marked, content as it is', () => {
    const file = only(`--- a/x\n+++ b/x\n${HUNK}`.replaceAll('\n', '\r\n'));
    expect(file).toMatchObject({ crlf: true, oldPath: 'x' });
    expect(text(file.hunks[0]!.lines[0]!.text)).toBe('a\r\n');
  });
});

test('prose may look like an ed script or a normal diff, unless it stands where one begins', () => {
  expect(parse('Numbers:\n1d\nand more\n').files).toEqual([]);
  expect(failure('1d\n.\n').code).toBe('patch-other-format');
  expect(failure('Text.\n2c2\n< a\n---\n> b\n').code).toBe('patch-other-format');
});
