import { fc, test as prop } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { applyDelta } from '../../tools/patch/delta.ts';
import { makeDelta } from '../../tools/patch/make-delta.ts';

/** Two versions of one content: pieces kept, dropped, replaced, added. */
const versions = fc
  .array(
    fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('keep', 'drop', 'add', 'grow')),
  )
  .map((pieces) => ({
    source: Buffer.concat(pieces.flatMap(([piece, fate]) => (fate === 'add' ? [] : [piece]))),
    target: Buffer.concat(
      pieces.flatMap(([piece, fate]) =>
        fate === 'drop' ? [] : fate === 'grow' ? [piece, piece] : [piece],
      ),
    ),
  }));

prop.prop([versions])('a delta leads to the target, or is not made', ({ source, target }) => {
  const delta = makeDelta(source, target);
  if (delta === null) return;
  expect(delta.length).toBeLessThanOrEqual(target.length * 0.75 + 8);
  const result = applyDelta(source, delta);
  expect(result.kind).toBe('ok');
  if (result.kind === 'ok') expect(Buffer.compare(result.data, target)).toBe(0);
});

const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i} of a file that goes on\n`);

test.each<[string, string[], number]>([
  ['one line changed', [...lines(0, 500), 'changed\n', ...lines(501, 1000)], 60],
  ['one line added', [...lines(0, 500), 'added\n', ...lines(500, 1000)], 60],
  ['a hundred lines gone', [...lines(0, 500), ...lines(600, 1000)], 1000],
  [
    'three places changed',
    [...lines(0, 9), 'x\n', ...lines(9, 400), 'y\n', ...lines(402, 1000), 'z\n'],
    150,
  ],
  ['nothing changed', lines(0, 1000), 20],
])('%s: a small delta', (_, next, size) => {
  const source = Buffer.from(lines(0, 1000).join(''));
  const target = Buffer.from(next.join(''));
  const delta = makeDelta(source, target);
  expect(delta?.length).toBeLessThan(size);
  expect(applyDelta(source, delta ?? Buffer.alloc(0))).toEqual({
    kind: 'ok',
    data: new Uint8Array(target),
  });
});

test('copies beyond 64 KiB and sources beyond 16 MiB are written as several or with all bytes', () => {
  const source = Buffer.alloc(17 << 20, 'abcdefghijklmnop');
  source.write('here', source.length - 9);
  const target = Buffer.concat([Buffer.from('new start\n'), source]);
  const delta = makeDelta(source, target);
  expect(delta).not.toBeNull();
  const result = applyDelta(source, delta ?? Buffer.alloc(0));
  expect(result.kind === 'ok' && Buffer.compare(result.data, target)).toBe(0);
});

test('unrelated contents get no delta', () => {
  expect(makeDelta(Buffer.alloc(4000, 'ab'), Buffer.alloc(4000, 'xyz'))).toBeNull();
  expect(makeDelta(Buffer.alloc(0), Buffer.from('content'))).toBeNull();
});
