import { fc, test as propertyTest } from '@fast-check/vitest';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { changesSection, draftChanges } from '../../../review/revision/changes.ts';
import { compareVersions } from '../../../review/revision/compare.ts';
import { added, patch } from './support.ts';

const make = (subject: string, path: string, lines: readonly string[], more = {}) =>
  patch({ subject, files: { [path]: lines }, ...more });

/** All the text below a node of a Markdown tree. */
function textIn(node: { value?: string; children?: readonly object[] }): string {
  return node.value ?? (node.children ?? []).map((child) => textIn(child)).join('');
}

describe('what changed, drafted', () => {
  test('each patch that differs, and the others together', () => {
    const same = [0, 1, 2].map((n) => make(`same ${n}`, `same${n}.c`, added('s', 9)));
    const old = [
      ...same,
      make('slab: count', 'mm/slab.c', added('a', 9)),
      make('gone', 'gone.c', added('g', 9)),
      make('ipc: one', 'ipc/msg.c', added('m', 20)),
      make('words', 'w.c', added('w', 9)),
      make('tags', 't.c', added('t', 9)),
      make('anew', 'x.c', added('x', 9)),
    ];
    const next = [
      ...same,
      make('slab: count', 'mm/slab.c', [...added('a', 8), '+b;'], { body: 'More.' }),
      make('ipc: first', 'ipc/msg.c', added('m', 20).slice(0, 14)),
      make('ipc: second', 'ipc/msg.c', added('m', 20).slice(14)),
      make('words', 'w.c', added('w', 9), { body: 'Other.' }),
      make('tags', 't.c', added('t', 9), { trailers: ['Acked-by: B <b@seam.invalid>'] }),
      make('anew', 'y.c', added('y', 9)),
      make('more', 'more.c', added('more', 9)),
    ];
    expect(draftChanges(compareVersions(old, next), 'v1')).toEqual([
      'Patch 10 "more" is new.',
      'Patch 4 "slab: count": code changed in mm/slab.c (+1 -1); also message.',
      'Patch 9 "anew" is written anew (9 in v1).',
      'Patch 6 "ipc: one" of v1 is split into patches 5 and 6.',
      'Patch 5 "gone" of v1 is dropped.',
      'Patch 7: reworded (message).',
      'Patch 8: trailers only.',
      'Patches 1 to 3: unchanged.',
    ]);
  });

  test('runs of patches by their ends; nothing of patches that are all the same', () => {
    const all = Array.from({ length: 9 }, (_, n) => make(`p ${n}`, `p${n}.c`, added('p', 9)));
    const [kept, edited] = [2, 6].map((n) => make(`p ${n}`, `p${n}.c`, [...added('p', 9), '+x;']));
    const next = all.with(2, kept!).with(6, edited!);
    expect(draftChanges(compareVersions(all, next), 'v1').at(-1)).toBe(
      'Patches 1, 2, 4 to 6, 8 and 9: unchanged.',
    );
    expect(draftChanges(compareVersions(all, all), 'v2')).toEqual(['The patches are those of v2.']);
  });

  test('files in one directory are named together', () => {
    const files = (last: string) => ({
      'mm/a.c': [...added('a', 9), `+${last};`],
      'mm/b.c': [...added('b', 9), `+${last};`],
    });
    const [old, next] = [patch({ files: files('x') }), patch({ files: files('y') })];
    expect(draftChanges(compareVersions([old], [next]), 'v3')).toEqual([
      'Patch 1 "mm: count pages": code changed in a.c and b.c in mm (+2 -2).',
    ]);
  });

  const subject = fc
    .array(
      fc.constantFrom('*', '_', 'a', '__init', '<b>', '[x](y)', '`', '\\', '&amp;', '~~', ' ', '!'),
    )
    .map((parts) => `x${parts.join('')}x`.replaceAll(/ +/g, ' '));

  propertyTest.prop([subject])(
    'Markdown reads what was drafted, whatever subjects hold',
    (name) => {
      const comparison = compareVersions([], [make(name, 'a.c', added('a', 3))]);
      const tree = unified().use(remarkParse).parse(changesSection(comparison, 'v1'));
      expect(tree.children.map(({ type }) => type)).toEqual(['heading', 'list']);
      expect(tree.children.map((child) => textIn(child as object))).toEqual([
        'Changes since v1',
        draftChanges(comparison, 'v1').join(''),
      ]);
    },
  );
});
