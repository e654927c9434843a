/**
 * Writes file patches: in git's form (`git diff`, git-diff(1) "generating patch text with -p"), or,
 * for those that came without a git header, as a plain unified diff. What was parsed comes back as it
 * was, except for what the parser put right; preambles (`Index:`) and time stamps of plain diffs;
 * redundant `,1` in hunk headers; unusual prefixes where a file comes or goes; the compression of
 * binary data.
 */

import { writeBinaryHunk } from './binary.ts';
import { DEV_NULL } from './names.ts';
import { quotePath } from './quote.ts';
import type { BinaryChange, Bytes, FilePatch, Hunk, HunkLine, Mode, Path } from './types.ts';

const LF = 0x0a;
const MARK: Readonly<Record<HunkLine['op'], Bytes>> = {
  ' ': Buffer.from(' '),
  '-': Buffer.from('-'),
  '+': Buffer.from('+'),
};

/** The diffs of all `files`, one after the other. */
export function formatPatch(files: readonly FilePatch[]): Bytes {
  return join(files.flatMap(fileParts));
}

/** The diff of one file, header included. */
export function formatFilePatch(file: FilePatch): Bytes {
  return join(fileParts(file));
}

/** One hunk with its `@@` line. */
export function formatHunk(hunk: Hunk): Bytes {
  return join(hunkParts(hunk, '\n'));
}

function join(parts: readonly Bytes[]): Bytes {
  const all = Buffer.concat(parts);
  return new Uint8Array(all.buffer, all.byteOffset, all.length);
}

function fileParts(file: FilePatch): Bytes[] {
  // Carriage returns in a header say how to read those of the body, so they are kept.
  const eol = file.crlf ? '\r\n' : '\n';
  // Names in a header are ASCII: `quotePath` escapes everything else.
  const header = headerLines(file).map((line) => line + eol);
  const parts: Bytes[] = [Buffer.from(header.join(''), 'latin1')];
  if (file.binary?.kind === 'data') parts.push(...binaryParts(file.binary));
  for (const hunk of file.hunks) parts.push(...hunkParts(hunk, eol));
  return parts;
}

/** The lines above the first hunk or the binary data, without line ends. */
export function headerLines(file: FilePatch): string[] {
  const lines = file.format === 'git' ? gitHeader(file) : [];
  if (file.binary?.kind === 'unknown') lines.push(unknownBinary(file));
  if (file.hunks.length > 0) lines.push(...namePair(file));
  return lines;
}

function namePair({ rawOldName, oldPath, rawNewName, newPath }: FilePatch): [string, string] {
  const oldName = rawOldName ?? (oldPath === null ? DEV_NULL : `a/${oldPath}`);
  const newName = rawNewName ?? (newPath === null ? DEV_NULL : `b/${newPath}`);
  return [`--- ${ended(quotePath(oldName))}`, `+++ ${ended(quotePath(newName))}`];
}

/** A name with a space is ended by a tab, or readers would take what follows for a time stamp. */
function ended(name: string): string {
  return name.includes(' ') ? `${name}\t` : name;
}

function gitHeader(file: FilePatch): string[] {
  const [oldName, newName] = gitNames(file);
  const lines = [`diff --git ${quotePath(oldName)} ${quotePath(newName)}`, ...modeLines(file)];
  const { oldMode, newMode, similarity, dissimilarity, oldId, newId } = file;
  if (similarity !== null) lines.push(`similarity index ${similarity}%`);
  if (dissimilarity !== null) lines.push(`dissimilarity index ${dissimilarity}%`);
  if (file.change === 'rename' || file.change === 'copy') {
    lines.push(`${file.change} from ${quotePath(file.oldPath ?? '')}`);
    lines.push(`${file.change} to ${quotePath(file.newPath ?? '')}`);
  }
  if (oldId !== null && newId !== null) {
    const mode = oldMode !== null && oldMode === newMode ? ` ${formatMode(oldMode)}` : '';
    lines.push(`index ${oldId}..${newId}${mode}`);
  }
  return lines;
}

function modeLines({ change, oldMode, newMode }: FilePatch): string[] {
  if (change === 'create') return newMode === null ? [] : [`new file mode ${formatMode(newMode)}`];
  if (change === 'delete') {
    return oldMode === null ? [] : [`deleted file mode ${formatMode(oldMode)}`];
  }
  if (oldMode === newMode) return [];
  const lines: string[] = [];
  if (oldMode !== null) lines.push(`old mode ${formatMode(oldMode)}`);
  if (newMode !== null) lines.push(`new mode ${formatMode(newMode)}`);
  return lines;
}

/** A mode as git prints it: six octal digits. */
export function formatMode(mode: Mode): string {
  return mode.toString(8).padStart(6, '0');
}

/** Names of the `diff --git` line, unquoted: it names the file also on a side where it is not. */
function gitNames(file: FilePatch): readonly [Path, Path] {
  const oldName = writtenName(file, file.rawOldName, file.oldPath, 'a/');
  const newName = writtenName(file, file.rawNewName, file.newPath, 'b/');
  return [
    oldName ?? sibling(newName, file.newPath) ?? DEV_NULL,
    newName ?? sibling(oldName, file.oldPath) ?? DEV_NULL,
  ];
}

function writtenName(
  { change, hunks }: FilePatch,
  raw: Path | null,
  path: Path | null,
  prefix: string,
): Path | null {
  if (raw === DEV_NULL) return null;
  // A rename without hunks was read from lines that have no prefix.
  const bare = raw === path && hunks.length === 0 && (change === 'rename' || change === 'copy');
  return path !== null && (raw === null || bare) ? prefix + path : raw;
}

/** The same name with the prefix of the other side, where it has one of the usual two. */
function sibling(name: Path | null, path: Path | null): Path | null {
  if (name === null || path === null) return name;
  if (name === `b/${path}`) return `a/${path}`;
  return name === `a/${path}` ? `b/${path}` : name;
}

function unknownBinary(file: FilePatch): string {
  const [oldName, newName] = gitNames(file);
  const old = file.oldPath === null ? DEV_NULL : quotePath(oldName);
  const next = file.newPath === null ? DEV_NULL : quotePath(newName);
  return `Binary files ${old} and ${next} differ`;
}

function binaryParts({ forward, reverse }: BinaryChange & { kind: 'data' }): Bytes[] {
  const parts = [Buffer.from('GIT binary patch\n'), writeBinaryHunk(forward)];
  if (reverse !== null) parts.push(writeBinaryHunk(reverse));
  return parts;
}

function hunkParts(hunk: Hunk, eol: string): Bytes[] {
  const old = range(hunk.oldStart, hunk.oldCount);
  const next = range(hunk.newStart, hunk.newCount);
  const parts: Bytes[] = [Buffer.from(`@@ -${old} +${next} @@`), hunk.section, Buffer.of(LF)];
  for (const { op, text } of hunk.lines) {
    parts.push(MARK[op], text);
    if (text.at(-1) !== LF) parts.push(Buffer.from(`\n\\ No newline at end of file${eol}`));
  }
  return parts;
}

/** `start,count`, where a count of one is left out. */
function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${start},${count}`;
}
