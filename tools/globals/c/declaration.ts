/** What the text around a declared name says of the variable. */
import type { Mark } from './notes.ts';

const LONGEST_TYPE = 80;
/** Lengths, or a pointer's parameters, are looked for in so many bytes behind a name. */
const REST_WITHIN = 1000;
/** Attributes behind a name are looked for in so many bytes. */
const MARKS_WITHIN = 400;

/** Where the pieces of a declaration stand; `pointer` is the innermost asterisk's place or -1. */
export interface Span {
  readonly declaration: number;
  readonly pointer: number;
  readonly name: number;
  readonly end: number;
}

/** Of a pointer, what stands behind the last asterisk decides; else the whole type. */
export function isConstant(text: string, { declaration, pointer, name }: Span): boolean {
  return /\bconst\b/.test(text.slice(pointer === -1 ? declaration : pointer, name));
}

/** The type as written, without the name and on one line. */
export function typeText(text: string, { declaration, name, end }: Span): string {
  const before = text.slice(declaration, name).replace(/\{[^]*\}/, '{…}');
  const own = ownPart(before);
  const rest =
    /^(?:\s*\[[^\]]*\])+|^\)\s*\([^)]*\)/.exec(text.slice(end, end + REST_WITHIN))?.[0] ?? '';
  const type = `${own}${rest.startsWith(')') ? '' : ' '}${rest}`
    .replace(/\b(?:static|extern|register|inline)\b/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+(?=[\]),])|(?<=[[(])\s+/g, '')
    .trim();
  return type.length > LONGEST_TYPE ? `${type.slice(0, LONGEST_TYPE - 1)}…` : type;
}

/** A declarator that is not the last: asterisks, a name, lengths, an initialiser. */
const DECLARATOR = /[\s*]*\b\w+\s*(?:\[[^\]]*\]\s*)*(?:=[^]*)?$/;

/** Of several declarators in one declaration, those before the last are left out. */
function ownPart(before: string): string {
  let [depth, first, last] = [0, -1, -1];
  for (let at = 0; at < before.length; at += 1) {
    const character = before[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (character === ',' && depth === 0) {
      if (first === -1) first = at;
      last = at;
    }
  }
  if (first === -1) return before;
  return `${before.slice(0, first).replace(DECLARATOR, '')} ${before.slice(last + 1).trimStart()}`;
}

/** Attributes that were blanked before, in and behind a declarator. */
export function attributesAround(
  text: string,
  attributes: readonly Mark[],
  start: number,
  end: number,
): string[] {
  const tail = text.slice(end, end + MARKS_WITHIN);
  const stop = end + Math.max(0, tail.search(/[;={]|$/));
  let from = start;
  // They may stand before the first word that is left.
  while (from > 0 && text.charCodeAt(from - 1) <= 32) from -= 1;
  let [low, high] = [0, attributes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((attributes[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let at = low; at < attributes.length; at += 1) {
    const mark = attributes[at];
    if (mark === undefined || mark.at >= stop) break;
    found.push(mark.word);
  }
  return found;
}
