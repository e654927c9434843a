/**
 * Transfer encodings, character sets and RFC 2047 words, as tolerant as `git mailinfo`: what is
 * malformed stays as it stands. Everything here is byte strings; see `text.ts`.
 */
import { type ByteString, byteString, bytesOf, trimSpace } from './text.ts';

/** Receives what was odd. */
export type Warn = (message: string) => void;

/**
 * Quoted-printable (RFC 2045) of one line, or the Q encoding of RFC 2047 when `word` is set (an
 * underscore is a blank there). `=` at the end of a line swallows the line feed.
 */
export function decodeQuotedPrintable(text: ByteString, word = false): ByteString {
  const soft = text.replace(/=\r?\n?$/, '');
  const plain = word ? soft.replaceAll('_', ' ') : soft;
  return plain.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Base64; characters outside the alphabet are passed over, and so is padding. */
export function decodeBase64(text: ByteString): ByteString {
  const clean = text.replace(/[^A-Za-z0-9+/]+/g, '');
  return Buffer.from(clean, 'base64').toString('latin1');
}

/** Names by which ISO 8859-1 goes. WHATWG decoders take them for windows-1252, which it is not. */
const LATIN1 = new Set(['iso-8859-1', 'iso8859-1', 'iso_8859-1', 'latin1', 'l1', 'cp819']);
const UTF8 = new Set(['', 'utf-8', 'utf8', 'us-ascii', 'ascii', 'ansi_x3.4-1968']);

/** Convert to UTF-8; what cannot be converted stays as it is and is reported. */
export function toUtf8(text: ByteString, charset: ByteString, warn: Warn): ByteString {
  const name = charset.toLowerCase();
  if (UTF8.has(name) || (/^[\x00-\x7f]*$/.test(text) && !/2022|utf-?(7|16|32)|hz-/.test(name)))
    return text;
  if (LATIN1.has(name)) return Buffer.from(text, 'utf8').toString('latin1');
  try {
    const decoded = new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytesOf(text));
    return byteString(Buffer.from(decoded, 'utf8'));
  } catch {
    warn(`cannot convert from '${charset}' to UTF-8`);
    return text;
  }
}

/** Longer fields are no mail but an attack on whoever looks for words in them. */
const MAX_FIELD = 64 * 1024;
/** `=?charset?Q?text?=`. */
const WORD = /=\?([^?]*)\?([bBqQ])\?(.*?)\?=/gs;

/**
 * Decode the RFC 2047 words of a header value. White space between two words goes, other text
 * stays. A value with a word that does not parse is left alone as a whole, as git leaves it.
 */
export function decodeWords(value: ByteString, warn: Warn): ByteString {
  if (value.length > MAX_FIELD) {
    warn(`header field of ${value.length} bytes is not decoded`);
    return value;
  }
  let out = '';
  let at = 0;
  for (const match of value.matchAll(WORD)) {
    const between = value.slice(at, match.index);
    if (at === 0 || trimSpace(between) !== '') out += between;
    const [whole, charset = '', encoding = '', body = ''] = match;
    const bytes = /b/i.test(encoding) ? decodeBase64(body) : decodeQuotedPrintable(body, true);
    // RFC 2231 allows a language tag behind the character set.
    out += toUtf8(bytes, charset.replace(/\*.*$/, ''), warn);
    at = match.index + whole.length;
  }
  return out + value.slice(at);
}

/** The value of `name=` in a structured header, quoted or not; null when it is not there. */
export function attribute(value: ByteString, name: string): ByteString | null {
  const start = value.toLowerCase().indexOf(`${name}=`);
  if (start === -1) return null;
  const rest = value.slice(start + name.length + 1);
  return rest.startsWith('"')
    ? (/^[^"]*/.exec(rest.slice(1))?.[0] ?? '')
    : (/^[^; \t]*/.exec(rest)?.[0] ?? '');
}
