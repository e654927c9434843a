/** `openSeries`: a series from whatever the user named. */
import { SeamError } from '../errors.ts';
import type { Bytes } from '../patch/types.ts';
import { MAX_PATCH_SIZE, compressionOf, unpackFile } from './compress.ts';
import { entriesOf, parseDocument, printable } from './document.ts';
import { type KnownDiffs, isRange, readDiffering, readGitRange } from './git-range.ts';
import type { SeriesIo } from './io.ts';
import { type MboxFlavour, compareMaildirNames, isMbox, splitMbox } from './mbox.ts';
import { seriesOfMails } from './messages.ts';
import { parsePatch } from './patchfile.ts';
import { type QuiltEnv, findQuilt, readQuilt } from './quilt.ts';
import { byteString } from './text.ts';
import type { Series, SeriesOrigin } from './types.ts';

export interface OpenOptions {
  /** Absolute; relative names and ranges without a directory start here. */
  readonly cwd: string;
  readonly io: SeriesIo;
  /** Gives standard input, when the user names `-`. */
  readonly stdin?: () => Promise<Bytes>;
  readonly env?: QuiltEnv;
  /** Symbols that the guards of a quilt series look at. */
  readonly symbols?: ReadonlySet<string>;
  readonly flavour?: MboxFlavour;
  readonly scissors?: boolean;
  /** Make mails of commits (the default), or leave them as what they change and say. */
  readonly mails?: boolean;
  /**
   * Patches behind the one that this means (see `findPatch`) are not wanted. Where they are files of
   * their own, they are not read, and what is wrong with them is not found.
   */
  readonly upTo?: string | undefined;
  /** Diffs of commits that several series share: see `readGitRange`. */
  readonly known?: KnownDiffs;
}

/**
 * Open a quilt directory, a `series` file, an mbox, a maildir, a single patch, a git range (`A..B`,
 * `DIR@A..B`), or `-`, an mbox on standard input. Throws a `SeamError` when it is none of these or
 * cannot be read.
 */
export async function openSeries(spec: string, options: OpenOptions): Promise<Series> {
  if (spec === '-') {
    const bytes = await options.stdin?.();
    if (bytes === undefined)
      throw new SeamError('series-no-stdin', "no standard input to read series '-' from", {
        kind: 'usage',
      });
    return mailboxSeries(spec, bytes, options);
  }
  if (spec.includes('\0'))
    throw new SeamError('series-not-found', 'series name holds a NUL byte', { kind: 'usage' });
  const path = resolve(options.cwd, spec);
  const kind = await options.io.kind(path);
  if (kind === 'directory') return openDirectory(spec, path, options);
  if (kind === 'file') return openFile(spec, path, options);
  return openRange(spec, options);
}

function resolve(cwd: string, name: string): string {
  return name.startsWith('/') ? name : `${cwd.replace(/\/+$/, '')}/${name}`;
}

async function openDirectory(spec: string, path: string, options: OpenOptions): Promise<Series> {
  const { io } = options;
  const place = await findQuilt(path, options.env ?? {}, io);
  if (place !== null) {
    return {
      origin: 'quilt',
      source: spec,
      ...(await readQuilt(place, options.symbols ?? new Set(), io, options.upTo)),
    };
  }
  const folders = [];
  for (const folder of ['cur', 'new']) {
    if ((await io.kind(`${path}/${folder}`)) === 'directory') folders.push(folder);
  }
  if (folders.length === 0) {
    throw new SeamError('series-not-found', `no series in directory '${printable(spec)}'`, {
      data: { path },
      hint: 'a quilt directory has a file named series, a maildir the directories cur and new',
    });
  }
  const names = [];
  for (const folder of folders)
    names.push(...(await io.list(`${path}/${folder}`)).map((name) => `${folder}/${name}`));
  const mails = names.filter((name) => !name.slice(4).startsWith('.')).sort(compareMaildirNames);
  const texts = [];
  for (const name of mails)
    texts.push(byteString(await io.read(`${path}/${name}`, MAX_PATCH_SIZE)));
  return fromMails('maildir', spec, texts, options);
}

async function openFile(spec: string, path: string, options: OpenOptions): Promise<Series> {
  const { io } = options;
  const raw = await io.read(path, MAX_PATCH_SIZE);
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (/^series(?:[.-]|$)|^series\.conf$/.test(base) && !isMbox(byteString(raw)))
    return seriesFile(spec, path, options);
  const content = compressionOf(base) === null ? raw : await unpackFile(base, raw, io);
  const text = byteString(content);
  if (isMbox(text)) return mailboxSeries(spec, content, options);
  const looksLikePatch = /^(?:diff |--- |Index: |From: |Subject: )/m.test(text);
  if (!looksLikePatch && (await namesFiles(path, content, io)))
    return seriesFile(spec, path, options);
  if (!looksLikePatch) {
    throw new SeamError(
      'series-not-recognised',
      `'${printable(spec)}' is no patch, mailbox or series file`,
      { data: { path } },
    );
  }
  const patch = parsePatch(raw, { name: base }, { content, scissors: options.scissors ?? false });
  return bare('file', spec, { patches: [patch], warnings: patch.header.warnings });
}

/** A series file of another name: its first entries are files beside it. */
async function namesFiles(path: string, content: Bytes, io: SeriesIo): Promise<boolean> {
  const entries = entriesOf(parseDocument(content.subarray(0, 1024 * 1024))).slice(0, 3);
  const dir = path.slice(0, path.lastIndexOf('/'));
  for (const entry of entries) {
    if ((await io.kind(`${dir}/${entry.name}`)) !== 'file') return false;
  }
  return entries.length > 0;
}

/** quilt keeps the series beside the patches or, in a work tree, beside their directory. */
async function seriesFile(spec: string, path: string, options: OpenOptions): Promise<Series> {
  const { io } = options;
  const dir = path.slice(0, path.lastIndexOf('/'));
  const [first] = entriesOf(parseDocument(await io.read(path, MAX_PATCH_SIZE)));
  const patches = `${dir}/${options.env?.['QUILT_PATCHES'] ?? 'patches'}`;
  const beside =
    first === undefined ||
    (await io.kind(`${dir}/${first.name}`)) === 'file' ||
    (await io.kind(`${patches}/${first.name}`)) !== 'file';
  const place = { seriesFile: path, patchesDir: beside ? dir : patches };
  return {
    origin: 'quilt',
    source: spec,
    ...(await readQuilt(place, options.symbols ?? new Set(), io, options.upTo)),
  };
}

function mailboxSeries(spec: string, bytes: Bytes, options: OpenOptions): Series {
  const mails = splitMbox(
    byteString(bytes),
    options.flavour === undefined ? {} : { flavour: options.flavour },
  );
  return fromMails('mbox', spec, mails, options);
}

function fromMails(
  origin: SeriesOrigin,
  spec: string,
  mails: readonly string[],
  options: OpenOptions,
): Series {
  return bare(origin, spec, seriesOfMails(mails, { scissors: options.scissors ?? false }));
}

interface PlacedRange {
  readonly directory: string;
  readonly range: string;
}

/** A range of commits and the directory of its repository: `DIR@A..B`, or `A..B` in `cwd`. */
export async function splitRange(
  spec: string,
  cwd: string,
  io: Pick<SeriesIo, 'kind'>,
): Promise<PlacedRange> {
  const at = spec.lastIndexOf('@', spec.indexOf('..'));
  const directory = resolve(cwd, spec.slice(0, Math.max(at, 0)));
  const named = at > 0 && (await io.kind(directory)) === 'directory';
  return named ? { directory, range: spec.slice(at + 1) } : { directory: cwd, range: spec };
}

/** `spec` as a range of commits; null for a series that is none. */
async function placedRange(
  spec: string,
  cwd: string,
  io: Pick<SeriesIo, 'kind'>,
): Promise<PlacedRange | null> {
  if (spec === '-' || (await io.kind(resolve(cwd, spec))) !== null) return null;
  const place = await splitRange(spec, cwd, io);
  return isRange(place.range) ? place : null;
}

/** What the commits of a range start from, a revision; null for a series that is no range. */
export async function rangeStart(
  spec: string,
  cwd: string,
  io: Pick<SeriesIo, 'kind'>,
): Promise<{ readonly revision: true; readonly spec: string; readonly from: string } | null> {
  const place = await placedRange(spec, cwd, io);
  if (place === null) return null;
  return { revision: true, spec: place.range.split('..', 1)[0] ?? '', from: place.directory };
}

/**
 * Open two ranges of commits to compare them as they are: what both have alike comes without files, see
 * `readDiffering`. Null where one of them is no range.
 */
export async function openRanges(
  [old, next]: readonly [string, string],
  { io, cwd }: Pick<OpenOptions, 'io' | 'cwd'>,
): Promise<[Series, Series] | null> {
  const [from, to] = [await placedRange(old, cwd, io), await placedRange(next, cwd, io)];
  if (from === null || to === null) return null;
  const [before, after] = await readDiffering([from, to], io);
  return [bare('git', old, { patches: before }), bare('git', next, { patches: after })];
}

async function openRange(spec: string, options: OpenOptions): Promise<Series> {
  const { io, cwd, mails = true, known } = options;
  const { directory, range } = await splitRange(spec, cwd, io);
  if (!isRange(range)) {
    throw new SeamError('series-not-found', `no series '${printable(spec)}'`, {
      data: { spec },
      hint: 'name a quilt directory, an mbox, a maildir, a patch or a range of commits (BASE..BRANCH)',
    });
  }
  const how = { mails, ...(known === undefined ? {} : { known }) };
  return bare('git', spec, { patches: await readGitRange(range, directory, io, how) });
}

/** A series with what most origins do not have left empty. */
function bare(
  origin: SeriesOrigin,
  source: string,
  facts: Pick<Series, 'patches'> & Partial<Series>,
): Series {
  return {
    version: 1,
    baseCommit: null,
    cover: null,
    seriesFile: null,
    excluded: [],
    warnings: [],
    ...facts,
    origin,
    source,
  };
}
