/**
 * Makes patches: from a file before and after, the change between them, as `git diff` would show it.
 * Pure and deterministic: the same contents give the same patch.
 */

import { findChanges, type Changes } from './changes.ts';
import { compact } from './compact.ts';
import { blobId, isBinary } from './content.ts';
import type { HeadingRule } from './heading.ts';
import { makeHunks } from './hunks.ts';
import { indentOf } from './indent.ts';
import {
  latin1,
  lineStart,
  sameBytes,
  sharedPrefix,
  sharedSuffix,
  splitLines,
  type Lines,
} from './lines.ts';
import { DEV_NULL } from './names.ts';
import { similarityOf } from './similarity.ts';
import type { BinaryChange, Bytes, ChangeKind, FilePatch, Hunk, Mode, Path } from './types.ts';

/** A file before and after. A side that does not exist has a null path, mode and content. */
export interface FileVersions {
  readonly oldPath: Path | null;
  readonly newPath: Path | null;
  readonly oldMode: Mode | null;
  readonly newMode: Mode | null;
  readonly old: Bytes | null;
  readonly new: Bytes | null;
}

export interface MakeOptions {
  /** Unchanged lines around a change; 3 unless given. */
  readonly context?: number;
  /** Which lines are shown behind `@@`; git's default rule unless given. */
  readonly heading?: HeadingRule;
  /** Binary content goes into the patch as `data` (the default), or is only mentioned. */
  readonly binary?: BinaryChange['kind'];
  /** Digits of the object ids on the `index` line; 12, as the kernel asks for, unless given. */
  readonly idLength?: number;
  /** Both sides exist under different paths: the old file stays. A rename unless given. */
  readonly copy?: boolean;
}

const FULL_ID = 40;
const EMPTY: Bytes = new Uint8Array(0);

/** The change from one version of a file to another; hunks and binary part may both be empty. */
export function makeFilePatch(file: FileVersions, options: MakeOptions = {}): FilePatch {
  const { oldPath, newPath, oldMode, newMode } = file;
  const [old, next] = [file.old ?? EMPTY, file.new ?? EMPTY];
  const same = sameBytes(old, next);
  const change = changeOf(file, options.copy ?? false);
  const moved = change === 'rename' || change === 'copy';
  const binary = same || !(isBinary(old) || isBinary(next)) ? null : makeBinary(old, next, options);
  const hunks = same || binary !== null ? [] : diffText(old, next, options);
  const withIds = !same || oldPath === null || newPath === null;
  const idLength = binary?.kind === 'data' ? FULL_ID : (options.idLength ?? 12);
  return {
    format: 'git',
    change,
    oldPath,
    newPath,
    oldMode,
    newMode,
    similarity: moved ? similarityOf(old, next) : null,
    dissimilarity: null,
    oldId: withIds ? blobId(file.old).slice(0, idLength) : null,
    newId: withIds ? blobId(file.new).slice(0, idLength) : null,
    hunks,
    binary,
    repairs: [],
    crlf: false,
    line: 1,
    start: 0,
    end: 0,
    rawOldName: oldPath === null ? DEV_NULL : `a/${oldPath}`,
    rawNewName: newPath === null ? DEV_NULL : `b/${newPath}`,
  };
}

function changeOf({ oldPath, newPath }: FileVersions, copy: boolean): ChangeKind {
  if (oldPath === null) return 'create';
  if (newPath === null) return 'delete';
  if (oldPath === newPath) return 'modify';
  return copy ? 'copy' : 'rename';
}

function makeBinary(old: Bytes, next: Bytes, { binary }: MakeOptions): BinaryChange {
  if (binary === 'unknown') return { kind: 'unknown', line: 0 };
  const [forward, reverse] = [next, old].map((data) => ({ kind: 'literal', data }) as const);
  if (forward === undefined || reverse === undefined) throw new RangeError('two sides');
  return { kind: 'data', forward, reverse, line: 0 };
}

/** The hunks between two texts. */
export function diffText(
  old: Bytes,
  next: Bytes,
  { context = 3, heading = 'default' }: Pick<MakeOptions, 'context' | 'heading'> = {},
): Hunk[] {
  const [oldLines, nextLines] = [splitLines(old), splitLines(next)];
  return makeHunks(oldLines, nextLines, compare(oldLines, nextLines), { context, heading });
}

/** Which lines two texts do not share, moved to where a reader expects them. */
function compare(old: Lines, next: Lines): Changes {
  const numbers = new Map<string, number>();
  const oldIds = numberLines(old, numbers);
  const nextIds = numberLines(next, numbers, { lines: old, ids: oldIds });
  const changes = findChanges(oldIds, nextIds, numbers.size);
  compact(
    { ids: oldIds, changed: changes.old, indent: indentIn(old) },
    { ids: nextIds, changed: changes.next, indent: indentIn(next) },
  );
  return changes;
}

/**
 * A number per line, the same for equal lines. Latin-1 maps every byte to one character. Two versions
 * of a file mostly begin and end alike, and what they share there has its numbers from `other`.
 */
function numberLines(
  lines: Lines,
  numbers: Map<string, number>,
  other: { readonly lines: Lines; readonly ids: Int32Array } | null = null,
): Int32Array {
  const ids = new Int32Array(lines.count);
  const { head, tail } = other === null ? NOTHING_SHARED : sharedEnds(other.lines, lines);
  const end = lines.count - tail;
  if (other !== null) {
    ids.set(other.ids.subarray(0, head));
    ids.set(other.ids.subarray(other.lines.count - tail), end);
  }
  const first = lineStart(lines, head);
  const text = latin1(lines.bytes.subarray(first, lineStart(lines, end)));
  for (let line = head; line < end; line++) {
    const own = text.slice(lineStart(lines, line) - first, lineStart(lines, line + 1) - first);
    const known = numbers.get(own);
    ids[line] = known ?? numbers.size;
    if (known === undefined) numbers.set(own, numbers.size);
  }
  return ids;
}

const NOTHING_SHARED = { head: 0, tail: 0 };

/** Lines in which two texts begin alike, and lines in which what is left of them ends alike. */
function sharedEnds(old: Lines, next: Lines): { readonly head: number; readonly tail: number } {
  const [shortest, fewest] = [
    Math.min(old.bytes.length, next.bytes.length),
    Math.min(old.count, next.count),
  ];
  const alike = sharedPrefix(old.bytes, next.bytes, shortest);
  const begins = (line: number): boolean =>
    lineStart(old, line) <= alike && lineStart(next, line) <= alike;
  const head = lastThat(begins, fewest);
  const ending = sharedSuffix(old.bytes, next.bytes, shortest - lineStart(old, head));
  const ends = (count: number): boolean =>
    old.bytes.length - lineStart(old, old.count - count) <= ending &&
    next.bytes.length - lineStart(next, next.count - count) <= ending;
  return { head, tail: lastThat(ends, fewest - head) };
}

/** The largest number up to `most` that passes; 0 does, and none does above one that does not. */
function lastThat(passes: (number: number) => boolean, most: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function indentIn(lines: Lines): (line: number) => number {
  return (line) => indentOf(lines.bytes, lineStart(lines, line), lineStart(lines, line + 1));
}
