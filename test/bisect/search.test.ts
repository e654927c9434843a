import { describe, expect, test } from 'vitest';
import { answerOf, combine } from '../../tools/bisect/answer.ts';
import { confidence } from '../../tools/bisect/confidence.ts';
import { Bisection } from '../../tools/bisect/search.ts';
import { split } from '../../tools/bisect/split.ts';
import type { Answer, Goal, Position, Result } from '../../tools/bisect/types.ts';

/** One letter for each tree, from the base on: g good, b bad, s skip, a abort. */
const ANSWERS: Readonly<Record<string, Answer>> = { g: 'good', b: 'bad', s: 'skip', a: 'abort' };

function play(trees: string, goal: Goal = 'breaks'): { result: Result; asked: Position[] } {
  let search = new Bisection({ first: 0, last: trees.length - 1 }, goal);
  const asked: Position[] = [];
  for (;;) {
    const step = search.next();
    if (step.kind === 'done') return { result: step.result, asked };
    const position = step.questions[0]!;
    asked.push(position);
    search = search.mark(position, ANSWERS[trees[position]!]!);
  }
}

describe('a search told its answers', () => {
  test.each<[trees: string, result: Result, asked: Position[]]>([
    ['gb', { kind: 'found', position: 1 }, [1, 0]],
    ['ggggb', { kind: 'found', position: 4 }, [4, 0, 2, 3]],
    ['gbbbb', { kind: 'found', position: 1 }, [4, 0, 2, 1]],
    ['gsb', { kind: 'found-despite-skips', first: 1, last: 2 }, [2, 0, 1]],
    ['ggsbb', { kind: 'found-despite-skips', first: 2, last: 3 }, [4, 0, 2, 3, 1]],
    ['ggssgbb', { kind: 'found', position: 5 }, [6, 0, 3, 4, 5]],
    ['gss', { kind: 'indeterminate', position: 2 }, [2]],
    ['sgb', { kind: 'indeterminate', position: 0 }, [2, 0]],
    ['ggg', { kind: 'ends-wrong', first: 'good', last: 'good' }, [2, 0]],
    ['bbb', { kind: 'ends-wrong', first: 'bad', last: 'bad' }, [2, 0]],
    ['bgg', { kind: 'ends-wrong', first: 'bad', last: 'good' }, [2, 0]],
    ['gba', { kind: 'aborted', position: 2 }, [2]],
    ['ggabb', { kind: 'aborted', position: 2 }, [4, 0, 2]],
  ])('%s', (trees, result, asked) => {
    expect(play(trees)).toEqual({ result, asked });
  });

  test.each<[trees: string, result: Result, asked: Position[]]>([
    ['bbgg', { kind: 'found', position: 2 }, [0, 3, 1, 2]],
    ['ggbb', { kind: 'ends-wrong', first: 'good', last: 'bad' }, [0, 3]],
    ['bsg', { kind: 'found-despite-skips', first: 1, last: 2 }, [0, 2, 1]],
  ])('the first that fixes: %s', (trees, result, asked) => {
    expect(play(trees, 'fixes')).toEqual({ result, asked });
  });

  test('several workers get the cuts that either answer would ask for', () => {
    const search = new Bisection({ first: 0, last: 16 }, 'breaks');
    expect(search.next(3)).toEqual({ kind: 'evaluate', questions: [16, 0, 8] });
    const begun = search.mark(16, 'bad').mark(0, 'good');
    expect(begun.next(3)).toEqual({ kind: 'evaluate', questions: [8, 12, 4] });
    expect(begun.mark(12, 'bad').next(2, [8, 4])).toMatchObject({ questions: [8, 4] });
    expect(begun.mark(8, 'bad').next(2, [12, 4])).toMatchObject({ questions: [4, 6] });
  });

  test('what is left', () => {
    const search = new Bisection({ first: 0, last: 16 }, 'breaks').mark(16, 'bad').mark(0, 'good');
    expect(search.left).toEqual({ patches: 16, steps: 4 });
    expect(search.mark(8, 'skip').left).toEqual({ patches: 16, steps: 4 });
    expect(search.mark(8, 'good').left).toEqual({ patches: 8, steps: 3 });
  });

  test('a run of trees that cannot be tested is left at one leap', () => {
    const skipped = (from: number, to: number) => (position: number) =>
      position >= from && position <= to;
    expect(split(0, 100, skipped(50, 50))).toBe(51);
    expect(split(0, 100, skipped(40, 60))).toBe(80);
    expect(split(0, 100, skipped(1, 99))).toBeNull();
    expect(split(4, 5, () => false)).toBeNull();
  });
});

test.each<[number, Answer]>([
  [0, 'good'],
  [1, 'bad'],
  [124, 'bad'],
  [125, 'skip'],
  [126, 'bad'],
  [127, 'abort'],
  [128, 'abort'],
  [255, 'abort'],
])('status %i is %s', (status, answer) => {
  expect(answerOf({ kind: 'exited', status })).toBe(answer);
});

test('other ends, and several runs', () => {
  expect(answerOf({ kind: 'signalled', signal: 'SIGSEGV' })).toBe('abort');
  expect(answerOf({ kind: 'timed-out', seconds: 1 })).toBe('bad');
  expect(combine(['good', 'bad', 'skip'])).toBe('bad');
  expect(combine(['good', 'skip'])).toBe('skip');
  expect(combine(['bad', 'abort'])).toBe('abort');
  expect(combine(['good', 'good'])).toBe('good');
});

describe('confidence', () => {
  const ends = { first: 0, last: 4 };

  test('worked out by hand for one pass that may be luck', () => {
    // Two failures seen, one pass at 2: had patch 1 or 2 been it, B(3,2)/B(3,1) = 1/4 as likely.
    const seen = [
      { position: 4, passes: 0, fails: 1 },
      { position: 2, passes: 1, fails: 0 },
      { position: 3, passes: 0, fails: 1 },
    ];
    expect(confidence(seen, 3, ends, 'breaks')).toBeCloseTo(1 / (1 + 2 / 4), 12);
  });

  test('mirrored for the first that fixes', () => {
    const seen = [
      { position: 0, passes: 0, fails: 1 },
      { position: 2, passes: 1, fails: 0 },
      { position: 1, passes: 0, fails: 1 },
    ];
    expect(confidence(seen, 2, ends, 'fixes')).toBeCloseTo(1 / (1 + 2 / 4), 12);
  });

  test('more passes on the last good tree make it surer, failures that were rare less sure', () => {
    const sure = (passes: number, lucky: number): number =>
      confidence(
        [
          { position: 4, passes: lucky, fails: 1 },
          { position: 0, passes, fails: 0 },
          { position: 3, passes, fails: 0 },
        ],
        4,
        ends,
        'breaks',
      );
    expect(sure(10, 0)).toBeGreaterThan(sure(2, 0));
    expect(sure(10, 5)).toBeLessThan(sure(10, 0));
    expect(sure(10_000, 0)).toBeGreaterThan(0.99);
  });
});
