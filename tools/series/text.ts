/**
 * Bytes as text, two ways. A *byte string* has one character (U+0000…U+00FF) per byte: it can be
 * searched and cut with string methods and loses nothing, which is what mail and patch headers in
 * unknown character sets need. A *text* is UTF-8 decoded, with bytes that are no UTF-8 kept as the
 * lone surrogates that `Path` defines, so it can be shown and still be written back.
 */
import { decodePath, encodePath } from '../patch/path.ts';
import type { Bytes } from '../patch/types.ts';

/** One character per byte. */
export type ByteString = string;

/** Bytes as a byte string. */
export function byteString(bytes: Bytes): ByteString {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** A byte string as bytes. */
export function bytesOf(text: ByteString): Bytes {
  const buffer = Buffer.from(text, 'latin1');
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Byte string → text. */
export function decodeText(text: ByteString): string {
  return isAscii(text) ? text : decodePath(bytesOf(text));
}

/** Text → byte string. */
export function encodeText(text: string): ByteString {
  return isAscii(text) ? text : byteString(encodePath(text));
}

/** Text → bytes. */
export function textBytes(text: string): Bytes {
  return encodePath(text);
}

/** Whether all characters are below U+0080. */
export function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

/** The lines of a byte string, each with its line feed; the last may have none. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Join pieces of bytes. */
export function concat(parts: readonly Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * What git counts as white space: blank, tab, line feed, carriage return. Other programs' notion
 * (form feed, no-break space) would make subjects differ from those that `git am` writes.
 */
export function trimSpace(text: string): string {
  return trimSpaceEnd(text.replace(/^[ \t\n\r]+/, ''));
}

/** Without git's white space at the end. A loop: a pattern would take quadratic time. */
export function trimSpaceEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/** Whether git takes this character for white space. */
export function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}
