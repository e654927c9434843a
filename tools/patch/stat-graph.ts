/** The table with bars that `git diff --stat` and `git apply --stat` print, to the column. */

import { formatTotal, statName, statOf, totalOf, type FileStat, type StatStyle } from './stat.ts';
import type { FilePatch } from './types.ts';

export interface StatOptions {
  /** Columns of the whole table, as `--stat=N`; 80 unless given. `git apply` has no choice. */
  readonly width?: number;
  readonly style?: StatStyle;
}

/** A line of the table before it is laid out. */
interface Row extends FileStat {
  readonly name: string;
}

/** The table of `files` with its summary line. Names are ASCII after quoting, so length is width. */
export function formatStat(files: readonly FilePatch[], options: StatOptions = {}): string {
  const style = options.style ?? 'diff';
  const rows = files.map((file) => ({ ...statOf(file), name: statName(file, style) }));
  const lines = style === 'diff' ? diffLines(rows, options.width ?? 80) : applyLines(rows);
  const total = formatTotal(totalOf(rows));
  // git diff says nothing at all about no files.
  if (rows.length === 0 && style === 'diff') return '';
  return [...lines, total].map((line) => `${line}\n`).join('');
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}

/** Bytes before and after, where the patch tells both. */
function binaryNote({ oldSize, newSize }: Row): string {
  if (oldSize === null || newSize === null || (oldSize === 0 && newSize === 0)) return '';
  return ` ${oldSize} -> ${newSize} bytes`;
}

interface Columns {
  readonly name: number;
  readonly number: number;
  readonly graph: number;
}

/** Share `width` columns between names and bars: bars get three eighths when both want more. */
function columnsFor(rows: readonly Row[], width: number): Columns {
  const change = largest(rows.map((row) => (row.binary ? 0 : row.added + row.deleted)));
  const note = largest(rows.map((row) => (row.binary ? 'Bin'.length + noteWidth(row) : 0)));
  const number = Math.max(String(change).length, note > 0 ? 'Bin'.length : 0);
  const usable = Math.max(width, 16 + 6 + number);
  let graph = Math.max(change, note - 4);
  let name = largest(rows.map((row) => row.name.length));
  if (name + number + 6 + graph > usable) {
    const fair = Math.floor((usable * 3) / 8) - number - 6;
    if (graph > fair) graph = Math.max(fair, 6);
    name = Math.min(name, usable - number - 6 - graph);
    graph = Math.max(graph, usable - number - 6 - name);
  }
  return { name, number, graph };
}

/** Columns of ` OLD -> NEW bytes`; git counts sizes of zero, too. */
function noteWidth({ oldSize, newSize }: Row): number {
  return 11 + String(oldSize ?? 0).length + String(newSize ?? 0).length;
}

function diffLines(rows: readonly Row[], width: number): string[] {
  const columns = columnsFor(rows, width);
  const change = largest(rows.map((row) => (row.binary ? 0 : row.added + row.deleted)));
  return rows.map((row) => {
    const name = shortened(row.name, columns.name, columns.name - 3).padEnd(columns.name);
    const count = row.binary ? 'Bin' : String(row.added + row.deleted);
    const rest = row.binary ? binaryNote(row) : barAfterSpace(row, columns.graph, change);
    return ` ${name} | ${count.padStart(columns.number)}${rest}`;
  });
}

/** A name that is too long loses its front; `tail` characters are left, or from a slash on. */
function shortened(name: string, width: number, tail: number): string {
  if (name.length <= width) return name;
  const end = name.slice(name.length - Math.max(tail, 0));
  const slash = end.indexOf('/');
  return `...${slash === -1 ? end : end.slice(slash)}`;
}

function barAfterSpace(row: Row, width: number, largestChange: number): string {
  if (row.added + row.deleted === 0) return '';
  const [plus, minus] = barLengths(row, width, largestChange);
  return ` ${'+'.repeat(plus)}${'-'.repeat(minus)}`;
}

/** Signs for both parts; what is not zero shows at least one. */
function barLengths({ added, deleted }: Row, width: number, change: number): [number, number] {
  if (width > change) return [added, deleted];
  const scaled = (n: number): number =>
    n === 0 ? 0 : 1 + Math.floor((n * (width - 1)) / Math.max(change, 1));
  const both = added > 0 && deleted > 0;
  const total = Math.max(scaled(added + deleted), both ? 2 : 0);
  if (added < deleted) return [scaled(added), total - scaled(added)];
  return [total - scaled(deleted), scaled(deleted)];
}

/** Widest name and widest line of `git apply --stat`. */
const APPLY_NAME = 50;
const APPLY_LINE = 70;

function applyLines(rows: readonly Row[]): string[] {
  const change = largest(rows.map((row) => row.added + row.deleted));
  const name = Math.min(APPLY_NAME, largest(rows.flatMap((row) => namesWidth(row))));
  const graph = name + change > APPLY_LINE ? APPLY_LINE - name : change;
  return rows.map((row) => {
    const head = ` ${shortened(row.name, name, name - 3).padEnd(name)} |`;
    if (row.binary) return `${head}  Bin`;
    const count = row.added + row.deleted;
    const [total, plus] = [count, row.added].map((n) =>
      change === 0 ? n : Math.floor((n * graph + Math.floor(change / 2)) / change),
    );
    const [signs, pluses] = [total ?? 0, plus ?? 0];
    return `${head}${String(count).padStart(5)} ${'+'.repeat(pluses)}${'-'.repeat(signs - pluses)}`;
  });
}

/** `git apply` makes room for the old name of a rename, too, though it does not show it. */
function namesWidth({ file, name }: Row): number[] {
  const old = file.oldPath === null ? 0 : statName({ ...file, newPath: null }, 'apply').length;
  return [name.length, old];
}
