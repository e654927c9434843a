import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../../review/revision/compare.ts';
import type { Entry } from '../../../review/revision/types.ts';
import { summaryOf, wordsOf } from '../../../review/revision/words.ts';
import { parsePatch } from '../../../tools/series/patchfile.ts';
import type { Patch } from '../../../tools/series/types.ts';
import { added, patch } from './support.ts';

const LOCKS = { subject: 'mm: lock', files: { 'mm/b.c': ['+int lock;', '+int depth;'] } };

function entries(old: readonly Patch[], next: readonly Patch[]): readonly Entry[] {
  return compareVersions(old, next).entries;
}

/** Numbers of both sides from 1, and what happened. */
function told(old: readonly Patch[], next: readonly Patch[]): string[] {
  const number = (index: number | null): string => (index === null ? '-' : String(index + 1));
  return entries(old, next).map(
    (entry) => `${number(entry.old)} ${number(entry.new)} ${wordsOf(entry).join(', ')}`,
  );
}

describe('one patch, two versions', () => {
  test('equal', () => {
    expect(told([patch()], [patch()])).toEqual(['1 1 unchanged']);
  });

  test.each([
    ['subject', { subject: 'mm: count all pages' }],
    ['message', { body: 'Why not.' }],
    ['author', { author: 'B <b@seam.invalid>' }],
    ['trailers', { trailers: ['Reviewed-by: B <b@seam.invalid>'] }],
  ])('another %s', (part, facts) => {
    expect(told([patch()], [patch(facts)])).toEqual([`1 1 reworded, ${part}`]);
  });

  test('other lines around the same change', () => {
    const [old, next] = ['before', 'after'].map((line) =>
      patch({ files: { 'mm/a.c': [` ${line}`, ...added('line', 20)] } }),
    );
    expect(told([old!], [next!])).toEqual(['1 1 context only']);
  });

  test('white space', () => {
    const files = (indent: string) => ({ 'mm/a.c': [`+${indent}int pages;`, ...added('x', 20)] });
    expect(told([patch({ files: files('\t') })], [patch({ files: files('        ') })])).toEqual([
      '1 1 white space only',
    ]);
  });

  test('other code, counted, with its files', () => {
    const old = patch({ files: { 'mm/a.c': added('a', 9), 'mm/b.c': ['+int b;'] } });
    const next = patch({
      body: 'Better.',
      files: { 'mm/a.c': [...added('a', 8), '+more;', '+most;'], 'mm/b.c': ['+int b;'] },
    });
    const [entry] = entries([old], [next]);
    expect(wordsOf(entry!)).toEqual(['changed +2 -1', 'message']);
    expect(entry!.code).toMatchObject({ gained: 2, lost: 1, files: ['mm/a.c'] });
  });

  test('lines in another order', () => {
    const lines = added('a', 20);
    const old = patch({ files: { 'mm/a.c': lines } });
    const next = patch({ files: { 'mm/a.c': [...lines.slice(1), lines[0]!] } });
    expect(told([old], [next])).toEqual(['1 1 changed in order']);
  });

  test('a file that is created where it was changed', () => {
    const text = (mode: string, from: string): Patch =>
      parsePatch(
        Buffer.from(
          `Subject: s\n\n---\ndiff --git a/f b/f\n${mode}--- ${from}\n+++ b/f\n@@ -0,0 +1,20 @@\n${added('a', 20).join('\n')}\n`,
        ),
        { name: 'p.patch' },
      );
    const [old, next] = [text('', 'a/f'), text('new file mode 100644\n', '/dev/null')];
    expect(told([old], [next])).toEqual(['1 1 changed +1 -0']);
  });
});

describe('several patches', () => {
  const count = patch({ files: { 'mm/a.c': added('count', 6) } });
  const lock = patch(LOCKS);
  const free = patch({ subject: 'mm: free', files: { 'mm/c.c': added('free', 6) } });

  test('none at all', () => {
    expect(told([], [])).toEqual([]);
    expect(told([], [count])).toEqual(['- 1 new']);
    expect(told([count], [])).toEqual(['1 - dropped']);
  });

  test('moved, dropped, new', () => {
    const other = patch({ subject: 'mm: other', files: { 'mm/d.c': added('other', 6) } });
    expect(told([count, lock, free], [free, other, count])).toEqual([
      '3 1 unchanged',
      '- 2 new',
      '1 3 moved',
      '2 - dropped',
    ]);
  });

  test('as few as possible are called moved', () => {
    expect(told([count, lock, free], [lock, free, count])).toEqual([
      '2 1 unchanged',
      '3 2 unchanged',
      '1 3 moved',
    ]);
  });

  test('the same patch twice is matched in order', () => {
    expect(told([count, lock, count], [count, lock, count])).toEqual([
      '1 1 unchanged',
      '2 2 unchanged',
      '3 3 unchanged',
    ]);
  });

  test('of patches that cost the same the one with the same subject', () => {
    const [one, two, three] = ['one', 'two', 'three'].map((subject, n) =>
      patch({ subject, files: { 'mm/a.c': [...added('same', 9), `+last_${n};`] } }),
    );
    const renamed = patch({
      subject: 'two',
      files: { 'mm/a.c': [...added('same', 9), '+last_9;'] },
    });
    expect(told([one!, two!, three!], [renamed])).toEqual([
      '1 - dropped',
      '2 1 changed +1 -1',
      '3 - dropped',
    ]);
  });

  test('split in two, the larger part being its partner', () => {
    const whole = patch({ files: { 'mm/a.c': added('a', 12), 'mm/b.c': added('b', 6) } });
    const first = patch({ files: { 'mm/a.c': added('a', 12) } });
    const second = patch({ subject: 'mm: rest', files: { 'mm/b.c': added('b', 6) } });
    expect(told([whole], [first, second])).toEqual(['1 1 split, see 2', '- 2 split off 1']);
    expect(told([first, second], [whole])).toEqual(['1 1 merged with 2', '2 - merged into 1']);
  });

  test('split in three, none of them like the whole', () => {
    const files = { 'mm/a.c': added('a', 9), 'mm/b.c': added('b', 9), 'mm/c.c': added('c', 9) };
    const parts = Object.entries(files).map(([path, lines]) =>
      patch({ subject: `mm: ${path}`, files: { [path]: lines } }),
    );
    const whole = patch({ files });
    const [entry] = entries([whole], parts);
    expect(entry).toMatchObject({ kind: 'split', old: 0, new: null, results: [0, 1, 2] });
    expect(told(parts, [whole]).filter((line) => line.includes('merged into 1'))).toHaveLength(3);
  });

  test('a new patch that repeats lines of an unchanged one is not split off it', () => {
    const again = patch({ subject: 'mm: again', files: { 'mm/a.c': added('count', 5) } });
    expect(told([count], [count, again])).toEqual(['1 1 unchanged', '- 2 new']);
  });

  test('nothing in common but the subject', () => {
    const anew = patch({ files: { 'mm/z.c': added('anew', 9) } });
    expect(told([count], [anew])).toEqual(['1 - rewritten as 1', '- 1 rewritten, was 1']);
  });

  test('the creation factor decides how readily a patch is new', () => {
    const old = patch({ files: { 'mm/a.c': [...added('a', 5), ...added('b', 5)] } });
    const next = patch({ files: { 'mm/a.c': [...added('a', 5), ...added('c', 5)] } });
    const kinds = (creationFactor: number) =>
      compareVersions([old], [next], { creationFactor }).entries.map(({ kind }) => kind);
    expect(kinds(30)).toEqual(['rewritten', 'rewritten']);
    expect(kinds(100)).toEqual(['changed']);
  });

  test('in a sentence', () => {
    expect(summaryOf(compareVersions([count, lock], [free, lock, count]))).toBe(
      '3 patches, 2 before: 1 unchanged, 1 moved, 1 new',
    );
    expect(summaryOf(compareVersions([], []))).toBe('0 patches');
    // Every patch of the new version once, whatever it was made of.
    const [one, two] = ['mm/a.c', 'mm/b.c'].map((path) =>
      patch({ subject: path, files: { [path]: added('a', 9) } }),
    );
    const both = patch({ files: { 'mm/a.c': added('a', 9), 'mm/b.c': added('a', 9) } });
    expect(summaryOf(compareVersions([one!, two!], [both]))).toBe('1 patch, 2 before: 1 merged');
    expect(summaryOf(compareVersions([both], [one!, two!]))).toBe('2 patches, 1 before: 2 split');
    const anew = patch({ subject: 'mm/a.c', files: { 'mm/z.c': added('z', 9) } });
    expect(summaryOf(compareVersions([one!], [anew]))).toBe('1 patch: 1 rewritten');
  });
});

describe('patches that are read otherwise', () => {
  test('a patch that is applied in reverse is what it does', () => {
    const forward = patch({ files: { 'mm/a.c': ['-old', '+new', ' same'] } });
    const backward = patch({ files: { 'mm/a.c': ['-new', '+old', ' same'] } });
    expect(told([forward], [{ ...backward, reverse: true }])).toEqual(['1 1 unchanged']);
  });

  test('a patch without diffs is its message', () => {
    const empty = patch({ files: {} });
    expect(told([empty], [empty])).toEqual(['1 1 unchanged']);
    expect(told([empty], [patch({ files: {}, body: 'Else.' })])).toEqual([
      '1 - rewritten as 1',
      '- 1 rewritten, was 1',
    ]);
  });
});
