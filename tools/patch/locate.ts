/**
 * Finds where a hunk fits. The rules are GNU patch's (its manual, "Multiple Patches" and "Inexact"):
 * the guess is the header's line plus the offset of the hunk before; the search goes outwards from
 * it, forwards first; a hunk with less context above than below can only sit at the start of the
 * file, one with less below only at its end; fuzz F drops F lines of the longer context, and as many
 * of the shorter as are left beyond the difference. git searches in the same order, without fuzz.
 */
import type { Lines } from './lines.ts';
import { lineStart, view } from './lines.ts';
import type { Bytes, Hunk } from './types.ts';

/** The old side of a hunk, ready to be looked for. */
export interface Pattern {
  /** Lines of the old side, one after the other. */
  readonly bytes: Bytes;
  /** Offset in `bytes` of each line and, last, their length. */
  readonly starts: readonly number[];
  readonly count: number;
  /** Context lines above the first and below the last change. */
  readonly prefix: number;
  readonly suffix: number;
}

/** Where a hunk fits: `index` counts file lines from 0. */
export interface Fit {
  readonly index: number;
  readonly fuzz: number;
}

/** Extract the old side of `hunk`. */
export function patternOf(hunk: Hunk): Pattern {
  const texts: Bytes[] = [];
  const starts = [0];
  let length = 0;
  for (const line of hunk.lines) {
    if (line.op === '+') continue;
    texts.push(line.text);
    length += line.text.length;
    starts.push(length);
  }
  const first = hunk.lines.findIndex((line) => line.op !== ' ');
  const last = hunk.lines.findLastIndex((line) => line.op !== ' ');
  return {
    bytes: Buffer.concat(texts, length),
    starts,
    count: texts.length,
    prefix: first === -1 ? texts.length : first,
    suffix: first === -1 ? 0 : hunk.lines.length - 1 - last,
  };
}

/** Line index (from 0) at which the header says the old side begins; an empty one goes after its line. */
export function statedIndex(hunk: Hunk): number {
  return hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
}

/** What one level of fuzz leaves of a pattern, and where that may sit. */
interface Window {
  readonly skipTop: number;
  readonly skipBottom: number;
  readonly anchor: 'start' | 'end' | 'both' | null;
}

function windowOf(pattern: Pattern, hunk: Hunk, fuzz: number): Window {
  const context = Math.max(pattern.prefix, pattern.suffix);
  const top = fuzz + pattern.prefix - context;
  const bottom = fuzz + pattern.suffix - context;
  const atStart = top < 0 && hunk.oldStart <= 1;
  const atEnd = bottom < 0;
  const anchor = atStart ? (atEnd ? 'both' : 'start') : atEnd ? 'end' : null;
  return { skipTop: Math.max(top, 0), skipBottom: Math.max(bottom, 0), anchor };
}

/**
 * Find the place for `hunk` such that it changes no line before index `frozen` (those are settled by
 * earlier hunks); `guess` is the index to start from. Null when it fits nowhere with up to `maxFuzz`.
 */
export function locate(
  file: Lines,
  hunk: Hunk,
  pattern: Pattern,
  guess: number,
  frozen: number,
  maxFuzz: number,
): Fit | null {
  if (pattern.count === 0) return locateInsertion(file, hunk, guess, frozen);
  const limit = Math.min(maxFuzz, Math.max(pattern.prefix, pattern.suffix));
  for (let fuzz = 0; fuzz <= limit; fuzz += 1) {
    const index = locateWindow(file, pattern, windowOf(pattern, hunk, fuzz), guess, frozen);
    if (index !== null) return { index, fuzz };
  }
  return null;
}

/** Without any old line there is nothing to compare: the header's word is taken, or the file is empty. */
function locateInsertion(file: Lines, hunk: Hunk, guess: number, frozen: number): Fit | null {
  const index = hunk.oldStart === 0 ? 0 : guess;
  const whole = hunk.oldStart === 0 && file.count > 0;
  return whole || index < frozen || index > file.count ? null : { index, fuzz: 0 };
}

function locateWindow(
  file: Lines,
  pattern: Pattern,
  window: Window,
  guess: number,
  frozen: number,
): number | null {
  const highest = file.count - (pattern.count - window.skipBottom);
  const fits = (index: number): boolean =>
    index >= 0 && index <= highest && matches(file, pattern, window, index);
  if (window.anchor === 'both' && file.count !== pattern.count) return null;
  if (window.anchor === 'start' || window.anchor === 'both')
    return frozen <= pattern.prefix && fits(0) ? 0 : null;
  if (window.anchor === 'end') {
    const last = file.count - pattern.count;
    return last >= frozen && fits(last) ? last : null;
  }
  if (guess >= frozen) return searchOutwards(file, pattern, window, guess, frozen, highest);
  // The hunk is expected above or across settled lines. Context may lie there, for it is compared
  // with what the lines were; when changes do, the hunks are in the wrong order.
  const mirrored = 2 * guess - frozen;
  const index =
    !fits(mirrored) && fits(frozen) ? frozen : searchDown(file, pattern, window, mirrored, highest);
  return index !== null && index + pattern.prefix >= frozen ? index : null;
}

/** Compare what the window leaves of the pattern with the lines at `index`. */
function matches(file: Lines, pattern: Pattern, window: Window, index: number): boolean {
  const from = pattern.starts[window.skipTop] ?? 0;
  const to = pattern.starts[pattern.count - window.skipBottom] ?? 0;
  const start = lineStart(file, index + window.skipTop);
  const end = start + to - from;
  if (end !== lineStart(file, index + pattern.count - window.skipBottom)) return false;
  return view(file.bytes).compare(pattern.bytes, from, to, start, end) === 0;
}

/**
 * The nearest place to `guess`; of two as near, the one below. Candidates are found by one search
 * for the bytes in each direction, so that a wrong guess in a long file costs no more than reading it.
 */
function searchOutwards(
  file: Lines,
  pattern: Pattern,
  window: Window,
  guess: number,
  lowest: number,
  highest: number,
): number | null {
  if (guess >= lowest && guess <= highest && matches(file, pattern, window, guess)) return guess;
  let best: number | null = null;
  for (const index of occurrences(file, pattern, window)) {
    if (index < lowest || index > highest) continue;
    const distance = Math.abs(index - guess);
    if (best === null || distance <= Math.abs(best - guess)) best = index;
    else break;
  }
  return best;
}

/** The first place at or after `lowest`. */
function searchDown(
  file: Lines,
  pattern: Pattern,
  window: Window,
  lowest: number,
  highest: number,
): number | null {
  for (const index of occurrences(file, pattern, window)) {
    if (index > highest) return null;
    if (index >= lowest) return index;
  }
  return null;
}

/** Every line index at which the window of the pattern stands in the file, in order. */
function* occurrences(file: Lines, pattern: Pattern, window: Window): Generator<number> {
  const from = pattern.starts[window.skipTop] ?? 0;
  const to = pattern.starts[pattern.count - window.skipBottom] ?? 0;
  if (from === to) {
    // So much fuzz that nothing is left to compare: it fits anywhere, as for GNU patch.
    for (let index = 0; index <= file.count; index += 1) yield index;
    return;
  }
  const wanted = pattern.bytes.subarray(from, to);
  const bytes = view(file.bytes);
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) {
    const line = indexOfOffset(file, at);
    if (line === null || line < window.skipTop) continue;
    const index = line - window.skipTop;
    if (matches(file, pattern, window, index)) yield index;
  }
}

/** The line that begins at byte `offset`, by binary search; null when none does. */
function indexOfOffset(file: Lines, offset: number): number | null {
  let low = 0;
  let high = file.count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const start = lineStart(file, middle);
    if (start === offset) return middle;
    if (start < offset) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** More than this many other places say no more. */
const MOST_ALTERNATIVES = 100;

/** Other places, nearest to the chosen one first, where the hunk would have fitted with the same fuzz. */
export function alternativesTo(
  file: Lines,
  hunk: Hunk,
  pattern: Pattern,
  fit: Fit,
  frozen: number,
): number[] {
  const window = windowOf(pattern, hunk, fit.fuzz);
  if (pattern.count === 0 || window.anchor !== null) return [];
  const highest = file.count - (pattern.count - window.skipBottom);
  const others: number[] = [];
  for (const index of occurrences(file, pattern, window)) {
    if (index !== fit.index && index >= frozen && index <= highest) others.push(index);
  }
  others.sort((a, b) => Math.abs(a - fit.index) - Math.abs(b - fit.index));
  return others.slice(0, MOST_ALTERNATIVES);
}
