/** Commits of a range as patches: one run of git, however many commits. */
import { SeamError } from '../errors.ts';
import { parseDiff } from '../patch/parse.ts';
import type { Bytes, ParsedDiff } from '../patch/types.ts';
import { commitHeader } from './commit.ts';
import { composeMail } from './compose.ts';
import { parseDate } from './date.ts';
import { printable } from './document.ts';
import { type LoggedCommit, readLog } from './git-log.ts';
import type { SeriesIo } from './io.ts';
import { toUtf8 } from './mime.ts';
import { patchName, uniqueNames } from './slug.ts';
import { type ByteString, byteString, bytesOf, decodeText } from './text.ts';
import type { Header, Patch } from './types.ts';

/** Diffs that were read before, by their bytes: two versions of a series have most of them in common. */
export type KnownDiffs = Map<ByteString, ParsedDiff>;

export interface RangeOptions {
  /** Make mails of the commits; without it, `raw` is the bare diff. */
  readonly mails?: boolean;
  /** Diffs that several ranges share, so that each is read once. */
  readonly known?: KnownDiffs;
}

/** Whether a series is named as a range: `A..B`, `A..`; `A...B` is none. */
export function isRange(spec: string): boolean {
  return /^(?!-)[^\s]+\.\.(?!\.)/.test(spec) && !spec.includes('...');
}

/** Read `A..B` from the repository at `cwd`, oldest first. Merges are refused. */
export async function readGitRange(
  range: string,
  cwd: string,
  io: Pick<SeriesIo, 'git'>,
  { mails = true, known }: RangeOptions = {},
): Promise<Patch[]> {
  if (!isRange(range)) {
    throw new SeamError('range-malformed', `'${printable(range)}' is no range of commits`, {
      kind: 'usage',
      hint: 'BASE..BRANCH',
    });
  }
  const query = { diffs: 'patch', commits: range } as const;
  const commits = await readLog(query, cwd, io, (commit) => toPatch(commit, known));
  refuseMerges(
    commits.map(({ commit }) => commit),
    range,
  );
  const patches = withNames(commits.map(({ patch }) => patch));
  return mails ? patches.map((patch) => asMail(patch)) : patches;
}

/** A range, and the directory of its repository. */
export interface PlacedRange {
  readonly range: string;
  readonly directory: string;
}

/**
 * Read two ranges as far as they differ. Commits that both have, with the same author and message and
 * the same contents of all files before and after, have the same diff, which is neither made nor
 * read: they come without files. Most of a new version is like that.
 */
export async function readDiffering(
  [old, next]: readonly [PlacedRange, PlacedRange],
  io: Pick<SeriesIo, 'git'>,
): Promise<[Patch[], Patch[]]> {
  const outline = async ({ range, directory }: PlacedRange): Promise<LoggedCommit[]> => {
    const found = await readLog({ diffs: 'raw', commits: range }, directory, io, () => null);
    const commits = found.map(({ commit }) => commit);
    refuseMerges(commits, range);
    return commits;
  };
  const [before, after] = await Promise.all([outline(old), outline(next)]);
  const same = commonCommits(before, after);
  const known: KnownDiffs = new Map();
  const complete = async (
    commits: LoggedCommit[],
    { directory }: PlacedRange,
  ): Promise<Patch[]> => {
    const ids = commits.flatMap(({ id }) => (same.has(id) ? [] : [id]));
    const query = { diffs: 'patch', commits: ids } as const;
    // Without any id git would tell of HEAD.
    const read =
      ids.length === 0 ? [] : await readLog(query, directory, io, (each) => toPatch(each, known));
    const made = new Map(read.map(({ commit, patch }) => [commit.id, patch]));
    const bare = (commit: LoggedCommit) => toPatch({ ...commit, diff: new Uint8Array() }, known);
    return withNames(commits.map((commit) => made.get(commit.id) ?? bare(commit)));
  };
  return Promise.all([complete(before, old), complete(after, next)]);
}

/** Ids of the commits that both lists have, each only once by its author and message. */
function commonCommits(old: readonly LoggedCommit[], next: readonly LoggedCommit[]): Set<string> {
  const [before, after] = [byWording(old), byWording(next)];
  const ids = [...before].flatMap(([wording, own]) => {
    const [one, other, ...more] = [...own, ...(after.get(wording) ?? [])];
    const pair = one !== undefined && other !== undefined && own.length === 1 && more.length === 0;
    return pair && Buffer.compare(one.diff, other.diff) === 0 ? [one.id, other.id] : [];
  });
  return new Set(ids);
}

function byWording(commits: readonly LoggedCommit[]): Map<string, LoggedCommit[]> {
  return Map.groupBy(commits, ({ author: [name, email], encoding, message }) =>
    [name, email, encoding, message].join('\0'),
  );
}

function withNames(patches: readonly Omit<Patch, 'name'>[]): Patch[] {
  const names = patches.map(({ header, commit }) =>
    patchName(header.subject, commit?.slice(0, 12) ?? ''),
  );
  const unique = uniqueNames(names);
  return patches.map((patch, index) => ({ ...patch, name: unique[index] ?? '' }));
}

/** What a commit is as a patch, except for its name, which depends on those of the others. */
function toPatch(commit: LoggedCommit, known: KnownDiffs | undefined): Omit<Patch, 'name'> {
  const { id, diff } = commit;
  const none = new Uint8Array();
  const message = bytesOf(decoded(commit.message, commit));
  return {
    header: headerOf(commit, message),
    files: readDiff(diff, known).files,
    raw: diff,
    content: diff,
    prologue: none,
    epilogue: none,
    strip: 1,
    reverse: false,
    topic: null,
    commit: id,
    message,
  };
}

function decoded(text: ByteString, { encoding }: LoggedCommit): ByteString {
  return toUtf8(text, encoding, () => undefined);
}

function headerOf(commit: LoggedCommit, message: Bytes): Header {
  const [name, email, date] = commit.author;
  const authorDate = parseDate(date);
  if (authorDate === null)
    throw new SeamError('commit-malformed', `commit '${commit.id}' has a malformed author line`, {
      data: { commit: commit.id },
    });
  const author = {
    name: decodeText(decoded(name, commit)),
    email: decodeText(decoded(email, commit)),
  };
  return commitHeader({ author, authorDate, message });
}

function readDiff(diff: Bytes, known: KnownDiffs | undefined): ParsedDiff {
  if (known === undefined) return parseDiff(diff);
  const key = byteString(diff);
  let parsed = known.get(key);
  if (parsed === undefined) known.set(key, (parsed = parseDiff(diff)));
  return parsed;
}

/** Composed and read again, so that line numbers count in the mail that people get to see. */
function asMail(bare: Patch): Patch {
  const raw = composeMail(bare);
  const { header: prologue, files, footer: epilogue } = parseDiff(raw.slice());
  return files.length === bare.files.length
    ? { ...bare, raw, content: raw, prologue, files, epilogue }
    : bare;
}

function refuseMerges(commits: readonly LoggedCommit[], range: string): void {
  const merge = commits.find(({ parents }) => parents.length > 1);
  if (merge === undefined) return;
  throw new SeamError(
    'range-has-merge',
    `range '${printable(range)}' has the merge '${merge.id.slice(0, 12)}', which is no patch`,
    {
      data: { range, commit: merge.id, parents: merge.parents },
      hint: `git rebase ${range.split('..', 1)[0] ?? ''}`,
    },
  );
}
