/**
 * Reads one hunk of a unified diff. The counts in the `@@` header are believed when the body agrees
 * with them; a body that does not (people edit patches by hand) is counted again and reported.
 */
import { SeamError } from '../errors.ts';
import type { Lines } from './lines.ts';
import { latin1, lineAt, lineStart, startsWith, withoutNewline } from './lines.ts';
import type { Bytes, Hunk, HunkLine, LineOp, Repair } from './types.ts';

/** Line numbers and counts above this are nonsense: no file that Seam reads has so many lines. */
const LARGEST = 0x7fff_ffff;
/** One `@` at its end is enough for GNU patch. */
const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@?/;
const LF = 10;
const TAB = 9;
const CR = 13;
const OPS: Readonly<Record<number, LineOp>> = { 32: ' ', 43: '+', 45: '-' };

interface Header {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly section: Bytes;
}

interface Body {
  readonly lines: readonly HunkLine[];
  readonly oldCount: number;
  readonly newCount: number;
  readonly next: number;
  readonly repairs: readonly Repair[];
}

export interface ParsedHunk {
  readonly hunk: Hunk;
  /** Index of the first line after the hunk. */
  readonly next: number;
  readonly repairs: readonly Repair[];
}

/** Whether line `index` begins a hunk. */
export function isHunkHeader(lines: Lines, index: number): boolean {
  return startsWith(lines.bytes, '@@ -', lineStart(lines, index));
}

/** Whether the lines from `index` on are `---`, `+++` and a hunk: the start of a unified diff. */
export function isNamePair(lines: Lines, index: number): boolean {
  return (
    index + 2 < lines.count &&
    startsWith(lines.bytes, '--- ', lineStart(lines, index)) &&
    startsWith(lines.bytes, '+++ ', lineStart(lines, index + 1)) &&
    isHunkHeader(lines, index + 2)
  );
}

/** The same with `+++` above `---`, an order that GNU patch reads as well. */
export function isSwappedPair(lines: Lines, index: number): boolean {
  return (
    index + 2 < lines.count &&
    startsWith(lines.bytes, '+++ ', lineStart(lines, index)) &&
    startsWith(lines.bytes, '--- ', lineStart(lines, index + 1)) &&
    isHunkHeader(lines, index + 2)
  );
}

/** Read the hunk whose header is line `index`. */
export function parseHunk(lines: Lines, index: number): ParsedHunk {
  const header = parseHeader(lines, index);
  const counted = readCounted(lines, index + 1, header);
  const body = counted ?? recount(lines, index, header);
  const hunk: Hunk = {
    oldStart: header.oldStart,
    oldCount: body.oldCount,
    newStart: header.newStart,
    newCount: body.newCount,
    section: header.section,
    lines: body.lines,
    line: index + 1,
  };
  return { hunk, next: body.next, repairs: body.repairs };
}

function parseHeader(lines: Lines, index: number): Header {
  const line = withoutNewline(lineAt(lines, index));
  const match = HEADER.exec(latin1(line.subarray(0, 96)));
  if (match === null) {
    throw new SeamError('patch-bad-hunk-header', `malformed hunk header at line ${index + 1}`, {
      data: { line: index + 1, expected: '@@ -start,count +start,count @@' },
    });
  }
  const number = (text: string | undefined): number => {
    const value = text === undefined ? 1 : Number(text);
    if (value <= LARGEST) return value;
    throw new SeamError(
      'patch-huge-hunk',
      `hunk header at line ${index + 1} has the number ${text}, larger than any file`,
      { data: { line: index + 1, largest: LARGEST } },
    );
  };
  return {
    oldStart: number(match[1]),
    oldCount: number(match[2]),
    newStart: number(match[3]),
    newCount: number(match[4]),
    section: line.subarray(match[0].length),
  };
}

/** Read as many lines as the header announces; null when the body does not agree with it. */
function readCounted(lines: Lines, first: number, header: Header): Body | null {
  const out: HunkLine[] = [];
  const repairs: Repair[] = [];
  let oldLeft = header.oldCount;
  let newLeft = header.newCount;
  let index = first;
  for (; index < lines.count; index += 1) {
    const start = lineStart(lines, index);
    const code = lines.bytes[start];
    if (code === 92) {
      if (isMarker(lines, index) && out.length > 0) dropNewline(out);
      else return null;
      continue;
    }
    if (oldLeft === 0 && newLeft === 0) break;
    const op = opOf(lines, index);
    if (op === null && code !== TAB) return null;
    if (op === null) repairs.push(eatenSpace(index));
    if (op !== '+') oldLeft -= 1;
    if (op !== '-') newLeft -= 1;
    if (oldLeft < 0 || newLeft < 0) return null;
    out.push(op === null ? { op: ' ', text: lineAt(lines, index) } : bodyLine(lines, index, op));
  }
  if (oldLeft !== 0 || newLeft !== 0 || goesOn(lines, index)) return null;
  const unterminated = terminate(lines, index, out);
  if (unterminated !== null) repairs.push(unterminated);
  return { lines: out, oldCount: header.oldCount, newCount: header.newCount, next: index, repairs };
}

/** Read to where the hunk visibly ends, whatever the header says. */
function recount(lines: Lines, headerIndex: number, header: Header): Body {
  const out: HunkLine[] = [];
  let index = headerIndex + 1;
  for (; index < lines.count && !isBoundary(lines, index); index += 1) {
    if (lines.bytes[lineStart(lines, index)] === 92) {
      if (!isMarker(lines, index) || out.length === 0) break;
      dropNewline(out);
      continue;
    }
    const op = opOf(lines, index);
    if (op === null) break;
    out.push(bodyLine(lines, index, op));
  }
  while (isBlankContext(out.at(-1)) && isBlank(lines, index - 1)) {
    // Empty lines after the hunk separate it from what follows; git and patch do not count them.
    out.pop();
    index -= 1;
  }
  refuseIfCut(lines, headerIndex, header, out, index);
  const unterminated = terminate(lines, index, out);
  const oldCount = out.filter((line) => line.op !== '+').length;
  const newCount = out.filter((line) => line.op !== '-').length;
  const repairs = unterminated === null ? [] : [unterminated];
  if (oldCount !== header.oldCount || newCount !== header.newCount) {
    repairs.unshift(recounted(headerIndex, header, oldCount, newCount));
  }
  return { lines: out, oldCount, newCount, next: index, repairs };
}

function recounted(index: number, header: Header, oldCount: number, newCount: number): Repair {
  return {
    kind: 'recounted',
    line: index + 1,
    message:
      `hunk header at line ${index + 1} announces -${header.oldCount} +${header.newCount} lines, ` +
      `its body has -${oldCount} +${newCount}`,
  };
}

function eatenSpace(index: number): Repair {
  return {
    kind: 'eaten-space',
    line: index + 1,
    message: `context line ${index + 1} has lost its leading space`,
  };
}

/**
 * A body that is too short is a miscount when it ends as hunks do, with as much context below as
 * above; when it just stops, and the patch with it, the patch was cut and half of it is missing.
 */
function refuseIfCut(
  lines: Lines,
  headerIndex: number,
  header: Header,
  body: readonly HunkLine[],
  end: number,
): void {
  const changes = body.some((line) => line.op !== ' ');
  const leading = body.findIndex((line) => line.op !== ' ');
  const trailing = body.length - 1 - body.findLastIndex((line) => line.op !== ' ');
  const have = body.filter((line) => line.op !== '+').length;
  const cut = end >= lines.count && have < header.oldCount && trailing < Math.min(leading, 3);
  if (changes && !cut) return;
  const what = cut ? 'patch ends' : 'text that is no part of a hunk stands';
  throw new SeamError(
    cut ? 'patch-truncated' : 'patch-corrupt',
    `${what} at line ${end + 1}, inside the hunk that begins at line ${headerIndex + 1} ` +
      `(expected -${header.oldCount} +${header.newCount} lines)`,
    {
      data: {
        line: end + 1,
        hunkLine: headerIndex + 1,
        oldCount: header.oldCount,
        newCount: header.newCount,
      },
    },
  );
}

function opOf(lines: Lines, index: number): LineOp | null {
  const code = lines.bytes[lineStart(lines, index)] ?? 0;
  return OPS[code] ?? (isBlank(lines, index) ? ' ' : null);
}

/** A line that has nothing but its end: an empty context line whose space was not written. */
function isBlank(lines: Lines, index: number): boolean {
  const start = lineStart(lines, index);
  const code = lines.bytes[start];
  return code === LF || (code === CR && lines.bytes[start + 1] === LF);
}

function isBlankContext(line: HunkLine | undefined): boolean {
  return line !== undefined && line.op === ' ' && line.text.length <= 2;
}

function bodyLine(lines: Lines, index: number, op: LineOp): HunkLine {
  const start = lineStart(lines, index) + (isBlank(lines, index) ? 0 : 1);
  return { op, text: lines.bytes.subarray(start, lineStart(lines, index + 1)) };
}

/** `\ No newline at end of file`, in whatever language diff spoke: at least this much is fixed. */
function isMarker(lines: Lines, index: number): boolean {
  return startsWith(lines.bytes, '\\ ', lineStart(lines, index));
}

function dropNewline(out: HunkLine[]): void {
  const last = out.at(-1);
  if (last === undefined) return;
  const text = last.text.at(-1) === LF ? last.text.subarray(0, -1) : last.text;
  out[out.length - 1] = { op: last.op, text };
}

/** The patch file itself ends without a line feed: the missing one was lost, not meant. */
function terminate(lines: Lines, end: number, out: HunkLine[]): Repair | null {
  const last = out.at(-1);
  if (end < lines.count || last === undefined || lines.bytes.at(-1) === LF) return null;
  if (isMarker(lines, lines.count - 1)) return null;
  out[out.length - 1] = { op: last.op, text: Buffer.concat([last.text, Buffer.from('\n')]) };
  return {
    kind: 'unterminated',
    line: lines.count,
    message: `line ${lines.count}, the last of the patch, has no line feed`,
  };
}

/** `-- ` and a version below it: how git ends a mail. Never a deleted line `- `. */
function isSignature(lines: Lines, index: number): boolean {
  const text = latin1(lineAt(lines, index));
  if (!/^-- ?\r?\n?$/.test(text)) return false;
  return index + 1 >= lines.count || opOf(lines, index + 1) === null || isBlank(lines, index + 1);
}

function isBoundary(lines: Lines, index: number): boolean {
  const start = lineStart(lines, index);
  return (
    isHunkHeader(lines, index) ||
    startsWith(lines.bytes, 'diff ', start) ||
    startsWith(lines.bytes, 'Index: ', start) ||
    isNamePair(lines, index) ||
    isSignature(lines, index)
  );
}

/**
 * Whether the body visibly goes on below line `index`, where the counts say that it ends: changed
 * lines that run on to the next hunk, the next diff or the end. Text that follows a patch may also
 * start with a blank or a dash, so anything else is taken as text.
 */
function goesOn(lines: Lines, index: number): boolean {
  let changed = false;
  let at = index;
  for (; at < lines.count && !isBoundary(lines, at); at += 1) {
    const op = opOf(lines, at);
    if (op === null && !isMarker(lines, at)) return false;
    if (op === ' ' && isBlank(lines, at)) break;
    if (op !== ' ') changed = true;
  }
  while (at < lines.count && isBlank(lines, at)) at += 1;
  return changed && at > index && (at >= lines.count || isBoundary(lines, at));
}
