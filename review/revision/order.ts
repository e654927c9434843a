/** Which patches changed places, and the order in which two versions are shown side by side. */

/** A pair of indexes; -1 for a side that has no such patch. */
export type Place = readonly [old: number, next: number];

/**
 * The order of `git range-diff`: that of the new version, with what is gone shown after the patches
 * that came before it.
 */
export function displayOrder(partner: Int32Array, nextCount: number): Place[] {
  const source = new Int32Array(nextCount).fill(-1);
  for (const [old, next] of partner.entries()) if (next !== -1) source[next] = old;
  const shown = new Uint8Array(partner.length);
  const places: Place[] = [];
  let [old, next] = [0, 0];
  while (old < partner.length || next < nextCount) {
    while (old < partner.length && shown[old] === 1) old++;
    if (old < partner.length && partner[old] === -1) {
      places.push([old, -1]);
      old++;
      continue;
    }
    while (next < nextCount && source[next] === -1) places.push([-1, next++]);
    if (next >= nextCount) continue;
    const from = source[next] ?? -1;
    places.push([from, next++]);
    shown[from] = 1;
  }
  return places;
}

/**
 * Which pairs changed places: all but a longest run of pairs that rises on both sides (patience
 * sorting), so that as few as possible are called moved.
 */
export function findMoved(partner: Int32Array): Set<number> {
  const tails: number[] = [];
  const before = new Int32Array(partner.length).fill(-1);
  for (const [old, next] of partner.entries()) {
    if (next === -1) continue;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((partner[tails[middle] ?? 0] ?? 0) < next) low = middle + 1;
      else high = middle;
    }
    before[old] = tails[low - 1] ?? -1;
    tails[low] = old;
  }
  const staying = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) staying.add(at);
  return new Set([...partner.keys()].filter((old) => partner[old] !== -1 && !staying.has(old)));
}
