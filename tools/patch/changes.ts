/**
 * Finds which lines two texts do not share: a shortest edit script over numbered lines, after
 * everything that cannot be in question has been taken out. As in git, lines that one side does not
 * have at all, and very common lines among such ones, never take part: that keeps the search short
 * where files differ most, and hunks from clinging to stray braces.
 */

import { findEdits } from './edit-script.ts';

/** 1 for each line that goes or comes; each array has one more entry, always 0, at the end. */
export interface Changes {
  readonly old: Uint8Array;
  readonly next: Uint8Array;
}

/** How a line fares on the other side: not there, there a few times, there too often to tell. */
const ABSENT = 0;
const RARE = 1;
const COMMON = 2;

/** A line on the other side this often is common in any case. */
const COMMON_COUNT = 1024;
/** Lines looked at on either side of a common line. */
const WINDOW = 100;
/** A common line counts as changed when of its neighbours less than one in so many is common. */
const COMMON_SHARE = 4;

/** Compare two texts whose equal lines have equal numbers, from 0 to `kinds` - 1. */
export function findChanges(old: Int32Array, next: Int32Array, kinds: number): Changes {
  const changes = { old: new Uint8Array(old.length + 1), next: new Uint8Array(next.length + 1) };
  const shortest = Math.min(old.length, next.length);
  let head = 0;
  while (head < shortest && old[head] === next[head]) head++;
  let tail = 0;
  while (tail < shortest - head && old.at(-1 - tail) === next.at(-1 - tail)) tail++;
  const oldEnd = old.length - tail;
  const nextEnd = next.length - tail;
  const oldKept = keep(old, head, oldEnd, counts(next, kinds), changes.old);
  const nextKept = keep(next, head, nextEnd, counts(old, kinds), changes.next);
  findEdits(valuesAt(old, oldKept), valuesAt(next, nextKept), {
    old: (index) => (changes.old[oldKept[index] ?? 0] = 1),
    next: (index) => (changes.next[nextKept[index] ?? 0] = 1),
  });
  return changes;
}

function counts(ids: Int32Array, kinds: number): Int32Array {
  const result = new Int32Array(kinds);
  for (const id of ids) result[id] = (result[id] ?? 0) + 1;
  return result;
}

/** Indices in [start, end) that take part in the comparison; the others are marked as changed. */
function keep(
  ids: Int32Array,
  start: number,
  end: number,
  others: Int32Array,
  changed: Uint8Array,
): number[] {
  const common = Math.min(roughRoot(ids.length), COMMON_COUNT);
  const fate = new Uint8Array(end - start);
  for (let at = start; at < end; at++) {
    const count = others[ids[at] ?? 0] ?? 0;
    fate[at - start] = count === 0 ? ABSENT : count >= common ? COMMON : RARE;
  }
  const kept: number[] = [];
  for (let at = start; at < end; at++) {
    const own = fate[at - start];
    if (own === RARE || (own === COMMON && !isStray(fate, at - start))) kept.push(at);
    else changed[at] = 1;
  }
  return kept;
}

/** A power of two near the square root. */
function roughRoot(n: number): number {
  let root = 1;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 4)) root *= 2;
  return root;
}

/** Whether a common line stands in a run of lines that are, nearly all, absent from the other side. */
function isStray(fate: Uint8Array, at: number): boolean {
  const above = runBeside(fate, at, -1);
  const below = runBeside(fate, at, 1);
  if (above.absent === 0 || below.absent === 0) return false;
  const absent = above.absent + below.absent;
  const common = above.common + below.common + 2;
  return common * COMMON_SHARE < common + absent;
}

function runBeside(fate: Uint8Array, from: number, step: 1 | -1) {
  const run = { absent: 0, common: 0 };
  for (let n = 1; n <= WINDOW; n++) {
    const next = fate[from + n * step];
    if (next === ABSENT) run.absent++;
    else if (next === COMMON) run.common++;
    else break;
  }
  return run;
}

function valuesAt(ids: Int32Array, places: readonly number[]): number[] {
  return places.map((at) => ids[at] ?? 0);
}
