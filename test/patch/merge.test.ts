import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { mergeText } from '../../tools/patch/merge.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const text = (value: Uint8Array): string => Buffer.from(value).toString('latin1');
const LABELS = ['ours', 'theirs'] as const;
const merge = (base: string, ours: string, theirs: string) => {
  const { bytes: merged, conflicts } = mergeText(bytes(base), bytes(ours), bytes(theirs), LABELS);
  return { merged: text(merged), conflicts };
};

describe('mergeText', () => {
  test.each([
    [
      'changes in different places are both taken',
      'a\nb\nc\nd\ne\n',
      'A\nb\nc\nd\ne\n',
      'a\nb\nc\nd\nE\n',
      'A\nb\nc\nd\nE\n',
    ],
    ['the same change is taken once', 'a\nb\nc\n', 'a\nB\nc\n', 'a\nB\nc\n', 'a\nB\nc\n'],
    ['one side alone', 'a\nb\n', 'a\nb\n', 'a\nx\nb\n', 'a\nx\nb\n'],
    ['a missing line feed is a change like others', 'a\nb\nc', 'A\nb\nc', 'a\nb\nc\n', 'A\nb\nc\n'],
    ['nothing changed', 'a\n', 'a\n', 'a\n', 'a\n'],
  ])('%s', (_, base, ours, theirs, merged) => {
    expect(merge(base, ours, theirs)).toEqual({ merged, conflicts: 0 });
  });

  test('a conflict is cut down to what differs', () => {
    const { merged, conflicts } = merge('a\nb\nc\n', 'a\n1\n2\n3\nc\n', 'a\n1\nX\n3\nc\n');
    expect(conflicts).toBe(1);
    expect(merged).toBe('a\n1\n<<<<<<< ours\n2\n=======\nX\n>>>>>>> theirs\n3\nc\n');
  });

  test('markers start on lines of their own', () => {
    expect(merge('a', 'b', 'c').merged).toBe('<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n');
  });
});

const folder = mkdtempSync(join(tmpdir(), 'seam-merge-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hasGit = spawnSync('git', ['--version']).status === 0;

/** Different lines, so that there is one shortest edit script and no choice between several. */
const base = fc.nat(14).map((count) => Array.from({ length: count }, (_, at) => `line ${at}\n`));
const edit = fc.record({
  at: fc.nat(14),
  drop: fc.nat(2),
  add: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 }),
});
const side = fc.uniqueArray(edit, { maxLength: 3, selector: ({ at }) => at });
type Edit = { at: number; drop: number; add: string[] };
const edited = (lines: readonly string[], edits: readonly Edit[]): string => {
  const result = [...lines];
  for (const { at, drop, add } of edits) {
    result.splice(Math.min(at, result.length), drop, ...add.map((word) => `${word} ${at}\n`));
  }
  return result.join('');
};

describe('properties', () => {
  test('merging with an unchanged side gives the other', () => {
    fc.assert(
      fc.property(base, side, (lines, edits) => {
        const [old, changed] = [lines.join(''), edited(lines, edits)];
        expect(merge(old, changed, old)).toEqual({ merged: changed, conflicts: 0 });
        expect(merge(old, old, changed)).toEqual({ merged: changed, conflicts: 0 });
      }),
    );
  });

  test.skipIf(!hasGit)('conflicts where git merge-file has conflicts, with the same result', () => {
    const names = ['ours', 'base', 'theirs'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    fc.assert(
      fc.property(base, side, side, (lines, mine, yours) => {
        const [ours, old, theirs] = [edited(lines, mine), lines.join(''), edited(lines, yours)];
        [ours, old, theirs].forEach((content, index) => writeFileSync(names[index]!, content));
        const run = spawnSync('git', [
          'merge-file',
          '-p',
          '-L',
          'ours',
          '-L',
          'base',
          '-L',
          'theirs',
          ...names,
        ]);
        const { merged, conflicts } = merge(old, ours, theirs);
        expect({ merged, conflicts }).toEqual({
          merged: run.stdout.toString(),
          conflicts: run.status,
        });
      }),
      { numRuns: 300 },
    );
  });
});
