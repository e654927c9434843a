/**
 * Three-way merge of text, line by line: what both sides changed in the same way, or in different
 * places, is taken; what they changed differently stands between conflict markers. Changes that
 * touch are one, conflicts are cut down to the lines that differ, and two with three lines or fewer
 * between them become one again: as git's merge does by default (`git merge-file`).
 */
import type { Lines } from './lines.ts';
import { lineStart, sameBytes, splitLines } from './lines.ts';
import { diffText } from './make.ts';
import type { Bytes } from './types.ts';

/** Fewer common lines than these between two conflicts are not worth a gap. */
const SMALLEST_GAP = 4;

export interface Merged {
  readonly bytes: Bytes;
  /** How many regions stand between markers. */
  readonly conflicts: number;
}

/** A change: lines `from` to `to` (exclusive, from 0) of one text become those of another. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** A stretch of the base that at least one side changed, and what each side has there. */
interface Region {
  readonly from: number;
  readonly to: number;
  readonly ours: Bytes;
  readonly theirs: Bytes;
  readonly changed: 'ours' | 'theirs' | 'both';
}

/** Merge what turned `base` into `ours` with what turned it into `theirs`. */
export function mergeText(
  base: Bytes,
  ours: Bytes,
  theirs: Bytes,
  labels: readonly [string, string],
): Merged {
  const lines = splitLines(base);
  const pieces: Bytes[] = [];
  let conflicts = 0;
  let at = 0;
  for (const region of regions(lines, base, ours, theirs)) {
    pieces.push(between(lines, at, region.from));
    at = region.to;
    if (region.changed === 'ours' || sameBytes(region.ours, region.theirs))
      pieces.push(region.ours);
    else if (region.changed === 'theirs') pieces.push(region.theirs);
    else conflicts += pushConflicts(pieces, region, labels);
  }
  pieces.push(between(lines, at, lines.count));
  return { bytes: Buffer.concat(pieces), conflicts };
}

function between(lines: Lines, from: number, to: number): Bytes {
  return lines.bytes.subarray(lineStart(lines, from), lineStart(lines, to));
}

function editsOf(old: Bytes, next: Bytes): Edit[] {
  return diffText(old, next, { context: 0 }).map((hunk) => {
    // An empty side names the line before it.
    const from = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
    const newFrom = hunk.newCount === 0 ? hunk.newStart : hunk.newStart - 1;
    return { from, to: from + hunk.oldCount, newFrom, newTo: newFrom + hunk.newCount };
  });
}

function* regions(lines: Lines, base: Bytes, ours: Bytes, theirs: Bytes): Generator<Region> {
  const sides = [
    new Side(editsOf(base, ours), splitLines(ours)),
    new Side(editsOf(base, theirs), splitLines(theirs)),
  ] as const;
  for (;;) {
    const from = Math.min(sides[0].next, sides[1].next);
    if (from === Number.POSITIVE_INFINITY) return;
    let to = from;
    for (let grown = -1; grown !== to;) {
      grown = to;
      for (const side of sides) to = side.takeUntil(to);
    }
    const [mine, other] = [sides[0].region(from, to), sides[1].region(from, to)];
    const changed = mine === null ? 'theirs' : other === null ? 'ours' : 'both';
    const unchanged = between(lines, from, to);
    yield { from, to, ours: mine ?? unchanged, theirs: other ?? unchanged, changed };
  }
}

/** One side's edits, read from front to back. */
class Side {
  private readonly edits: readonly Edit[];
  private readonly lines: Lines;
  private first = 0;
  private end = 0;

  constructor(edits: readonly Edit[], lines: Lines) {
    this.edits = edits;
    this.lines = lines;
  }

  /** Where the next edit begins in the base. */
  get next(): number {
    return this.edits[this.end]?.from ?? Number.POSITIVE_INFINITY;
  }

  /** Take edits that begin at or before `to`; answers where the region then ends. */
  takeUntil(to: number): number {
    let reach = to;
    while (this.next <= reach) {
      reach = Math.max(reach, this.edits[this.end]?.to ?? 0);
      this.end += 1;
    }
    return reach;
  }

  /** What this side has for base lines `from` to `to`; null when it changed none of them. */
  region(from: number, to: number): Bytes | null {
    const taken = this.edits.slice(this.first, this.end);
    this.first = this.end;
    const [first, last] = [taken[0], taken.at(-1)];
    if (first === undefined || last === undefined) return null;
    return between(this.lines, first.newFrom - (first.from - from), last.newTo + (to - last.to));
  }
}

function pushConflicts(pieces: Bytes[], region: Region, labels: readonly [string, string]): number {
  const [ours, theirs] = [splitLines(region.ours), splitLines(region.theirs)];
  let at = 0;
  const edits = joined(editsOf(region.ours, region.theirs));
  for (const edit of edits) {
    pieces.push(between(ours, at, edit.from));
    at = edit.to;
    pieces.push(
      Buffer.from(`<<<<<<< ${labels[0]}\n`),
      ...closed(between(ours, edit.from, edit.to)),
    );
    pieces.push(Buffer.from('=======\n'), ...closed(between(theirs, edit.newFrom, edit.newTo)));
    pieces.push(Buffer.from(`>>>>>>> ${labels[1]}\n`));
  }
  pieces.push(between(ours, at, ours.count));
  return edits.length;
}

/** A marker starts on a line of its own. */
function closed(text: Bytes): Bytes[] {
  return text.length === 0 || text.at(-1) === 10 ? [text] : [text, Uint8Array.of(10)];
}

function joined(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last === undefined || edit.from - last.to >= SMALLEST_GAP) result.push(edit);
    else result[result.length - 1] = { ...last, to: edit.to, newTo: edit.newTo };
  }
  return result;
}
