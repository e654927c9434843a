import { describe, expect, test } from 'vitest';
import { patchOf } from '../apply/small-tree.ts';
import { edgesOf, numbered, patchesBetween, work } from './support.ts';

const BASE = numbered(1, 30);

/** The base with lines replaced; null takes a line away. */
function edited(changes: Readonly<Record<number, string | null>>): { f: string } {
  const lines = BASE.map((line, index) => {
    const change = changes[index + 1];
    return change === undefined ? line : (change ?? '');
  });
  return { f: lines.join('') };
}

async function edges(
  states: readonly Readonly<Record<string, string>>[],
  context = 3,
): Promise<string[]> {
  const { graph } = await work(states[0] ?? {}, patchesBetween(states, context));
  return edgesOf(graph);
}

describe('what a patch needs', () => {
  test.each<
    [
      string,
      Readonly<Record<number, string | null>>,
      Readonly<Record<number, string | null>>,
      string[],
    ]
  >([
    ['far apart', { 5: 'a\n' }, { 5: 'a\n', 20: 'b\n' }, []],
    ['contexts overlap, changes do not', { 5: 'a\n' }, { 5: 'a\n', 9: 'b\n' }, []],
    ['a change in the context of the other', { 5: 'a\n' }, { 5: 'a\n', 8: 'b\n' }, ['2 needs 1']],
    ['the same line', { 5: 'a\n' }, { 5: 'b\n' }, ['2 needs 1']],
    ['beside lines that were taken away', { 5: null }, { 5: null, 7: 'b\n' }, ['2 needs 1']],
    ['a line is put back', { 5: null }, {}, ['2 needs 1']],
    ['at both ends of the file', { 1: 'a\n' }, { 1: 'a\n', 30: 'b\n' }, []],
    ['at the start twice', { 1: 'a\nline 1\n' }, { 1: 'b\na\nline 1\n' }, ['2 needs 1']],
    ['at the end twice', { 30: 'line 30\na\n' }, { 30: 'line 30\na\nb\n' }, ['2 needs 1']],
  ])('%s', async (_, first, second, expected) => {
    expect(await edges([edited({}), edited(first), edited(second)])).toEqual(expected);
  });

  test('a smaller context needs less, and is still in the way', async () => {
    const wide = patchesBetween([edited({}), edited({ 5: 'a\n' })], 3);
    const narrow = patchesBetween([edited({ 5: 'a\n' }), edited({ 5: 'a\n', 8: 'b\n' })], 1);
    expect(edgesOf((await work(edited({}), [...wide, ...narrow])).graph)).toEqual(['2 after 1']);
  });

  test('without context only the number says where: everything before is needed', async () => {
    const states = [edited({}), edited({ 2: null }), edited({ 2: null, 25: 'line 25\nb\n' })];
    expect(await edges(states, 0)).toEqual(['2 needs 1']);
  });

  test('the reason names the file, the lines and their text', async () => {
    const states = [edited({}), edited({ 5: 'a\nb\n' }), edited({ 5: 'a\nc\n' })];
    const { graph } = await work(edited({}), patchesBetween(states));
    expect(graph.edges[0]?.reasons).toEqual([
      { layer: 'text', cause: 'lines', path: 'f', first: 5, last: 6, text: 'a' },
    ]);
  });
});

describe('files as a whole', () => {
  const TEXT = numbered(1, 9).join('');
  test.each<[string, readonly Readonly<Record<string, string>>[], string[]]>([
    ['made, then changed', [{}, { f: TEXT }, { f: `${TEXT}x\n` }], ['2 needs 1']],
    ['changed, then removed', [{ f: TEXT }, { f: `${TEXT}x\n` }, {}], ['2 needs 1']],
    ['removed, then made', [{ f: TEXT }, {}, { f: 'x\n' }], ['2 needs 1']],
    ['a directory in place of a file', [{ f: TEXT }, {}, { 'f/g': 'x\n' }], ['2 needs 1']],
    ['a file in place of a directory', [{ 'f/g': TEXT }, {}, { f: 'x\n' }], ['2 needs 1']],
    [
      'two files',
      [
        { f: TEXT, g: TEXT },
        { f: '', g: TEXT },
        { f: '', g: '' },
      ],
      [],
    ],
  ])('%s', async (_, states, expected) => {
    expect(await edges(states)).toEqual(expected);
  });

  const RENAME = 'diff --git a/f b/g\nsimilarity index 100%\nrename from f\nrename to g\n';
  const MODE = 'diff --git a/f b/f\nold mode 100644\nnew mode 100755\n';
  const edit = (path: string): string =>
    `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,2 @@\n-line 1\n+one\n line 2\n`;
  test.each<[string, string[], string[]]>([
    ['renamed, then changed', [RENAME, edit('g')], ['2 needs 1']],
    ['changed, then renamed', [edit('f'), RENAME], ['2 after 1']],
    ['mode and text', [MODE, edit('f')], []],
    [
      'a copy holds what was there',
      [edit('f'), 'diff --git a/f b/g\nsimilarity index 100%\ncopy from f\ncopy to g\n'],
      ['2 needs 1'],
    ],
  ])('%s', async (_, diffs, expected) => {
    const { graph } = await work(
      { f: TEXT },
      diffs.map((diff) => patchOf(diff)),
    );
    expect(edgesOf(graph)).toEqual(expected);
  });

  test('a mode that is changed back', async () => {
    const back = 'diff --git a/f b/f\nold mode 100755\nnew mode 100644\n';
    const { graph } = await work({ f: TEXT }, [patchOf(MODE), patchOf(back)]);
    expect(edgesOf(graph)).toEqual(['2 needs 1']);
  });
});
