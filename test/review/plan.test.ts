/** The planner: every patch once, in an order that applies, threads that a list can read. */
import { test as check, fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { type PlanPatch, planThreads } from '../../review/thread/plan.ts';
import type { Edge, Graph } from '../../tools/deps/types.ts';

const edge = (from: number, to: number): Edge => ({ from, to, kind: 'needs', reasons: [] });
const graph = (size: number, ...edges: [number, number][]): Graph => ({
  size,
  edges: edges.map(([from, to]) => edge(from, to)),
});
const patches = (...topics: (string | null)[]): PlanPatch[] =>
  topics.map((topic, index) => ({ topic, subject: `sub${index}: do` }));

test('topics are threads, and name what they need, through others, too', () => {
  const plan = planThreads(patches('a', 'a', 'b', 'c', 'c'), graph(5, [2, 1], [4, 2]), {
    most: 10,
  });
  expect(plan).toEqual([
    { topic: 'a', part: 1, parts: 1, patches: [0, 1], needs: [] },
    { topic: 'b', part: 1, parts: 1, patches: [2], needs: [0] },
    { topic: 'c', part: 1, parts: 1, patches: [3, 4], needs: [0, 1] },
  ]);
});

test('topics that lie mixed are put together where that applies, and left apart where not', () => {
  const mixed = patches('a', 'b', 'a', 'b');
  expect(planThreads(mixed, graph(4), { most: 9 }).map((thread) => thread.patches)).toEqual([
    [0, 2],
    [1, 3],
  ]);
  expect(planThreads(mixed, graph(4, [2, 1]), { most: 9 }).map((thread) => thread.patches)).toEqual(
    [[0], [1], [2], [3]],
  );
  expect(planThreads(mixed, null, { most: 9 }).map((thread) => thread.patches)).toEqual([
    [0],
    [1],
    [2],
    [3],
  ]);
});

test('a long topic is cut where the fewest dependencies cross', () => {
  // Two knots of patches, of six and of five; the cut belongs between them.
  const edges = [0, 6].flatMap((start) =>
    Array.from({ length: start === 0 ? 5 : 4 }, (_, k): [number, number] => [
      start + k + 1,
      start + k,
    ]),
  );
  const plan = planThreads(patches(...Array<null>(11).fill(null)), graph(11, ...edges), {
    most: 8,
  });
  expect(plan.map((thread) => thread.patches.length)).toEqual([6, 5]);
  expect(plan.map(({ part, parts, needs }) => [part, parts, needs])).toEqual([
    [1, 2, []],
    [2, 2, []],
  ]);
});

test('a cut does not part patches of one subsystem if it need not', () => {
  const subjects = ['x', 'x', 'x', 'x', 'y', 'y', 'y'].map((name) => ({
    topic: null,
    subject: `${name}: do`,
  }));
  const plan = planThreads(subjects, graph(7), { most: 5 });
  expect(plan.map((thread) => thread.patches.length)).toEqual([4, 3]);
});

test('a cut does not leave a patch or two for the last part', () => {
  // Each of the first nineteen needs the one before; the last stands alone.
  const edges = Array.from({ length: 18 }, (_, k): [number, number] => [k + 1, k]);
  const plan = planThreads(patches(...Array<null>(20).fill(null)), graph(20, ...edges), {
    most: 19,
  });
  expect(Math.min(...plan.map((thread) => thread.patches.length))).toBeGreaterThanOrEqual(5);
});

const SERIES = fc.integer({ min: 1, max: 60 }).chain((size) =>
  fc.record({
    topics: fc.array(fc.constantFrom('a', 'b', null), { minLength: size, maxLength: size }),
    edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 80 }),
    most: fc.integer({ min: 1, max: 20 }),
    known: fc.boolean(),
  }),
);

check.prop([SERIES])(
  'every patch once, after what it needs, in threads of the size that was asked for',
  ({ topics, edges, most, known }) => {
    const size = topics.length;
    const pairs = edges.filter(([from, to]) => from > to);
    const plan = planThreads(patches(...topics), known ? graph(size, ...pairs) : null, { most });
    const order = plan.flatMap((thread) => thread.patches);
    expect(order.toSorted((a, b) => a - b)).toEqual([...Array(size).keys()]);
    const threadOf = new Map(
      plan.flatMap((thread, at) => thread.patches.map((index) => [index, at] as const)),
    );
    for (const thread of plan) {
      expect(thread.patches.length).toBeLessThanOrEqual(most);
      expect(new Set(thread.patches.map((index) => topics[index])).size).toBe(1);
    }
    if (!known) expect(order).toEqual([...Array(size).keys()]);
    for (const [from, to] of pairs) {
      expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
      const [later, earlier] = [threadOf.get(from)!, threadOf.get(to)!];
      if (later !== earlier) expect(plan[later]?.needs).toContain(earlier);
    }
  },
);
