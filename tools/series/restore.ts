/** git → quilt: a range of commits and their notes back into the series that they came from. */
import type { Bytes, FilePatch } from '../patch/types.ts';
import { toCommitInfo } from './commit.ts';
import { composeMail } from './compose.ts';
import { compressionOf, unpackFile } from './compress.ts';
import { arrangeEntries } from './document-edit.ts';
import { entriesOf, formatDocument, parseDocument, patchOptions } from './document.ts';
import { type Exported, exportQuilt } from './export.ts';
import type { SeriesIo } from './io.ts';
import { type Note, parseNote } from './notes.ts';
import { type PatchPlace, parsePatch } from './patchfile.ts';
import { besides } from './replace.ts';
import { freeName } from './slug.ts';
import { byteString, concat } from './text.ts';
import type { CommitInfo, NamedBytes, Patch, Series } from './types.ts';

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
  const notes = withoutCopies(commits);
  const owner = notes.findLast((note) => note !== null && note.series !== null) ?? null;
  const seriesFile = owner?.series ?? null;
  const fresh = exportQuilt({ ...series, origin: 'git', seriesFile: null, excluded: [] }).files;
  const files: NamedBytes[] = [];
  for (const [index, commit] of commits.entries()) {
    const note = notes[index] ?? null;
    const old = note?.patch ?? null;
    if (old === null || note === null) {
      const { name, bytes } = fresh[index] ?? { name: commit.patch.name, bytes: commit.patch.raw };
      files.push({ name: besides(files.at(-1)?.name, name), bytes });
    } else
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

/**
 * The notes, each at one commit only. Git copies that of a commit at which a rebase stopped to all that
 * were made there: it describes the one that has the patch's subject, or else the first.
 */
function withoutCopies(commits: readonly NotedCommit[]): (Note | null)[] {
  const notes = commits.map(({ note }) => (note === null ? null : parseNote(note)));
  const places = Map.groupBy(notes.keys(), (index) => notes[index]?.patch?.name ?? null);
  return notes.map((note, index) => {
    if (note === null || note.patch === null) return note;
    const { name, bytes } = note.patch;
    const candidates = places.get(name) ?? [];
    if (candidates.length === 1) return note;
    const { subject } = parsePatch(bytes, { name }).header;
    const own = candidates.find((each) => commits[each]?.patch.header.subject === subject);
    return (own ?? candidates[0]) === index ? note : { ...note, patch: null };
  });
}

/** New patches make way for names that notes have given already. */
function distinct(names: readonly string[], taken: ReadonlySet<string>): string[] {
  const used = new Set(taken);
  return names.map((name) => {
    const unique = freeName(name, (other) => used.has(other));
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
  const sameDiff = sameChange || sameFiles(old.files, fresh.files);
  if (sameDiff && sameText) return raw;
  const prologue = sameText ? old.prologue : fresh.prologue;
  const diff = sameDiff ? middle(old) : middle(fresh);
  return concat([prologue, diff, old.epilogue]);
}

/** Whether diffs do the same at the same places, though they may be written in another way. */
function sameFiles(a: readonly FilePatch[], b: readonly FilePatch[]): boolean {
  return (
    a.length === b.length &&
    a.every((file, index) => {
      const other = b[index];
      return other !== undefined && sameFile(file, other);
    })
  );
}

function sameFile(a: FilePatch, b: FilePatch): boolean {
  if (a.binary !== null || b.binary !== null) return false;
  return sameId(a.oldId, b.oldId) && sameId(a.newId, b.newId) && changeOf(a) === changeOf(b);
}

/** Whether ids are of one object, as far as they are there and written out. */
function sameId(a: string | null, b: string | null): boolean {
  return a === null || b === null || a.startsWith(b) || b.startsWith(a);
}

function changeOf({ change, oldPath, newPath, oldMode, newMode, hunks }: FilePatch): string {
  const modes = oldMode === newMode ? null : [oldMode, newMode];
  const body = hunks.map(({ oldStart, newStart, lines }) => [
    oldStart,
    newStart,
    ...lines.map(({ op, text }) => op + byteString(text)),
  ]);
  return JSON.stringify([change, oldPath, newPath, modes, body]);
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
