/** Reads the extended header that git puts between `diff --git` and the hunks of a file. */
import { SeamError } from '../errors.ts';
import type { Lines } from './lines.ts';
import { latin1, lineAt, lineStart, startsWith, withoutNewline } from './lines.ts';
import { readGitNames, readPlainName, stripName } from './names.ts';
import type { Mode, Path } from './types.ts';

/** What the statements of a git header say; null where they say nothing. */
export interface GitHeader {
  /** Names of the `diff --git` line, where the two agree. */
  readonly names: readonly [Path, Path] | null;
  readonly created: boolean;
  readonly deleted: boolean;
  readonly move: 'rename' | 'copy' | null;
  /** From `rename`/`copy` lines; they have no `a/` prefix. */
  readonly from: Path | null;
  readonly to: Path | null;
  readonly oldMode: Mode | null;
  readonly newMode: Mode | null;
  readonly similarity: number | null;
  readonly dissimilarity: number | null;
  readonly oldId: string | null;
  readonly newId: string | null;
  /** Index of the first line that is no statement. */
  readonly next: number;
}

type Draft = { -readonly [K in keyof GitHeader]: GitHeader[K] };

const MARKER = 'diff --git ';
const MODES: readonly number[] = [0o100644, 0o100755, 0o120000, 0o160000];

/** Whether line `index` begins a git diff. */
export function isGitHeader(lines: Lines, index: number): boolean {
  return startsWith(lines.bytes, MARKER, lineStart(lines, index));
}

/** Read the header that begins at line `index`; `strip` is the `-pN` in force. */
export function parseGitHeader(lines: Lines, index: number, strip: number): GitHeader {
  const first = contentOf(lines, index).subarray(MARKER.length);
  const draft: Draft = {
    names: readGitNames(first, strip),
    created: false,
    deleted: false,
    move: null,
    from: null,
    to: null,
    oldMode: null,
    newMode: null,
    similarity: null,
    dissimilarity: null,
    oldId: null,
    newId: null,
    next: index + 1,
  };
  while (draft.next < lines.count && readStatement(lines, draft, strip)) draft.next += 1;
  return draft;
}

function contentOf(lines: Lines, index: number): Uint8Array {
  const line = withoutNewline(lineAt(lines, index));
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}

/** Take in one statement; false when the line is none. */
function readStatement(lines: Lines, draft: Draft, strip: number): boolean {
  const line = contentOf(lines, draft.next);
  for (const [prefix, apply] of STATEMENTS) {
    if (!startsWith(line, prefix)) continue;
    const rest = line.subarray(prefix.length);
    apply(draft, { rest, text: () => latin1(rest), line: draft.next + 1, strip });
    return true;
  }
  return false;
}

interface Statement {
  readonly rest: Uint8Array;
  readonly text: () => string;
  readonly line: number;
  readonly strip: number;
}

/** Names in rename and copy lines are written without the `a/` that `-p1` takes off. */
function moved(statement: Statement): Path {
  const name = readPlainName(statement.rest);
  return stripName(name, Math.max(statement.strip - 1, 0)) ?? name;
}

function mode({ text, line }: Statement): Mode {
  const value = /^[0-7]{1,7}$/.test(text().trim()) ? Number.parseInt(text(), 8) : Number.NaN;
  const type = value & 0o170000;
  // git reads the permission bits as the owner's right to run the file, and nothing else.
  const known = type === 0o100000 ? ((value & 0o100) === 0 ? 0o100644 : 0o100755) : value;
  if (MODES.includes(known)) return known as Mode;
  throw new SeamError('patch-bad-mode', `invalid mode at line ${line}: '${text()}'`, {
    data: { line, modes: MODES.map((each) => each.toString(8)) },
  });
}

function percent({ text }: Statement): number | null {
  const match = /^(\d{1,3})%/.exec(text());
  return match === null || Number(match[1]) > 100 ? null : Number(match[1]);
}

function index(draft: Draft, statement: Statement): void {
  const match = /^([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: (\d+))?/.exec(statement.text());
  if (match === null) return;
  draft.oldId = match[1] ?? null;
  draft.newId = match[2] ?? null;
  if (match[3] === undefined) return;
  const same = mode({ ...statement, text: () => match[3] ?? '' });
  draft.oldMode ??= same;
  draft.newMode ??= same;
}

const STATEMENTS: readonly (readonly [string, (draft: Draft, statement: Statement) => void])[] = [
  ['old mode ', (draft, at) => (draft.oldMode = mode(at))],
  ['new mode ', (draft, at) => (draft.newMode = mode(at))],
  [
    'deleted file mode ',
    (draft, at) => {
      draft.deleted = true;
      draft.oldMode = mode(at);
    },
  ],
  [
    'new file mode ',
    (draft, at) => {
      draft.created = true;
      draft.newMode = mode(at);
    },
  ],
  ['copy from ', (draft, at) => from(draft, 'copy', at)],
  ['copy to ', (draft, at) => (draft.to = moved(at))],
  ['rename from ', (draft, at) => from(draft, 'rename', at)],
  ['rename to ', (draft, at) => (draft.to = moved(at))],
  ['rename old ', (draft, at) => from(draft, 'rename', at)],
  ['rename new ', (draft, at) => (draft.to = moved(at))],
  ['similarity index ', (draft, at) => (draft.similarity = percent(at))],
  ['dissimilarity index ', (draft, at) => (draft.dissimilarity = percent(at))],
  ['index ', index],
];

function from(draft: Draft, move: 'rename' | 'copy', statement: Statement): void {
  draft.move = move;
  draft.from = moved(statement);
}
