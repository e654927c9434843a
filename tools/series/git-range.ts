/**
 * Commits of a range as patches: three git processes, however many commits. The diffs come from one
 * `git log -p`, with every setting that a configuration could change pinned, and are read while it is
 * still writing; meanwhile `git rev-list` says which commits these are, and one `git cat-file --batch`
 * gives them, so that messages keep their bytes.
 */
import { SeamError } from '../errors.ts';
import { parseDiff } from '../patch/parse.ts';
import type { Bytes, ParsedDiff } from '../patch/types.ts';
import { type ReadCommit, commitHeader, parseCommit } from './commit.ts';
import { composeMail } from './compose.ts';
import { printable } from './document.ts';
import type { SeriesIo } from './io.ts';
import { patchName, uniqueNames } from './slug.ts';
import { byteString } from './text.ts';
import type { Patch } from './types.ts';

const LOG = [
  '--no-replace-objects',
  '-c',
  'log.showRoot=true',
  '-c',
  'core.quotePath=true',
  'log',
  '--format=tformat:%x00%H %P%x00',
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

/** The order in which both processes tell of commits. */
const ORDER = ['--reverse', '--topo-order'];

interface LoggedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly diff: Bytes;
  readonly parsed: ParsedDiff;
}

/** Whether a series is named as a range: `A..B`, `A..`; `A...B` is none. */
export function isRange(spec: string): boolean {
  return /^(?!-)[^\s]+\.\.(?!\.)/.test(spec) && !spec.includes('...');
}

/**
 * Read `A..B` from the repository at `cwd`, oldest first. Merges are refused. Without `mails`,
 * `raw` is the bare diff.
 */
export async function readGitRange(
  range: string,
  cwd: string,
  io: Pick<SeriesIo, 'git'>,
  { mails = true }: { readonly mails?: boolean } = {},
): Promise<Patch[]> {
  if (!isRange(range)) {
    throw new SeamError('range-malformed', `'${printable(range)}' is no range of commits`, {
      kind: 'usage',
      hint: 'BASE..BRANCH',
    });
  }
  const [logged, commits] = await Promise.all([
    readLog(range, cwd, io),
    readCommits(range, cwd, io),
  ]);
  refuseMerges(logged, range);
  const headers = commits.map(commitHeader);
  const names = uniqueNames(
    headers.map(({ subject }, index) => patchName(subject, logged[index]?.id.slice(0, 12) ?? '')),
  );
  const patches = logged.map((entry, index) => toPatch(names[index] ?? '', entry, commits[index]));
  return mails ? patches.map((patch) => asMail(patch)) : patches;
}

function toPatch(
  name: string,
  { id, diff, parsed }: LoggedCommit,
  commit: ReadCommit | undefined,
): Patch {
  if (commit?.id !== id)
    throw new SeamError('git-output', `git gave no commit '${id}'`, { kind: 'internal' });
  const none = new Uint8Array();
  return {
    name,
    header: commitHeader(commit),
    files: parsed.files,
    raw: diff,
    content: diff,
    prologue: none,
    epilogue: none,
    strip: 1,
    reverse: false,
    topic: null,
    commit: id,
    message: commit.message,
  };
}

/** Composed and read again, so that line numbers count in the mail that people get to see. */
function asMail(bare: Patch): Patch {
  const raw = composeMail(bare);
  const { header: prologue, files, footer: epilogue } = parseDiff(raw.slice());
  return files.length === bare.files.length
    ? { ...bare, raw, content: raw, prologue, files, epilogue }
    : bare;
}

/** What `git log -p` writes, each commit read as soon as the next one begins. */
async function readLog(
  range: string,
  cwd: string,
  io: Pick<SeriesIo, 'git'>,
): Promise<LoggedCommit[]> {
  const found: LoggedCommit[] = [];
  const failures: unknown[] = [];
  let pieces: Bytes[] = [];
  const take = (last: boolean): void => {
    const text = Buffer.concat(pieces);
    const { commits, rest } = splitLog(text, last);
    for (const commit of commits) found.push({ ...commit, parsed: parseDiff(commit.diff) });
    pieces = [text.subarray(rest)];
  };
  const onOutput = (piece: Bytes): void => {
    pieces.push(piece);
    // Only where a commit begins there is a NUL, so that long diffs are put together once.
    if (!piece.includes(0) || failures.length > 0) return;
    try {
      take(false);
    } catch (error) {
      failures.push(error);
    }
  };
  await io.git([...LOG, ...ORDER, '--end-of-options', range, '--'], { cwd, onOutput });
  if (failures.length > 0) throw failures[0];
  take(true);
  return found;
}

/**
 * Cut the log where a line begins with NUL, which no line of a diff does. The end of a commit is the
 * beginning of the next one; `rest` is where the one begins whose end is not here yet.
 */
function splitLog(
  output: Bytes,
  last: boolean,
): { commits: Omit<LoggedCommit, 'parsed'>[]; rest: number } {
  const commits: Omit<LoggedCommit, 'parsed'>[] = [];
  let start = 0;
  while (start < output.length) {
    const mark = output.indexOf(0, start + 1);
    if (mark === -1) break;
    let end = output.indexOf(0, mark + 1);
    while (end !== -1 && output[end - 1] !== 10) end = output.indexOf(0, end + 1);
    if (end === -1) {
      if (!last) break;
      end = output.length;
    }
    const [id = '', ...parents] = byteString(output.subarray(start + 1, mark))
      .split(' ')
      .filter((word) => word !== '');
    commits.push({ id, parents, diff: output.slice(skipBlank(output, mark + 1), end) });
    start = end;
  }
  return { commits, rest: start };
}

function skipBlank(output: Bytes, from: number): number {
  let at = from;
  while (output[at] === 10) at += 1;
  return at;
}

function refuseMerges(logged: readonly LoggedCommit[], range: string): void {
  const merge = logged.find(({ parents }) => parents.length > 1);
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

async function readCommits(
  range: string,
  cwd: string,
  io: Pick<SeriesIo, 'git'>,
): Promise<ReadCommit[]> {
  const list = ['--no-replace-objects', 'rev-list', ...ORDER, '--end-of-options', range, '--'];
  const names = await io.git(list, { cwd });
  const ids = byteString(names).trimEnd().split('\n');
  if (names.length === 0) return [];
  const output = await io.git(['--no-replace-objects', 'cat-file', '--batch'], {
    cwd,
    stdin: names,
  });
  const commits: ReadCommit[] = [];
  let at = 0;
  for (const id of ids) {
    const end = output.indexOf(10, at);
    const [, type, size] = byteString(output.subarray(at, end)).split(' ');
    if (type !== 'commit')
      throw new SeamError('git-output', `git gave no commit '${id}'`, { kind: 'internal' });
    commits.push(parseCommit(id, byteString(output.subarray(end + 1, end + 1 + Number(size)))));
    at = end + 2 + Number(size);
  }
  return commits;
}
