/**
 * A patch as the text that two versions of it are compared by: author, message and diff without line
 * numbers and object ids. The form is that of git-range-diff(1), so that costs, and what is shown,
 * are the same as git's. One thing is different on purpose: for binary files git only sees that they
 * differ; here a line names the new content.
 */
import { createHash } from 'node:crypto';
import { reversePatch } from '../../tools/patch/reverse.ts';
import { formatMode } from '../../tools/patch/format.ts';
import { latin1, withoutNewline } from '../../tools/patch/lines.ts';
import type { BinaryChange, Bytes, FilePatch, Hunk } from '../../tools/patch/types.ts';
import { displayWidth } from '../../tools/report/width.ts';
import { toCommitInfo } from '../../tools/series/commit.ts';
import { type ByteString, byteString, decodeText, encodeText } from '../../tools/series/text.ts';
import type { Patch } from '../../tools/series/types.ts';

/** A line that a patch adds or removes. */
export interface ChangedLine {
  readonly path: string;
  readonly op: '-' | '+';
  /** Without its line feed. */
  readonly text: ByteString;
}

/** A patch, ready to be compared: byte strings of lines, the last with its line feed as well. */
export interface PatchText {
  /** Author and message. */
  readonly head: ByteString;
  /** The diffs. A patch that changes no file is compared by its head. */
  readonly diff: ByteString;
  /** Lines of the diffs as git counts them: without the blank ones between files. */
  readonly size: number;
}

const TAB = 8;
const LF = 10;

/** Texts of diffs that were made before: where two versions share a diff they share its text. */
export type KnownTexts = Map<readonly FilePatch[], Pick<PatchText, 'diff' | 'size'>>;

/** The text of a patch in the direction in which the series applies it. */
export function textOf(patch: Patch, known: KnownTexts = new Map()): PatchText {
  const files = filesOf(patch);
  const { author, message } = toCommitInfo(patch);
  const lines = [
    ' ## Metadata ##',
    encodeText(`Author: ${author.name} <${author.email}>`),
    '',
    ' ## Commit message ##',
    ...messageLines(byteString(message)),
  ];
  const head = `${lines.join('\n')}\n`;
  if (files.length === 0) return { head, diff: head, size: 0 };
  let text = known.get(files);
  if (text === undefined) known.set(files, (text = diffText(files)));
  return { head: `${head}\n`, ...text };
}

function diffText(files: readonly FilePatch[]): Pick<PatchText, 'diff' | 'size'> {
  return {
    diff: files.map((file) => fileText(file)).join('\n'),
    size: files.reduce((sum, file) => sum + sizeOf(file), 0),
  };
}

/** What the patch does, context apart; a file's header stands for creating, renaming and modes. */
export function changedLines(patch: Patch): ChangedLine[] {
  return filesOf(patch).flatMap((file) => changesOf(file));
}

function filesOf({ reverse, files }: Patch): readonly FilePatch[] {
  return reverse ? reversePatch(files) : files;
}

/** The whole text. */
export function wholeText({ head, diff }: PatchText): ByteString {
  return head === diff ? head : head + diff;
}

/** As `git log` indents a message: four blanks, tabs expanded, nothing behind the last letter. */
function messageLines(message: ByteString): ByteString[] {
  const lines = message.replace(/^(?:[ \t]*\n)+/, '').split('\n');
  while (lines.length > 0 && (lines.at(-1) ?? '').trim() === '') lines.pop();
  return lines.map((line) => `    ${expandTabs(line)}`.replace(/[ \t\r\v\f]+$/, ''));
}

function expandTabs(line: ByteString): ByteString {
  if (!line.includes('\t')) return line;
  const [first = '', ...rest] = line.split('\t');
  return rest.reduce((before, piece) => {
    const width = displayWidth(decodeText(before));
    return before + ' '.repeat(TAB - (width % TAB)) + piece;
  }, first);
}

function fileText(file: FilePatch): ByteString {
  const top = [header(file), ...binaryText(file)].map((line) => `${line}\n`);
  const hunks = file.hunks.map((hunk) => hunkHead(file, hunk) + hunkBody(hunk));
  return top.join('') + hunks.join('');
}

/** Lines of a file's text. */
function sizeOf(file: FilePatch): number {
  const top = 1 + binaryText(file).length;
  return file.hunks.reduce((sum, { lines }) => sum + 1 + lines.length + unended(lines), top);
}

/** Lines that end without line feed, each of which has a line behind it that says so. */
function unended(lines: Hunk['lines']): number {
  return lines.filter(({ text }) => text.at(-1) !== LF).length;
}

function header(file: FilePatch): ByteString {
  const { oldMode, newMode } = file;
  const mode =
    oldMode !== null && newMode !== null && oldMode !== newMode
      ? ` (mode change ${formatMode(oldMode)} => ${formatMode(newMode)})`
      : '';
  return encodeText(` ## ${whatHappens(file)}${mode} ##`);
}

function whatHappens({ change, oldPath, newPath }: FilePatch): string {
  const path = newPath ?? oldPath ?? '';
  if (change === 'create') return `${path} (new)`;
  if (change === 'delete') return `${oldPath ?? ''} (deleted)`;
  return change === 'rename' ? `${oldPath ?? ''} => ${path}` : path;
}

/** The file that a change is told of: where it ends up. */
function pathOf({ oldPath, newPath }: FilePatch): string {
  return newPath ?? oldPath ?? '';
}

function hunkHead(file: FilePatch, { section }: Hunk): ByteString {
  const heading = latin1(section).replace(/\n$/, '');
  return heading === '' ? '@@\n' : `@@ ${encodeText(pathOf(file))}:${heading}\n`;
}

function hunkBody({ lines }: Hunk): ByteString {
  const whole = contiguous(lines);
  if (whole !== null) return latin1(whole);
  const parts = lines.map(({ op, text }) => {
    const line = op + latin1(text);
    return text.at(-1) === LF ? line : `${line}\n \\ No newline at end of file\n`;
  });
  return parts.join('');
}

/**
 * The bytes of a hunk's body where they stand in one piece, signs included, in what the patch was
 * read from: turning them into text at once takes a fraction of the time. Null where they do not.
 */
function contiguous(lines: Hunk['lines']): Bytes | null {
  const first = lines[0]?.text;
  if (first === undefined || first.byteOffset === 0) return null;
  const { buffer } = first;
  const bytes = new Uint8Array(buffer);
  const start = first.byteOffset - 1;
  let at = start;
  for (const { op, text } of lines) {
    const here = text.buffer === buffer && text.byteOffset === at + 1;
    if (!here || bytes[at] !== op.charCodeAt(0) || text.at(-1) !== LF) return null;
    at += 1 + text.length;
  }
  return bytes.subarray(start, at);
}

function binaryText(file: FilePatch): ByteString[] {
  if (file.binary === null) return [];
  const [old, next] = [file.oldPath ?? '/dev/null', file.newPath ?? '/dev/null'];
  return [
    encodeText(` Binary files ${old} and ${next} differ`),
    ` Binary content ${contentId(file, file.binary)}`,
  ];
}

/** The object id of the new content where the patch says it in full, or else a hash of its data. */
function contentId({ newId }: FilePatch, binary: BinaryChange): string {
  if (newId?.length === 40 || binary.kind === 'unknown') return newId ?? 'unknown';
  return createHash('sha1').update(binary.forward.data).digest('hex');
}

function changesOf(file: FilePatch): ChangedLine[] {
  const path = pathOf(file);
  const quiet = file.change === 'modify' && file.oldMode === file.newMode && file.binary === null;
  const marks = [...(quiet ? [] : [header(file)]), ...binaryText(file)];
  return [
    ...marks.map((text) => ({ path, op: '+' as const, text })),
    ...file.hunks.flatMap(({ lines }) =>
      lines.flatMap(({ op, text }) =>
        op === ' ' ? [] : [{ path, op, text: latin1(withoutNewline(text)) }],
      ),
    ),
  ];
}
