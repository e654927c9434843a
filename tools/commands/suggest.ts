/** "Did you mean …?" */

/**
 * Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours that
 * turn `from` into `to`.
 */
function distance(from: string, to: string): number {
  let older: number[] = [];
  let old = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      let cost = Math.min(at(old, j) + 1, at(row, j - 1) + 1, at(old, j - 1) + change);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, at(older, j - 2) + 1);
      }
      row.push(cost);
    }
    older = old;
    old = row;
  }
  return at(old, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

/** The candidate most like `word`, if one is near enough to be a typing mistake. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  // A third of the letters may be wrong; one always may.
  let least = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  for (const candidate of candidates) {
    const cost = distance(word, candidate);
    if (cost < least || (cost === least && best === undefined)) {
      best = candidate;
      least = cost;
    }
  }
  return best;
}
