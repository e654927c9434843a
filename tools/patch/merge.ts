/**
 * Three-way merge of text, line by line: what both sides changed in the same way, or in different
 * places, is taken; what they changed differently stands between conflict markers. Changes that
 * touch are one, conflicts are cut down to the lines that differ, and two with three lines or fewer
 * between them become one again: as git's merge does by default (`git merge-file`).
 */
import type { Lines } from './lines.ts';
import { lineStart, splitLines } from './lines.ts';
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

/** A stretch of the result. `common` is what both sides have, `clean` what one of them changed. */
type Chunk =
  | { readonly kind: 'common' | 'clean'; readonly text: Bytes }
  | { readonly kind: 'conflict'; readonly ours: Bytes; readonly theirs: Bytes };

/** Merge what turned `base` into `ours` with what turned it into `theirs`. */
export function mergeText(
  base: Bytes,
  ours: Bytes,
  theirs: Bytes,
  labels: readonly [string, string],
): Merged {
  const chunks = joinConflicts([...mergeChunks(base, ours, theirs)]);
  const conflicts = chunks.filter((chunk) => chunk.kind === 'conflict').length;
  return { bytes: Buffer.concat(chunks.flatMap((chunk) => write(chunk, labels))), conflicts };
}

function* mergeChunks(base: Bytes, ours: Bytes, theirs: Bytes): Generator<Chunk> {
  const lines = splitLines(base);
  let at = 0;
  for (const region of regions(lines, base, ours, theirs)) {
    yield { kind: 'common', text: between(lines, at, region.from) };
    at = region.to;
    if (region.changed === 'ours') yield { kind: 'clean', text: region.ours };
    else if (region.changed === 'theirs') yield { kind: 'clean', text: region.theirs };
    else yield* differences(region);
  }
  yield { kind: 'common', text: between(lines, at, lines.count) };
}

/** Two versions of a region, cut into what they share and what they do not. */
function* differences({ ours, theirs }: Region): Generator<Chunk> {
  const [mine, other] = [splitLines(ours), splitLines(theirs)];
  let at = 0;
  for (const { from, to, newFrom, newTo } of editsOf(ours, theirs)) {
    yield { kind: 'common', text: between(mine, at, from) };
    yield {
      kind: 'conflict',
      ours: between(mine, from, to),
      theirs: between(other, newFrom, newTo),
    };
    at = to;
  }
  yield { kind: 'common', text: between(mine, at, mine.count) };
}

/** Make one conflict of two that only a few common lines keep apart. */
function joinConflicts(chunks: readonly Chunk[]): Chunk[] {
  const result: Chunk[] = [];
  let last = -1;
  for (const chunk of chunks) {
    const between = result.slice(last + 1);
    if (chunk.kind === 'clean') last = -1;
    const before = last < 0 ? undefined : result[last];
    if (chunk.kind === 'conflict' && before?.kind === 'conflict' && isSmallGap(between)) {
      result.length = last + 1;
      const gap = between.flatMap((each) => (each.kind === 'common' ? [each.text] : []));
      result[last] = {
        kind: 'conflict',
        ours: Buffer.concat([before.ours, ...gap, chunk.ours]),
        theirs: Buffer.concat([before.theirs, ...gap, chunk.theirs]),
      };
      continue;
    }
    result.push(chunk);
    if (chunk.kind === 'conflict') last = result.length - 1;
  }
  return result;
}

function isSmallGap(chunks: readonly Chunk[]): boolean {
  let count = 0;
  for (const chunk of chunks) if (chunk.kind === 'common') count += splitLines(chunk.text).count;
  return count < SMALLEST_GAP;
}

function write(chunk: Chunk, labels: readonly [string, string]): Bytes[] {
  if (chunk.kind !== 'conflict') return [chunk.text];
  return [
    Buffer.from(`<<<<<<< ${labels[0]}\n`),
    ...closed(chunk.ours),
    Buffer.from('=======\n'),
    ...closed(chunk.theirs),
    Buffer.from(`>>>>>>> ${labels[1]}\n`),
  ];
}

/** A marker starts on a line of its own. */
function closed(text: Bytes): Bytes[] {
  return text.length === 0 || text.at(-1) === 10 ? [text] : [text, Uint8Array.of(10)];
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
