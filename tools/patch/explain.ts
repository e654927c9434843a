/** Says why a hunk does not fit: the place that is most like it, and the first line that differs. */
import type { Lines } from './lines.ts';
import { latin1, lineAt, sameBytes } from './lines.ts';
import type { Pattern } from './locate.ts';
import type { Bytes, Hunk } from './types.ts';

/** A hunk that did not fit: enough to see why without opening the file. */
export interface HunkFailure {
  /** Index of the hunk in its file patch, from 0, and how many there are. */
  readonly hunk: number;
  readonly hunks: number;
  /** Line of the hunk's header in the patch file. */
  readonly patchLine: number;
  /** Where the hunk was expected, in the file, from 1. */
  readonly expectedLine: number;
  /** The most similar place; null when no line of the hunk is in the file. */
  readonly nearest: Nearest | null;
}

export interface Nearest {
  /** Line of the file at which the hunk's first old line would stand; may be before the first. */
  readonly line: number;
  /** How many of the hunk's old lines are there, and how many it has. */
  readonly matching: number;
  readonly total: number;
  /** Null when all are there and only the place is wrong (the start or the end of the file is asked for). */
  readonly firstDifference: Difference | null;
}

export interface Difference {
  readonly line: number;
  readonly wanted: Bytes;
  /** Null behind the end of the file. */
  readonly found: Bytes | null;
}

/** Lines that stand in more places than this say little about where a hunk belongs. */
const COMMON = 200;

/** Describe the failure of `hunk`, which was expected at line index `guess` of `file`. */
export function explain(
  file: Lines,
  hunk: Hunk,
  pattern: Pattern,
  guess: number,
  number: number,
  total: number,
): HunkFailure {
  const wanted = hunk.lines.filter((line) => line.op !== '+').map((line) => line.text);
  const index = mostSimilar(file, wanted, guess);
  return {
    hunk: number,
    hunks: total,
    patchLine: hunk.line,
    expectedLine: guess + 1,
    nearest: index === null ? null : compareAt(file, wanted, index, pattern.count),
  };
}

/** Every line of the hunk votes for the places where it would put the hunk. */
function mostSimilar(file: Lines, wanted: readonly Bytes[], guess: number): number | null {
  const places = placesOf(file, wanted);
  const votes = new Map<number, number>();
  for (const [nth, text] of wanted.entries()) {
    const found = places.get(latin1(text)) ?? [];
    if (found.length > COMMON) continue;
    for (const place of found) votes.set(place - nth, (votes.get(place - nth) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [index, count] of votes) {
    const most = best === null ? 0 : (votes.get(best) ?? 0);
    const nearer = best === null || Math.abs(index - guess) < Math.abs(best - guess);
    if (count > most || (count === most && nearer)) best = index;
  }
  return best;
}

function placesOf(file: Lines, wanted: readonly Bytes[]): Map<string, number[]> {
  const places = new Map<string, number[]>(wanted.map((text) => [latin1(text), []]));
  for (let index = 0; index < file.count; index += 1)
    places.get(latin1(lineAt(file, index)))?.push(index);
  return places;
}

function compareAt(file: Lines, wanted: readonly Bytes[], index: number, total: number): Nearest {
  let matching = 0;
  let firstDifference: Difference | null = null;
  for (const [nth, text] of wanted.entries()) {
    const at = index + nth;
    const found = at >= 0 && at < file.count ? lineAt(file, at) : null;
    if (found !== null && sameBytes(found, text)) matching += 1;
    else firstDifference ??= { line: at + 1, wanted: text, found };
  }
  return { line: index + 1, matching, total, firstDifference };
}
