/** Where to cut a range. */
import type { Position } from './types.ts';

/**
 * The position strictly between `low` and `high` to test next, or null when every one of them is
 * taken. The middle, if it is free. Beside a single one that could not be tested, its neighbour.
 * Such trees come in runs, though (what broke the build is repaired some patches later), so that
 * from a longer run the search moves away, to the middle of the wider side.
 */
export function split(
  low: Position,
  high: Position,
  taken: (position: Position) => boolean,
): Position | null {
  const middle = Math.floor((low + high) / 2);
  if (middle <= low) return null;
  if (!taken(middle)) return middle;
  let left = middle;
  let right = middle;
  while (left - 1 > low && taken(left - 1)) left -= 1;
  while (right + 1 < high && taken(right + 1)) right += 1;
  const lower = left - low - 1;
  const upper = high - right - 1;
  if (lower === 0 && upper === 0) return null;
  if (left === right) return upper >= lower ? right + 1 : left - 1;
  return upper >= lower
    ? (split(right, high, taken) ?? split(low, left, taken))
    : (split(low, left, taken) ?? split(right, high, taken));
}
