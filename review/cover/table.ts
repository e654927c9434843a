/** Tables of Markdown as text: columns two blanks apart, a rule below the heading, no cell broken. */
import type { Table } from 'mdast';
import { displayWidth, pad } from '../../tools/report/width.ts';
import { type Notes, inlineText, release } from './inline.ts';

/** A table wider than this reads badly everywhere. */
const WIDEST = 100;
/** Three dashes alone end the message of a mail, so no column is narrower than four. */
const NARROWEST = 4;

/** The lines of a table. */
export function tableLines(table: Table, notes: Notes): string[] {
  const rows = table.children.map((row) =>
    row.children.map((cell) => release(inlineText(cell.children, notes)).replaceAll('\n', ' ')),
  );
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[column] ?? '')), NARROWEST),
  );
  const width = widths.reduce((sum, each) => sum + each + 2, -2);
  if (width > WIDEST)
    notes.object(table, `table is ${width} columns wide, above the limit of ${WIDEST}`);
  const [heading = [], ...body] = rows.map((row) =>
    widths
      .map((cells, column) =>
        pad(row[column] ?? '', cells, table.align?.[column] === 'right' ? 'right' : 'left'),
      )
      .join('  ')
      .trimEnd(),
  );
  return [String(heading), widths.map((each) => '-'.repeat(each)).join('  '), ...body];
}
