import { describe, expect, test } from 'vitest';
import { applyHunks } from '../../tools/patch/apply-hunks.ts';
import { parseDiff } from '../../tools/patch/parse.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const text = (lines: readonly string[]): Uint8Array => Buffer.from(`${lines.join('\n')}\n`);

/** A hunk that changes `line` of `around` to upper case, with header line `start`. */
function hunk(start: number, around: readonly string[], line: string): string {
  const body = around.flatMap((each) =>
    each === line ? [`-${each}`, `+${each.toUpperCase()}`] : [` ${each}`],
  );
  return `@@ -${start},${around.length} +${start},${around.length} @@\n${body.join('\n')}\n`;
}

function apply(content: readonly string[], ...hunks: readonly string[]): string {
  const { files } = parseDiff(Buffer.from(`--- a/x\n+++ b/x\n${hunks.join('')}`));
  const result = applyHunks(text(content), files[0]!.hunks, 0);
  return result.kind === 'applied' ? Buffer.from(result.bytes).toString().trim() : 'failed';
}

/** What GNU patch 2.7.6 does with hunks that cross. */
describe('hunks that come near each other', () => {
  test('context may lie over lines that an earlier hunk changed', () => {
    const result = apply(
      LETTERS,
      hunk(1, LETTERS.slice(0, 5), 'c'),
      hunk(2, LETTERS.slice(1, 6), 'd'),
      hunk(3, LETTERS.slice(2, 7), 'e'),
    );
    expect(result.split('\n').join('')).toBe('abCDEfghij');
  });

  test('changes may not', () => {
    const again = hunk(2, LETTERS.slice(1, 6), 'c');
    expect(apply(LETTERS, hunk(1, LETTERS.slice(0, 5), 'c'), again)).toBe('failed');
  });

  test('hunks in the wrong order fail, even if the second fits further down as well', () => {
    const twice = [...LETTERS, ...LETTERS];
    const [late, early] = [hunk(4, LETTERS.slice(3, 8), 'f'), hunk(1, LETTERS.slice(0, 3), 'b')];
    expect(apply(twice, late, early)).toBe('failed');
  });

  test('hunks that only seem to be in the wrong order apply', () => {
    const [first, second] = [
      hunk(20, LETTERS.slice(0, 3), 'b'),
      hunk(10, LETTERS.slice(5, 8), 'g'),
    ];
    expect(apply(LETTERS, first, second).split('\n').join('')).toBe('aBcdefGhij');
  });
});
