/** What changed from one version of a patch to the next, as a diff between the two texts. */
import { diffText } from '../../tools/patch/make.ts';
import type { Hunk } from '../../tools/patch/types.ts';
import { bytesOf } from '../../tools/series/text.ts';
import { textOf, wholeText } from './text.ts';
import type { Comparison, Entry } from './types.ts';
import { signOf } from './words.ts';

/** The hunks between the texts of an entry's two patches; none when they are equal or not two. */
export function interdiffOf(comparison: Comparison, entry: Entry): Hunk[] {
  const old = entry.old === null ? undefined : comparison.old[entry.old];
  const next = entry.new === null ? undefined : comparison.new[entry.new];
  if (old === undefined || next === undefined || signOf(entry) === '=') return [];
  const [before, after] = [old, next].map((patch) => bytesOf(wholeText(textOf(patch))));
  if (before === undefined || after === undefined) return [];
  return diffText(before, after, { heading: 'versions' });
}
