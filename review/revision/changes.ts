/**
 * "Changes since v1", drafted: what happened to each patch, in the words of a cover letter. Why it
 * happened only the author knows, and writes behind it.
 */
import type { Patch } from '../../tools/series/types.ts';
import type { Advice } from './trailers.ts';
import type { Comparison, Entry, Kind } from './types.ts';
import { PARTS, list, numbers, places, wordingWords } from './words.ts';

/**
 * One sentence for each patch that needs one, and one for all that have the same told of them; plain
 * text, in the order in which a reader wants to know. `since` names the old version: `v1`.
 */
export function draftChanges(comparison: Comparison, since: string): string[] {
  if (comparison.entries.every(({ kind }) => kind === 'unchanged'))
    return [`The patches are those of ${since}.`];
  return [
    ...tell(comparison, 'new', (entry) => sentence(`${named(comparison.new, entry.new)} is new`)),
    ...tell(comparison, 'changed', (entry) => changed(comparison, entry)),
    ...tell(comparison, 'rewritten', (entry) => rewritten(comparison, entry, since)),
    ...tell(comparison, 'split', (entry) => split(comparison, entry, since)),
    ...tell(comparison, 'merged', (entry) => merged(comparison, entry, since)),
    ...tell(comparison, 'dropped', (entry) =>
      sentence(`${named(comparison.old, entry.old)} of ${since} is dropped`),
    ),
    ...together(comparison, 'context', 'only the lines around the change are others'),
    ...reworded(comparison),
    ...together(comparison, 'moved', 'moved'),
    ...together(comparison, 'unchanged', 'unchanged'),
  ];
}

/** The section of a cover letter, Markdown: heading and list. */
export function changesSection(
  comparison: Comparison,
  since: string,
  advice: readonly Advice[] = [],
): string {
  const lines = [...draftChanges(comparison, since), ...draftTags(advice)];
  const items = lines.map((line) => `- ${escapeMarkdown(line)}\n`);
  return `## Changes since ${since}\n\n${items.join('')}`;
}

/** What reviewers want to know of the tags that they gave: which are gone, and which to look at again. */
export function draftTags(advice: readonly Advice[]): string[] {
  const groups = Map.groupBy(
    advice.filter(({ fate }) => fate === 'ask' || fate === 'recheck'),
    ({ patch, fate, reason }) => `${patch} ${fate} ${reason}`,
  );
  return [...groups.values()].map((group) => {
    const { patch = 0, fate = 'ask', reason = '' } = group[0] ?? {};
    const tags = list(group.map(({ trailer }) => `${trailer.key} of ${nameIn(trailer.value)}`));
    return fate === 'ask'
      ? `Patch ${patch + 1} is without the ${tags}: ${reason}.`
      : `Patch ${patch + 1} still has the ${tags}, but ${reason}; please look again.`;
  });
}

/** The name of a person, or the address where there is none. */
function nameIn(value: string): string {
  return /^\s*"?([^"<]*[^"<\s])"?\s*</.exec(value)?.[1] ?? value;
}

/** Text that stays as it is in Markdown. An underscore within a word means nothing there. */
function escapeMarkdown(text: string): string {
  return text.replace(
    /[\\`*[<~]|&(?=[a-z#])|(?<![a-z0-9])_|_(?![a-z0-9])/gi,
    (mark) => `\\${mark}`,
  );
}

function tell(
  comparison: Comparison,
  kind: Kind,
  words: (entry: Entry) => string | null,
): string[] {
  const entries = comparison.entries.filter((entry) => entry.kind === kind);
  return entries.flatMap((entry) => words(entry) ?? []);
}

function named(patches: readonly Patch[], index: number | null): string {
  if (index === null) return 'a patch';
  return `patch ${index + 1} "${patches[index]?.header.subject ?? ''}"`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function changed(comparison: Comparison, entry: Entry): string {
  const { code, moved, wording } = entry;
  const count = code.whitespaceOnly
    ? 'white space only'
    : code.gained + code.lost === 0
      ? 'order of lines'
      : `+${code.gained} -${code.lost}`;
  const also = [...wordingWords(wording), ...(moved ? ['place'] : [])];
  const more = also.length === 0 ? '' : `; also ${list(also)}`;
  return sentence(
    `${named(comparison.new, entry.new)}: code changed in ${places(code.files)} (${count})${more}`,
  );
}

function rewritten(comparison: Comparison, entry: Entry, since: string): string | null {
  if (entry.new === null) return null;
  const was = numbers(entry.origins);
  return sentence(`${named(comparison.new, entry.new)} is written anew (${was} in ${since})`);
}

/** Told once, where the first of its pieces stands. */
function split(comparison: Comparison, entry: Entry, since: string): string | null {
  if (!isFirst(comparison, entry)) return null;
  const whole = named(comparison.old, entry.origins[0] ?? null);
  return sentence(`${whole} of ${since} is split into ${patchList(entry.results)}`);
}

function merged(comparison: Comparison, entry: Entry, since: string): string | null {
  if (!isFirst(comparison, entry)) return null;
  const whole = named(comparison.new, entry.results[0] ?? null);
  return sentence(`${whole} is put together from ${patchList(entry.origins)} of ${since}`);
}

function isFirst({ entries }: Comparison, entry: Entry): boolean {
  const same = entries.find(
    ({ kind, origins, results }) =>
      kind === entry.kind &&
      origins.join() === entry.origins.join() &&
      results.join() === entry.results.join(),
  );
  return same === entry;
}

function together(comparison: Comparison, kind: Kind, words: string): string[] {
  const of = comparison.entries
    .filter((entry) => entry.kind === kind)
    .map((entry) => entry.new ?? 0);
  return of.length === 0 ? [] : [sentence(`${patchList(of)}: ${words}`)];
}

function reworded({ entries }: Comparison): string[] {
  const groups = Map.groupBy(
    entries.filter(({ kind }) => kind === 'reworded'),
    ({ wording }) => list(wordingWords(wording)),
  );
  return [...groups].map(([words, group]) => {
    const only = words === PARTS.trailers ? 'trailers only' : `reworded (${words})`;
    return sentence(`${patchList(group.map((entry) => entry.new ?? 0))}: ${only}`);
  });
}

function patchList(indexes: readonly number[]): string {
  return `${indexes.length === 1 ? 'patch' : 'patches'} ${list(runs(indexes))}`;
}

/** Numbers from 1; of three and more that follow each other, the first and the last. */
function runs(indexes: readonly number[]): string[] {
  const found: { first: number; last: number }[] = [];
  for (const number of indexes.map((index) => index + 1)) {
    const run = found.at(-1);
    if (run !== undefined && number === run.last + 1) run.last = number;
    else found.push({ first: number, last: number });
  }
  return found.flatMap(({ first, last }) => {
    if (last > first + 1) return [`${first} to ${last}`];
    return last === first ? [String(first)] : [String(first), String(last)];
  });
}
