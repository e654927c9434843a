/**
 * Reads patch files: unified diffs as GNU diff, git, quilt, SVN, CVS and people make them, with text
 * before, between and after. Over bytes, so that content in any encoding survives; a file name is
 * taken from wherever that program puts it (see `names.ts`). Formats: git's `diff-format` and
 * `git-apply` manual pages, the GNU diffutils manual, "Detailed Description of Unified Format".
 */
import { SeamError } from '../errors.ts';
import type { Lines } from './lines.ts';
import { latin1, lineAt, lineStart, splitLines, startsWith, withoutNewline } from './lines.ts';
import type { WrittenName } from './names.ts';
import { DEV_NULL, readName, stripName } from './names.ts';
import type { GitHeader } from './parse-git-header.ts';
import { isGitHeader, parseGitHeader } from './parse-git-header.ts';
import { readBody } from './parse-body.ts';
import { isNamePair, isSwappedPair } from './parse-hunk.ts';
import { refuseOtherFormats, refuseStray } from './parse-stray.ts';
import type { Bytes, ChangeKind, FilePatch, ParsedDiff, Path } from './types.ts';

export interface ParseOptions {
  /** Leading components to take off names, as `-pN`: 1 unless told otherwise. */
  readonly strip?: number;
}

/** git refuses larger patches, too (`MAX_APPLY_SIZE`); V8 could not hold their lines. */
export const LARGEST_PATCH = 1023 * 1024 * 1024;

interface Found {
  readonly file: FilePatch;
  readonly next: number;
}

/** Read every diff in `bytes`. Throws a `SeamError` that names the line where it stops making sense. */
export function parseDiff(bytes: Bytes, options: ParseOptions = {}): ParsedDiff {
  if (bytes.length > LARGEST_PATCH) {
    throw new SeamError(
      'patch-too-large',
      `patch has ${bytes.length} bytes, above the limit of ${LARGEST_PATCH}`,
    );
  }
  const strip = options.strip ?? 1;
  const lines = splitLines(bytes);
  const files: FilePatch[] = [];
  let index = 0;
  let end = 0;
  while (index < lines.count) {
    const found = findAt(lines, index, end, strip);
    if (found === null) {
      refuseStray(lines, index, files.length > 0);
      index += 1;
      continue;
    }
    files.push(found.file);
    index = found.next;
    end = found.next;
  }
  if (files.length === 0) refuseOtherFormats(lines);
  const start = files[0]?.start ?? bytes.length;
  const stop = files.at(-1)?.end ?? bytes.length;
  return { header: bytes.subarray(0, start), files, footer: bytes.subarray(stop) };
}

function findAt(lines: Lines, index: number, after: number, strip: number): Found | null {
  const code = lines.bytes[lineStart(lines, index)];
  if (code === 100 && isGitHeader(lines, index)) return parseGit(lines, index, strip);
  if (code === 45 && isNamePair(lines, index)) return parseUnified(lines, index, after, strip);
  if (code === 43 && isSwappedPair(lines, index)) return parseUnified(lines, index, after, strip);
  return null;
}

function parseGit(lines: Lines, index: number, strip: number): Found | null {
  const header = parseGitHeader(lines, index, strip);
  const names = readNamePair(lines, header.next);
  const body = readBody(lines, names === null ? header.next : header.next + 2);
  // A bare `diff --git` line says nothing and is text, for git as well; GNU patch takes its names
  // when hunks follow.
  const bare = header.next === index + 1 && names === null;
  if (bare && body.binary === null && body.hunks.length === 0) return null;
  refuseContradiction(header, index);
  const { oldPath, newPath } = gitPaths(header, names, strip, index);
  const oldMode = header.oldMode;
  const change = changeOf(oldPath, newPath, header.move);
  const file: FilePatch = {
    format: 'git',
    change,
    oldPath,
    newPath,
    oldMode: change === 'create' ? null : oldMode,
    newMode: change === 'delete' ? null : header.newMode,
    similarity: header.similarity,
    dissimilarity: header.dissimilarity,
    oldId: header.oldId,
    newId: header.newId,
    hunks: body.hunks,
    binary: body.binary,
    repairs: body.repairs,
    crlf: endsInCrLf(lines, index),
    line: index + 1,
    start: lineStart(lines, index),
    end: lineStart(lines, body.next),
    rawOldName: names?.[0].name ?? header.names?.[0] ?? header.from,
    rawNewName: names?.[1].name ?? header.names?.[1] ?? header.to,
  };
  return { file, next: body.next };
}

/** A file that comes or goes is not moved: git refuses a header that says both. */
function refuseContradiction(header: GitHeader, index: number): void {
  const existence = header.created ? 'create' : header.deleted ? 'delete' : null;
  if (existence === null || (header.move === null && !(header.created && header.deleted))) return;
  const other = header.move ?? 'delete';
  throw new SeamError(
    'patch-contradictory-header',
    `git header at line ${index + 1} says both '${existence}' and '${other}'`,
    { data: { line: index + 1 } },
  );
}

function changeOf(
  oldPath: Path | null,
  newPath: Path | null,
  move: 'rename' | 'copy' | null,
): ChangeKind {
  if (oldPath === null) return 'create';
  if (newPath === null) return 'delete';
  return move ?? 'modify';
}

function endsInCrLf(lines: Lines, index: number): boolean {
  return lines.bytes[lineStart(lines, index + 1) - 2] === 13;
}

/** `---` and `+++` below a git header, when they are there. */
function readNamePair(lines: Lines, index: number): readonly [WrittenName, WrittenName] | null {
  if (index + 1 >= lines.count) return null;
  if (!startsWith(lines.bytes, '--- ', lineStart(lines, index))) return null;
  if (!startsWith(lines.bytes, '+++ ', lineStart(lines, index + 1))) return null;
  return [nameAt(lines, index), nameAt(lines, index + 1)];
}

function nameAt(lines: Lines, index: number): WrittenName {
  const line = withoutNewline(lineAt(lines, index));
  return readName(line.subarray(4, line.at(-1) === 13 ? -1 : undefined));
}

/** The paths that a git header names, from the strongest statement to the weakest. */
function gitPaths(
  header: GitHeader,
  names: readonly [WrittenName, WrittenName] | null,
  strip: number,
  index: number,
): { oldPath: Path | null; newPath: Path | null } {
  const side = (which: 0 | 1, gone: boolean, moved: Path | null): Path | null => {
    const written = names?.[which].name ?? null;
    if (gone || written === DEV_NULL) {
      if (written === null || written === DEV_NULL) return null;
      throw inconsistent(index, `expected '/dev/null', got '${written}'`);
    }
    const fromLine = header.names === null ? null : stripName(header.names[which], strip);
    const stated = moved ?? fromLine;
    const stripped = written === null ? null : stripName(written, strip);
    if (stated !== null && stripped !== null && stated !== stripped) {
      throw inconsistent(index, `'${stated}' and '${stripped}' are given as one name`);
    }
    const path = stated ?? stripped;
    if (path === null || path === DEV_NULL) throw noName(index, strip);
    return path;
  };
  return {
    oldPath: side(0, header.created, header.from),
    newPath: side(1, header.deleted, header.to),
  };
}

function inconsistent(index: number, what: string): SeamError {
  return new SeamError(
    'patch-inconsistent-names',
    `inconsistent file names in the git header at line ${index + 1}: ${what}`,
    {
      data: { line: index + 1 },
    },
  );
}

function noName(index: number, strip: number): SeamError {
  return new SeamError(
    'patch-no-name',
    `no file name left at line ${index + 1} when ${strip} leading ${strip === 1 ? 'component is' : 'components are'} removed`,
    {
      data: { line: index + 1, strip },
      hint: `name the right level with '-p${Math.max(strip - 1, 0)}', in the series file behind the patch`,
    },
  );
}

function parseUnified(lines: Lines, index: number, after: number, strip: number): Found {
  const first = preambleOf(lines, index, after);
  const names = namesAt(lines, index);
  const path = (name: WrittenName): Path | null =>
    name.name === DEV_NULL ? null : stripName(name.name, strip);
  const missing = names.map((name) => name.name === DEV_NULL || name.epoch);
  const some = path(names[0]) ?? path(names[1]);
  if (some === null || (missing[0] === true && missing[1] === true)) throw noName(index, strip);
  const oldPath = missing[0] === true ? null : (path(names[0]) ?? some);
  const newPath = missing[1] === true ? null : (path(names[1]) ?? some);
  const body = readBody(lines, index + 2);
  const file: FilePatch = {
    format: 'unified',
    change: changeOf(oldPath, newPath, null),
    oldPath,
    newPath,
    oldMode: null,
    newMode: null,
    similarity: null,
    dissimilarity: null,
    oldId: null,
    newId: null,
    hunks: body.hunks,
    binary: null,
    repairs: body.repairs,
    crlf: endsInCrLf(lines, index),
    line: first + 1,
    start: lineStart(lines, first),
    end: lineStart(lines, body.next),
    rawOldName: names[0].name,
    rawNewName: names[1].name,
  };
  return { file, next: body.next };
}

function namesAt(lines: Lines, index: number): readonly [WrittenName, WrittenName] {
  const [first, second] = [nameAt(lines, index), nameAt(lines, index + 1)];
  return isSwappedPair(lines, index) ? [second, first] : [first, second];
}

const PREAMBLE = /^(Index: |={3,}\r?\n|diff |RCS file: |retrieving revision |Prereq: )/;

/** First of the lines above `---` that belong to the diff: what CVS, SVN and `diff -r` print. */
function preambleOf(lines: Lines, index: number, after: number): number {
  let first = index;
  while (first > after && PREAMBLE.test(latin1(lineAt(lines, first - 1)))) first -= 1;
  return first;
}
