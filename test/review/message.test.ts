/** Mails as bytes: fields, encodings, and that nothing gets into a header that has no place there. */
import { test as check, fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isAddress, parseAddress } from '../../review/message/address.ts';
import { messageId } from '../../review/message/ids.ts';
import { type Mail, charsetOf, formatMail, isMessageId } from '../../review/message/mail.ts';
import { encodeQuotedPrintable, mustBeEncoded } from '../../review/message/quoted-printable.ts';
import { mailboxOf } from '../../review/message/mailbox.ts';
import { splitMbox } from '../../tools/series/mbox.ts';
import { readMail } from '../../tools/series/mailinfo.ts';
import { byteString, textBytes } from '../../tools/series/text.ts';

const MAIL: Mail = {
  from: { name: 'Seam Project', email: 'series@seam.invalid' },
  to: [{ name: '', email: 'a@seam.invalid' }],
  cc: [],
  bracket: 'PATCH 1/2',
  subject: 'uts: a subject',
  reply: false,
  date: { seconds: 0, zone: 0 },
  id: 'x.1@seam.invalid',
  inReplyTo: null,
  references: [],
  body: textBytes('text\n'),
  charset: 'UTF-8',
};
const text = (mail: Partial<Mail>): string => byteString(formatMail({ ...MAIL, ...mail }));

test('a plain mail needs no MIME', () => {
  expect(text({})).toMatchInlineSnapshot(`
    "From: Seam Project <series@seam.invalid>
    To: a@seam.invalid
    Subject: [PATCH 1/2] uts: a subject
    Date: Thu, 1 Jan 1970 00:00:00 +0000
    Message-ID: <x.1@seam.invalid>

    text
    "
  `);
});

test('UTF-8 stays 8bit; subjects and names are encoded only when they are not ASCII', () => {
  const mail = text({
    body: textBytes('ä\n'),
    subject: 'uts: ä',
    cc: [{ name: 'Bé, "C"', email: 'b@seam.invalid' }],
    reply: true,
  });
  expect(mail).toContain('\nSubject: Re: [PATCH 1/2] =?UTF-8?q?uts:=20=C3=A4?=\n');
  expect(mail).toContain('\nCc: =?UTF-8?q?B=C3=A9=2C=20=22C=22?= <b@seam.invalid>\n');
  expect(mail).toContain('\nContent-Transfer-Encoding: 8bit\n');
  expect(mail.endsWith('\n\n\u00c3\u00a4\n')).toBe(true);
});

test('bytes that are no UTF-8 are declared as a character set that has every byte', () => {
  expect(charsetOf(new Uint8Array([0xe4]))).toBe('ISO-8859-1');
  expect(charsetOf(textBytes('ä'))).toBe('UTF-8');
});

test('only what SMTP would damage is encoded', () => {
  expect(mustBeEncoded(textBytes(`${'x'.repeat(998)}\n`))).toBe(false);
  expect(mustBeEncoded(textBytes(`${'x'.repeat(999)}\n`))).toBe(true);
  expect(mustBeEncoded(textBytes('a\r\n'))).toBe(true);
  expect(mustBeEncoded(new Uint8Array([0]))).toBe(true);
});

check.prop([fc.uint8Array({ maxLength: 400 })])('quoted-printable comes back as it was', (body) => {
  const encoded = byteString(encodeQuotedPrintable(body));
  for (const line of encoded.split('\n')) {
    expect(line.length).toBeLessThanOrEqual(76);
    expect(line).toMatch(/^[\t -~]*$/);
    expect(line).not.toMatch(/[ \t]$/);
  }
  const decoded = encoded
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  expect(decoded).toBe(byteString(body));
});

describe('a header cannot be injected', () => {
  const BAD = 'x\r\nBcc: victim@host.invalid';
  test.each<[string, Partial<Mail>]>([
    ['a subject', { subject: BAD }],
    ['a bracket', { bracket: BAD }],
    ['a name', { to: [{ name: BAD, email: 'a@a.invalid' }] }],
    ['an address', { cc: [{ name: '', email: `a@a.invalid\nBcc: b@b.invalid` }] }],
    ['a second address', { to: [{ name: '', email: 'a@a.invalid,b@b.invalid' }] }],
    ['an address in a name', { to: [{ name: 'b@b.invalid', email: 'a@a.invalid' }] }],
    ['a sender', { from: { name: 'a\nb', email: 'a@a.invalid' } }],
    ['a Message-ID', { id: 'a@b>\nBcc: <c@d' }],
    ['a reference', { references: ['a b@c'] }],
    ['what it answers', { inReplyTo: 'a@b\n' }],
  ])('through %s', (_, mail) => {
    expect(() => formatMail({ ...MAIL, ...mail })).toThrow('cannot stand in the header of a mail');
  });

  check.prop([
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    ),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.string({ unit: 'grapheme', maxLength: 120 }),
    ),
  ])('whatever the name and the subject are', (name, subject) => {
    const made = (() => {
      try {
        return formatMail({ ...MAIL, subject, to: [{ name, email: 'a@seam.invalid' }] });
      } catch (error) {
        expect(String(error)).toContain('cannot stand');
        return null;
      }
    })();
    if (made === null) return;
    const header = byteString(made).split('\n\n')[0] ?? '';
    const names = header
      .split('\n')
      .filter((line) => !line.startsWith(' '))
      .map((line) => /^[^:]*/.exec(line)?.[0]);
    expect(names).toEqual(['From', 'To', 'Subject', 'Date', 'Message-ID']);
    for (const line of header.split('\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
  });
});

test.each([
  ['a@b.invalid', { name: '', email: 'a@b.invalid' }],
  ['A B <a@b.invalid>', { name: 'A B', email: 'a@b.invalid' }],
  ['"B, \\"A\\"" <a+b@c.invalid>', { name: 'B, "A"', email: 'a+b@c.invalid' }],
  ['Dörte J. Müller <d@b.invalid>', { name: 'Dörte J. Müller', email: 'd@b.invalid' }],
  ['A, B <a@b.invalid>', null],
  ['a@b.invalid, c@d.invalid', null],
  ['A <a@b.invalid> <c@d.invalid>', null],
  ['group: a@b.invalid;', null],
  ['A (c@d.invalid) <a@b.invalid>', null],
  ['a@b@c', null],
  ['"a b"@c.invalid', null],
  ['A <a@[127.0.0.1]>', null],
  ['A\u202eB <a@b.invalid>', null],
  [`${'x'.repeat(65)}@b.invalid`, null],
  ['a@-b.invalid', null],
  ['a..b@c.invalid', null],
  ['', null],
])('address %j', (source, expected) => {
  expect(parseAddress(source)).toEqual(expected);
});

check.prop([fc.emailAddress()])('every usual address is one', (address) => {
  if (/^[^"]*$/.test(address) && address.indexOf('@') <= 64) expect(isAddress(address)).toBe(true);
});

test('Message-IDs depend on what is sent, and on nothing else', () => {
  const facts = {
    thread: 'uts/Name: "x" <y@z>',
    section: '',
    version: 2,
    part: '3',
    resend: false,
    date: { seconds: 86400, zone: 0 },
    host: 'seam.invalid',
    content: textBytes('a'),
  };
  const id = messageId(facts);
  expect(id).toMatch(/^19700102\.uts-Name-x-y-z-v2-3\.[0-9a-f]{12}@seam\.invalid$/);
  expect(isMessageId(id)).toBe(true);
  expect(messageId({ ...facts })).toBe(id);
  for (const other of [
    { version: 3 },
    { part: '4' },
    { section: '1of2' },
    { resend: true },
    { content: textBytes('b') },
  ])
    expect(messageId({ ...facts, ...other })).not.toBe(id);
});

test('a line From … of a message does not begin a mail in mboxrd', () => {
  const body = textBytes('From me Thu Jan  1 00:00:00 1970\n>From you\n\nFrom a\n');
  const mail = {
    bytes: formatMail({ ...MAIL, body }),
    part: 'patch' as const,
    number: 1,
    subject: 's',
  };
  const mbox = mailboxOf([mail, mail], 'mboxrd');
  const mails = splitMbox(byteString(mbox));
  expect(mails).toHaveLength(2);
  expect(readMail(mails[0] ?? '').message).toBe(`${byteString(body)}\n`);
});
