/** Entries and comparisons in words, for every form of output. */
import { type Comparison, type Entry, KINDS, type Kind } from './types.ts';

/** Kinds in words. */
export const NAMES: Readonly<Record<Kind, string>> = {
  unchanged: 'unchanged',
  moved: 'moved',
  reworded: 'reworded',
  context: 'context only',
  changed: 'changed',
  split: 'split',
  merged: 'merged',
  rewritten: 'rewritten',
  dropped: 'dropped',
  new: 'new',
};

/** The sign that git-range-diff(1) shows between the two numbers. */
export function signOf({ kind, old, new: next }: Entry): '=' | '!' | '<' | '>' {
  if (next === null) return '<';
  if (old === null) return '>';
  return kind === 'unchanged' || kind === 'moved' ? '=' : '!';
}

/** What happened to a patch, the weightiest first: `['changed', 'trailers', 'moved']`. */
export function wordsOf(entry: Entry): string[] {
  const { kind, wording, moved } = entry;
  const words = [kindWords(entry)];
  if (kind !== 'dropped' && kind !== 'new') words.push(...wordingWords(wording));
  if (moved && kind !== 'moved') words.push('moved');
  return words;
}

function kindWords({ kind, old, new: next, origins, results, code }: Entry): string {
  const others = (all: readonly number[], own: number | null): string =>
    numbers(all.filter((index) => index !== own));
  if (kind === 'split')
    return next !== null && old === null
      ? `split off ${numbers(origins)}`
      : `split, see ${others(results, next)}`;
  if (kind === 'merged')
    return old !== null && next === null
      ? `merged into ${numbers(results)}`
      : `merged with ${others(origins, old)}`;
  if (kind === 'rewritten')
    return next === null
      ? `rewritten as ${numbers(results)}`
      : `rewritten, was ${numbers(origins)}`;
  if (kind === 'changed')
    return code.whitespaceOnly ? 'white space only' : `changed${sizeOf(code)}`;
  return NAMES[kind];
}

function sizeOf({ gained, lost }: Entry['code']): string {
  return gained + lost === 0 ? ' in order' : ` +${gained} -${lost}`;
}

/** The parts of a message in words. */
export const PARTS = {
  author: 'author',
  subject: 'subject',
  body: 'message',
  trailers: 'trailers',
} as const;

/** Which parts of the message differ. */
export function wordingWords(wording: Entry['wording']): string[] {
  const parts = ['author', 'subject', 'body', 'trailers'] as const;
  return parts.flatMap((part) => (wording[part] ? [PARTS[part]] : []));
}

/** Patch numbers as people count them. */
export function numbers(indexes: readonly number[]): string {
  return indexes.map((index) => index + 1).join(', ');
}

/**
 * How many patches of the new version there are of each kind, and how many were dropped, in the order
 * of `KINDS`, none with 0. What was merged or written anew is counted once, not with what it was.
 */
export function countKinds({ entries }: Comparison): [Kind, number][] {
  const counted = entries.filter((entry) => entry.new !== null || entry.kind === 'dropped');
  return KINDS.flatMap((kind): [Kind, number][] => {
    const count = counted.filter((entry) => entry.kind === kind).length;
    return count === 0 ? [] : [[kind, count]];
  });
}

/** `14 patches, 15 before: 9 unchanged, 3 context only, 2 changed, 1 dropped`. */
export function summaryOf(comparison: Comparison): string {
  const size = sizeWords(comparison);
  const kinds = countKinds(comparison).map(([kind, count]) => `${count} ${NAMES[kind]}`);
  return kinds.length === 0 ? size : `${size}: ${kinds.join(', ')}`;
}

/** How many patches there are, and were. */
export function sizeWords({ old, new: next }: Comparison): string {
  const [before, after] = [old.length, next.length];
  const count = `${after} ${after === 1 ? 'patch' : 'patches'}`;
  return before === after ? count : `${count}, ${before} before`;
}

/** Files that are named; of more only the number is. */
const FEW_FILES = 3;

/** `mm/slab.c`; `a.c and b.c in mm`; `7 files`. */
export function places(files: readonly string[]): string {
  if (files.length > FEW_FILES) return `${files.length} files`;
  const directories = new Set(files.map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  const [directory = ''] = directories;
  if (files.length < 2 || directories.size > 1 || directory === '') return list(files);
  const names = files.map((path) => path.slice(directory.length));
  return `${list(names)} in ${directory.slice(0, -1)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
