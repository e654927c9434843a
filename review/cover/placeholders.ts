/** What a writer left to be filled in, found in the source of a cover letter. */
import type { Nodes, Root } from 'mdast';
import type { Objection } from '../message/objections.ts';

// The words of git's, b4's and people's templates.
const PLACEHOLDER =
  /\*{3} ?(?:SUBJECT|BLURB)[^*]*\*{3}|\{\{[^{}]*\}\}|\b(?:TODO|TBD|FIXME|XXX|EDITME)\b|\?{3,}/g;

/** One objection for each line with a placeholder. Code, comments and addresses may hold such words. */
export function findPlaceholders(
  source: string,
  root: Root,
  file: string,
  firstLine: number,
): Objection[] {
  return withoutCode(source, root)
    .split('\n')
    .flatMap((line, index) => {
      const [found] = line.match(PLACEHOLDER) ?? [];
      if (found === undefined) return [];
      return [{ file, line: firstLine + index, message: `'${found}' is left to be filled in` }];
    });
}

/** The source with blanks in place of code, comments and the addresses of links. */
function withoutCode(source: string, root: Root): string {
  // Offsets count UTF-16 units, and so must the pieces.
  const text = source.split('');
  const blank = (start: number, end: number): void => {
    for (let at = start; at < end; at += 1) if (text[at] !== '\n') text[at] = ' ';
  };
  const visit = (node: Nodes): void => {
    const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
    if (node.type === 'code' || node.type === 'inlineCode' || node.type === 'definition')
      blank(start, end);
    else if (node.type === 'html' && node.value.startsWith('<!--')) blank(start, end);
    else if (node.type === 'link') blank(node.children.at(-1)?.position?.end.offset ?? start, end);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(root);
  return text.join('');
}
