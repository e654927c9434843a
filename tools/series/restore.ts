/** git → quilt: a range of commits and their notes back into the series that they came from. */
import type { Bytes } from '../patch/types.ts';
import { toCommitInfo } from './commit.ts';
import { composeMail } from './compose.ts';
import { compressionOf, unpackFile } from './compress.ts';
import { arrangeEntries } from './document-edit.ts';
import { entriesOf, formatDocument, parseDocument, patchOptions } from './document.ts';
import { type Exported, exportQuilt } from './export.ts';
import type { SeriesIo } from './io.ts';
import { type Note, parseNote } from './notes.ts';
import { type PatchPlace, parsePatch } from './patchfile.ts';
import { byteString, concat } from './text.ts';
import type { CommitInfo, Patch, Series } from './types.ts';

/** A commit of the range, oldest first. */
export interface NotedCommit {
  /** As `openSeries` reads it from git. */
  readonly patch: Patch;
  readonly tree: string;
  readonly parentTree: string;
  /** The note under `refs/notes/seam`; null without. */
  readonly note: Bytes | null;
}

/**
 * The quilt directory. A commit that is still what its patch file made gives that file, byte for
 * byte; one whose message or change was edited keeps of the file what still holds. Commits without
 * a note become new patches in their place.
 */
export async function restoreQuilt(
  series: Series,
  commits: readonly NotedCommit[],
  io: Pick<SeriesIo, 'unpack'>,
): Promise<Exported> {
  const notes = commits.map(({ note }) => (note === null ? null : parseNote(note)));
  const owner = notes.findLast((note) => note !== null && note.series !== null) ?? null;
  const seriesFile = owner?.series ?? null;
  const fresh = exportQuilt({ ...series, origin: 'git', seriesFile: null, excluded: [] }).files;
  const files = [];
  for (const [index, commit] of commits.entries()) {
    const note = notes[index] ?? null;
    const old = note?.patch ?? null;
    if (old === null || note === null)
      files.push(fresh[index] ?? { name: commit.patch.name, bytes: commit.patch.raw });
    else
      files.push({
        name: old.name,
        bytes: await restoreFile(commit, note, old.bytes, placeIn(seriesFile, old.name), io),
      });
  }
  const excluded = owner?.excluded ?? [];
  const taken = new Set(excluded.map((file) => file.name));
  const names = distinct(
    files.map((file) => file.name),
    taken,
  );
  const named = files.map((file, index) => ({
    name: names[index] ?? file.name,
    bytes: file.bytes,
  }));
  return {
    files: [...excluded, ...named, { name: 'series', bytes: seriesOf(seriesFile, names, taken) }],
    directories: [],
    warnings: [],
  };
}

/** New patches make way for names that notes have given already. */
function distinct(names: readonly string[], taken: ReadonlySet<string>): string[] {
  const used = new Set(taken);
  return names.map((name) => {
    let unique = name;
    for (let count = 2; used.has(unique); count += 1)
      unique = name.replace(/(\.[a-z0-9]+)?$/i, `-${count}$1`);
    used.add(unique);
    return unique;
  });
}

function seriesOf(
  seriesFile: Bytes | null,
  names: readonly string[],
  excluded: ReadonlySet<string>,
): Bytes {
  const document = parseDocument(seriesFile ?? new Uint8Array());
  const ours = entriesOf(document).filter(
    (entry) => !excluded.has(entry.name) && entry.guards.length === 0,
  );
  return formatDocument(arrangeEntries(document, names, new Set(ours.map((entry) => entry.name))));
}

/** Options that the series file gave the patch. */
function placeIn(seriesFile: Bytes | null, name: string): PatchPlace {
  const entry =
    seriesFile === null
      ? undefined
      : entriesOf(parseDocument(seriesFile)).find((candidate) => candidate.name === name);
  return { name, ...(entry === undefined ? {} : patchOptions(entry)) };
}

async function restoreFile(
  commit: NotedCommit,
  note: Note,
  raw: Bytes,
  place: PatchPlace,
  io: Pick<SeriesIo, 'unpack'>,
): Promise<Bytes> {
  const sameChange = note.tree === commit.tree && note.parentTree === commit.parentTree;
  const content = await unpackFile(place.name, raw, io);
  const old = parsePatch(raw, place, { content });
  const sameText = sameInfo(toCommitInfo(old), toCommitInfo(commit.patch));
  if (sameChange && sameText) return raw;
  // A compressed or encoded file cannot be changed in part.
  if (compressionOf(place.name) !== null || old.content !== content)
    return composeMail(commit.patch, { signature: '' });
  const fresh = parsePatch(composeMail(commit.patch, { signature: '' }), place);
  const prologue = sameText ? old.prologue : fresh.prologue;
  const diff = sameChange ? middle(old) : middle(fresh);
  return concat([prologue, diff, old.epilogue]);
}

function middle(patch: Patch): Bytes {
  return patch.content.subarray(
    patch.prologue.length,
    patch.content.length - patch.epilogue.length,
  );
}

/** Whether author, date and message are the same: committers change with every rebase. */
function sameInfo(a: CommitInfo, b: CommitInfo): boolean {
  return (
    a.author.name === b.author.name &&
    a.author.email === b.author.email &&
    a.authorDate.seconds === b.authorDate.seconds &&
    a.authorDate.zone === b.authorDate.zone &&
    byteString(a.message) === byteString(b.message)
  );
}
