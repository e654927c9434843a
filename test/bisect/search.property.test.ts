/** A planted patch is found, whatever the length, the skips and the number of workers. */
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Bisection } from '../../tools/bisect/search.ts';
import { type Subset, SubsetSearch, subsetName } from '../../tools/bisect/subset.ts';
import type { Answer, Goal, Outcome, Position, Result, Search } from './drive-clock.ts';
import { simulate } from './drive-clock.ts';

interface Planted {
  readonly length: number;
  readonly culprit: Position;
  readonly skips: ReadonlySet<Position>;
  readonly goal: Goal;
}

const planted = fc.integer({ min: 1, max: 300 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    culprit: fc.integer({ min: 1, max: length }),
    skips: fc
      .array(fc.integer({ min: 1, max: length }), { maxLength: length })
      .map((list) => new Set(list.filter((position) => position < length))),
    goal: fc.constantFrom<Goal>('breaks', 'fixes'),
  }),
);

function answer({ culprit, skips, goal }: Planted, position: Position): Answer {
  if (skips.has(position)) return 'skip';
  return position >= culprit === (goal === 'breaks') ? 'bad' : 'good';
}

function run(plan: Planted, jobs: number, time: (position: Position) => number): Outcome<Result> {
  const ends = { first: 0, last: plan.length };
  const search: Search<Position, Result> = new Bisection(ends, plan.goal);
  return simulate(search, { jobs, time, nameOf: String, answer: (at) => answer(plan, at) });
}

test.prop([
  planted.map((plan) => ({ ...plan, skips: new Set<Position>() })),
  fc.integer({ min: 1, max: 8 }),
])('without skips it is found, and serially in as few questions as can be', (plan, jobs) => {
  const serial = run(plan, 1, () => 1);
  expect(serial.result).toEqual({ kind: 'found', position: plan.culprit });
  expect(serial.asked).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(plan.length)));
  const parallel = run(plan, jobs, () => 1);
  expect(parallel.result).toEqual(serial.result);
  expect(parallel.time).toBeLessThanOrEqual(serial.time);
});

test.prop([
  planted,
  fc.integer({ min: 1, max: 8 }),
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
])(
  'with skips the range named is the smallest that the answers allow, and holds the patch',
  (plan, jobs, times) => {
    let [low, high] = [plan.culprit - 1, plan.culprit];
    while (plan.skips.has(low)) low -= 1;
    while (plan.skips.has(high)) high += 1;
    const { result } = run(plan, jobs, (at) => times[at % times.length]!);
    expect(result).toEqual(
      high - low === 1
        ? { kind: 'found', position: plan.culprit }
        : { kind: 'found-despite-skips', first: low + 1, last: high },
    );
  },
);

test.prop([
  fc.array(fc.constantFrom<Answer>('good', 'bad'), { maxLength: 60 }),
  fc.integer({ min: 1, max: 4 }),
])(
  'whatever a command answers, a patch is named only where its two sides were seen to differ',
  (inner, jobs) => {
    const answers: Answer[] = ['good', ...inner, 'bad'];
    const search = new Bisection({ first: 0, last: answers.length - 1 }, 'breaks');
    const { result } = simulate<Position, Result>(search, {
      jobs,
      time: () => 1,
      nameOf: String,
      answer: (at) => answers[at]!,
    });
    expect(result.kind).toBe('found');
    const { position } = result as Extract<Result, { kind: 'found' }>;
    expect([answers[position - 1], answers[position]]).toEqual(['good', 'bad']);
  },
);

const sets = fc.integer({ min: 1, max: 40 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    culprits: fc
      .uniqueArray(fc.integer({ min: 1, max: length }), { minLength: 1, maxLength: 5 })
      .map((list) => list.sort((a, b) => a - b)),
    jobs: fc.integer({ min: 1, max: 4 }),
  }),
);

function reduce(length: number, jobs: number, says: (subset: Subset) => Answer) {
  const all = Array.from({ length }, (_, index) => index + 1);
  return simulate(new SubsetSearch(all), { jobs, time: () => 1, nameOf: subsetName, answer: says });
}

test.prop([sets])(
  'planted patches that only together break are found',
  ({ length, culprits, jobs }) => {
    const { result } = reduce(length, jobs, (subset) =>
      culprits.every((each) => subset.includes(each)) ? 'bad' : 'good',
    );
    expect(result).toEqual({ kind: 'minimal', subset: culprits });
  },
);

test.prop([sets, fc.integer()])(
  'where many subsets do not apply, no patch of the result can be left out',
  ({ length, culprits, jobs }, seed) => {
    const says = (subset: Subset): Answer => {
      const sum = subset.reduce((total, each) => (total * 31 + each + seed) % 1009, 7);
      if (subset.length < length && sum % 3 === 0) return 'skip';
      return culprits.every((each) => subset.includes(each)) ? 'bad' : 'good';
    };
    const { result } = reduce(length, jobs, says);
    expect(result.kind).toBe('minimal');
    expect(result.subset).toEqual(expect.arrayContaining(culprits));
    for (const each of result.subset) {
      const rest = result.subset.filter((other) => other !== each);
      if (rest.length > 0) expect(says(rest)).not.toBe('bad');
    }
    expect(reduce(length, 1, says).result).toEqual(result);
  },
);
