/** Puts the patches of a series in another order, or leaves some out, by swapping neighbours. */
import { bareChanges, commutePatches } from '../patch/commute.ts';
import type { FilePatch, Path } from '../patch/types.ts';

export type Reordered =
  | {
      readonly kind: 'reordered';
      /** The diffs in the new order, their hunks numbered by where they stand then. */
      readonly patches: readonly (readonly FilePatch[])[];
    }
  | {
      readonly kind: 'blocked';
      /** Patch `late` cannot go before patch `early`; both are indexes in the series. */
      readonly late: number;
      readonly early: number;
      readonly path: Path;
      /** Line between the two, from 1; null when they meet as whole files. */
      readonly line: number | null;
    };

interface Moved {
  readonly index: number;
  readonly files: readonly FilePatch[];
}

/**
 * The patches that `order` names, in that order; those that it does not name are left out. The diffs of
 * `patches` must say where their hunks stand.
 */
export function reorder(
  patches: readonly (readonly FilePatch[])[],
  order: readonly number[],
): Reordered {
  const rest: Moved[] = patches.map((files, index) => ({ index, files }));
  const result: (readonly FilePatch[])[] = [];
  for (const wanted of order) {
    const from = rest.findIndex((each) => each.index === wanted);
    const [moving] = rest.splice(from, 1);
    if (from === -1 || moving === undefined) throw new RangeError(`patch ${wanted} is named twice`);
    let { files } = moving;
    for (let at = from - 1; at >= 0; at -= 1) {
      const early = rest[at];
      if (early === undefined) break;
      const swapped = commutePatches(early.files, files);
      if (swapped.kind === 'blocked') {
        const { path, line } = swapped;
        return { kind: 'blocked', late: wanted, early: early.index, path, line };
      }
      ({ first: files } = swapped);
      rest[at] = { index: early.index, files: swapped.second };
    }
    result.push(files);
  }
  return { kind: 'reordered', patches: result };
}

/**
 * The patches `chosen` (ascending) as they are when the others were never there. Unlike in `reorder`,
 * those need not apply any more.
 */
export function leaveOut(
  patches: readonly (readonly FilePatch[])[],
  chosen: readonly number[],
): Reordered {
  const wanted = new Set(chosen);
  const kept: Moved[] = [];
  for (const [index, files] of [...patches.entries()].reverse()) {
    if (wanted.has(index)) {
      kept.unshift({ index, files });
      continue;
    }
    let leaving: readonly FilePatch[] = bareChanges(files);
    for (const [at, late] of kept.entries()) {
      const swapped = commutePatches(leaving, late.files, true);
      if (swapped.kind === 'blocked') {
        const { path, line } = swapped;
        return { kind: 'blocked', late: late.index, early: index, path, line };
      }
      kept[at] = { index: late.index, files: swapped.first };
      leaving = swapped.second;
    }
  }
  return { kind: 'reordered', patches: kept.map(({ files }) => files) };
}
