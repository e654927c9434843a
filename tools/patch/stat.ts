/**
 * How much a patch changes, as numbers and in the three forms that git prints: `--stat` (see
 * `stat-graph.ts`), `--numstat`, `--summary`. `git diff` and `git apply` differ in how they write
 * renames and graphs; `StatStyle` chooses.
 */

import { deltaSizes } from './delta.ts';
import { formatMode } from './format.ts';
import { quotePath } from './quote.ts';
import { arrowBetween, arrowBetweenDirectories } from './stat-names.ts';
import type { BinaryHunk, FilePatch, Path } from './types.ts';

/** Whose words: those of `git diff` and `git format-patch`, or those of `git apply`. */
export type StatStyle = 'diff' | 'apply';

/** Lines that go and come in one file; sizes in bytes when it is binary and the patch tells them. */
export interface FileStat {
  readonly file: FilePatch;
  readonly added: number;
  readonly deleted: number;
  readonly binary: boolean;
  readonly oldSize: number | null;
  readonly newSize: number | null;
}

/** Sums over a patch. */
export interface StatTotal {
  readonly files: number;
  readonly added: number;
  readonly deleted: number;
}

/** Count what one file's diff changes. */
export function statOf(file: FilePatch): FileStat {
  let [added, deleted] = [0, 0];
  for (const { lines } of file.hunks) {
    for (const { op } of lines) {
      if (op === '+') added++;
      else if (op === '-') deleted++;
    }
  }
  const { binary } = file;
  const data = binary?.kind === 'data' ? binary : null;
  const newSize = file.newPath === null ? 0 : sizeMadeBy(data?.forward ?? null);
  const oldSize = file.oldPath === null ? 0 : sizeMadeBy(data?.reverse ?? null);
  return { file, added, deleted, binary: binary !== null, oldSize, newSize };
}

/** Bytes that a binary hunk leads to. */
function sizeMadeBy(hunk: BinaryHunk | null): number | null {
  if (hunk === null) return null;
  return hunk.kind === 'literal' ? hunk.data.length : (deltaSizes(hunk.data)?.target ?? null);
}

/** Add up files. A file that is named twice counts twice, as in git. */
export function totalOf(stats: readonly FileStat[]): StatTotal {
  let [added, deleted] = [0, 0];
  for (const stat of stats) {
    added += stat.added;
    deleted += stat.deleted;
  }
  return { files: stats.length, added, deleted };
}

/** ` 2 files changed, 3 insertions(+)`, without line end. */
export function formatTotal({ files, added, deleted }: StatTotal): string {
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  const parts = [` ${count(files, 'file')} changed`];
  if (files > 0 && (added > 0 || deleted === 0)) parts.push(`${count(added, 'insertion')}(+)`);
  if (files > 0 && (deleted > 0 || added === 0)) parts.push(`${count(deleted, 'deletion')}(-)`);
  return parts.join(', ');
}

/** The name under which a file stands in a table: quoted where git quotes, a rename as an arrow. */
export function statName(file: FilePatch, style: StatStyle): string {
  const moved = file.change === 'rename' || file.change === 'copy';
  if (style === 'diff' && moved) return arrowBetween(file.oldPath ?? '', file.newPath ?? '');
  return quotePath(currentPath(file));
}

function currentPath(file: FilePatch): Path {
  return file.newPath ?? file.oldPath ?? '';
}

/** `--numstat`: added, deleted, name, with tabs between; one line per file. */
export function formatNumstat(files: readonly FilePatch[], style: StatStyle = 'diff'): string {
  const line = (stat: FileStat): string => {
    const counts = stat.binary ? '-\t-' : `${stat.added}\t${stat.deleted}`;
    return `${counts}\t${statName(stat.file, style)}\n`;
  };
  return files.map((file) => line(statOf(file))).join('');
}

/** `--summary`: files that come, go, move or change mode; nothing for the others. */
export function formatSummary(files: readonly FilePatch[], style: StatStyle = 'diff'): string {
  return files
    .flatMap((file) => summaryLines(file, style))
    .map((line) => ` ${line}\n`)
    .join('');
}

function summaryLines(file: FilePatch, style: StatStyle): string[] {
  // git apply prints bare bytes here, whatever they do to a terminal; these are always quoted.
  const name = quotePath(currentPath(file));
  const mode = modeChange(file);
  switch (file.change) {
    case 'create':
      return [existence('create', file.newMode, name)];
    case 'delete':
      return [existence('delete', file.oldMode, name)];
    case 'rename':
    case 'copy':
      return [`${file.change} ${movement(file, style)} (${file.similarity ?? 0}%)`, ...mode];
    case 'modify':
      if (file.dissimilarity === null) return mode.map((line) => `${line} ${name}`);
      return [`rewrite ${name} (${file.dissimilarity}%)`, ...mode];
  }
}

function existence(what: string, mode: FilePatch['oldMode'], name: string): string {
  return mode === null ? `${what} ${name}` : `${what} mode ${formatMode(mode)} ${name}`;
}

function movement({ oldPath, newPath }: FilePatch, style: StatStyle): string {
  const arrow = style === 'diff' ? arrowBetween : arrowBetweenDirectories;
  return arrow(oldPath ?? '', newPath ?? '');
}

function modeChange({ oldMode, newMode }: FilePatch): string[] {
  if (oldMode === null || newMode === null || oldMode === newMode) return [];
  return [`mode change ${formatMode(oldMode)} => ${formatMode(newMode)}`];
}
