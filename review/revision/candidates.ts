/**
 * Which pairs of patches can be worth matching at all. Comparing everything with everything takes
 * time and memory that grow with the square of a series; but two diffs that share few lines cannot
 * cost less than a patch dropped and a patch added, and how many lines they share can be counted
 * from an index of lines without comparing any two of them.
 */
import type { CostMeter, LineIds } from './cost.ts';

/** A patch that is still to be matched. */
export interface Loose {
  readonly ids: LineIds;
  /** What leaving it unmatched costs, in lines. */
  readonly alone: number;
}

/** A pair that is cheaper than its two patches apart. */
export interface Candidate {
  readonly old: number;
  readonly next: number;
  /** Lines that matching the two saves. */
  readonly gain: number;
}

/** Lines that stand in more patches than this (`+`, ` }`, a blank) are counted, not looked up. */
const COMMON = 48;

interface Bag {
  /** How often each rarer line is there. */
  readonly counts: ReadonlyMap<number, number>;
  readonly common: number;
}

/** Every pair of which matching saves something, by index in the two lists. */
export function findCandidates(
  old: readonly Loose[],
  next: readonly Loose[],
  meter: CostMeter,
): Candidate[] {
  const spread = spreadOf(next);
  const bags = next.map(({ ids }) => bagOf(ids, spread));
  const places = indexLines(bags);
  const shared = new Int32Array(next.length);
  const candidates: Candidate[] = [];
  for (const [row, patch] of old.entries()) {
    const bag = bagOf(patch.ids, spread);
    countShared(bag, places, shared);
    for (const [column, other] of next.entries()) {
      const most = (shared[column] ?? 0) + Math.min(bag.common, bags[column]?.common ?? 0);
      const apart = patch.alone + other.alone;
      if (leastCost(patch.ids.length, other.ids.length, most) >= apart) continue;
      const gain = apart - meter.cost(patch.ids, other.ids);
      if (gain > 0) candidates.push({ old: row, next: column, gain });
    }
  }
  return candidates;
}

/** Lines that differ at the least, and the header of the hunk that they stand in. */
function leastCost(oldLines: number, nextLines: number, shared: number): number {
  const differing = oldLines + nextLines - 2 * Math.min(shared, oldLines, nextLines);
  return differing === 0 ? 0 : differing + 1;
}

/** In how many patches each line stands. */
function spreadOf(patches: readonly Loose[]): Map<number, number> {
  const spread = new Map<number, number>();
  for (const { ids } of patches) {
    for (const id of new Set(ids)) spread.set(id, (spread.get(id) ?? 0) + 1);
  }
  return spread;
}

function bagOf(ids: LineIds, spread: ReadonlyMap<number, number>): Bag {
  const counts = new Map<number, number>();
  let common = 0;
  for (const id of ids) {
    const patches = spread.get(id) ?? 0;
    if (patches > COMMON) common += 1;
    else if (patches > 0) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { counts, common };
}

interface Place {
  readonly column: number;
  readonly count: number;
}

function indexLines(bags: readonly Bag[]): Map<number, Place[]> {
  const places = new Map<number, Place[]>();
  for (const [column, { counts }] of bags.entries()) {
    for (const [id, count] of counts) {
      const list = places.get(id);
      if (list === undefined) places.set(id, [{ column, count }]);
      else list.push({ column, count });
    }
  }
  return places;
}

function countShared(bag: Bag, places: ReadonlyMap<number, readonly Place[]>, shared: Int32Array) {
  shared.fill(0);
  for (const [id, own] of bag.counts) {
    for (const { column, count } of places.get(id) ?? []) {
      shared[column] = (shared[column] ?? 0) + Math.min(own, count);
    }
  }
}
