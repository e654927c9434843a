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
import type { BinaryChange, FilePatch, Hunk } from '../../tools/patch/types.ts';
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

/** A patch, ready to be compared. Lines are byte strings without line feeds. */
export interface PatchText {
  /** Author and message. */
  readonly head: readonly ByteString[];
  /** The diffs. A patch that changes no file is compared by its head. */
  readonly diff: readonly ByteString[];
  /** Lines of the diffs as git counts them: without the blank ones between files. */
  readonly size: number;
}

const TAB = 8;

/** The text of a patch in the direction in which the series applies it. */
export function textOf(patch: Patch): PatchText {
  const files = filesOf(patch);
  const { author, message } = toCommitInfo(patch);
  const head = [
    ' ## Metadata ##',
    encodeText(`Author: ${author.name} <${author.email}>`),
    '',
    ' ## Commit message ##',
    ...messageLines(byteString(message)),
    ...(files.length === 0 ? [] : ['']),
  ];
  const parts = files.map((file) => fileText(file));
  const diff = parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
  return {
    head,
    diff: files.length === 0 ? head : diff,
    size: parts.reduce((sum, lines) => sum + lines.length, 0),
  };
}

/** What the patch does, context apart; a file's header stands for creating, renaming and modes. */
export function changedLines(patch: Patch): ChangedLine[] {
  return filesOf(patch).flatMap((file) => changesOf(file));
}

function filesOf({ reverse, files }: Patch): readonly FilePatch[] {
  return reverse ? reversePatch(files) : files;
}

/** All lines of a text, as they are shown. */
export function linesOfText({ head, diff }: PatchText): readonly ByteString[] {
  return head === diff ? head : [...head, ...diff];
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

function fileText(file: FilePatch): ByteString[] {
  return [header(file), ...binaryText(file), ...file.hunks.flatMap((hunk) => hunkText(file, hunk))];
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

function hunkText(file: FilePatch, { section, lines }: Hunk): ByteString[] {
  const heading = latin1(section).replace(/\n$/, '');
  const where = heading === '' ? '' : ` ${encodeText(pathOf(file))}:${heading}`;
  return [
    `@@${where}`,
    ...lines.flatMap(({ op, text }) => {
      const line = op + latin1(withoutNewline(text));
      return text.at(-1) === 10 ? [line] : [line, ' \\ No newline at end of file'];
    }),
  ];
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
