import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { assign } from '../../../review/revision/assignment.ts';
import { findCandidates } from '../../../review/revision/candidates.ts';
import { compareVersions } from '../../../review/revision/compare.ts';
import { CostMeter, Lexicon } from '../../../review/revision/cost.ts';
import { interdiffOf } from '../../../review/revision/interdiff.ts';
import type { Comparison, Kind } from '../../../review/revision/types.ts';
import { diffText } from '../../../tools/patch/make.ts';
import type { Patch } from '../../../tools/series/types.ts';
import { patch } from './support.ts';

/** Few different lines, so that patches overlap in all ways. */
const line = fc
  .tuple(fc.constantFrom('+', '-', ' '), fc.nat(12))
  .map(([op, n]) => `${op}line_${n};`);
const somePatch = fc
  .record({
    subject: fc.constantFrom('one', 'two', 'three', 'four'),
    path: fc.constantFrom('a.c', 'b.c'),
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  })
  .map(({ subject, path, lines }) => patch({ subject, files: { [path]: [...lines, '+end;'] } }));
const series = fc.array(somePatch, { maxLength: 7 });

/** Unlike each other, so that each has one partner only. */
const distinct = fc
  .nat(9)
  .map((count) =>
    Array.from({ length: count }, (_, n) =>
      patch({ subject: `patch ${n}`, files: { [`f${n}.c`]: [`+only_${n};`, ' same'] } }),
    ),
  );

function pairsOf({ entries }: Comparison): [number | null, number | null][] {
  return entries.map((entry) => [entry.old, entry.new]);
}

const MIRROR: Partial<Record<Kind, Kind>> = {
  dropped: 'new',
  new: 'dropped',
  split: 'merged',
  merged: 'split',
};

describe('comparing', () => {
  test.prop([series])('a series with itself: all unchanged', (patches) => {
    const { entries } = compareVersions(patches, patches);
    expect(entries.map(({ kind, old, new: next }) => [kind, old, next])).toEqual(
      patches.map((_, index) => ['unchanged', index, index]),
    );
  });

  test.prop([distinct, fc.infiniteStream(fc.nat())])(
    'another order: moved, if anything',
    (patches, keys) => {
      const order = patches.map((each) => ({ each, key: keys.next().value ?? 0 }));
      const shuffled = order.toSorted((a, b) => a.key - b.key).map(({ each }) => each);
      const comparison = compareVersions(patches, shuffled);
      for (const { kind, old, new: next } of comparison.entries) {
        expect(['unchanged', 'moved']).toContain(kind);
        expect(shuffled[next!]).toBe(patches[old!]);
      }
      const staying = comparison.entries.filter(({ moved }) => !moved).map(({ old }) => old!);
      expect(staying).toEqual(staying.toSorted((a, b) => a - b));
    },
  );

  test.prop([series, series])('every patch is told of exactly once', (old, next) => {
    const pairs = pairsOf(compareVersions(old, next));
    const side = (at: 0 | 1) => pairs.flatMap((pair) => pair[at] ?? []).toSorted((a, b) => a - b);
    expect([side(0), side(1)]).toEqual([[...old.keys()], [...next.keys()]]);
  });

  test.prop([distinct, distinct])('swapped versions: the same pairs, mirrored', (first, second) => {
    // Disjoint but for what the two have in common by number.
    const [forth, back] = [compareVersions(first, second), compareVersions(second, first)];
    const told = (c: Comparison, swap: boolean) =>
      c.entries
        .map(({ kind, old, new: next }) =>
          swap ? [next, old, MIRROR[kind] ?? kind] : [old, next, kind],
        )
        .map(String)
        .toSorted();
    expect(told(back, true)).toEqual(told(forth, false));
  });

  test.prop([series, series])(
    'swapped versions: what is matched costs the same',
    (first, second) => {
      const matched = (c: Comparison) => c.entries.filter((e) => e.old !== null && e.new !== null);
      const [forth, back] = [compareVersions(first, second), compareVersions(second, first)];
      expect(costOf(forth)).toBe(costOf(back));
      expect(
        matched(forth).filter(({ kind }) => kind === 'unchanged' || kind === 'moved').length,
      ).toBe(matched(back).filter(({ kind }) => kind === 'unchanged' || kind === 'moved').length);
    },
  );
});

/** What all entries cost, as the matching counts: patches alone by their length, pairs by their diff. */
function costOf(comparison: Comparison): number {
  const alone = (patches: readonly Patch[], index: number) =>
    Math.floor(((patches[index]!.files[0]!.hunks[0]!.lines.length + 2) * 60) / 100);
  return comparison.entries.reduce((sum, entry) => {
    if (entry.new === null) return sum + alone(comparison.old, entry.old!);
    if (entry.old === null) return sum + alone(comparison.new, entry.new);
    return sum + diffCost(comparison, entry.old, entry.new);
  }, 0);
}

function diffCost(comparison: Comparison, old: number, next: number): number {
  const lexicon = new Lexicon();
  const [a, b] = [comparison.old[old]!, comparison.new[next]!].map((each) =>
    lexicon.idsOf(linesOf(each)),
  );
  return new CostMeter(lexicon.size).cost(a!, b!);
}

function linesOf({ files }: Patch): string[] {
  return files.flatMap(({ newPath, hunks }) => [
    ` ## ${newPath} ##`,
    ...hunks.flatMap(({ lines }) => [
      '@@',
      ...lines.map(({ op, text }) => op + Buffer.from(text).toString().trimEnd()),
    ]),
  ]);
}

const words = fc.array(fc.nat(8).map(String), { maxLength: 25 });

describe('costs', () => {
  test.prop([words, words])('the lines that the diff of the two has', (old, next) => {
    const lexicon = new Lexicon();
    const [a, b] = [lexicon.idsOf(old), lexicon.idsOf(next)];
    const text = (lines: string[]) => Buffer.from(lines.map((word) => `${word}\n`).join(''));
    const hunks = diffText(text(old), text(next));
    const length = hunks.reduce((sum, { lines }) => sum + lines.length + 1, 0);
    expect(new CostMeter(lexicon.size).cost(a, b)).toBe(length);
  });

  test.prop([fc.array(words, { maxLength: 6 }), fc.array(words, { maxLength: 6 }), fc.nat(120)])(
    'no pair that is worth something is passed over',
    (old, next, factor) => {
      const lexicon = new Lexicon();
      const loose = (lines: string[]) => ({
        ids: lexicon.idsOf(lines),
        alone: Math.floor((lines.length * factor) / 100),
      });
      const [rows, columns] = [old.map(loose), next.map(loose)];
      const meter = new CostMeter(lexicon.size);
      const all = rows.flatMap((a, row) =>
        columns.flatMap((b, column) => {
          const gain = a.alone + b.alone - meter.cost(a.ids, b.ids);
          return gain > 0 ? [{ old: row, next: column, gain }] : [];
        }),
      );
      expect(findCandidates(rows, columns, meter)).toEqual(all);
    },
  );
});

const table = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      gains: fc.array(fc.nat(9), { minLength: rows * columns, maxLength: rows * columns }),
    }),
  );

/** The most that any choice of pairs gains, by trying all. */
function bestGain(
  gains: readonly (readonly number[])[],
  taken = new Set<number>(),
  row = 0,
): number {
  const own = gains[row];
  if (own === undefined) return 0;
  let best = bestGain(gains, taken, row + 1);
  for (const [column, gain] of own.entries()) {
    if (gain === 0 || taken.has(column)) continue;
    best = Math.max(best, gain + bestGain(gains, new Set([...taken, column]), row + 1));
  }
  return best;
}

describe('assignment', () => {
  test.prop([table], { numRuns: 500 })('gains as much as any', ({ rows, columns, gains }) => {
    const rowsOfGains = Array.from({ length: rows }, (_, row) =>
      gains.slice(row * columns, (row + 1) * columns),
    );
    const pairs = rowsOfGains.flatMap((own, row) =>
      own.flatMap((gain, column) => (gain > 0 ? [{ row, column, gain }] : [])),
    );
    const chosen = [...assign(rows, columns, pairs)];
    const used = chosen.filter((column) => column !== -1);
    expect(new Set(used).size).toBe(used.length);
    const gained = chosen.reduce((sum, column, row) => sum + (rowsOfGains[row]![column] ?? 0), 0);
    expect(gained).toBe(bestGain(rowsOfGains));
  });
});

describe('diffs between versions', () => {
  test.prop([somePatch, somePatch])('are empty exactly when nothing changed', (old, next) => {
    const comparison = compareVersions([old], [next]);
    for (const entry of comparison.entries) {
      const paired = entry.old !== null && entry.new !== null;
      expect(interdiffOf(comparison, entry).length > 0).toBe(paired && entry.kind !== 'unchanged');
    }
  });
});
