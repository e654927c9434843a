import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { parseShard, positionsFor, runsOf, shardOf } from '../../tools/check/plan.ts';

property.prop([fc.array(fc.nat()), fc.integer({ min: 1, max: 40 })])(
  'the shards together are the list, in order, and differ by one at most',
  (list, count) => {
    const shards = Array.from({ length: count }, (_, index) =>
      shardOf(list, { index: index + 1, count }),
    );
    expect(shards.flat()).toEqual(list);
    const sizes = shards.map((shard) => shard.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  },
);

test.each([
  ['2/5', { index: 2, count: 5 }],
  ['5/5', { index: 5, count: 5 }],
  ['6/5', null],
  ['0/5', null],
  ['1/0', null],
  ['1/5x', null],
  ['-1/5', null],
  ['1', null],
])('shard %s', (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

test('a patch is compared with the tree before it', () => {
  expect(positionsFor([0])).toEqual([0, 1]);
  expect(positionsFor([3, 4, 9])).toEqual([3, 4, 5, 9, 10]);
  expect(runsOf([3, 4, 9])).toEqual([[3, 4], [9]]);
  expect(runsOf([])).toEqual([]);
});
