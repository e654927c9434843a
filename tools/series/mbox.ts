/**
 * mailboxes: many mails in one file, cut at lines that begin with `From `. In mboxo nothing marks a
 * `From ` of the text itself, so a line only counts when it has a date as an mbox writer puts it; in
 * mboxrd such lines of the text carry one more `>` each. Rules: `git mailsplit`, mbox(5).
 */
import { type ByteString, linesOf } from './text.ts';

export type MboxFlavour = 'mboxo' | 'mboxrd';

/** `From mboxrd@z …` is how public-inbox marks an mboxrd. */
const RD_MARK = /^From mboxrd@z /;

/** Whether a line (with its line feed) separates mails: `From `, and a time and a year after 1990. */
export function isFromLine(line: ByteString): boolean {
  if (line.length < 20 || !line.startsWith('From ')) return false;
  // The rightmost colon but for the last two characters, as git looks for it.
  const colon = line.lastIndexOf(':', line.length - 3);
  if (colon < 5) return false;
  const around = line.slice(colon - 4, colon + 3);
  if (!/^\d.\d\d:\d\d$/s.test(around)) return false;
  return Number.parseInt(/^\s*(\d+)/.exec(line.slice(colon + 3))?.[1] ?? '0', 10) > 90;
}

/** Whether these bytes are a mailbox: the first line that is not blank is a `From ` line with a date. */
export function isMbox(text: ByteString): boolean {
  const line = /^[ \t\r\n]*([^\n]*\n)/.exec(text)?.[1];
  return line !== undefined && isFromLine(line);
}

/** mboxrd when its first line says so. */
export function detectFlavour(text: ByteString): MboxFlavour {
  return RD_MARK.test(text.trimStart()) ? 'mboxrd' : 'mboxo';
}

/**
 * Cut a mailbox into mails, each with its `From ` line and every byte; mboxrd's extra `>` is taken
 * off. `text` that is no mailbox is one mail. With `afterBlank` a `From ` line only counts behind a
 * blank line, which git does not ask for: text can then not smuggle in a mail so easily.
 */
export function splitMbox(
  text: ByteString,
  options: { readonly flavour?: MboxFlavour; readonly afterBlank?: boolean } = {},
): ByteString[] {
  const flavour = options.flavour ?? detectFlavour(text);
  const start = /^[ \t\r\n]*/.exec(text)?.[0].length ?? 0;
  const lines = linesOf(text.slice(start));
  if (lines.length === 0) return [];
  if (!isFromLine(lines[0] ?? ''))
    return [flavour === 'mboxrd' ? lines.map(unescapeLine).join('') : lines.join('')];
  const mails: ByteString[][] = [];
  let blank = true;
  for (const line of lines) {
    if (isFromLine(line) && (blank || options.afterBlank !== true)) mails.push([]);
    mails.at(-1)?.push(flavour === 'mboxrd' ? unescapeLine(line) : line);
    blank = /^\r?\n$/.test(line);
  }
  return mails.map((mail) => mail.join(''));
}

function unescapeLine(line: ByteString): ByteString {
  return /^>+From /.test(line) ? line.slice(1) : line;
}

/**
 * Join mails into a mailbox. Each must begin with its `From ` line. In mboxrd every other line that
 * looks like one, quoted or not, gets a `>`; a blank line ends each mail.
 */
export function joinMbox(mails: readonly ByteString[], flavour: MboxFlavour): ByteString {
  return mails
    .map((mail) => (flavour === 'mboxrd' ? escapeMail(mail) : mail) + mailEnd(mail))
    .join('');
}

function escapeMail(mail: ByteString): ByteString {
  const end = mail.indexOf('\n') + 1;
  return mail.slice(0, end) + mail.slice(end).replace(/^(?=>*From )/gm, '>');
}

function mailEnd(mail: ByteString): ByteString {
  if (!mail.endsWith('\n')) return '\n\n';
  return mail.endsWith('\n\n') ? '' : '\n';
}

/**
 * The order of file names in a maildir, by which git reads them: digits compare as numbers. Names
 * come with their folder: `cur/…`, `new/…`.
 */
export function compareMaildirNames(a: string, b: string): number {
  const parts = /\d+|[^\d]/gu;
  const left = a.match(parts) ?? [];
  const right = b.match(parts) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    const order = numbers ? Number(x) - Number(y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareText(x: string, y: string): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
