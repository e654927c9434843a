/** A comparison as the document `seam/range-diff/1`. Numbers of patches count from 1. */
import { decodeText } from '../../tools/series/text.ts';
import type { Patch } from '../../tools/series/types.ts';
import { hunkLines } from './format.ts';
import { interdiffOf } from './interdiff.ts';
import type { Comparison, Entry } from './types.ts';
import { countKinds } from './words.ts';

/** The document without its `schema`. With `short`, entries have no `diff`. */
export function comparisonDocument(
  comparison: Comparison,
  { short = false }: { readonly short?: boolean } = {},
): Record<string, unknown> {
  return {
    patches: { old: comparison.old.length, new: comparison.new.length },
    kinds: Object.fromEntries(countKinds(comparison)),
    entries: comparison.entries.map((entry) => entryDocument(comparison, entry, short)),
  };
}

function entryDocument(comparison: Comparison, entry: Entry, short: boolean) {
  const { kind, moved, wording, code, origins, results } = entry;
  const lines = short ? null : hunkLines(interdiffOf(comparison, entry), { indent: '' });
  return {
    kind,
    moved,
    old: sideDocument(comparison.old, entry.old),
    new: sideDocument(comparison.new, entry.new),
    wording,
    code,
    origins: origins.map((index) => index + 1),
    results: results.map((index) => index + 1),
    ...(lines === null ? {} : { diff: lines.map((line) => decodeText(line).toWellFormed()) }),
  };
}

function sideDocument(patches: readonly Patch[], index: number | null) {
  const patch = index === null ? undefined : patches[index];
  if (index === null || patch === undefined) return null;
  const { name, commit, header } = patch;
  return { number: index + 1, name, subject: header.subject, commit };
}
