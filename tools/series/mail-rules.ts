/**
 * The rules by which `git mailinfo` reads the lines of a mail: where the patch begins, what a pair
 * of scissors looks like, which brackets a subject loses. Behaviour as of git 2.39 to 2.56, checked
 * against git's own corpus (t/t5100) and by random input; the code is ours.
 */
import { type ByteString, isSpace, trimSpace } from './text.ts';

/** The header fields that a mail's body may override. */
export const INFO_FIELDS = ['from', 'subject', 'date'] as const;
export type InfoField = (typeof INFO_FIELDS)[number];

/** Lines that end the message: the diff, or `---` alone. `line` has its line feed. */
export function isPatchBreak(line: ByteString): boolean {
  if (line.startsWith('diff -') || line.startsWith('Index: ')) return true;
  if (!line.startsWith('---') || line.length < 4) return false;
  if (line[3] === ' ' && !isSpace(line[4])) return true;
  return /^---[ \t\r]*\n/.test(line);
}

/** `Name: value` → value without leading blanks, when the line is that field; names fold case. */
export function fieldValue(line: ByteString, name: string): ByteString | null {
  if (line[name.length] !== ':' || line.slice(0, name.length).toLowerCase() !== name) return null;
  return line.slice(name.length + 1).replace(/^[ \t\n\r]+/, '');
}

/** Whether a line can be a header field (RFC 5322 §3.6.8), counting the `From ` line of mboxes. */
export function isFieldLine(line: ByteString): boolean {
  return /^>?From /.test(line) || /^[!-9;-~]*:/.test(line);
}

/** `From <40 hex> Mon Sep 17 00:00:00 2001`: git's mark of a patch that it formatted. */
export function isFormatPatchLine(line: ByteString): boolean {
  return /^From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\n$/.test(line);
}

/**
 * `-- >8 --`: at least 8 columns; the perforation (dashes, scissors, blanks among them) takes more
 * than a third of the line, and blanks less than half of the perforation.
 */
export function isScissors(line: ByteString): boolean {
  let scissors = false;
  let perforation = 0;
  let gap = 0;
  let inside = false;
  const visible = trimSpace(line).length;
  for (let i = 0; i < line.length; i += 1) {
    if (isSpace(line[i])) {
      if (inside) gap += 1;
      if (inside) perforation += 1;
    } else if (line[i] === '-') {
      inside = true;
      perforation += 1;
    } else if (/^(?:>8|8<|>%|%<)/.test(line.slice(i, i + 2))) {
      inside = true;
      scissors = true;
      perforation += 2;
      i += 1;
    } else {
      inside = false;
    }
  }
  return scissors && visible >= 8 && visible < perforation * 3 && gap * 2 < perforation;
}

/** How much of a subject's prefixes to take off: all, only `[…PATCH…]`, none. */
export type KeepSubject = 'strip' | 'keep-non-patch' | 'keep';

/** Take `Re:`, `[…]`, blanks and colons off the front of a subject. */
export function cleanSubject(subject: ByteString, keep: KeepSubject): ByteString {
  if (keep === 'keep') return subject;
  let kept = '';
  let rest = subject;
  for (;;) {
    const prefix = /^(?:[ \t:]|re:(?=.))/is.exec(rest)?.[0];
    if (prefix !== undefined) {
      rest = rest.slice(prefix.length);
      continue;
    }
    const close = rest.startsWith('[') ? rest.indexOf(']') : -1;
    if (close === -1) break;
    const bracket = rest.slice(0, close + 1);
    rest = rest.slice(close + 1);
    if (keep === 'strip' || (bracket.length >= 7 && bracket.includes('PATCH'))) continue;
    kept += bracket + (isSpace(rest[0]) ? rest[0] : '');
    if (isSpace(rest[0])) rest = rest.slice(1);
  }
  return trimSpace(kept + rest);
}

/** Every run of white space becomes one blank. */
export function squashSpace(text: ByteString): ByteString {
  return text.replace(/[ \t\n\r]+/g, ' ');
}

/** A value without the quotes, comments' backslashes and quoted pairs of RFC 5322. */
function unquote(value: ByteString): ByteString {
  let out = '';
  let quoted = false;
  let depth = 0;
  for (let i = 0; i < value.length; i += 1) {
    const char = value[i] ?? '';
    if ((quoted || depth > 0) && char === '\\') {
      i += 1;
      out += value[i] ?? '';
    } else if (char === '"' && depth === 0) {
      quoted = !quoted;
    } else {
      if (!quoted && char === '(') depth += 1;
      if (!quoted && char === ')' && depth > 0) depth -= 1;
      out += char;
    }
  }
  return out;
}

/** A name is no name when it is empty, very long or looks like an address: then the address is. */
function saneName(name: ByteString, email: ByteString): ByteString {
  return name === '' || name.length > 60 || /[@<>]/.test(name) ? email : name;
}

/** Author and address of a `From:` value (byte strings), in all the shapes that mailers give it. */
export function splitAddress(value: ByteString): {
  readonly name: ByteString;
  readonly email: ByteString;
} {
  const text = unquote(value);
  const at = text.indexOf('@');
  if (at === -1) {
    const angle = /^([^<]*)<([^>]*)>/s.exec(value);
    if (angle === null) return { name: '', email: '' };
    const email = angle[2] ?? '';
    return { name: saneName(trimSpace(angle[1] ?? ''), email), email };
  }
  let start = at;
  while (start > 0 && !isSpace(text[start - 1]) && text[start - 1] !== '<') start -= 1;
  const email = /^[^ \n\t\r\v\f>]*/.exec(text.slice(start))?.[0] ?? '';
  const before =
    start > 0 && text[start - 1] === '<' ? `${text.slice(0, start - 1)} ` : text.slice(0, start);
  let name = trimSpace(squashSpace(before + text.slice(start + email.length + 1)));
  if (name.startsWith('(') && name.endsWith(')')) name = name.slice(1, -1);
  return { name: saneName(name, email), email };
}
