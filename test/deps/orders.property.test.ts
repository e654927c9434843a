/** Series drawn at random: what the graph promises is tried by applying. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applySeries } from '../../tools/apply/series.ts';
import type { ApplyResult } from '../../tools/apply/types.ts';
import { dependents, closure, legalOrder, reduced, chain } from '../../tools/deps/graph.ts';
import { leaveOut, reorder } from '../../tools/deps/reorder.ts';
import { commutePatches } from '../../tools/patch/commute.ts';
import type { Patch } from '../../tools/series/types.ts';
import { type Worked, numbered, patchesBetween, work } from './support.ts';

type State = Readonly<Record<string, string>>;

/** What one patch does to one of the files: take lines away somewhere, put others there. */
interface Step {
  readonly file: string;
  readonly at: number;
  readonly remove: number;
  readonly add: number;
}

const FILES = ['a', 'b', 'dir/c'];
const step: fc.Arbitrary<Step> = fc.record({
  file: fc.constantFrom(...FILES),
  at: fc.nat(40),
  remove: fc.nat(3),
  add: fc.nat(3),
});
const steps = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), {
  minLength: 2,
  maxLength: 8,
});

/** Every line is unlike all others, or, with `repeat`, one of a few. */
function statesOf(all: readonly (readonly Step[])[], repeat: boolean): State[] {
  let count = 0;
  const line = (): string => {
    count += 1;
    return repeat ? `${['{', '}', '', 'x'][count % 4]}\n` : `new ${count}\n`;
  };
  const base = Object.fromEntries(
    FILES.map((file) => [
      file,
      repeat ? Array.from({ length: 25 }, line) : numbered(1, 25).map((text) => `${file} ${text}`),
    ]),
  );
  const states = [base];
  for (const some of all) {
    const next = { ...(states.at(-1) ?? base) };
    for (const { file, at, remove, add } of some) {
      const lines = [...(next[file] ?? [])];
      lines.splice(Math.min(at, lines.length), remove, ...Array.from({ length: add }, line));
      next[file] = lines;
    }
    states.push(next);
  }
  return states.map((state) =>
    Object.fromEntries(Object.entries(state).map(([file, lines]) => [file, lines.join('')])),
  );
}

/** A series with the contexts that people use; some patches change nothing. */
const series = fc
  .record({
    all: steps,
    repeat: fc.boolean(),
    contexts: fc.array(fc.constantFrom(1, 3), { minLength: 1 }),
  })
  .map(({ all, repeat, contexts }) => {
    const states = statesOf(all, repeat);
    // Patches with more and with less context: only these come after one another without need.
    const patches = states.slice(1).flatMap((next, index) => {
      const pair = [states[index] ?? {}, next];
      return patchesBetween(pair, contexts[index % contexts.length]).map((patch) => ({
        ...patch,
        name: `${index + 1}.patch`,
      }));
    });
    return { base: states[0] ?? {}, patches, repeat };
  });

function diffsOf({ footprints }: Worked) {
  return footprints.patches.map((files) => files.map((each) => each.file));
}

/** Apply the patches `order` names with the line numbers that they have in this order. */
async function applied(
  worked: Worked,
  order: readonly number[],
  arrange: typeof reorder = reorder,
): Promise<ApplyResult> {
  const moved = arrange(diffsOf(worked), order);
  if (moved.kind === 'blocked') throw new Error(`${moved.late} is blocked by ${moved.early}`);
  const patches = order.flatMap((index, at): Patch[] => {
    const patch = worked.patches[index];
    return patch === undefined ? [] : [{ ...patch, files: moved.patches[at] ?? [] }];
  });
  return applySeries(worked.store, patches);
}

const kinds = (result: ApplyResult): Set<string> =>
  new Set(result.verdicts.map(({ kind }) => kind));

describe('orders', () => {
  test('every legal order gives the same tree, each patch in its stated place', async () => {
    await fc.assert(
      fc.asyncProperty(series, fc.infiniteStream(fc.nat()), async ({ base, patches }, numbers) => {
        const worked = await work(base, patches);
        const order = legalOrder(worked.graph, (count) => Number(numbers.next().value) % count);
        expect(order.toSorted((a, b) => a - b)).toEqual(patches.map((_, index) => index));
        const result = await applied(worked, order);
        expect(result.tree.id).toBe(worked.result.tree.id);
        expect([...kinds(result)].filter((kind) => kind !== 'clean' && kind !== 'empty')).toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  test('an edge between neighbours and a swap that is refused are the same thing', async () => {
    await fc.assert(
      fc.asyncProperty(series, async ({ base, patches }) => {
        const worked = await work(base, patches);
        const diffs = diffsOf(worked);
        const tied = new Set(worked.graph.edges.map(({ from, to }) => `${from} ${to}`));
        for (const [index, files] of diffs.entries()) {
          const before = diffs[index - 1];
          if (before === undefined) continue;
          const swapped = commutePatches(before, files);
          expect(swapped.kind === 'blocked').toBe(tied.has(`${index} ${index - 1}`));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('swapping twice gives the same patches', async () => {
    await fc.assert(
      fc.asyncProperty(series, async ({ base, patches }) => {
        const diffs = diffsOf(await work(base, patches));
        for (const [index, files] of diffs.entries()) {
          const before = diffs[index - 1];
          const there = before === undefined ? null : commutePatches(before, files);
          if (there?.kind !== 'commuted') continue;
          const back = commutePatches(there.first, there.second);
          expect(back).toEqual({ kind: 'commuted', first: before, second: files });
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('needs', () => {
  test('what a patch needs is enough: it applies in its stated place', async () => {
    await fc.assert(
      fc.asyncProperty(series, fc.nat(), async ({ base, patches }, wanted) => {
        const worked = await work(base, patches);
        const chosen = closure(worked.graph, [wanted % patches.length]);
        const result = await applied(worked, chosen, leaveOut);
        expect(result.ok).toBe(true);
        expect(closure(worked.graph, chosen)).toEqual(chosen);
      }),
      { numRuns: 200 },
    );
  });

  test('without any of them it does not apply, where no line is like another', async () => {
    await fc.assert(
      fc.asyncProperty(
        series.filter(({ repeat }) => !repeat),
        async ({ base, patches }) => {
          const worked = await work(base, patches);
          for (const { from, to, kind } of reduced(worked.graph).edges) {
            if (kind === 'after') continue;
            const without = new Set(dependents(worked.graph, [to]));
            const rest = closure(worked.graph, [from]).filter((index) => !without.has(index));
            const attempt = [...rest, from].flatMap((index) => worked.patches[index] ?? []);
            const result = await applySeries(worked.store, attempt);
            // Taking back what is not there counts as being in the tree already.
            expect(['conflict', 'already-applied']).toContain(result.verdicts.at(-1)?.kind);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('an edge that is left out of the drawing follows from those that are in it', async () => {
    await fc.assert(
      fc.asyncProperty(series, async ({ base, patches }) => {
        const { graph } = await work(base, patches);
        const drawn = reduced(graph);
        for (const { from, to } of graph.edges) expect(chain(drawn, from, to)).not.toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});
