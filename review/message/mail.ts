/**
 * Mails as values, and as the bytes that go over the wire (RFC 5322). Fields stand in the order in
 * which `git send-email` writes them. Nothing is encoded that need not be: subjects and names only
 * when they are not ASCII, bodies only when a line is too long for SMTP or holds a CR or a NUL.
 */
import { SeamError } from '../../tools/errors.ts';
import type { Bytes } from '../../tools/patch/types.ts';
import { formatMailDate } from '../../tools/series/date.ts';
import { formatMailbox, formatSubject } from '../../tools/series/mail-header.ts';
import { type ByteString, byteString, bytesOf, concat, isAscii } from '../../tools/series/text.ts';
import type { Moment, Person } from '../../tools/series/types.ts';
import { isAddress, isName } from './address.ts';
import { encodeQuotedPrintable, mustBeEncoded } from './quoted-printable.ts';

/** One mail before it is bytes. */
export interface Mail {
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  /** What stands in brackets, and what follows; `Re: ` goes in front of both. */
  readonly bracket: string;
  readonly subject: string;
  readonly reply: boolean;
  readonly date: Moment;
  /** Without angle brackets, as are the next two. */
  readonly id: string;
  readonly inReplyTo: string | null;
  /** The thread from its root to the mail that this one answers. */
  readonly references: readonly string[];
  /** Lines end in LF. */
  readonly body: Bytes;
  /** Of a text that is not ASCII. */
  readonly charset: 'UTF-8' | 'ISO-8859-1';
}

/** The mail as bytes with LF line ends, header and body, without a `From ` line. */
export function formatMail(mail: Mail): Bytes {
  checkMail(mail);
  const encode = mustBeEncoded(mail.body);
  const fields = [
    ...addressField('From', [mail.from]),
    ...addressField('To', mail.to),
    ...addressField('Cc', mail.cc),
    subjectField(mail),
    `Date: ${formatMailDate(mail.date)}`,
    `Message-ID: <${mail.id}>`,
    ...(mail.inReplyTo === null ? [] : [`In-Reply-To: <${mail.inReplyTo}>`]),
    ...(mail.references.length === 0
      ? []
      : [`References: ${mail.references.map((id) => `<${id}>`).join('\n ')}`]),
    ...mimeFields(mail, encode),
  ];
  const body = encode ? encodeQuotedPrintable(mail.body) : mail.body;
  return concat([bytesOf(`${fields.join('\n')}\n\n`), body]);
}

/**
 * What an attacker would bend: every part of a header is checked where it becomes one, whatever
 * was checked before. A part that does not pass is a defect of the caller, not of the user's.
 */
function checkMail(mail: Mail): void {
  for (const { name, email } of [mail.from, ...mail.to, ...mail.cc]) {
    if (!isAddress(email)) throw unfit('address', email);
    if (!isName(name)) throw unfit('name', name);
  }
  for (const text of [mail.bracket, mail.subject])
    if (/[\0-\x1f\x7f]/.test(text)) throw unfit('subject', text);
  for (const id of [mail.id, mail.inReplyTo ?? mail.id, ...mail.references])
    if (!isMessageId(id)) throw unfit('message id', id);
}

/** Whether this can stand between angle brackets: no blanks, no brackets, one `@` (RFC 5322 §3.6.4). */
export function isMessageId(text: string): boolean {
  return (
    text.length <= 250 && /^[^\s<>()[\]\\",:;@\x00-\x1f\x7f-\uffff]+@[A-Za-z0-9.-]+$/.test(text)
  );
}

function unfit(what: string, value: string): SeamError {
  return new SeamError('mail-field', `${what} '${value}' cannot stand in the header of a mail`, {
    kind: 'internal',
    data: { value },
  });
}

function addressField(field: string, people: readonly Person[]): ByteString[] {
  if (people.length === 0) return [];
  const [first, ...rest] = people;
  const lines = [
    first === undefined ? '' : formatMailbox(`${field}: `, first),
    // One address a line keeps every line short and reads well.
    ...rest.map((person) => formatMailbox(' ', person)),
  ];
  return [lines.join(',\n')];
}

function subjectField({ reply, bracket, subject }: Mail): ByteString {
  const field = formatSubject(bracket, subject);
  return reply ? field.replace(/^Subject: /, 'Subject: Re: ') : field;
}

function mimeFields({ body, charset }: Mail, encode: boolean): ByteString[] {
  if (!encode && isAscii(byteString(body))) return [];
  return [
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${charset}`,
    `Content-Transfer-Encoding: ${encode ? 'quoted-printable' : '8bit'}`,
  ];
}

/** The character set that a body can be read in: UTF-8 if it is, else one that every byte fits. */
export function charsetOf(body: Bytes): Mail['charset'] {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return 'UTF-8';
  } catch {
    return 'ISO-8859-1';
  }
}
