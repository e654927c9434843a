/** From two texts and the lines that they do not share to hunks, laid out as git lays them out. */

import type { Changes } from './changes.ts';
import { headingAbove, type HeadingRule } from './heading.ts';
import { lineAt, type Lines } from './lines.ts';
import type { Bytes, Hunk, HunkLine } from './types.ts';

/** Lines [oldStart, oldEnd) become lines [newStart, newEnd); all count from 0. */
interface Edit {
  oldStart: number;
  oldEnd: number;
  newStart: number;
  newEnd: number;
}

/** The layout of hunks. */
export interface HunkLayout {
  /** Unchanged lines shown around a change. Changes no further apart than twice that share a hunk. */
  readonly context: number;
  readonly heading: HeadingRule;
}

const NO_SECTION: Bytes = new Uint8Array(0);

/** The hunks that turn `old` into `next`. */
export function makeHunks(
  old: Lines,
  next: Lines,
  changes: Changes,
  { context, heading }: HunkLayout,
): Hunk[] {
  const hunks: Hunk[] = [];
  let searched = 0;
  let section = NO_SECTION;
  for (const group of groupEdits(listEdits(changes), context)) {
    const range = widen(group, context, old.count, next.count);
    section = headingAbove(old, range.oldStart, searched, heading) ?? section;
    searched = range.oldStart;
    hunks.push(makeHunk(old, next, group, range, section));
  }
  return hunks;
}

/** Runs of changed lines, in order. */
function listEdits({ old, next }: Changes): Edit[] {
  const edits: Edit[] = [];
  let [oldAt, newAt] = [0, 0];
  while (oldAt < old.length && newAt < next.length) {
    const [oldStart, newStart] = [oldAt, newAt];
    while (old[oldAt] === 1) oldAt++;
    while (next[newAt] === 1) newAt++;
    if (oldAt > oldStart || newAt > newStart) {
      edits.push({ oldStart, oldEnd: oldAt, newStart, newEnd: newAt });
    }
    oldAt++;
    newAt++;
  }
  return edits;
}

/** Put edits together whose context would touch. */
function groupEdits(edits: readonly Edit[], context: number): Edit[][] {
  const groups: Edit[][] = [];
  let last: Edit | undefined;
  for (const edit of edits) {
    if (last === undefined || edit.oldStart - last.oldEnd > 2 * context) groups.push([edit]);
    else groups.at(-1)?.push(edit);
    last = edit;
  }
  return groups;
}

/** The lines that a hunk covers: from its first to its last edit, and context as far as there is. */
function widen(group: readonly Edit[], context: number, oldCount: number, newCount: number): Edit {
  const [first, last] = [group.at(0), group.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('a hunk without edits');
  const above = Math.min(context, first.oldStart, first.newStart);
  const below = Math.min(context, oldCount - last.oldEnd, newCount - last.newEnd);
  return {
    oldStart: first.oldStart - above,
    oldEnd: last.oldEnd + below,
    newStart: first.newStart - above,
    newEnd: last.newEnd + below,
  };
}

function makeHunk(
  old: Lines,
  next: Lines,
  group: readonly Edit[],
  range: Edit,
  section: Bytes,
): Hunk {
  const lines: HunkLine[] = [];
  const add = (op: HunkLine['op'], from: Lines, start: number, end: number): void => {
    for (let at = start; at < end; at++) lines.push({ op, text: lineAt(from, at) });
  };
  let at = range.oldStart;
  for (const edit of group) {
    add(' ', old, at, edit.oldStart);
    add('-', old, edit.oldStart, edit.oldEnd);
    add('+', next, edit.newStart, edit.newEnd);
    at = edit.oldEnd;
  }
  add(' ', old, at, range.oldEnd);
  const oldCount = range.oldEnd - range.oldStart;
  const newCount = range.newEnd - range.newStart;
  return {
    // A side without lines names the line before it.
    oldStart: range.oldStart + (oldCount === 0 ? 0 : 1),
    oldCount,
    newStart: range.newStart + (newCount === 0 ? 0 : 1),
    newCount,
    section,
    lines,
    line: 0,
  };
}
