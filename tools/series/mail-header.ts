/**
 * Header fields of mails as `git format-patch` writes them: RFC 2047 words (Q encoding, UTF-8) only
 * where needed, lines folded at 78 columns, 76 where there are words. Rules of git's `pretty.c`.
 */
import { type ByteString, encodeText, isAscii } from './text.ts';
import type { Person } from './types.ts';

const WORD_START = '=?UTF-8?q?';
const MAX_ENCODED = 76;
const MAX_PLAIN = 78;

/** `Subject: [PATCH] …`, folded, without line feed at the end. */
export function formatSubject(prefix: string, subject: string): ByteString {
  const start = `Subject: ${prefix === '' ? '' : `[${prefix}] `}`;
  if (needsWords(subject)) return start + encodeWords(subject, start.length, /[\s=?_]/);
  return start + fold(encodeText(subject), start.length, MAX_PLAIN);
}

/** `From: Name <address>`, folded, without line feed at the end. */
export function formatFrom(author: Person): ByteString {
  return formatMailbox('From: ', author);
}

/** A person behind `start` (`To: `, or the blank of a folded line); without a name the bare address. */
export function formatMailbox(start: ByteString, { name, email }: Person): ByteString {
  const address = encodeText(email);
  if (name === '' && start !== 'From: ') return start + address;
  const words = needsWords(name);
  const limit = words ? MAX_ENCODED : MAX_PLAIN;
  const text = words
    ? encodeWords(name, start.length, /[^A-Za-z0-9!*+\-/]/)
    : fold(quoteName(encodeText(name)), start.length, limit);
  const line = start + text;
  const lastLine = line.length - (line.lastIndexOf('\n') + 1);
  return `${line}${limit < lastLine + address.length + 3 ? '\n' : ''} <${address}>`;
}

function needsWords(text: string): boolean {
  return !isAscii(text) || text.includes('\n') || text.includes('=?');
}

/** Names with characters that RFC 5322 gives a meaning stand in quotes. */
function quoteName(name: ByteString): ByteString {
  return /[()<>[\]:;@,."\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
}

/** Q words of whole characters; each line ends before column 76. */
function encodeWords(text: string, column: number, special: RegExp): ByteString {
  let out = WORD_START;
  let length = column + WORD_START.length;
  for (const char of text) {
    const bytes = encodeText(char);
    const escape = bytes.length > 1 || special.test(char) || !/[ -~]/.test(char);
    const encoded = escape ? [...Buffer.from(bytes, 'latin1')].map(hex).join('') : bytes;
    if (length + encoded.length + 2 > MAX_ENCODED) {
      out += `?=\n ${WORD_START}`;
      length = WORD_START.length + 1;
    }
    out += encoded;
    length += encoded.length;
  }
  return `${out}?=`;
}

function hex(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Break at blanks so that lines stay within `limit`; a word that is longer stays whole. */
function fold(text: ByteString, column: number, limit: number): ByteString {
  let out = '';
  let length = column;
  for (const [, gap = '', word = ''] of text.matchAll(/(\s*)(\S+)/g)) {
    const fits = length + gap.length + word.length <= limit;
    out += fits ? gap + word : `\n ${gap.slice(1)}${word}`;
    length = fits ? length + gap.length + word.length : 1 + gap.slice(1).length + word.length;
  }
  return out;
}
