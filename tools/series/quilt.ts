/** quilt's directories: where the series file and the patches lie, and reading them. */
import { SeamError } from '../errors.ts';
import type { Path } from '../patch/types.ts';
import { MAX_PATCH_SIZE, unpackFile } from './compress.ts';
import {
  type SeriesDocument,
  type SeriesEntry,
  entriesOf,
  parseDocument,
  patchOptions,
  printable,
  selectEntries,
} from './document.ts';
import type { SeriesIo } from './io.ts';
import { parsePatch } from './patchfile.ts';
import { findPatch } from './selection.ts';
import { byteString } from './text.ts';
import type { NamedBytes, Patch, Series } from './types.ts';

/** quilt's own variables: QUILT_PATCHES, QUILT_SERIES, QUILT_PC. */
export type QuiltEnv = Readonly<Record<string, string | undefined>>;

export interface QuiltPlace {
  readonly seriesFile: string;
  readonly patchesDir: string;
}

const MAX_SERIES_SIZE = 64 * 1024 * 1024;
/** Files that are open at once while reading. */
const BATCH = 64;

/**
 * Find the series that a directory holds: the directory of the patches itself, or a work tree of
 * quilt's, searched in quilt's order (what `.pc` remembers, then the environment, then defaults).
 * Null when it is neither.
 */
export async function findQuilt(
  dir: string,
  env: QuiltEnv,
  io: SeriesIo,
): Promise<QuiltPlace | null> {
  const pc = join(dir, env['QUILT_PC'] ?? '.pc');
  const remembered = async (name: string): Promise<string | null> =>
    (await io.kind(join(pc, name))) === 'file'
      ? byteString(await io.read(join(pc, name), 4096)).replace(/\n[^]*$/, '')
      : null;
  const patches = join(
    dir,
    (await remembered('.quilt_patches')) ?? env['QUILT_PATCHES'] ?? 'patches',
  );
  const series = (await remembered('.quilt_series')) ?? env['QUILT_SERIES'] ?? 'series';
  const isWorkTree =
    (await io.kind(pc)) === 'directory' || (await io.kind(patches)) === 'directory';
  const candidates: QuiltPlace[] = isWorkTree
    ? [join(pc, series), join(dir, series), join(patches, series)].map((seriesFile) => ({
        seriesFile,
        patchesDir: patches,
      }))
    : [{ seriesFile: join(dir, series), patchesDir: dir }];
  for (const place of candidates) {
    if ((await io.kind(place.seriesFile)) === 'file') return place;
  }
  return null;
}

function join(dir: string, name: string): string {
  return name.startsWith('/') ? name : `${dir.replace(/\/+$/, '')}/${name}`;
}

/** Read the series file and every patch that it names, or those up to the one that `upTo` means. */
export async function readQuilt(
  place: QuiltPlace,
  symbols: ReadonlySet<string>,
  io: SeriesIo,
  upTo?: string,
): Promise<Omit<Series, 'origin' | 'source'>> {
  const seriesFile = await io.read(place.seriesFile, MAX_SERIES_SIZE);
  const document = parseDocument(seriesFile);
  const selected = selectEntries(document, symbols);
  const topics = commentTopics(document);
  const wanted = upTo === undefined ? selected : selected.slice(0, findPatch(selected, upTo) + 1);
  const patches = await inBatches(wanted, (entry) => readEntry(entry, place, topics, io));
  const names = new Set(selected.map((entry) => entry.name));
  const others = entriesOf(document).filter((entry) => !names.has(entry.name));
  const excluded = await inBatches(others, (entry) => readExcluded(entry, place, io));
  return {
    patches,
    version: 1,
    baseCommit: null,
    cover: null,
    seriesFile,
    excluded: excluded.filter((file) => file !== null),
    warnings: patches.flatMap((patch) =>
      patch.header.warnings.map((warning) => `patch '${patch.name}': ${warning}`),
    ),
  };
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += BATCH) {
    results.push(...(await Promise.all(items.slice(at, at + BATCH).map(work))));
  }
  return results;
}

async function readEntry(
  entry: SeriesEntry,
  place: QuiltPlace,
  topics: ReadonlyMap<number, string>,
  io: SeriesIo,
): Promise<Patch> {
  const path = join(place.patchesDir, entry.name);
  if ((await io.kind(path)) !== 'file') {
    throw new SeamError(
      'patch-file-missing',
      `patch '${printable(entry.name)}' is missing, named on line ${entry.line} of series`,
      {
        data: { patch: entry.name, line: entry.line, path },
        hint: `sed -i ${entry.line}d ${place.seriesFile}`,
      },
    );
  }
  const raw = await io.read(path, MAX_PATCH_SIZE);
  const content = await unpackFile(entry.name, raw, io);
  const topic = folderOf(entry.name) ?? topics.get(entry.line) ?? null;
  return parsePatch(raw, { name: entry.name, topic, ...patchOptions(entry) }, { content });
}

/** A patch that guards leave out is only carried along; it may be missing. */
async function readExcluded(
  entry: SeriesEntry,
  place: QuiltPlace,
  io: SeriesIo,
): Promise<NamedBytes | null> {
  const path = join(place.patchesDir, entry.name);
  if (
    entry.name.startsWith('/') ||
    entry.name.split('/').includes('..') ||
    (await io.kind(path)) !== 'file'
  )
    return null;
  return { name: entry.name, bytes: await io.read(path, MAX_PATCH_SIZE) };
}

function folderOf(name: Path): string | null {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? null : name.slice(0, slash);
}

/** Line number of an entry → the comment block above it, where patches that are commented out do not count. */
export function commentTopics(document: SeriesDocument): ReadonlyMap<number, string> {
  const topics = new Map<number, string>();
  let topic: string | null = null;
  let block: string[] = [];
  for (const [index, { entries, comment }] of document.lines.entries()) {
    if (comment !== null && !/^\S+\.(?:patch|diff)\b/.test(comment)) block.push(comment);
    if (entries.length === 0) continue;
    const text = block.filter((line) => line !== '').join(' ');
    if (text !== '') topic = text;
    block = [];
    if (topic !== null) topics.set(index + 1, topic);
  }
  return topics;
}
