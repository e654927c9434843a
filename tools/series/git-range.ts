/**
 * Commits of a range as patches: one `git log -p`, however many commits, with every setting that a
 * configuration could change pinned. It is read while it is still being written. Names and messages
 * come as the bytes that are in the commits, and are decoded here.
 */
import { SeamError } from '../errors.ts';
import { parseDiff } from '../patch/parse.ts';
import type { Bytes, ParsedDiff } from '../patch/types.ts';
import { commitHeader } from './commit.ts';
import { composeMail } from './compose.ts';
import { parseDate } from './date.ts';
import { printable } from './document.ts';
import type { SeriesIo } from './io.ts';
import { toUtf8 } from './mime.ts';
import { patchName, uniqueNames } from './slug.ts';
import { type ByteString, byteString, bytesOf, decodeText } from './text.ts';
import type { Header, Patch } from './types.ts';

/** What is asked of each commit, a NUL in front and one behind each. */
const FIELDS = ['%H %P', '%e', '%an', '%ae', '%ad', '%B'];

const LOG = [
  '--no-replace-objects',
  '-c',
  'log.showRoot=true',
  '-c',
  'core.quotePath=true',
  'log',
  `--format=tformat:%x00${FIELDS.join('%x00')}%x00`,
  '--encoding=none',
  '--date=raw',
  '--reverse',
  '--topo-order',
  '--no-show-signature',
  '--patch',
  '--binary',
  '--full-index',
  '--find-renames',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--unified=3',
  '--inter-hunk-context=0',
  '--diff-algorithm=myers',
  '--indent-heuristic',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--submodule=short',
  '--ignore-submodules=none',
  '-O/dev/null',
];

/** A commit as the log tells it; the message as it is stored, in the encoding that it names. */
interface LoggedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly encoding: string;
  readonly author: readonly [name: ByteString, email: ByteString, date: ByteString];
  readonly message: ByteString;
  readonly diff: Bytes;
}

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
  const commits = await readLog(range, cwd, io, (commit) => toPatch(commit, known));
  refuseMerges(
    commits.map(({ commit }) => commit),
    range,
  );
  const names = uniqueNames(
    commits.map(({ commit, patch }) => patchName(patch.header.subject, commit.id.slice(0, 12))),
  );
  const patches = commits.map(({ patch }, index) => ({ ...patch, name: names[index] ?? '' }));
  return mails ? patches.map((patch) => asMail(patch)) : patches;
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

/** What `git log -p` writes, each commit taken as soon as the next one begins. */
async function readLog<T>(
  range: string,
  cwd: string,
  io: Pick<SeriesIo, 'git'>,
  take: (commit: LoggedCommit) => T,
): Promise<{ readonly commit: LoggedCommit; readonly patch: T }[]> {
  const found: { commit: LoggedCommit; patch: T }[] = [];
  const failures: unknown[] = [];
  let pieces: Bytes[] = [];
  const takeAll = (last: boolean): void => {
    const text = Buffer.concat(pieces);
    const { commits, rest } = splitLog(text, last);
    for (const commit of commits) found.push({ commit, patch: take(commit) });
    pieces = [text.subarray(rest)];
  };
  const onOutput = (piece: Bytes): void => {
    pieces.push(piece);
    // Only where a commit begins there is a NUL, so that long diffs are put together once.
    if (!piece.includes(0) || failures.length > 0) return;
    try {
      takeAll(false);
    } catch (error) {
      failures.push(error);
    }
  };
  await io.git([...LOG, '--end-of-options', range, '--'], { cwd, onOutput });
  if (failures.length > 0) throw failures[0];
  takeAll(true);
  return found;
}

/**
 * Cut the log where a line begins with NUL, which no line of a diff does. The end of a commit is the
 * beginning of the next one; `rest` is where the one begins whose end is not here yet.
 */
function splitLog(output: Bytes, last: boolean): { commits: LoggedCommit[]; rest: number } {
  const commits: LoggedCommit[] = [];
  let start = 0;
  while (start < output.length) {
    const fields = fieldsAt(output, start);
    if (fields === null) break;
    let end = output.indexOf(0, fields.end);
    while (end !== -1 && output[end - 1] !== 10) end = output.indexOf(0, end + 1);
    if (end === -1) {
      if (!last) break;
      end = output.length;
    }
    commits.push(toCommit(fields.texts, output.slice(skipBlank(output, fields.end), end)));
    start = end;
  }
  return { commits, rest: start };
}

/** The fields of the commit that begins at `start`; null where some are still to come. */
function fieldsAt(output: Bytes, start: number): { texts: ByteString[]; end: number } | null {
  const texts: ByteString[] = [];
  let at = start + 1;
  for (let count = 0; count < FIELDS.length; count += 1) {
    const end = output.indexOf(0, at);
    if (end === -1) return null;
    texts.push(byteString(output.subarray(at, end)));
    at = end + 1;
  }
  return { texts, end: at };
}

function toCommit(texts: readonly ByteString[], diff: Bytes): LoggedCommit {
  const [ids = '', encoding = '', name = '', email = '', date = '', message = ''] = texts;
  const [id = '', ...parents] = ids.split(' ').filter((word) => word !== '');
  return { id, parents, encoding, author: [name, email, date], message, diff };
}

function skipBlank(output: Bytes, from: number): number {
  let at = from;
  while (output[at] === 10) at += 1;
  return at;
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
