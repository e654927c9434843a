import { describe, expect, test } from 'vitest';
import { entriesOf, parseDocument } from '../../tools/series/document.ts';
import { replaceSeries } from '../../tools/series/replace.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** What a series file with these patches becomes when `names` come, each with its content. */
async function replaced(
  series: string,
  held: Readonly<Record<string, string>>,
  incoming: readonly (readonly [line: string, content: string])[],
) {
  const entries = entriesOf(parseDocument(bytes(incoming.map(([line]) => `${line}\n`).join(''))));
  const patches = entries.map((entry, index) => ({
    name: entry.name,
    bytes: bytes(incoming[index]?.[1] ?? ''),
    entry,
  }));
  const read = async (name: string) => (name in held ? bytes(held[name] ?? '') : null);
  const made = await replaceSeries(parseDocument(bytes(series)), patches, read);
  return { ...made, series: Buffer.from(made.series).toString('latin1') };
}

const ID = (letter: string): string => `From ${letter.repeat(40)} Mon Sep 17 00:00:00 2001\n`;

describe('known again', () => {
  test('by the last part of the name, and the same but for the commit that git made', async () => {
    const made = await replaced(
      '# a\na/one.patch\n\n# b\nb/two.patch\n',
      { 'a/one.patch': `${ID('a')}one\n`, 'b/two.patch': `${ID('b')}two\n` },
      [
        ['one.patch', `${ID('c')}one\n`],
        ['two.patch', `${ID('d')}other\n`],
      ],
    );
    expect(made).toMatchObject({ added: [], changed: ['b/two.patch'], removed: [] });
    expect(made.files.map(({ name }) => name)).toEqual(['b/two.patch']);
    expect(made.series).toBe('# a\na/one.patch\n\n# b\nb/two.patch\n');
  });

  test('not where two folders have one of that name', async () => {
    const made = await replaced('a/x.patch\nb/x.patch\n', { 'a/x.patch': '', 'b/x.patch': '' }, [
      ['b/x.patch', ''],
      ['a/x.patch', ''],
    ]);
    expect(made).toMatchObject({ added: [], removed: [], reordered: true });
    const unclear = await replaced('a/x.patch\nb/x.patch\n', {}, [['x.patch', '']]);
    expect(unclear).toMatchObject({ added: ['x.patch'], removed: ['a/x.patch', 'b/x.patch'] });
  });
});

test('new patches go into the folder of the one before, under a name that is free', async () => {
  const made = await replaced('a/one.patch\na/new.patch +x\n', { 'a/one.patch': '1' }, [
    ['a/one.patch', '1'],
    ['fix.patch', '2'],
    ['b/fix.patch', '3'],
    ['fix.patch', '4'],
  ]);
  expect(made.names).toEqual(['a/one.patch', 'a/fix.patch', 'b/fix.patch', 'b/fix-2.patch']);
});

test('a name made of the subject follows it, with its line and comment; a chosen one stays', async () => {
  const mail = (subject: string): string =>
    `From: A <a@b.c>\nSubject: [PATCH] ${subject}\n\nWhy.\n`;
  const made = await replaced(
    'a/mine.patch\n# old\na/old-name.patch\na/old-name-2.patch\na/new-name.patch\n',
    {
      'a/mine.patch': mail('old name'),
      'a/old-name.patch': mail('old name'),
      'a/old-name-2.patch': mail('old name'),
      'a/new-name.patch': mail('new name'),
    },
    [
      ['a/mine.patch', mail('other')],
      ['a/old-name.patch', mail('new name')],
      ['a/old-name-2.patch', mail('other')],
      ['a/new-name.patch', mail('new name')],
    ],
  );
  expect(made.series).toBe(
    'a/mine.patch\n# old\na/new-name-2.patch\na/other.patch\na/new-name.patch\n',
  );
  expect(made.renamed).toEqual([
    { from: 'a/old-name.patch', to: 'a/new-name-2.patch' },
    { from: 'a/old-name-2.patch', to: 'a/other.patch' },
  ]);
  expect(made).toMatchObject({ changed: ['a/mine.patch'], added: [], removed: [] });
});

test('what guards keep out is left alone', async () => {
  const series = '+later a/two.patch\na/one.patch\n';
  const made = await replaced(series, { 'a/one.patch': '1' }, [['one.patch', '1']]);
  expect(made).toMatchObject({ series, files: [], removed: [] });
});

test('a file that is gone is written again', async () => {
  const made = await replaced('one.patch\n', {}, [['one.patch', '1']]);
  expect(made).toMatchObject({ changed: ['one.patch'], added: [] });
});

test('a patch with other options than its line has is refused', async () => {
  const coming = replaced('one.patch -p0\n', { 'one.patch': '1' }, [['one.patch', '1']]);
  await expect(coming).rejects.toMatchObject({ code: 'import-options' });
});
