import { expect, test } from 'vitest';
import { condense } from '../../tools/globals/c/condense.ts';

function condensed(source: string): { readonly text: string; readonly places: readonly number[] } {
  const { condensed: text, places } = condense(Buffer.from(source, 'latin1'));
  return { text, places: [...places.subarray(0, text.length + 1)] };
}

test('a row of blanks becomes one, and keeps where it began', () => {
  expect(condensed('a  \t b')).toEqual({ text: 'a b', places: [0, 1, 5, 6] });
});

test('a row with line ends becomes a line end', () => {
  expect(condensed(' \n\n  int a; \n')).toEqual({
    text: '\nint a;\n',
    places: [0, 5, 6, 7, 8, 9, 10, 11, 13],
  });
});

test('bytes above 127 stay, and nothing has an end as well', () => {
  expect(condensed('\xe9\xff').text).toBe('\xe9\xff');
  expect(condensed('')).toEqual({ text: '', places: [0] });
});
