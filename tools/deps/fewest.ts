/** The smallest set that makes something work, found by halves. */

/**
 * The fewest of `candidates` with which `works` says yes: nothing of the answer can be left out. Null
 * when it says no to all of them together. `works` must not turn to no when more are added. The first
 * `likely` candidates are tried first, as they are more probable than the others.
 *
 * Each round looks for the shortest beginning of the candidates that works: its last one is needed,
 * and those behind it are not. That is the idea of QuickXplain (U. Junker, AAAI 2004) for answers
 * that are expected to be short: one of k among n costs about log2(n) questions.
 */
export async function fewest(
  candidates: readonly number[],
  works: (some: readonly number[]) => Promise<boolean>,
  likely = 0,
): Promise<readonly number[] | null> {
  if (await works([])) return [];
  let rest = candidates;
  // What is likely is often enough; only if it is not, all of them are asked about.
  const enough = likely > 0 && (await works(rest.slice(0, likely)));
  if (enough) rest = rest.slice(0, likely);
  else if (!(await works(rest))) return null;
  const found: number[] = [];
  for (;;) {
    let [low, high] = [0, rest.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (await works([...found, ...rest.slice(0, middle)])) high = middle;
      else low = middle;
    }
    found.push(...rest.slice(low, high));
    rest = rest.slice(0, low);
    if (await works(found)) return found;
    // Only something that `works` has forgotten can end here: it said yes to all of these.
    if (rest.length === 0) return null;
  }
}
