/** What is taken out of a series is a series of its own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractPatches } from '../../tools/apply/extract.ts';
import { closure } from '../../tools/deps/graph.ts';
import type { Patch } from '../../tools/series/types.ts';
import { type Worked, patchesBetween, work } from './support.ts';

/** Files in which any line is like many others: raw line numbers lead astray. */
const states = fc
  .array(fc.tuple(fc.nat(1), fc.nat(30), fc.nat(2), fc.nat(4)), { minLength: 2, maxLength: 8 })
  .map((steps) => {
    const line = (index: number): string => `${['{', 'x', '}'][index % 3]}\n`;
    const files = ['a', 'b'].map(() => Array.from({ length: 24 }, (_none, index) => line(index)));
    const all = [files.map((each) => [...each])];
    for (const [file, at, remove, add] of steps) {
      const lines = files[file] ?? [];
      lines.splice(
        Math.min(at, lines.length),
        remove,
        ...Array.from({ length: add }, (_n, i) => line(i)),
      );
      all.push(files.map((each) => [...each]));
    }
    return all.map(([a = [], b = []]) => ({ a: a.join(''), b: b.join('') }));
  });

async function extracted(worked: Worked, wanted: number): Promise<readonly Patch[]> {
  const chosen = closure(worked.graph, [wanted]);
  const result = await extractPatches(worked.store, worked.patches, worked.footprints, chosen);
  expect(result.kind).toBe('extracted');
  return result.kind === 'extracted' ? result.patches : [];
}

/** The bytes without the numbers of `@@` lines. */
function withoutNumbers(patch: Patch | undefined): string {
  return Buffer.from(patch?.raw ?? [])
    .toString('latin1')
    .replace(/^@@ -\d+((?:,\d+)?) \+\d+((?:,\d+)?) @@/gm, '@@ $1 $2 @@');
}

test('an extract applies, has the same changes, and its extract is the same again', async () => {
  let renumbered = 0;
  await fc.assert(
    fc.asyncProperty(states, fc.nat(), async (all, pick) => {
      const base = all[0] ?? {};
      const patches = patchesBetween(all).filter((patch) => patch.files.length > 0);
      fc.pre(patches.length > 0);
      const worked = await work(base, patches);
      const once = await extracted(worked, pick % patches.length);
      for (const patch of once) {
        const original = patches.find(({ name }) => name === patch.name);
        expect(withoutNumbers(patch)).toBe(withoutNumbers(original));
        if (patch.raw !== original?.raw) renumbered += 1;
      }
      const again = await extracted(await work(base, once), once.length - 1);
      expect(again.map(({ name, raw }) => [name, raw])).toEqual(
        once.map(({ name, raw }) => [name, raw]),
      );
    }),
    { numRuns: 400, seed: 1 },
  );
  // Otherwise the drawing would not try what it is for.
  expect(renumbered).toBeGreaterThan(0);
});
