/**
 * A quilt series made into what another one is, as when a branch that was made of it comes back
 * edited: files, places and comments of what is the same stay as they are. Pure.
 */
import { SeamError } from '../errors.ts';
import type { Bytes, Path } from '../patch/types.ts';
import { arrangeEntries, renameEntry } from './document-edit.ts';
import {
  type SeriesDocument,
  type SeriesEntry,
  entriesOf,
  formatDocument,
  patchOptions,
  printable,
} from './document.ts';
import { parsePatch } from './patchfile.ts';
import { freeName, patchName } from './slug.ts';
import { byteString } from './text.ts';
import type { NamedBytes } from './types.ts';

export interface Replacement {
  /** The patch files to write: those that are new, and those that differ. */
  readonly files: readonly NamedBytes[];
  readonly series: Bytes;
  /** All patches, in order. */
  readonly names: readonly Path[];
  readonly added: readonly Path[];
  readonly changed: readonly Path[];
  /** Patches whose names were made of their subjects, and have followed them. */
  readonly renamed: readonly Renamed[];
  /** Their lines are gone; their files, and those of the renamed, are to be. */
  readonly removed: readonly Path[];
  /** Whether patches that stay stand in another order. */
  readonly reordered: boolean;
}

export interface Renamed {
  readonly from: Path;
  readonly to: Path;
}

/** A patch that comes, with its line in the series that it comes from. */
export interface Incoming extends NamedBytes {
  readonly entry: SeriesEntry;
}

/**
 * `held` reads a patch file of the series that is there. A patch is known again by its name, or else
 * by the last part of it; a new one goes into the folder of the patch before it. Entries with guards
 * are left alone.
 */
export async function replaceSeries(
  document: SeriesDocument,
  incoming: readonly Incoming[],
  held: (name: Path) => Promise<Bytes | null>,
): Promise<Replacement> {
  const all = entriesOf(document);
  const ours = all.filter(({ guards }) => guards.length === 0);
  const present = new Map(ours.map((entry) => [entry.name, entry]));
  const known = namesFor(incoming, ours, new Set(all.map(({ name }) => name)));
  const taken = new Set([...all.map(({ name }) => name), ...known]);
  const { written, renamed } = await compare(incoming, known, { present, taken, held });
  const nowOf = (name: Path): Path => renamed.get(name) ?? name;
  const names = known.map(nowOf);
  const coming = new Set(known);
  const kept = [...present.keys()].filter((name) => coming.has(name));
  const named = [...renamed].reduce((doc, [from, to]) => renameEntry(doc, from, to), document);
  return {
    files: [...written].map(([name, bytes]) => ({ name, bytes })),
    series: formatDocument(arrangeEntries(named, names, new Set([...present.keys()].map(nowOf)))),
    names,
    added: known.filter((name) => !present.has(name)),
    changed: kept.filter((name) => written.has(name)),
    renamed: [...renamed].map(([from, to]) => ({ from, to })),
    removed: [...present.keys()].filter((name) => !coming.has(name)),
    reordered: kept.join('\n') !== known.filter((name) => present.has(name)).join('\n'),
  };
}

interface Held {
  readonly present: ReadonlyMap<Path, SeriesEntry>;
  /** No name for a file any more. */
  readonly taken: Set<Path>;
  readonly held: (name: Path) => Promise<Bytes | null>;
}

/** What is to be written, by its name then, and which of the known names are others then. */
async function compare(
  incoming: readonly Incoming[],
  known: readonly Path[],
  { present, taken, held }: Held,
): Promise<{ written: Map<Path, Bytes>; renamed: Map<Path, Path> }> {
  const [written, renamed] = [new Map<Path, Bytes>(), new Map<Path, Path>()];
  for (const [index, { name, bytes, entry }] of incoming.entries()) {
    const was = known[index] ?? name;
    const here = present.get(was);
    if (here !== undefined) refuseOtherOptions(here, entry);
    const old = here === undefined ? null : await held(was);
    if (old !== null && samePatch(old, bytes)) continue;
    const now = old === null ? was : nameBehindSubject(was, old, bytes, taken);
    if (now !== was) renamed.set(was, now);
    taken.add(now);
    written.set(now, bytes);
  }
  return { written, renamed };
}

/** A name that was made of a patch's subject follows it; one that somebody chose stays. */
function nameBehindSubject(name: Path, old: Bytes, now: Bytes, taken: ReadonlySet<Path>): Path {
  const [before, after] = [old, now].map((bytes) => madeName(name, bytes));
  if (before === after || lastPart(name).replace(/-\d+(?=\.patch$)/, '') !== before) return name;
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return freeName(folder + (after ?? ''), (other) => taken.has(other));
}

function madeName(name: Path, bytes: Bytes): string {
  return patchName(parsePatch(bytes, { name }).header.subject ?? '', name);
}

function namesFor(
  incoming: readonly Incoming[],
  ours: readonly SeriesEntry[],
  taken: ReadonlySet<Path>,
): Path[] {
  const same = new Set(ours.map(({ name }) => name));
  const claimed = new Set(incoming.map(({ name }) => name).filter((name) => same.has(name)));
  const byLast = Map.groupBy(ours, ({ name }) => lastPart(name));
  const names: Path[] = [];
  const isTaken = (name: Path): boolean => taken.has(name) || names.includes(name);
  for (const { name } of incoming) {
    const like = (byLast.get(lastPart(name)) ?? []).filter((each) => !claimed.has(each.name));
    const [only, another] = like;
    const known = same.has(name)
      ? name
      : another === undefined && only !== undefined
        ? only.name
        : freeName(besides(names.at(-1), name), isTaken);
    claimed.add(known);
    names.push(known);
  }
  return names;
}

function lastPart(name: Path): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** A name without a folder, in the folder of the patch before it. */
export function besides(before: Path | undefined, name: Path): Path {
  if (before === undefined || name.includes('/')) return name;
  return before.slice(0, before.lastIndexOf('/') + 1) + name;
}

/** Patches that git has written anew begin with the id of another commit, and are the same. */
function samePatch(one: Bytes, other: Bytes): boolean {
  const [a, b] = [byteString(one), byteString(other)].map((text) =>
    text.replace(/^From [0-9a-f]{40} /, ''),
  );
  return a === b;
}

function refuseOtherOptions(ours: SeriesEntry, theirs: SeriesEntry): void {
  const [here, there] = [patchOptions(ours), patchOptions(theirs)];
  if (here.strip === there.strip && here.reverse === there.reverse) return;
  const name = printable(ours.name);
  throw new SeamError('import-options', `patch '${name}' is not -p1 in the series, and comes so`, {
    data: { patch: ours.name, line: ours.line },
    hint: `take '${ours.options.join(' ')}' off its line first, or edit a branch that 'seam export' made`,
  });
}
