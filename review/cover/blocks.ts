/** Blocks of Markdown as lines of plain text, filled to a width; see README.md for what becomes what. */
import type { Blockquote, Code, Heading, List, ListItem, RootContent } from 'mdast';
import { displayWidth, wrap } from '../../tools/report/width.ts';
import { type Notes, htmlText, inlineText, release } from './inline.ts';
import { tableLines } from './table.ts';

/** Narrower than this nothing is filled sensibly, however deep lists are nested. */
const LEAST_WIDTH = 24;
/** RFC 5322 §2.1.1, in octets. */
const LONGEST_LINE = 998;

/** Lines of several blocks, an empty line between each two. */
export function blockLines(nodes: readonly RootContent[], width: number, notes: Notes): string[] {
  const blocks = nodes.map((node) => oneBlock(node, Math.max(width, LEAST_WIDTH), notes));
  return blocks
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function oneBlock(node: RootContent, width: number, notes: Notes): string[] {
  switch (node.type) {
    case 'paragraph':
      return fill(inlineText(node.children, notes), width);
    case 'heading':
      return headingLines(node, width, notes);
    case 'list':
      return listLines(node, width, notes);
    case 'blockquote':
      return quoteLines(node, width, notes);
    case 'code':
      return codeLines(node, notes);
    case 'table':
      return tableLines(node, notes);
    case 'thematicBreak':
      return ['* * *'];
    case 'html':
      htmlText(node, notes);
      return [];
    default:
      // Definitions stand below the text; front matter was cut off before.
      return [];
  }
}

/** Fill text to `width` columns, every line that the writer ended for itself. */
export function fill(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const filled = wrap(line, width).map(release);
    return filled.length === 0 ? [''] : filled;
  });
}

/** Parts of a letter with an empty line between each two; empty parts vanish. */
export function joinParts(parts: readonly (readonly string[])[]): string[] {
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

const UNDERLINES: Readonly<Record<number, string>> = { 1: '=', 2: '=', 3: '-' };

function headingLines({ depth, children }: Heading, width: number, notes: Notes): string[] {
  const lines = fill(inlineText(children, notes).replaceAll('\n', ' '), width);
  const underline = UNDERLINES[depth];
  if (underline === undefined) return [...lines.slice(0, -1), `${lines.at(-1)}:`];
  // At least four: three dashes alone would end the message.
  const longest = lines.reduce((most, line) => Math.max(most, displayWidth(line)), 4);
  return [...lines, underline.repeat(longest)];
}

function listLines(list: List, width: number, notes: Notes): string[] {
  const first = list.start ?? 1;
  const last = first + list.children.length - 1;
  const markers = list.children.map((_, index) =>
    list.ordered === true ? `${first + index}.`.padStart(String(last).length + 1) : '-',
  );
  const loose = list.spread === true || list.children.some(({ spread }) => spread === true);
  const items = list.children.map((item, index) =>
    itemLines(item, markers[index] ?? '-', width, notes),
  );
  return items.flatMap((lines, index) => (loose && index > 0 ? ['', ...lines] : lines));
}

function itemLines(item: ListItem, marker: string, width: number, notes: Notes): string[] {
  const box = item.checked === true ? '[x] ' : item.checked === false ? '[ ] ' : '';
  const front = `${marker} ${box}`;
  const inner = width - front.length;
  // In a tight list, what is nested follows its item directly.
  const lines =
    item.spread === true
      ? blockLines(item.children, inner, notes)
      : item.children.flatMap((child) => blockLines([child], inner, notes));
  if (lines.length === 0) return [front.trimEnd()];
  return lines.map((line, index) => indent(index === 0 ? front : ' '.repeat(front.length), line));
}

function quoteLines({ children }: Blockquote, width: number, notes: Notes): string[] {
  return blockLines(children, width - 2, notes).map((line) => indent('> ', line));
}

function codeLines(node: Code, notes: Notes): string[] {
  const lines = node.value.split('\n').map((line) => indent('    ', line));
  for (const line of lines) {
    if (Buffer.byteLength(line) > LONGEST_LINE)
      notes.object(node, `a line of code has more than ${LONGEST_LINE} bytes`);
  }
  return lines;
}

function indent(front: string, line: string): string {
  return (front + line).trimEnd();
}
