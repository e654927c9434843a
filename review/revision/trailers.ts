/**
 * What the tags of reviewers are still worth in the next version. Whoever gave a `Reviewed-by` gave
 * it to some code: it is carried along as long as that code is the same, and asked for again when it
 * is not (Documentation/process/submitting-patches.rst of Linux, "When to use …-by").
 */
import type { Patch, Trailer } from '../../tools/series/types.ts';
import type { Comparison, Entry } from './types.ts';
import { places } from './words.ts';

/**
 * `keep`   it is there and still holds;
 * `add`    it still holds and has been lost on the way, or was given in a reply;
 * `ask`    the code is another one: ask the person again;
 * `recheck` the same, and the new version carries it nevertheless.
 */
export type Fate = 'keep' | 'add' | 'ask' | 'recheck';

/** One tag of one patch. */
export interface Advice {
  /** Index in the new version. */
  readonly patch: number;
  readonly trailer: Trailer;
  readonly fate: Fate;
  /** Why, as the end of a sentence: `its code changed: +9 -3 in mm/slab.c`. */
  readonly reason: string;
}

/** Tags that judge what a patch does. Others (`Reported-by`, `Fixes`, `Link`) tell where it comes from. */
const JUDGEMENT = /^(?:reviewed|acked|tested|compile-tested|build-tested|reviewed-and-tested)-by$/i;

/** Whose work it is, and `Cc`: nothing that a version could lose its right to. */
const OWN = /^(?:signed-off-by|co-developed-by|cc|change-id)$/i;

/**
 * What to do with the tags that the old version has or got in replies. `given` has the latter by
 * index of the old version.
 */
export function adviseTrailers(
  comparison: Comparison,
  given: ReadonlyMap<number, readonly Trailer[]> = new Map(),
): Advice[] {
  return comparison.entries.flatMap((entry) => {
    const { new: index } = entry;
    const patch = index === null ? undefined : comparison.new[index];
    if (index === null || patch === undefined) return [];
    const there = new Set(patch.header.trailers.map((trailer) => identityOf(trailer)));
    return tagsOf(comparison.old, entry, given).map((trailer): Advice => {
      const { holds, reason } = worthOf(entry, trailer);
      const present = there.has(identityOf(trailer));
      const fate = holds ? (present ? 'keep' : 'add') : present ? 'recheck' : 'ask';
      return { patch: index, trailer, fate, reason };
    });
  });
}

/** All tags of the patches that this one comes from, each once. */
function tagsOf(
  old: readonly Patch[],
  { old: own, origins }: Entry,
  given: ReadonlyMap<number, readonly Trailer[]>,
): Trailer[] {
  const from = origins.length > 0 ? origins : own === null ? [] : [own];
  const tags = from.flatMap((index) => [
    ...(old[index]?.header.trailers ?? []),
    ...(given.get(index) ?? []),
  ]);
  const unique = Map.groupBy(tags, (trailer) => identityOf(trailer));
  return [...unique.values()].flatMap(([first]) => first ?? []).filter(({ key }) => !OWN.test(key));
}

/** Equal for tags of one kind by one person, however the name is written. */
export function identityOf({ key, value }: Trailer): string {
  const address = /<([^<>]*)>/.exec(value)?.[1];
  const who = address === undefined || address === '' ? value.replace(/\s+/g, ' ') : address;
  return `${key.toLowerCase()} ${who.trim().toLowerCase()}`;
}

function worthOf(entry: Entry, { key }: Trailer): { holds: boolean; reason: string } {
  if (!JUDGEMENT.test(key)) return { holds: true, reason: 'it tells where the patch comes from' };
  const { kind, code } = entry;
  switch (kind) {
    case 'unchanged':
    case 'moved':
      return { holds: true, reason: 'the patch is the same' };
    case 'reworded':
      return { holds: true, reason: 'only its message changed' };
    case 'context':
      return { holds: true, reason: 'only the lines around the change are others' };
    case 'changed':
      if (code.whitespaceOnly) return { holds: true, reason: 'only white space changed' };
      return { holds: false, reason: `its code changed: ${amount(code)}` };
    case 'split':
      return { holds: false, reason: 'the patch was split' };
    case 'merged':
      return { holds: false, reason: 'patches were put together' };
    case 'rewritten':
      return { holds: false, reason: 'the patch was written anew' };
    case 'new':
    case 'dropped':
      return { holds: false, reason: 'there is no such patch in both versions' };
  }
}

function amount({ gained, lost, files }: Entry['code']): string {
  const where = places(files);
  return gained + lost === 0
    ? `lines in another order, ${where}`
    : `+${gained} -${lost} in ${where}`;
}

/** The advice as lines, a group for each fate that asks for something, `keep` last. */
export function formatAdvice(comparison: Comparison, advice: readonly Advice[]): string[] {
  const headings: Readonly<Record<Fate, string>> = {
    ask: 'ask again',
    recheck: 'carried, though given for other code: ask again or take off',
    add: 'still holds, and is missing',
    keep: 'still holds',
  };
  return (['ask', 'recheck', 'add', 'keep'] as const).flatMap((fate) => {
    const some = advice.filter((each) => each.fate === fate);
    if (some.length === 0) return [];
    const patches = Map.groupBy(some, ({ patch, reason }) => `${patch} ${reason}`);
    return [
      headings[fate],
      ...[...patches.values()].flatMap((group) => patchAdvice(comparison, group)),
    ];
  });
}

/** Tags of one patch that share a reason. */
function patchAdvice(comparison: Comparison, advice: readonly Advice[]): string[] {
  const { patch = 0, reason = '' } = advice[0] ?? {};
  const subject = comparison.new[patch]?.header.subject ?? '';
  return [
    `  ${patch + 1} ${subject}: ${reason}`,
    ...advice.map(({ trailer }) => `      ${trailer.key}: ${trailer.value}`),
  ];
}
