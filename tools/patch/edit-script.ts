/**
 * The shortest way from one sequence of numbers to another (Myers 1986, by jsdiff). Its cost grows
 * with the square of the number of edits, so beyond a limit the sequences are first cut at numbers
 * that both hold exactly once ("patience diff", after Bram Cohen), and the pieces compared.
 */

import { diffArrays } from 'diff';

/** Told the index of every element that goes (`old`) or comes (`next`). */
export interface EditSink {
  readonly old: (index: number) => void;
  readonly next: (index: number) => void;
}

/** More edits than this, some tenths of a second, and the sequences are cut. */
const MAX_EDITS = 4000;

/** Report what differs between `old` and `next`. */
export function findEdits(old: readonly number[], next: readonly number[], sink: EditSink): void {
  const edits = diffArrays([...old], [...next], { maxEditLength: MAX_EDITS });
  if (edits === undefined) {
    cutAndCompare(old, next, sink);
    return;
  }
  let [oldAt, nextAt] = [0, 0];
  for (const { added, removed, count } of edits) {
    if (removed) report(sink.old, oldAt, oldAt + count);
    if (added) report(sink.next, nextAt, nextAt + count);
    if (!added) oldAt += count;
    if (!removed) nextAt += count;
  }
}

function report(tell: (index: number) => void, start: number, end: number): void {
  for (let at = start; at < end; at++) tell(at);
}

function cutAndCompare(old: readonly number[], next: readonly number[], sink: EditSink): void {
  const anchors = risingAnchors(old, next);
  if (anchors.length === 0) {
    report(sink.old, 0, old.length);
    report(sink.next, 0, next.length);
    return;
  }
  let [oldAt, nextAt] = [0, 0];
  for (const [oldAnchor, nextAnchor] of [...anchors, [old.length, next.length] as const]) {
    const [oldBase, nextBase] = [oldAt, nextAt];
    findEdits(old.slice(oldAt, oldAnchor), next.slice(nextAt, nextAnchor), {
      old: (index) => sink.old(oldBase + index),
      next: (index) => sink.next(nextBase + index),
    });
    [oldAt, nextAt] = [oldAnchor + 1, nextAnchor + 1];
  }
}

type Anchor = readonly [old: number, next: number];

/** Positions of what both hold exactly once: as many as rise on both sides (patience sorting). */
function risingAnchors(old: readonly number[], next: readonly number[]): Anchor[] {
  const nextPlaces = uniquePlaces(next);
  const piles: { anchor: Anchor; before: Link }[] = [];
  for (const [value, oldAt] of uniquePlaces(old)) {
    const nextAt = nextPlaces.get(value);
    if (nextAt === undefined) continue;
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((piles[middle]?.anchor[1] ?? 0) < nextAt) low = middle + 1;
      else high = middle;
    }
    piles[low] = { anchor: [oldAt, nextAt], before: piles[low - 1] ?? null };
  }
  const result: Anchor[] = [];
  for (let link: Link = piles.at(-1) ?? null; link !== null; link = link.before) {
    result.push(link.anchor);
  }
  return result.reverse();
}

type Link = { anchor: Anchor; before: Link } | null;

/** Where each value stands that occurs once, in order. */
function uniquePlaces(values: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  const repeated = new Set<number>();
  values.forEach((value, at) => {
    if (places.has(value)) repeated.add(value);
    places.set(value, at);
  });
  for (const value of repeated) places.delete(value);
  return places;
}
