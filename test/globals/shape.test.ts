import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchBrackets } from '../../tools/globals/c/brackets.ts';
import { ByteTable } from '../../tools/globals/c/byte-table.ts';
import { shapeOf } from '../../tools/globals/c/shape.ts';

function shape(source: string): string | null {
  return shapeOf(Buffer.from(source, 'latin1'))?.text ?? null;
}

test('names are one letter, words of the grammar are not, and its types are alike', () => {
  expect(shape('static size_t total = sizeof(struct list_head);')).toBe(
    'static int a=sizeof(struct a);',
  );
});

test('numbers are one digit, strings are empty, and a character is one', () => {
  expect(shape(`f(0x1fUL, 12, "   ", ' ', '')`)).toBe(`a(0,0,"",'0','0')`);
  // What is not that plain is left as it is.
  expect(shape('0x1p3')).toBe('0x1p3');
  expect(shape('L"  " u8" "')).toBe('L"" u8""');
});

test('a blank stays where it divides', () => {
  expect(shape('a  - -b')).toBe('a- -a');
  expect(shape('unsigned\n\tlong x')).toBe('unsigned long a');
  expect(shape('( a ) ; { b }')).toBe('(a);{a}');
  expect(shape('= L "  "')).toBe('=L ""');
});

test('a sign is a part of the number that it touches, and of no other', () => {
  expect(shape('sizeof(a) +2')).toBe('sizeof(a)+0');
  expect(shape('sizeof(a) + 2')).toBe('sizeof(a)+ 0');
});

test('each byte tells where in the code it stands', () => {
  const { starts, ends, length } = shapeOf(Buffer.from('  long_name = "  ";')) ?? {};
  expect([...(starts?.subarray(0, length) ?? [])]).toEqual([2, 12, 14, 17, 18]);
  expect([...(ends?.subarray(0, length) ?? [])]).toEqual([11, 13, 15, 18, 19]);
});

test('a string that does not end on its line leaves open what is code', () => {
  expect(shape('char *x = "  \n;')).toBeNull();
});

test('brackets belong together in pairs of a sort', () => {
  const match = (text: string): number | undefined =>
    matchBrackets(Buffer.from(text), text.length)?.[0];
  expect(match('(a[b]{c})')).toBe(8);
  for (const text of ['(', ')', '(]', '([)]', '{}}']) expect(match(text)).toBeUndefined();
});

test('a table finds what was added to it, as a map does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', '(') })),
      (all) => {
        const [table, map] = [new ByteTable(), new Map<string, number>()];
        for (const [index, text] of all.entries()) {
          const bytes = Buffer.from(`<${text}>`);
          expect(table.find(bytes, 1, bytes.length - 1)).toBe(map.get(text) ?? -1);
          if (map.has(text)) continue;
          table.add(bytes, 1, bytes.length - 1, index);
          map.set(text, index);
        }
      },
    ),
  );
});

test('a table grows, and forgets', () => {
  const table = new ByteTable();
  const keys = Array.from({ length: 5000 }, (_, index) => Buffer.from(`key ${index}`));
  for (const [index, key] of keys.entries()) {
    table.find(key, 0, key.length);
    table.add(key, 0, key.length, index);
  }
  expect(keys.every((key, index) => table.find(key, 0, key.length) === index)).toBe(true);
  table.clear();
  expect(keys.some((key) => table.find(key, 0, key.length) !== -1)).toBe(false);
});
