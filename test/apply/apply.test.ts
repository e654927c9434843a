import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apply, outcomes, patchOf } from './small-tree.ts';

/** `count` different lines, from `first` on. */
const lines = (count: number, first = 1): string =>
  Array.from({ length: count }, (_, at) => `line ${first + at}\n`).join('');

const blobId = (content: string): string =>
  createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex');

const EDIT =
  '@@ -4,7 +4,7 @@\n line 4\n line 5\n line 6\n-line 7\n+LINE 7\n line 8\n line 9\n line 10\n';
const modify = (path: string, hunks = EDIT): string => `--- a/${path}\n+++ b/${path}\n${hunks}`;
const git = (header: string, hunks = ''): string => `diff --git a/x b/x\n${header}${hunks}`;

describe('where hunks go', () => {
  test('in their place: clean', async () => {
    const result = await apply({ x: lines(12) }, [modify('x')]);
    expect(result.kinds).toEqual(['clean']);
    expect(result.files['x']).toBe(lines(12).replace('line 7', 'LINE 7'));
  });

  test.each([
    ['below', `new\nnew\n${lines(12)}`, 2],
    ['above', lines(12, 3), -2],
  ])('found %s: offset', async (_, content, offset) => {
    const result = await apply({ x: content }, [modify('x')]);
    expect(result.kinds).toEqual(['offset']);
    expect(outcomes(result)[0]?.placements).toMatchObject([{ offset, fuzz: 0, alternatives: [] }]);
  });

  test('the offset of one hunk is the guess for the next', async () => {
    const again = EDIT.replaceAll('4,7', '24,7').replaceAll(
      /(line|LINE) (\d+)/g,
      (_, word, n) => `${word} ${Number(n) + 20}`,
    );
    const result = await apply({ x: `new\n${lines(40)}` }, [modify('x', EDIT + again)]);
    expect(outcomes(result)[0]?.placements.map(({ offset }) => offset)).toEqual([1, 1]);
  });

  test('searched for and in two places: ambiguous, the nearest is taken, the other named', async () => {
    const result = await apply({ x: `new\n${lines(12)}${lines(12)}` }, [modify('x')]);
    expect(result.kinds).toEqual(['ambiguous']);
    expect(outcomes(result)[0]?.placements).toMatchObject([
      { line: 5, offset: 1, alternatives: [17] },
    ]);
  });

  test('in its place it is no matter what else looks alike', async () => {
    const result = await apply({ x: lines(12) + lines(12) }, [modify('x')]);
    expect(result.kinds).toEqual(['clean']);
    expect(outcomes(result)[0]?.placements).toMatchObject([{ line: 4, alternatives: [16] }]);
  });

  test('of two places equally near the one below is taken, as git and patch do', async () => {
    const block = 'a\nb\nc\nd\ne\nf\ng\n';
    const hunk = '@@ -8,7 +8,7 @@\n a\n b\n c\n-d\n+D\n e\n f\n g\n';
    const result = await apply({ x: `${block}${lines(7)}${block}` }, [modify('x', hunk)]);
    expect(outcomes(result)[0]?.placements).toMatchObject([
      { line: 15, offset: 7, alternatives: [1] },
    ]);
  });

  test('fuzz only on request, and with its number', async () => {
    const content = lines(12).replace('line 4', 'other');
    expect((await apply({ x: content }, [modify('x')])).kinds).toEqual(['conflict']);
    const result = await apply({ x: content }, [modify('x')], { fuzz: 2 });
    expect(result.kinds).toEqual(['fuzz']);
    expect(outcomes(result)[0]?.placements).toMatchObject([{ fuzz: 1 }]);
    expect(result.files['x']).toBe(content.replace('line 7', 'LINE 7'));
  });

  test('a hunk without context below belongs to the end of the file', async () => {
    const hunk = '@@ -3,3 +3,4 @@\n line 3\n line 4\n line 5\n+end\n';
    expect((await apply({ x: lines(5) }, [modify('x', hunk)])).files['x']).toBe(`${lines(5)}end\n`);
    expect((await apply({ x: `new\n${lines(5)}` }, [modify('x', hunk)])).kinds).toEqual(['offset']);
    expect((await apply({ x: lines(6) }, [modify('x', hunk)])).kinds).toEqual(['conflict']);
  });

  test('no newline at the end, made and removed', async () => {
    const drop = '@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n';
    expect((await apply({ x: 'a\n' }, [modify('x', drop)])).files['x']).toBe('a');
    const add = '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n';
    expect((await apply({ x: 'a' }, [modify('x', add)])).files['x']).toBe('a\n');
    expect((await apply({ x: 'a\n' }, [modify('x', add)])).kinds).toEqual(['already-applied']);
  });

  test('a patch that was mailed with CR LF fits a file with LF, and says so', async () => {
    const result = await apply({ x: lines(12) }, [modify('x').replaceAll('\n', '\r\n')]);
    expect(result.kinds).toEqual(['repaired']);
    expect(outcomes(result)[0]?.repairs).toMatchObject([{ kind: 'carriage-returns' }]);
    expect(result.files['x']).toBe(lines(12).replace('line 7', 'LINE 7'));
  });

  test('any bytes pass through', async () => {
    const [old, next] = ['\0\xff\r\n\xe4\n', '\0\xfe\r\n\xe4\n'];
    const hunks = '@@ -1,2 +1,2 @@\n-\0\xff\r\n+\0\xfe\r\n \xe4\n';
    expect((await apply({ x: old }, [modify('x', hunks)])).files['x']).toBe(next);
  });
});

describe('failures explain themselves', () => {
  test('the nearest place, its match and the first line that differs', async () => {
    const content = `new\n${lines(12)}`.replace('line 8', 'other');
    const result = await apply({ x: content }, [modify('x')]);
    expect(outcomes(result)[0]?.problem).toEqual({
      kind: 'hunks',
      failures: [
        {
          hunk: 0,
          hunks: 1,
          patchLine: 3,
          expectedLine: 4,
          nearest: {
            line: 5,
            matching: 6,
            total: 7,
            firstDifference: {
              line: 9,
              wanted: Buffer.from('line 8\n'),
              found: Buffer.from('other\n'),
            },
          },
        },
      ],
    });
  });

  test('later patches are skipped because of the first that failed', async () => {
    const result = await apply({ x: lines(3) }, [modify('x'), modify('x'), modify('x')]);
    expect(result.kinds).toEqual(['conflict', 'skipped', 'skipped']);
    expect(result.verdicts[2]?.because?.name).toBe('1.patch');
    expect(result.ok).toBe(false);
    expect(result.files['x']).toBe(lines(3));
  });

  test('a patch is applied as a whole or not at all', async () => {
    const result = await apply({ x: lines(12), y: 'else\n' }, [modify('x') + modify('y')]);
    expect(result.kinds).toEqual(['conflict']);
    expect(result.files).toEqual({ x: lines(12), y: 'else\n' });
  });

  test('already applied is told from not fitting', async () => {
    const done = lines(12).replace('line 7', 'LINE 7');
    expect((await apply({ x: done }, [modify('x')])).kinds).toEqual(['already-applied']);
    const passed = await apply({ x: done, y: lines(12) }, [modify('x'), modify('y')], {
      skipApplied: true,
    });
    expect(passed.kinds).toEqual(['already-applied', 'clean']);
    expect(passed.ok).toBe(true);
  });

  test('deleted and gone is already applied, created and there with the same content, too', async () => {
    const made = git('new file mode 100644\n--- /dev/null\n+++ b/x\n', '@@ -0,0 +1 @@\n+a\n');
    const gone = git('deleted file mode 100644\n--- a/x\n+++ /dev/null\n', '@@ -1 +0,0 @@\n-a\n');
    expect((await apply({ y: '' }, [gone])).kinds).toEqual(['already-applied']);
    expect((await apply({ x: 'a\n' }, [made])).kinds).toEqual(['already-applied']);
  });

  test('half applied is a conflict that says which half', async () => {
    const done = lines(12).replace('line 7', 'LINE 7');
    const result = await apply({ x: done, y: lines(12) }, [modify('x') + modify('y')]);
    expect(result.kinds).toEqual(['conflict']);
    expect(outcomes(result).map(({ path, alreadyApplied }) => [path, alreadyApplied])).toEqual([
      ['x', true],
      ['y', false],
    ]);
  });
});

describe('files come, go and move', () => {
  const created = git(
    'new file mode 100755\nindex 0000000..1234567\n--- /dev/null\n+++ b/x\n',
    '@@ -0,0 +1 @@\n+a\n',
  );
  const deleted = git('deleted file mode 100644\n--- a/x\n+++ /dev/null\n', '@@ -1 +0,0 @@\n-a\n');

  test('created with its mode', async () => {
    const result = await apply({}, [created]);
    expect(result.files['x']).toBe('a\n');
    expect(result.tree.get('x')?.mode).toBe(0o100755);
  });

  test.each([
    ['created where it exists', { x: 'b\n' }, created, { kind: 'exists' }],
    ['created where a directory is', { 'x/y': 'b\n' }, created, { kind: 'is-directory' }],
    ['deleted with content left', { x: 'a\nb\n' }, deleted, { kind: 'content-left', bytes: 2 }],
    ['modified where it is missing', { y: '' }, modify('x'), { kind: 'missing' }],
    ['a directory patched', { 'x/y': '' }, modify('x'), { kind: 'is-directory' }],
    [
      'binary without content',
      { x: 'a' },
      git('index 1234567..89abcde 100644\nBinary files a/x and b/x differ\n'),
      { kind: 'no-content' },
    ],
    [
      'a submodule',
      {},
      git(
        'new file mode 160000\nindex 0000000..1234567\n--- /dev/null\n+++ b/x\n',
        '@@ -0,0 +1 @@\n+Subproject commit 1234\n',
      ),
      { kind: 'wrong-type' },
    ],
    [
      'a link patched as a file',
      { x: ['y', 0o120000] as const },
      modify('x', '@@ -1 +1 @@\n-y\n\\ No newline at end of file\n+z\n'),
      { kind: 'wrong-type', found: 'symbolic link' },
    ],
  ])('%s is refused', async (_, files, diff, problem) => {
    const result = await apply(files, [diff]);
    expect(result.kinds).toEqual(['conflict']);
    expect(outcomes(result)[0]?.problem).toMatchObject(problem);
  });

  test('renamed and changed, through three patches', async () => {
    const rename = (from: string, to: string) =>
      `diff --git a/${from} b/${to}\nsimilarity index 100%\nrename from ${from}\nrename to ${to}\n`;
    const result = await apply({ x: lines(12) }, [
      rename('x', 'd/y'),
      modify('d/y'),
      rename('d/y', 'z'),
    ]);
    expect(result.kinds).toEqual(['clean', 'clean', 'clean']);
    expect(result.files).toEqual({
      x: null,
      'd/y': null,
      z: lines(12).replace('line 7', 'LINE 7'),
    });
    expect(result.tree.kind('d')).toBeNull();
  });

  test('two files change places in one patch', async () => {
    const swap =
      'diff --git a/x b/y\nrename from x\nrename to y\ndiff --git a/y b/x\nrename from y\nrename to x\n';
    const result = await apply({ x: '1', y: '2' }, [swap]);
    expect(result.files).toEqual({ x: '2', y: '1' });
  });

  test('copied from what was there before the patch', async () => {
    const copy = `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2\ndiff --git a/x b/y\ncopy from x\ncopy to y\n`;
    const result = await apply({ x: '1\n' }, [copy]);
    expect(result.files).toEqual({ x: '2\n', y: '1\n' });
  });

  test('a file becomes a directory and a link', async () => {
    const diff = `${deleted}diff --git a/x/y b/x/y\nnew file mode 120000\n--- /dev/null\n+++ b/x/y\n@@ -0,0 +1 @@\n+../z\n\\ No newline at end of file\n`;
    const result = await apply({ x: 'a\n', z: '' }, [diff]);
    expect(result.tree.get('x/y')?.mode).toBe(0o120000);
    expect(result.files['x/y']).toBe('../z');
  });

  test('mode alone', async () => {
    const result = await apply({ x: 'a' }, [git('old mode 100644\nnew mode 100755\n')]);
    expect(result.tree.get('x')).toMatchObject({ mode: 0o100755 });
    expect(result.kinds).toEqual(['clean']);
  });

  test('of two names the one that exists is patched', async () => {
    const diff = `--- a/x.orig\n+++ b/x\n${EDIT}`;
    expect((await apply({ x: lines(12) }, [diff])).files).toEqual({
      'x.orig': null,
      x: lines(12).replace('line 7', 'LINE 7'),
    });
  });

  test('an edited diff has an index line that is no longer true', async () => {
    const other = '1111111';
    const content = 'a\n';
    const real = blobId(content);
    const result = await apply({ x: content }, [
      git(
        `index ${real.slice(0, 7)}..${other} 100644\n--- a/x\n+++ b/x\n`,
        '@@ -1 +1 @@\n-a\n+b\n',
      ),
    ]);
    expect(outcomes(result)[0]?.cautions).toMatchObject([{ kind: 'stale-index', expected: other }]);
  });
});

describe('backwards', () => {
  test('a series taken back, last patch first', async () => {
    const second = modify('x', EDIT.replace('-line 7', '-LINE 7').replace('+LINE 7', '+again'));
    const forwards = await apply({ x: lines(12) }, [modify('x'), second]);
    const result = await apply({ x: forwards.files['x'] ?? '' }, [modify('x'), second], {
      reverse: true,
    });
    expect(result.verdicts.map(({ patch }) => patch.name)).toEqual(['2.patch', '1.patch']);
    expect(result.files['x']).toBe(lines(12));
  });

  test('a patch marked -R is applied in reverse, and taken back as written', async () => {
    const diff = patchOf(modify('x'), { reverse: true });
    const done = lines(12).replace('line 7', 'LINE 7');
    expect((await apply({ x: done }, [diff])).files['x']).toBe(lines(12));
    expect((await apply({ x: lines(12) }, [diff], { reverse: true })).files['x']).toBe(done);
  });

  test('a copy is undone by removing it, unless it has changed', async () => {
    const copy = 'diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n';
    expect((await apply({ x: '1', y: '1' }, [copy], { reverse: true })).files).toEqual({
      x: '1',
      y: null,
    });
    expect((await apply({ x: '1', y: '2' }, [copy], { reverse: true })).kinds).toEqual([
      'conflict',
    ]);
  });
});

describe('three-way', () => {
  const recorded = (base: string): string =>
    git(`index ${blobId(base).slice(0, 12)}..1234567 100644\n--- a/x\n+++ b/x\n`, EDIT);

  test('merges from the recorded blob where the hunk does not fit', async () => {
    const base = lines(12);
    const ours = base.replace('line 9', 'nine').replace('line 10', 'ten');
    const diff = recorded(base);
    const files = { x: ours, 'kept/base': base };
    expect((await apply(files, [diff])).kinds).toEqual(['conflict']);
    const result = await apply(files, [diff], { threeWay: true });
    expect(result.kinds).toEqual(['merged']);
    expect(result.files['x']).toBe(ours.replace('line 7', 'LINE 7'));
  });

  test('leaves markers where both changed the same line', async () => {
    const base = lines(12);
    const result = await apply({ x: base.replace('line 7', 'seven'), base }, [recorded(base)], {
      threeWay: true,
    });
    expect(result.kinds).toEqual(['conflict']);
    expect(outcomes(result)[0]?.merge).toBe('conflict');
    expect(result.files['x']).toContain('<<<<<<< base\nseven\n=======\nLINE 7\n>>>>>>> 1.patch\n');
  });

  test('without the blob it stays a conflict', async () => {
    const result = await apply({ x: lines(12).replace('line 9', 'nine') }, [recorded(lines(12))], {
      threeWay: true,
    });
    expect(outcomes(result)[0]?.problem?.kind).toBe('hunks');
  });
});

test('a patch without a diff is empty and no failure', async () => {
  const result = await apply({ x: '' }, ['Nothing to do.\n']);
  expect(result).toMatchObject({ kinds: ['empty'], ok: true });
});
