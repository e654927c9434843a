/**
 * Chooses where a change stands among the places that describe the same edit: when the lines around
 * a run of added lines repeat, the run can slide up or down. The choice follows git's, whose rules
 * were found by scoring many placements against what people preferred (git's `diff.indentHeuristic`,
 * on by default since 2.14): merge with neighbours, stand beside the other side's change, and
 * otherwise split where indentation and blank lines say that a block begins or ends.
 */

import { splitBadness } from './indent.ts';

/** One side of a comparison. */
export interface Side {
  /** A number per line; equal lines, on either side, have equal numbers. */
  readonly ids: Int32Array;
  /** 1 for each line that the other side does not have; one more entry, always 0, at the end. */
  readonly changed: Uint8Array;
  /** Columns before the first visible character of a line; -1 when it is blank. */
  readonly indent: (line: number) => number;
}

/** Longest slide that is scored, in lines. */
const MAX_SLIDE = 100;

/** A maximal run of changed lines [start, end), possibly empty, between two unchanged lines. */
interface Group {
  start: number;
  end: number;
}

/** Slide the changes of both sides into place. */
export function compact(old: Side, next: Side): void {
  compactSide(old, next);
  compactSide(next, old);
}

/** Walk the groups of `side`, keeping the group of `other` that stands at the same unchanged line. */
function compactSide(side: Side, other: Side): void {
  const group = firstGroup(side);
  const beside = firstGroup(other);
  for (;;) {
    if (group.start < group.end) place(side, group, other, beside);
    if (!nextGroup(side, group)) return;
    nextGroup(other, beside);
  }
}

function firstGroup(side: Side): Group {
  return { start: 0, end: runEnd(side, 0) };
}

function runEnd(side: Side, from: number): number {
  let end = from;
  while (side.changed[end] === 1) end++;
  return end;
}

function nextGroup(side: Side, group: Group): boolean {
  if (group.end >= side.ids.length) return false;
  group.start = group.end + 1;
  group.end = runEnd(side, group.start);
  return true;
}

function previousGroup(side: Side, group: Group): void {
  group.end = group.start - 1;
  group.start = group.end;
  while (group.start > 0 && side.changed[group.start - 1] === 1) group.start--;
}

function place(side: Side, group: Group, other: Side, beside: Group): void {
  let size: number;
  let highest: number;
  /** End of the lowest place that stands beside a change of the other side. */
  let matching: number;
  do {
    size = group.end - group.start;
    while (slideUp(side, group)) previousGroup(other, beside);
    highest = group.end;
    matching = beside.start < beside.end ? group.end : -1;
    while (slideDown(side, group)) {
      nextGroup(other, beside);
      if (beside.start < beside.end) matching = group.end;
    }
    // Sliding may have joined another group: the larger one may slide differently.
  } while (size !== group.end - group.start);
  if (group.end === highest) return;
  const target = matching === -1 ? bestEnd(side, group, highest) : matching;
  while (group.end > target && slideUp(side, group)) previousGroup(other, beside);
}

/** Move up by one line, joining a group that is touched. */
function slideUp(side: Side, group: Group): boolean {
  const { ids, changed } = side;
  if (group.start === 0 || ids[group.start - 1] !== ids[group.end - 1]) return false;
  changed[--group.start] = 1;
  changed[--group.end] = 0;
  while (group.start > 0 && changed[group.start - 1] === 1) group.start--;
  return true;
}

/** Move down by one line, joining a group that is touched. */
function slideDown(side: Side, group: Group): boolean {
  const { ids, changed } = side;
  if (group.end >= ids.length || ids[group.start] !== ids[group.end]) return false;
  changed[group.start++] = 0;
  changed[group.end++] = 1;
  group.end = runEnd(side, group.end);
  return true;
}

/** The end, between `highest` and where the group is now, whose two edges look best. */
function bestEnd(side: Side, group: Group, highest: number): number {
  const size = group.end - group.start;
  const first = Math.max(highest, group.end - size - 1, group.end - MAX_SLIDE);
  let best = { end: first, indent: 0, penalty: 0 };
  for (let end = first; end <= group.end; end++) {
    const below = splitBadness(side, end);
    const above = splitBadness(side, end - size);
    const indent = below.indent + above.indent;
    const penalty = below.penalty + above.penalty;
    // Of equals the lowest wins.
    const worse = INDENT_WEIGHT * Math.sign(indent - best.indent) + (penalty - best.penalty);
    if (end === first || worse <= 0) best = { end, indent, penalty };
  }
  return best.end;
}

/** What a difference of indentation, however large, weighs against penalties. */
const INDENT_WEIGHT = 60;
