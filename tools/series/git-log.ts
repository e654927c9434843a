/**
 * `git log` of a range, with every setting that a configuration could change pinned, read while
 * it is still being written. Names and messages come as the bytes that are in the commits.
 */
import type { Bytes } from '../patch/types.ts';
import type { SeriesIo } from './io.ts';
import { type ByteString, byteString, bytesOf } from './text.ts';

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
  '--no-show-signature',
  '--no-color',
  '--no-relative',
  '--ignore-submodules=none',
  '-O/dev/null',
];

const DIFFS = {
  patch: [
    '--patch',
    '--binary',
    '--full-index',
    '--find-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--unified=3',
    '--inter-hunk-context=0',
    '--diff-algorithm=myers',
    '--indent-heuristic',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--submodule=short',
  ],
  raw: ['--raw', '--no-abbrev', '--no-renames'],
} as const;

/** Which commits, and what of them: a range, oldest first, or commits by their ids, in that order. */
export interface LogQuery {
  /** Diffs, or for each file its modes and object ids before and after, which takes a tenth of the time. */
  readonly diffs: keyof typeof DIFFS;
  readonly commits: string | readonly string[];
}

function questionOf({ diffs, commits }: LogQuery): { args: string[]; stdin?: Bytes } {
  const args = [...LOG, ...DIFFS[diffs]];
  if (typeof commits === 'string')
    return { args: [...args, '--reverse', '--topo-order', '--end-of-options', commits, '--'] };
  const ids = bytesOf(commits.map((id) => `${id}\n`).join(''));
  return { args: [...args, '--no-walk=unsorted', '--stdin'], stdin: ids };
}

/** A commit as the log tells it; the message as it is stored, in the encoding that it names. */
export interface LoggedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly encoding: string;
  readonly author: readonly [name: ByteString, email: ByteString, date: ByteString];
  readonly message: ByteString;
  /** As asked for. */
  readonly diff: Bytes;
}

/** What `git log` writes, each commit taken as soon as the next one begins. */
export async function readLog<T>(
  query: LogQuery,
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
  const { args, ...input } = questionOf(query);
  await io.git(args, { cwd, ...input, onOutput });
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
