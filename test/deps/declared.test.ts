import { describe, expect, test } from 'vitest';
import { contradiction } from '../../tools/deps/declared.ts';

const ORDER = ['a', 'b', 'c', 'd'];

function judge(declared: Readonly<Record<string, readonly string[]>>) {
  return contradiction(ORDER, new Map(Object.entries(declared)));
}

describe('what covers say that they depend on', () => {
  test.each([
    ['nothing', {}, null],
    ['earlier topics, and mails', { b: ['a', '<x@y>'], d: ['b', 'a', 'https://e.org'] }, null],
    ['itself', { b: ['b'] }, { kind: 'circle', topics: ['b'] }],
    ['each other', { b: ['c'], c: ['b'] }, { kind: 'circle', topics: ['b', 'c'] }],
    [
      'each other by a long way, of which the shortest is told',
      { a: ['b'], b: ['c', 'd'], c: ['d'], d: ['a'] },
      { kind: 'circle', topics: ['a', 'b', 'd'] },
    ],
    ['a later one', { b: ['a', 'd'] }, { kind: 'later', topic: 'b', needs: 'd' }],
  ])('%s', (_, declared, expected) => {
    expect(judge(declared)).toEqual(expected);
  });
});
