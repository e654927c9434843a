import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  arrangeEntries,
  insertEntry,
  moveEntry,
  removeEntry,
  renameEntry,
} from '../../tools/series/document-edit.ts';
import {
  entriesOf,
  formatDocument,
  guardsSelect,
  parseDocument,
  patchOptions,
  selectEntries,
} from '../../tools/series/document.ts';
import { bytes, failure, has, latin, put, raw, run, scratch, text } from './support.ts';

const names = (content: string): string[] =>
  entriesOf(parseDocument(bytes(content))).map((entry) => entry.name);

describe('lines of a series file', () => {
  test.each([
    ['a.patch\n', ['a.patch']],
    ['  a.patch\t# why\n', ['a.patch']],
    ['# a.patch\n', []],
    ['\t# a.patch\n', []],
    ['a#b.patch\n', ['a#b.patch']],
    ['\n \t\n', []],
    ['sub/dir/a.patch -p0\nb.patch', ['sub/dir/a.patch', 'b.patch']],
    ['a.patch\r\nb.patch -p0\r\n', ['a.patch', 'b.patch']],
    ['+xen a.patch\n-x +!y b.patch c.patch\n', ['a.patch', 'b.patch', 'c.patch']],
    ['\u{feff}a.patch\n', ['a.patch']],
  ])('%j names %j', (content, expected) => {
    expect(names(content)).toEqual(expected);
  });

  test.each([
    ['a -p0', { strip: 0, reverse: false }],
    ['a -p 2 -R', { strip: 2, reverse: true }],
    ['a -p ab', { strip: 1, reverse: false }],
    ['a -pab', { strip: 1, reverse: false }],
    ['a -R', { strip: 1, reverse: true }],
    ['a', { strip: 1, reverse: false }],
  ])('options of %j', (line, expected) => {
    expect(patchOptions(entriesOf(parseDocument(bytes(line)))[0]!)).toEqual(expected);
  });

  test('a strip level that is no number is refused with its line', async () => {
    const [, entry] = entriesOf(parseDocument(bytes('a\nb -pfoo\n')));
    expect(await failure(() => patchOptions(entry!))).toEqual({
      code: 'series-bad-option',
      message: "strip level 'foo' of patch 'b' is no number, on line 2 of series",
    });
  });
});

describe('guards', () => {
  const series =
    '+xen a.patch\n-foo b.patch\n- c.patch\nd.patch # +no\n\t+a -b e.patch f.patch\n-!foo +!a g.patch\n+a -a +!b h.patch\n';
  const select = (symbols: string[]): string[] =>
    selectEntries(parseDocument(bytes(series)), new Set(symbols)).map((entry) => entry.name);

  test
    .skipIf(!has('guards'))
    .each([[[]], [['xen']], [['foo', 'a']], [['a', 'b']], [['b']], [['xen', 'foo']]])(
    'select what guards(1) selects with %j',
    (symbols) => {
      const dir = scratch();
      put(dir, { 'series.conf': series });
      const expected = text(run(['guards', '--config=series.conf', ...symbols], dir))
        .split('\n')
        .filter(Boolean);
      expect(select(symbols)).toEqual(expected);
    },
  );

  test('of Mercurial and guilt stand in the comment', () => {
    const [plain, guarded] = entriesOf(parseDocument(bytes('a.patch\nb.patch #+stable #-x\n')));
    expect(plain!.guards).toEqual([]);
    expect(guarded!.guards).toEqual(['+stable', '-x']);
    expect(guardsSelect(guarded!.guards, new Set())).toBe(false);
    expect(guardsSelect(guarded!.guards, new Set(['stable']))).toBe(true);
    expect(guardsSelect(guarded!.guards, new Set(['stable', 'x']))).toBe(false);
  });

  test('a name may stand twice when only one of them is selected', () => {
    const document = parseDocument(bytes('+x a.patch\n-x a.patch -p0\n'));
    expect(selectEntries(document, new Set()).map((entry) => entry.line)).toEqual([2]);
    expect(selectEntries(document, new Set(['x'])).map((entry) => entry.line)).toEqual([1]);
  });
});

describe('refused', () => {
  test.each([
    ['a\n# b\na\n', "patch 'a' is named twice in series, on lines 1 and 3"],
    ['a\n../b\n', "patch name '../b' has the component '..', on line 2 of series"],
    ['/etc/passwd\n', "patch name '/etc/passwd' is absolute, on line 1 of series"],
    ['a/./b\n', "patch name 'a/./b' has the component '.', on line 1 of series"],
    [
      '.git/hooks/x\n',
      "patch name '.git/hooks/x' has a component that means '.git', on line 1 of series",
    ],
    ['a\u001b[31m\n', "patch name 'a\\u001b[31m' holds a control character, on line 1 of series"],
  ])('%j', async (content, message) => {
    expect((await failure(() => selectEntries(parseDocument(bytes(content))))).message).toBe(
      message,
    );
  });
});

describe('edits', () => {
  const series = '# top\n\n\ta.patch -p0  # keep\r\nb.patch\n # c comes\nc.patch';
  const edit = (
    change: (document: ReturnType<typeof parseDocument>) => ReturnType<typeof parseDocument>,
  ): string => text(formatDocument(change(parseDocument(bytes(series)))));

  test("insert, in the document's own line ends", () => {
    expect(edit((d) => insertEntry(d, 'n.patch'))).toBe(`${series}\r\nn.patch\r\n`);
    expect(edit((d) => insertEntry(d, 'n.patch', { before: 'b.patch' }, ['-R']))).toBe(
      series.replace('b.patch', 'n.patch -R\r\nb.patch'),
    );
    expect(edit((d) => insertEntry(d, 'n.patch', { after: 'b.patch' }))).toBe(
      series.replace('b.patch\n', 'b.patch\nn.patch\r\n'),
    );
  });

  test('remove, rename and move leave the other lines', () => {
    expect(edit((d) => removeEntry(d, 'b.patch'))).toBe(series.replace('b.patch\n', ''));
    expect(edit((d) => renameEntry(d, 'a.patch', 'z.patch'))).toBe(
      series.replace('a.patch', 'z.patch'),
    );
    expect(edit((d) => moveEntry(d, 'c.patch', { before: 'b.patch' }))).toBe(
      '# top\n\n\ta.patch -p0  # keep\r\nc.patch\r\nb.patch\n # c comes\n',
    );
    expect(edit((d) => moveEntry(d, 'a.patch', 'end'))).toBe(
      '# top\n\nb.patch\n # c comes\nc.patch\r\n\ta.patch -p0  # keep\r\n',
    );
  });

  test('one of several names behind guards', () => {
    const document = parseDocument(bytes('+x a.patch b.patch c.patch # k\n'));
    expect(text(formatDocument(removeEntry(document, 'b.patch')))).toBe('+x a.patch c.patch # k\n');
    expect(text(formatDocument(renameEntry(document, 'c.patch', 'd')))).toBe(
      '+x a.patch b.patch d # k\n',
    );
  });

  test('arranging changes nothing when nothing changed', () => {
    const all = ['a.patch', 'b.patch', 'c.patch'];
    expect(edit((d) => arrangeEntries(d, all, new Set(all)))).toBe(series);
    expect(edit((d) => arrangeEntries(d, ['b.patch', 'n.patch', 'c.patch'], new Set(all)))).toBe(
      '# top\n\nb.patch\nn.patch\n # c comes\nc.patch',
    );
  });

  test.each(['a b', '../x', '/x', '#x', '-x', '+x', ''])('name %j is not written', async (name) => {
    expect((await failure(() => insertEntry(parseDocument(bytes('')), name))).code).toBe(
      'series-unsafe-name',
    );
  });
});

describe('properties', () => {
  propertyTest.prop([fc.uint8Array({ maxLength: 300 })])('any bytes survive', (content) => {
    expect(raw(formatDocument(parseDocument(content)))).toBe(raw(content));
  });

  const line = fc.constantFrom(
    'a.patch',
    ' b.patch -p0',
    '# text',
    '',
    '\tc/d.patch\t-R # x',
    'e.patch #+g',
    '\xff.patch',
    'x # y',
  );
  const content = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 12 })
    .map((lines) => latin(lines.map((pair) => pair.join('')).join('')));

  propertyTest.prop([content, fc.nat()])(
    'taking out what was put in gives the document back',
    (before, at) => {
      const document = parseDocument(before);
      const entries = entriesOf(document);
      const anchor = entries[at % Math.max(1, entries.length)];
      const inserted = insertEntry(
        document,
        'new/one.patch',
        anchor === undefined ? 'end' : { before: anchor.name },
      );
      expect(raw(formatDocument(removeEntry(inserted, 'new/one.patch')))).toBe(raw(before));
      const others = inserted.lines
        .filter((l) => !l.raw.startsWith('new/one.patch'))
        .map((l) => l.raw);
      expect(others.join('')).toBe(raw(before));
    },
  );
});

test.skipIf(!has('quilt'))('quilt reads the same names', () => {
  const dir = scratch();
  const series =
    '# one\n\na.patch\n  sub/b.patch -p0\n\tc.patch\t# remark\n#d.patch\ne.patch -R #x';
  put(dir, { 'patches/series': series });
  const listed = text(run(['quilt', 'series'], dir, undefined, { QUILT_PATCHES: 'patches' }))
    .trim()
    .split('\n')
    .map((name) => name.replace(/^patches\//, ''));
  expect(names(series)).toEqual(listed);
});
