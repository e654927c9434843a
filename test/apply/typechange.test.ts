/** A path that changes its kind within one patch, in either order of its diffs, as git applies it. */
import { describe, expect, test } from 'vitest';
import { apply } from './small-tree.ts';

const create = (path: string, line: string, mode = '100644'): string =>
  `diff --git a/${path} b/${path}\nnew file mode ${mode}\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+${line}\n`;
const remove = (path: string, line: string): string =>
  `diff --git a/${path} b/${path}\ndeleted file mode 100644\n--- a/${path}\n+++ /dev/null\n@@ -1 +0,0 @@\n-${line}\n`;
const rename = (from: string, to: string): string =>
  `diff --git a/${from} b/${to}\nsimilarity index 100%\nrename from ${from}\nrename to ${to}\n`;

describe('a file gives way to a directory', () => {
  const before = { foo: 'old\n' };
  const after = { foo: null, 'foo/baz': 'new\n' };

  test.each([
    ['file first', [remove('foo', 'old'), create('foo/baz', 'new')]],
    ['directory first', [create('foo/baz', 'new'), remove('foo', 'old')]],
  ])('%s', async (_name, diffs) => {
    expect(await apply(before, [diffs.join('')])).toMatchObject({ ok: true, files: after });
  });

  test('renamed into it', async () => {
    const result = await apply(before, [rename('foo', 'foo/baz')]);
    expect(result).toMatchObject({ ok: true, files: { foo: null, 'foo/baz': 'old\n' } });
  });

  test('a symbolic link gives way as well, and nothing is written through it', async () => {
    const link = { foo: ['elsewhere', 0o120000] as const, 'elsewhere/baz': 'kept\n' };
    const gone =
      'diff --git a/foo b/foo\ndeleted file mode 120000\n--- a/foo\n+++ /dev/null\n@@ -1 +0,0 @@\n-elsewhere\n\\ No newline at end of file\n';
    const result = await apply(link, [create('foo/baz', 'new') + gone]);
    expect(result).toMatchObject({ ok: true, files: after });
    expect(result.tree.get('elsewhere/baz')).toEqual(
      (await apply({ 'elsewhere/baz': 'kept\n' }, [])).tree.get('elsewhere/baz'),
    );
  });
});

describe('a directory gives way to a file', () => {
  const before = { 'foo/a': 'a\n', 'foo/b': 'b\n' };

  test.each([
    ['directory first', [remove('foo/a', 'a'), remove('foo/b', 'b'), create('foo', 'new')]],
    ['file first', [create('foo', 'new'), remove('foo/a', 'a'), remove('foo/b', 'b')]],
  ])('%s', async (_name, diffs) => {
    expect(await apply(before, [diffs.join('')])).toMatchObject({
      ok: true,
      files: { foo: 'new\n', 'foo/a': null, 'foo/b': null },
    });
  });

  test('one of its files renamed out of it', async () => {
    const result = await apply({ 'foo/a': 'a\n' }, [rename('foo/a', 'foo')]);
    expect(result).toMatchObject({ ok: true, files: { foo: 'a\n', 'foo/a': null } });
  });
});

test('a copy that is taken back gives way to the file that comes back', async () => {
  const copy = 'diff --git a/a b/a/y\nsimilarity index 100%\ncopy from a\ncopy to a/y\n';
  const after = { 'a/y': 'old\n', b: 'old\n' };
  const result = await apply(after, [copy + rename('a', 'b')], { reverse: true });
  expect(result).toMatchObject({ ok: true, files: { a: 'old\n', 'a/y': null, b: null } });
});

describe('nothing is lost where both would be there', () => {
  test.each([
    [
      'a file of the directory stays',
      { 'foo/a': 'a\n', 'foo/b': 'b\n' },
      [create('foo', 'new'), remove('foo/a', 'a')],
    ],
    ['the file stays', { foo: 'old\n' }, [create('foo/baz', 'new')]],
    ['both are new, file first', {}, [create('foo', 'new'), create('foo/baz', 'new')]],
    ['both are new, directory first', {}, [create('foo/baz', 'new'), create('foo', 'new')]],
    [
      'the file comes back',
      { foo: 'old\n' },
      [create('foo/baz', 'new'), remove('foo', 'old'), create('foo', 'new')],
    ],
  ])('%s', async (_name, before, diffs) => {
    const result = await apply(before, [diffs.join('')]);
    expect(result.kinds).toEqual(['conflict']);
    expect(result.tree.id).toBe((await apply(before, [])).tree.id);
  });
});

test('a mode that only the index line shows is not set', async () => {
  const diff =
    'diff --git a/x b/x\nindex 78981922613b..61780798228d 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';
  const result = await apply({ x: ['a\n', 0o100755] }, [diff]);
  expect(result.tree.get('x')?.mode).toBe(0o100755);
});
