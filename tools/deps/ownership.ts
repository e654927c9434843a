/**
 * Who owns each line of a file, while a series is gone through. Lines and the gaps between
 * neighbouring lines have owners (who made them) and readers (whose hunks show them). A hunk needs the
 * owners of what it reads, and has to come after the readers of what it takes away.
 */
import { anchorsOf } from '../patch/commute.ts';
import { statedIndex } from '../patch/locate.ts';
import type { Hunk } from '../patch/types.ts';
import type { EdgeKind, TextCause } from './types.ts';

/** Told of every tie of the current patch to `to`; `line` counts from 1 in the file before it. */
export type Tie = (to: number, kind: EdgeKind, cause: TextCause, line: number | null) => void;

/** Ids of the ends of a file, which are neighbours too; lines have larger ones. */
const START = 0;
const END = 1;
const FIRST = 2;

/** A call takes no more than what fits on the stack; this always does. */
const MOST_ARGUMENTS = 10_000;

/** Two neighbouring ids as one number: there are far fewer than 2^26 lines in a file. */
function gapOf(left: number, right: number): number {
  return left * 2 ** 26 + right;
}

export class FileLines {
  readonly #ids: number[] = [];
  #next: number;
  readonly #owners = new Map<number, number>();
  readonly #readers = new Map<number, number[]>();
  readonly #gapOwners = new Map<number, number>();
  readonly #gapReaders = new Map<number, number[]>();

  /** A file of the base with so many lines. */
  constructor(count: number) {
    for (let id = FIRST; id < FIRST + count; id += 1) this.#ids.push(id);
    this.#next = FIRST + count;
  }

  get count(): number {
    return this.#ids.length;
  }

  /** Patch `patch` applies hunks that stand where they say. */
  change(patch: number, hunks: readonly Hunk[], tie: Tie): void {
    for (const hunk of hunks) this.#readHunk(patch, hunk, tie);
    // From below, so that the lines above stay where they are.
    for (const hunk of hunks.toReversed()) this.#writeHunk(patch, hunk, tie);
  }

  /** The patch depends on the file as it is, to the last line. */
  readAll(patch: number, tie: Tie): void {
    this.#read(patch, 0, this.count, { above: true, below: true }, tie);
  }

  /** The patch puts something else in place of the whole content. */
  replaceAll(patch: number, tie: Tie): void {
    this.readAll(patch, tie);
    this.#replace(patch, 0, this.count, [this.#make(patch)], tie);
  }

  #id(index: number): number {
    if (index < 0) return START;
    return this.#ids[index] ?? END;
  }

  #make(patch: number): number {
    const id = this.#next;
    this.#next += 1;
    this.#owners.set(id, patch);
    return id;
  }

  #readHunk(patch: number, hunk: Hunk, tie: Tie): void {
    // Without old lines a number is all that says where the hunk belongs: any change above moves it.
    if (hunk.oldCount === 0) return this.readAll(patch, tie);
    const anchors = anchorsOf(hunk);
    const above = anchors.start || hunk.lines.at(0)?.op !== ' ';
    const below = anchors.end || hunk.lines.at(-1)?.op !== ' ';
    this.#read(patch, statedIndex(hunk), hunk.oldCount, { above, below }, tie);
  }

  #read(
    patch: number,
    start: number,
    count: number,
    gaps: { readonly above: boolean; readonly below: boolean },
    tie: Tie,
  ): void {
    for (let index = start; index < start + count; index += 1) {
      const owner = this.#owners.get(this.#id(index));
      if (owner !== undefined) tie(owner, 'needs', 'lines', index + 1);
      note(this.#readers, this.#id(index), patch);
    }
    const last = gaps.below ? start + count : start + count - 1;
    for (let right = gaps.above ? start : start + 1; right <= last; right += 1) {
      const gap = gapOf(this.#id(right - 1), this.#id(right));
      const owner = this.#gapOwners.get(gap);
      if (owner !== undefined) tie(owner, 'needs', 'neighbours', Math.max(right, 1));
      note(this.#gapReaders, gap, patch);
    }
  }

  #writeHunk(patch: number, hunk: Hunk, tie: Tie): void {
    const start = statedIndex(hunk);
    let index = start;
    const after: number[] = [];
    for (const { op } of hunk.lines) {
      if (op === '+') after.push(this.#make(patch));
      else {
        if (op === ' ') after.push(this.#id(index));
        index += 1;
      }
    }
    this.#replace(patch, start, index - start, after, tie);
  }

  /** Put lines `after` in place of `count` lines; what was read there by others ties the patch to them. */
  #replace(patch: number, start: number, count: number, after: readonly number[], tie: Tie): void {
    const [above, below] = [this.#id(start - 1), this.#id(start + count)];
    const before = this.#ids.slice(start, start + count);
    const kept = new Set(after);
    for (const [index, id] of before.entries()) {
      if (kept.has(id)) continue;
      for (const reader of this.#readers.get(id) ?? [])
        tie(reader, 'after', 'context', start + index + 1);
      this.#readers.delete(id);
      this.#owners.delete(id);
    }
    const oldGaps = gapsOf([above, ...before, below]);
    const newGaps = gapsOf([above, ...after, below]);
    const [old, made] = [new Set(oldGaps), new Set(newGaps)];
    for (const [index, gap] of oldGaps.entries()) {
      if (made.has(gap)) continue;
      for (const reader of this.#gapReaders.get(gap) ?? [])
        tie(reader, 'after', 'context', Math.max(start + index, 1));
      this.#gapReaders.delete(gap);
      this.#gapOwners.delete(gap);
    }
    for (const gap of newGaps) if (!old.has(gap)) this.#gapOwners.set(gap, patch);
    this.#exchange(start, count, after);
  }

  /** Most hunks are few lines of a long file, whose end then moves in one piece. */
  #exchange(start: number, count: number, after: readonly number[]): void {
    if (after.length < MOST_ARGUMENTS) this.#ids.splice(start, count, ...after);
    else {
      const rest = this.#ids.splice(start).slice(count);
      for (const id of after) this.#ids.push(id);
      for (const id of rest) this.#ids.push(id);
    }
  }
}

function gapsOf(ids: readonly number[]): number[] {
  return ids.slice(1).map((id, index) => gapOf(ids[index] ?? START, id));
}

function note(readers: Map<number, number[]>, key: number, patch: number): void {
  const known = readers.get(key);
  if (known === undefined) readers.set(key, [patch]);
  else if (known.at(-1) !== patch) known.push(patch);
}
