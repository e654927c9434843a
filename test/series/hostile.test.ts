/** Input that is made to take long or to grow: it must be read in time that grows with its size. */
import { describe, expect, test } from 'vitest';
import { entriesOf, parseDocument } from '../../tools/series/document.ts';
import { readMail } from '../../tools/series/mailinfo.ts';
import { splitMbox } from '../../tools/series/mbox.ts';
import { seriesOfMails } from '../../tools/series/messages.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';
import { parseDate } from '../../tools/series/date.ts';
import { parseTrailers } from '../../tools/series/trailers.ts';
import { bytes } from './support.ts';

const MANY = 300_000;

describe('read in linear time', () => {
  // Quadratic time would be minutes here, far beyond the test's time-out.
  test.each([
    [
      'blanks in a series line',
      () => entriesOf(parseDocument(bytes(`${' '.repeat(MANY)}a${'\t'.repeat(MANY)}b`))).length,
      1,
    ],
    [
      'comment signs in a series line',
      () => entriesOf(parseDocument(bytes(`a${'#'.repeat(MANY)}`))).length,
      1,
    ],
    [
      'encoded words without end',
      () => readMail(`Subject: ${'=?a?q?x'.repeat(MANY)}\n\n`).warnings.length,
      1,
    ],
    ['brackets in a subject', () => readMail(`Subject: ${'[x]'.repeat(MANY)}y\n\n`).subject, 'y'],
    ['parentheses in an address', () => readMail(`From: ${'('.repeat(MANY)} a@b\n\n`).email, 'a@b'],
    [
      'folded lines',
      () => readMail(`Subject: a\n${' b\n'.repeat(MANY)}\n`).subject?.length,
      2 * MANY + 1,
    ],
    [
      'soft line breaks',
      () =>
        readMail(`Content-Transfer-Encoding: quoted-printable\n\n${'a=\n'.repeat(20_000)}`).message
          .length,
      20_000,
    ],
    [
      'quoted From lines',
      () => splitMbox(`From mboxrd@z Thu Jan  1 00:00:00 1970\n${'>'.repeat(MANY)}From \n`).length,
      1,
    ],
    [
      'empty lines in notes',
      () =>
        parsePatch(bytes(`Subject: x\n\ny\n---\n${'\n'.repeat(MANY)}z\n`), { name: 'p' }).header
          .subject,
      'x',
    ],
    ['a date', () => parseDate(`1 Jan 2010 00:00:00 ${'(+'.repeat(MANY)}`)?.zone, 0],
    ['trailers', () => parseTrailers(`s\n\n${'A: b\n'.repeat(30_000)}`).length, 30_000],
  ])('%s', (_, read, expected) => {
    expect(read()).toBe(expected);
  });

  test('a mailbox of many small mails', () => {
    const mail = (index: number): string =>
      `From x Thu Jan  1 00:00:00 1970\nSubject: [PATCH ${index}/9000] x\nMessage-ID: <${index}@x>\nReferences: <0@x>\n\ny\n`;
    const series = seriesOfMails(Array.from({ length: 9000 }, (_, index) => mail(index + 1)));
    expect(series.patches).toHaveLength(9000);
  });

  test('more mails than a series can have are refused', () => {
    expect(() => seriesOfMails(Array.from({ length: 50_001 }, () => 'x'))).toThrow(
      'mailbox has 50001 mails, above the limit of 50000',
    );
  });
});
