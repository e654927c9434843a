import { expect, test } from 'vitest';
import { Lines } from '../../tools/globals/c/lines.ts';

function lines(text: string): Lines {
  return new Lines(Buffer.from(text));
}

test('a position is in the line whose end comes next, in whatever order one asks', () => {
  const expected = [1, 1, 1, 2, 3, 3, 3];
  const read = lines('ab\n\ncd\n');
  const places = [...expected.keys()];
  expect(places.map((at) => read.at(at))).toEqual(expected);
  const back = places.toReversed();
  expect(back.map((at) => read.at(at))).toEqual(expected.toReversed());
});

test('what follows the last line end is a line if it is anything', () => {
  expect(['', '\n', 'a', 'a\n', 'a\nb', '\n\n'].map((text) => lines(text).count)).toEqual([
    0, 1, 1, 1, 2, 2,
  ]);
  expect(lines('').at(0)).toBe(1);
  expect(lines('a\nb').at(2)).toBe(2);
});
