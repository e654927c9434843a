/** Turns a patch around, so that it takes back what it did: what `git apply -R` carries out. */

import type { BinaryChange, ChangeKind, FilePatch, Hunk, HunkLine, LineOp } from './types.ts';

const OPPOSITE: Readonly<Record<LineOp, LineOp>> = { ' ': ' ', '-': '+', '+': '-' };

/**
 * The opposite of `create` is `delete`; the others are their own. A reversed copy says, as in git,
 * that the old file is a copy of the new one: it is for whoever applies it to see that the copy goes.
 */
const UNDONE_BY: Readonly<Record<ChangeKind, ChangeKind>> = {
  create: 'delete',
  delete: 'create',
  modify: 'modify',
  rename: 'rename',
  copy: 'copy',
};

/**
 * The whole patch reversed: the last change is taken back first, for a patch may change one file
 * twice. Reversing twice gives the same patch again.
 */
export function reversePatch(files: readonly FilePatch[]): FilePatch[] {
  return files.map(reverseFilePatch).reverse();
}

/** The change of one file reversed. Its position in the patch file stays what it was. */
export function reverseFilePatch(file: FilePatch): FilePatch {
  return {
    ...file,
    change: UNDONE_BY[file.change],
    oldPath: file.newPath,
    newPath: file.oldPath,
    oldMode: file.newMode,
    newMode: file.oldMode,
    oldId: file.newId,
    newId: file.oldId,
    hunks: file.hunks.map(reverseHunk),
    binary: file.binary === null ? null : reverseBinary(file.binary),
    rawOldName: file.rawNewName,
    rawNewName: file.rawOldName,
  };
}

function reverseHunk(hunk: Hunk): Hunk {
  return {
    ...hunk,
    oldStart: hunk.newStart,
    oldCount: hunk.newCount,
    newStart: hunk.oldStart,
    newCount: hunk.oldCount,
    lines: reverseLines(hunk.lines),
  };
}

/**
 * Swap the sides. In a run of lines that go and then come, the two swap places as well, so that what
 * goes still stands first; in a run that alternates, moving lines would change their order.
 */
function reverseLines(lines: readonly HunkLine[]): HunkLine[] {
  const result: HunkLine[] = [];
  for (let at = 0; at < lines.length;) {
    const first = blockEnd(lines, at);
    const second = isChange(lines[at]) && isChange(lines[first]) ? blockEnd(lines, first) : first;
    if (second > first && !isChange(lines[second])) {
      result.push(...lines.slice(first, second).map(opposite));
      result.push(...lines.slice(at, first).map(opposite));
      at = second;
    } else {
      const end = runEnd(lines, at);
      result.push(...lines.slice(at, end).map(opposite));
      at = end;
    }
  }
  return result;
}

function opposite({ op, text }: HunkLine): HunkLine {
  return { op: OPPOSITE[op], text };
}

function isChange(line: HunkLine | undefined): boolean {
  return line !== undefined && line.op !== ' ';
}

/** Index after the lines from `at` on that do the same. */
function blockEnd(lines: readonly HunkLine[], at: number): number {
  let end = at;
  while (end < lines.length && lines[end]?.op === lines[at]?.op) end++;
  return end;
}

/** Index after the lines from `at` on that are all context, or all change. */
function runEnd(lines: readonly HunkLine[], at: number): number {
  let end = at;
  while (end < lines.length && isChange(lines[end]) === isChange(lines[at])) end++;
  return end;
}

function reverseBinary(binary: BinaryChange): BinaryChange {
  if (binary.kind === 'unknown' || binary.reverse === null) return binary;
  return { ...binary, forward: binary.reverse, reverse: binary.forward };
}
