/**
 * What it costs to take one patch for the new version of another: the length, in lines, of the diff
 * between their diffs, context and hunk headers included; git-range-diff(1) explains the idea. Every
 * distinct line of both versions has a number, so that only numbers are compared.
 */
import { type Changes, findChanges } from '../../tools/patch/changes.ts';
import { compact } from '../../tools/patch/compact.ts';

/** A diff as numbers, equal for equal lines. */
export type LineIds = Int32Array;

const CONTEXT = 3;

/** Gives each distinct line a number. */
export class Lexicon {
  private readonly ids = new Map<string, number>();

  /** How many distinct lines there are. */
  get size(): number {
    return this.ids.size;
  }

  idsOf(lines: readonly string[]): LineIds {
    const ids = new Int32Array(lines.length);
    for (const [at, line] of lines.entries()) {
      const known = this.ids.get(line);
      ids[at] = known ?? this.ids.size;
      if (known === undefined) this.ids.set(line, this.ids.size);
    }
    return ids;
  }
}

/** Measures pairs of diffs whose lines have numbers below `kinds`. */
export class CostMeter {
  /** By line, its number within the pair that is measured, plus one; cleared after each. */
  private readonly local: Int32Array;
  private used = 0;

  constructor(kinds: number) {
    this.local = new Int32Array(kinds);
  }

  /** Lines of the diff from `old` to `next`, with three lines of context and a line for each hunk. */
  cost(old: LineIds, next: LineIds): number {
    // Numbers within the pair: counting occurrences then takes the pair's memory, not the series'.
    this.used = 0;
    const [a, b] = [this.renumber(old), this.renumber(next)];
    for (const id of old) this.local[id] = 0;
    for (const id of next) this.local[id] = 0;
    const changes = findChanges(a, b, this.used);
    compact({ ids: a, changed: changes.old, indent }, { ids: b, changed: changes.next, indent });
    return diffLength(changes);
  }

  private renumber(ids: LineIds): Int32Array {
    return ids.map((id) => {
      const known = this.local[id] ?? 0;
      if (known !== 0) return known - 1;
      this.used += 1;
      this.local[id] = this.used;
      return this.used - 1;
    });
  }
}

/** Where runs stand in a diff of diffs says nothing: all lines count as equally deep. */
function indent(): number {
  return 0;
}

function diffLength({ old, next }: Changes): number {
  const [oldEnd, nextEnd] = [old.length - 1, next.length - 1];
  let length = 0;
  let [oldAt, nextAt] = [0, 0];
  // Unchanged lines since the last change; the first change has only the text's start above it.
  let gap = 0;
  let first = true;
  while (oldAt < oldEnd || nextAt < nextEnd) {
    const before = oldAt + nextAt;
    while (old[oldAt] === 1) oldAt++;
    while (next[nextAt] === 1) nextAt++;
    const changed = oldAt + nextAt - before;
    if (changed > 0) {
      length += changed + contextBetween(gap, first);
      [gap, first] = [0, false];
    }
    if (oldAt >= oldEnd && nextAt >= nextEnd) break;
    oldAt++;
    nextAt++;
    gap++;
  }
  return first ? 0 : length + Math.min(gap, CONTEXT);
}

/** Context lines above a change, with what is owed to the change before, and a header per hunk. */
function contextBetween(gap: number, first: boolean): number {
  if (first) return Math.min(gap, CONTEXT) + 1;
  return gap > 2 * CONTEXT ? 2 * CONTEXT + 1 : gap;
}
