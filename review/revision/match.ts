/**
 * Which patch of the new version is which of the old one. Equal texts first, then equal diffs, then
 * whatever costs least in all, as git-range-diff(1) decides it: a pair costs the length of the diff
 * between its diffs, a patch without partner a share of its own length.
 */
import { assign } from './assignment.ts';
import { findCandidates, type Loose } from './candidates.ts';
import { CostMeter, Lexicon } from './cost.ts';
import { type PatchText, wholeText } from './text.ts';

/** What `git range-diff --creation-factor` is when nothing is said, in percent. */
export const CREATION_FACTOR = 60;

/** A patch as it is matched: its text and, to choose among equals, its subject. */
export interface Matchable {
  readonly text: PatchText;
  readonly subject: string;
}

/** By index of the old version, the index in the new one; -1 for patches that are gone. */
export function matchPatches(
  old: readonly Matchable[],
  next: readonly Matchable[],
  creationFactor: number = CREATION_FACTOR,
): Int32Array {
  const partner = new Int32Array(old.length).fill(-1);
  const taken = new Uint8Array(next.length);
  matchEqual(old, next, wholeText, partner, taken);
  matchEqual(old, next, ({ diff }) => diff, partner, taken);
  matchCheapest(old, next, creationFactor, partner, taken);
  return partner;
}

/** Pair what has equal texts, in order. */
function matchEqual(
  old: readonly Matchable[],
  next: readonly Matchable[],
  key: (text: PatchText) => string,
  partner: Int32Array,
  taken: Uint8Array,
): void {
  const waiting = new Map<string, number[]>();
  for (const [index, { text }] of next.entries()) {
    if (taken[index] === 1) continue;
    const list = waiting.get(key(text));
    if (list === undefined) waiting.set(key(text), [index]);
    else list.push(index);
  }
  for (const [index, { text }] of old.entries()) {
    if (partner[index] !== -1) continue;
    const found = waiting.get(key(text))?.shift();
    if (found === undefined) continue;
    partner[index] = found;
    taken[found] = 1;
  }
}

function matchCheapest(
  old: readonly Matchable[],
  next: readonly Matchable[],
  factor: number,
  partner: Int32Array,
  taken: Uint8Array,
): void {
  const [rows, columns] = [
    [...old.keys()].filter((index) => partner[index] === -1),
    [...next.keys()].filter((index) => taken[index] === 0),
  ];
  if (rows.length === 0 || columns.length === 0) return;
  const lexicon = new Lexicon();
  const loose = ({ text }: Matchable): Loose => ({
    ids: lexicon.idsOf(text.diff.split('\n').slice(0, -1)),
    alone: Math.floor((text.size * factor) / 100),
  });
  const looseOld = rows.flatMap((index) => old[index] ?? []).map(loose);
  const looseNext = columns.flatMap((index) => next[index] ?? []).map(loose);
  const meter = new CostMeter(lexicon.size);
  // Among assignments that cost the same, the one that keeps more subjects: less than one line each.
  const unit = rows.length + 1;
  const pairs = findCandidates(looseOld, looseNext, meter).map(
    ({ old: row, next: column, gain }) => {
      const same = old[rows[row] ?? 0]?.subject === next[columns[column] ?? 0]?.subject;
      return { row, column, gain: gain * unit + (same ? 1 : 0) };
    },
  );
  for (const [row, column] of assign(rows.length, columns.length, pairs).entries()) {
    if (column !== -1) partner[rows[row] ?? 0] = columns[column] ?? -1;
  }
}
