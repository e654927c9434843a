/**
 * git's way of writing a path that holds odd bytes: in double quotes, with C escapes. The format is
 * that of `core.quotePath=true`, the default, which also quotes every byte above 0x7f.
 */
import { decodePath, encodePath } from './path.ts';
import type { Bytes, Path } from './types.ts';

const QUOTE = 34;
const BACKSLASH = 92;

/** Bytes with an escape letter of their own: BEL to CR, the quote and the backslash. */
const LETTER_OF: ReadonlyMap<number, string> = new Map([
  [7, 'a'],
  [8, 'b'],
  [9, 't'],
  [10, 'n'],
  [11, 'v'],
  [12, 'f'],
  [13, 'r'],
  [QUOTE, '"'],
  [BACKSLASH, '\\'],
]);
const BYTE_OF: ReadonlyMap<number, number> = new Map(
  [...LETTER_OF].map(([byte, letter]) => [letter.charCodeAt(0), byte]),
);

const UNQUOTED = /^[ !#-[\]-~]*$/;

/** `path` as git prints it: unchanged when it is plain, in quotes with escapes when it is not. */
export function quotePath(path: Path): string {
  return UNQUOTED.test(path) ? path : quoteBytes(encodePath(path));
}

/** In quotes whether it needs them or not, as `git fast-import` always takes it. */
export function quoteBytes(bytes: Bytes): string {
  let text = '"';
  for (const byte of bytes) {
    const letter = LETTER_OF.get(byte);
    if (letter !== undefined) text += `\\${letter}`;
    else if (byte < 0x20 || byte > 0x7e) text += `\\${byte.toString(8).padStart(3, '0')}`;
    else text += String.fromCharCode(byte);
  }
  return `${text}"`;
}

/** A path read from quotes, and how many bytes it took, both quotes included. */
export interface Unquoted {
  readonly path: Path;
  readonly length: number;
}

/**
 * Read the quoted path at the start of `text`; whatever follows the closing quote is left alone.
 * Null when there is no opening or closing quote, or an escape that git would not accept.
 */
export function unquotePath(text: Bytes): Unquoted | null {
  if (text[0] !== QUOTE) return null;
  const bytes = Buffer.allocUnsafe(text.length);
  let size = 0;
  for (let i = 1; i < text.length; size += 1) {
    const byte = text[i] ?? 0;
    if (byte === QUOTE) return { path: decodePath(bytes.subarray(0, size)), length: i + 1 };
    const escape = byte === BACKSLASH ? readEscape(text, i + 1) : { byte, length: 0 };
    if (escape === null) return null;
    bytes[size] = escape.byte;
    i += 1 + escape.length;
  }
  return null;
}

/** The escape behind a backslash: one letter, or three octal digits up to 377. */
function readEscape(text: Bytes, at: number): { byte: number; length: number } | null {
  const letter = BYTE_OF.get(text[at] ?? 0);
  if (letter !== undefined) return { byte: letter, length: 1 };
  const [high, middle, low] = [octal(text[at]), octal(text[at + 1]), octal(text[at + 2])];
  if (high === null || middle === null || low === null || high > 3) return null;
  return { byte: high * 64 + middle * 8 + low, length: 3 };
}

function octal(digit: number | undefined): number | null {
  return digit !== undefined && digit >= 48 && digit <= 55 ? digit - 48 : null;
}
