/** Tables for the terminal: aligned columns, no frames, cut to the width that there is. */
import { displayWidth, pad, truncate } from './width.ts';

export interface Column {
  /** Absent in every column means no heading line. */
  readonly title?: string;
  readonly align?: 'left' | 'right';
  /** The columns that give way when the table is too wide; the last one does if none says so. */
  readonly shrink?: boolean;
  /** Dresses a cell after it was measured, for colours. */
  readonly style?: (cell: string) => string;
}

const GAP = '  ';
const LEAST = 8;

/** Takes the excess over `available` from the columns that may shrink, the widest first. */
function fit(widths: readonly number[], columns: readonly Column[], available: number): number[] {
  const fitted = [...widths];
  const shrinkable = columns.flatMap((column, index) => (column.shrink === true ? [index] : []));
  if (shrinkable.length === 0) shrinkable.push(columns.length - 1);
  const gaps = GAP.length * (columns.length - 1);
  let excess = fitted.reduce((sum, width) => sum + width, gaps) - available;
  while (excess > 0) {
    const widest = shrinkable.reduce((best, index) =>
      (fitted[index] ?? 0) > (fitted[best] ?? 0) ? index : best,
    );
    const width = fitted[widest] ?? 0;
    if (width <= LEAST) break;
    fitted[widest] = width - 1;
    excess -= 1;
  }
  return fitted;
}

function formatRow(
  cells: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  styled: boolean,
): string {
  const parts = columns.map((column, index) => {
    const width = widths[index] ?? 0;
    const cell = truncate(cells[index] ?? '', width);
    const filled =
      index === columns.length - 1 && column.align !== 'right'
        ? cell
        : pad(cell, width, column.align);
    // Styled after padding and without the blanks, so that no colour runs under them.
    const style = styled ? column.style : undefined;
    return style === undefined || cell === '' ? filled : filled.replace(cell, () => style(cell));
  });
  return parts.join(GAP).trimEnd();
}

/**
 * Lays out rows of printable cells under optional titles. `width` is in terminal columns; where
 * output is no terminal, pass `Infinity` and nothing is cut.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const titles = columns.map((column) => column.title ?? '');
  const titled = titles.some((title) => title !== '');
  const all = titled ? [titles, ...rows] : rows;
  const natural = columns.map((_, index) =>
    all.reduce((most, row) => Math.max(most, displayWidth(row[index] ?? '')), 0),
  );
  const widths = fit(natural, columns, width);
  const lines = rows.map((row) => formatRow(row, columns, widths, true));
  return titled ? [formatRow(titles, columns, widths, false), ...lines] : lines;
}
