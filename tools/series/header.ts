/**
 * What people wrote above the diffs, in whichever manner, as one `Header`. The facts of a mail are
 * those that `git am` would commit; DEP-3, SUSE and bare texts are read by their own rules.
 */
import { parseDate } from './date.ts';
import { parseFieldBlock, splitDescription } from './dep3.ts';
import { splitAddress } from './mail-rules.ts';
import { type MailInfo, readMail } from './mailinfo.ts';
import { type ByteString, decodeText, encodeText, trimSpace, trimSpaceEnd } from './text.ts';
import { parseTrailers } from './trailers.ts';
import type { Envelope, Header, HeaderStyle, Moment, Person, Trailer } from './types.ts';

/** Stands for the first diff, which ends a mail's message. */
const MARK = 'diff -\n';

/** Read the text above the first diff. `hasDiff` tells whether a diff follows it. */
export function parseHeader(prologue: ByteString, hasDiff: boolean): Header {
  const text = prologue.replaceAll('\r\n', '\n');
  if (trimSpace(text) === '') return makeHeader('none', {});
  const block = parseFieldBlock(decodeText(text));
  if (block === null) return parseBare(decodeText(text));
  const info = readMail(hasDiff ? text.replace(/([^\n])$/, '$1\n') + MARK : text);
  const header = mailHeader(
    info,
    notesOf(info.patch.slice(0, info.patch.length - (hasDiff ? MARK.length : 0))),
    block.style,
  );
  return withFields(header, block.fields);
}

/** The header of a mail that was read whole; `notes` is what stands between `---` and the diff. */
export function mailHeader(info: MailInfo, notes: ByteString, style: HeaderStyle = 'mail'): Header {
  const message = decodeText(info.message).replace(/^(?:[ \t]*\n)+/, '');
  const subject = info.subject === null ? null : decodeText(info.subject);
  const cut = subject === null || subject === '' ? firstLine(message) : { subject, body: message };
  const problems: string[] = [...info.warnings];
  const author = personOf(info.name, info.email);
  const date = info.date === null ? null : parseDate(info.date);
  if (info.date !== null && date === null)
    problems.push(`date '${decodeText(info.date)}' cannot be read`);
  return makeHeader(style, {
    ...cut,
    author,
    date,
    notes: decodeText(notes),
    fields: info.fields.map((field) => ({
      key: decodeText(field.key),
      value: decodeText(field.value),
    })),
    envelope: envelopeOf(info),
    warnings: problems,
  });
}

/** The part between the `---` line and the diff, without that line. */
export function notesOf(patch: ByteString): ByteString {
  return patch.startsWith('Index: ') || patch.startsWith('diff -')
    ? ''
    : patch.replace(/^---[ \t\r]*\n/, '');
}

interface Facts {
  readonly author?: Person | null;
  readonly date?: Moment | null;
  readonly subject?: string;
  readonly body?: string;
  readonly notes?: string;
  readonly fields?: readonly Trailer[];
  readonly envelope?: Envelope | null;
  readonly warnings?: readonly string[];
}

function makeHeader(style: HeaderStyle, facts: Facts): Header {
  const subject = facts.subject ?? '';
  const body = trimSpaceEnd((facts.body ?? '').replace(/^(?:[ \t]*\n)+/, ''));
  return {
    style,
    author: facts.author ?? null,
    date: facts.date ?? null,
    subject,
    body,
    trailers: parseTrailers(`${subject === '' ? '-' : subject}\n\n${body}`),
    notes: facts.notes ?? '',
    fields: facts.fields ?? [],
    envelope: facts.envelope ?? null,
    warnings: facts.warnings ?? [],
  };
}

function personOf(name: ByteString | null, email: ByteString | null): Person | null {
  if (name === null || email === null || (name === '' && email === '')) return null;
  return { name: decodeText(name), email: decodeText(email) };
}

function envelopeOf(info: MailInfo): Envelope | null {
  const { from, date, subject } = info.envelope;
  if (from === undefined && date === undefined && subject === undefined) return null;
  const address = from === undefined ? null : splitAddress(from);
  return {
    author: address === null ? null : personOf(address.name, address.email),
    date: date === undefined ? null : parseDate(date),
    subject: subject === undefined ? null : decodeText(trimSpace(subject)),
  };
}

/** Let `Description` and `Author` stand in for `Subject` and `From`, as DEP-3 has it. */
function withFields(header: Header, fields: readonly Trailer[]): Header {
  const find = (key: string): string | undefined =>
    fields.find((field) => field.key.toLowerCase() === key)?.value;
  const all = header.fields.length > 0 && header.style === 'mail' ? header.fields : fields;
  const description = find('subject') === undefined ? find('description') : undefined;
  const author = header.author ?? authorOf(find('author'));
  if (description === undefined) return { ...header, author, fields: all };
  const { short, long } = splitDescription(description);
  // Without a Subject field the mail reader took the text's first line for the subject.
  const text =
    header.subject === ''
      ? header.body
      : `${header.subject}\n${header.body === '' ? '' : `\n${header.body}`}`;
  const body = [long, text].filter((part) => trimSpace(part) !== '').join('\n\n');
  return { ...makeHeader(header.style, { ...header, subject: short, body, fields: all }), author };
}

function authorOf(value: string | undefined): Person | null {
  if (value === undefined) return null;
  const { name, email } = splitAddress(encodeText(value));
  return personOf(name === '' ? encodeText(value.trim()) : name, email);
}

function firstLine(text: string): { subject: string; body: string } {
  const line = /^[^\n]*/.exec(text)?.[0] ?? '';
  return { subject: trimSpace(line), body: text.slice(line.length + 1) };
}

/** Text without fields: its first line is the subject, unless that is a trailer already. */
function parseBare(text: string): Header {
  const hg = parseMercurial(text);
  const [message = '', ...after] = hg.text.split(/^---[ \t\r]*\n/m);
  const top = message.replace(/^(?:[ \t]*\n)+/, '');
  const { subject, body } = firstLine(top);
  const untitled = /^[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-by: /.test(subject);
  const notes = after.join('---\n').replace(/(?:^|\n)Index: [^\n]*\n(?:=+\n?)?$/, '');
  const words = untitled ? { subject: '', body: top } : { subject, body };
  return makeHeader('bare', { ...hg, ...words, notes });
}

/** `hg export` writes author and date as comments: `# User …`, `# Date seconds west`. */
function parseMercurial(text: string): {
  text: string;
  author?: Person | null;
  date?: Moment | null;
} {
  if (!text.startsWith('# HG changeset patch')) return { text };
  const user = /^# User (.*)$/m.exec(text)?.[1];
  const date = /^# Date (\d+) (-?\d+)/m.exec(text);
  const body = text.replace(/^(?:#[^\n]*\n)+/, '');
  const moment =
    date === null ? null : { seconds: Number(date[1]), zone: 0 - Math.trunc(Number(date[2]) / 60) };
  return { text: body, author: authorOf(user), date: moment };
}
