import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type MailInfo, type MailOptions, readMail } from '../../tools/series/mailinfo.ts';
import { cleanSubject, isScissors, splitAddress } from '../../tools/series/mail-rules.ts';
import { compareMaildirNames, joinMbox, splitMbox } from '../../tools/series/mbox.ts';
import { corpus } from '../patch/oracle.ts';
import { ENV, has, latin, put, raw, run, scratch } from './support.ts';

/** What `git mailinfo` prints on standard output. */
function printed(info: MailInfo): string {
  const author = info.name === null ? '' : `Author: ${info.name}\nEmail: ${info.email}\n`;
  const subject = info.subject === null ? '' : `Subject: ${info.subject}\n`;
  return `${author}${subject}${info.date === null ? '' : `Date: ${info.date}\n`}\n`;
}

const T5100 = corpus('git-apply/git/t/t5100');

describe.skipIf(T5100 === null)("git's own mails (git-apply/git/t/t5100 below SEAM_CORPUS)", () => {
  const dir = T5100 ?? '';
  const read = (name: string): string => raw(readFileSync(join(dir, name)));
  const mails = T5100 === null ? [] : splitMbox(read('sample.mbox'));
  const variants: [string, MailOptions][] = [
    ['', {}],
    ['--scissors', { scissors: true }],
    ['--no-inbody-headers', { inBodyHeaders: false }],
    ['--message-id', { messageId: true }],
  ];

  test('the mailbox has 18 mails', () => {
    expect(mails).toHaveLength(18);
  });

  test.each(
    mails.map((mail, index): [string, string] => [String(index + 1).padStart(4, '0'), mail]),
  )('mail %s', (number, mail) => {
    for (const [suffix, options] of variants) {
      if (!existsSync(join(dir, `msg${number}${suffix}`))) continue;
      const info = readMail(mail.replaceAll('\r\n', '\n'), options);
      expect(info.message).toBe(read(`msg${number}${suffix}`));
      expect(info.patch).toBe(read(`patch${number}${suffix}`));
      expect(printed(info)).toBe(read(`info${number}${suffix}`));
    }
  });

  test('encoded words', () => {
    const samples = splitMbox(read('rfc2047-samples.mbox'));
    expect(samples).toHaveLength(11);
    for (const [index, mail] of samples.entries()) {
      expect(printed(readMail(mail))).toBe(
        read(`rfc2047-info-${String(index + 1).padStart(4, '0')}`),
      );
    }
  });

  test.each(['comment', 'quoted-string', 'embed-from', 'info-from'])('%s', (name) => {
    expect(printed(readMail(read(`${name}.in`)))).toBe(read(`${name}.expect`));
  });

  test('quoted From line, NUL bytes, mboxrd', () => {
    expect(readMail(read('quoted-from.in')).message).toBe(read('quoted-from.expect'));
    expect(readMail(read('nul-b64.in')).patch).toBe(read('nul-b64.expect'));
    const messages = splitMbox(read('sample.mboxrd'), { flavour: 'mboxrd' }).map(
      (mail) => readMail(mail).message,
    );
    expect(messages).toEqual([read('0001mboxrd'), read('0002mboxrd')]);
  });
});

const field = fc.constantFrom(
  'From: A U Thor <a@b.c>',
  'From: "Q \\"x\\" (y)" <q@b.c> (z)',
  'From: x@y (Real N)',
  'From: =?ISO-8859-1?Q?J=FCrgen?= <j@x>',
  'From: noaddr',
  'From: A <noat>',
  'Subject: [PATCH 1/2] foo',
  'Subject: Re: [x] re: bar [PATCH] b',
  'Subject: =?utf-8?B?w6TDtg==?= =?utf-8?q?_x?=\n  cont',
  'subject:tabs\there',
  'Date: Fri, 31 May 2013 19:12:12 +0100',
  'Content-Type: text/plain; charset=ISO-8859-1',
  'Content-Type: text/plain; charset="utf-8"; format=flowed',
  'Content-Type: text/plain; format=flowed; delsp=yes',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Transfer-Encoding: base64',
  'Content-Type: multipart/mixed; boundary="BB"',
  'Content-Type: multipart/alternative; boundary=CC; charset=utf-8',
  '>From foo',
  'Message-ID: <a@b>',
);
const bodyLine = fc.constantFrom(
  '',
  'text',
  'From: In Body <i@b>',
  'Subject: in body',
  '  continued',
  'Date: Sat, 1 Jan 2011 00:00:00 +0000',
  '[PATCH] sub',
  `>From ${'a'.repeat(40)} Mon Sep 17 00:00:00 2001`,
  '-- >8 --',
  '--- 8< --- cut ---',
  '---',
  '--- ',
  '--- a/x',
  'diff --git a/x b/x',
  'Index: x',
  '+foo',
  '--BB',
  '--BB--',
  '--CC',
  '--CC--',
  'Content-Type: text/plain; charset=ISO-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Type: multipart/x; boundary=CC',
  'caf\xe9',
  'a=20b=',
  '=C3=A9 soft=',
  'dGVzdAo=',
  'LS0tCmRpZmYgLS1naXQK',
  'flowed ',
  '-- ',
  ' stuffed',
  ' ',
  '\ttab',
  'foo: bar',
  'cr\r',
);
const mail = fc
  .tuple(
    fc.array(field, { minLength: 1, maxLength: 6 }),
    fc.array(bodyLine, { maxLength: 14 }),
    fc.boolean(),
  )
  .map(([fields, lines, end]) => `${fields.join('\n')}\n\n${lines.join('\n')}${end ? '\n' : ''}`);

describe.skipIf(!has('git'))('git as second opinion', () => {
  propertyTest.prop([mail, fc.boolean()], { numRuns: 150 })(
    'git mailinfo reads random mails alike',
    (content, scissors) => {
      const dir = scratch();
      const args = ['mailinfo', '-u', scissors ? '--scissors' : '--no-scissors', 'msg', 'patch'];
      const done = spawnSync('git', args, { cwd: dir, input: latin(content), env: ENV });
      // git gives up on what it cannot decode; we read on, so there is nothing to compare.
      fc.pre(done.status === 0);
      const info = readMail(content, { scissors });
      expect({ info: printed(info), message: info.message, patch: info.patch }).toEqual({
        info: raw(done.stdout),
        message: raw(readFileSync(join(dir, 'msg'))),
        patch: raw(readFileSync(join(dir, 'patch'))),
      });
    },
  );

  const boxLine = fc.constantFrom(
    'From a@b Mon Sep 17 00:00:00 2001',
    'From me',
    'From x Thu Jan  1 00:00:00 1970',
    '>From a Mon Sep 17 00:00:00 2001',
    '>>From x',
    'From: a <a@b>',
    'Subject: x',
    '',
    'text',
  );
  const box = fc
    .array(boxLine, { maxLength: 14 })
    .map(
      (lines) => `From a@b Mon Sep 17 00:00:00 2001\n${lines.map((line) => `${line}\n`).join('')}`,
    );

  propertyTest.prop([box, fc.constantFrom('mboxo' as const, 'mboxrd' as const)], { numRuns: 100 })(
    'git mailsplit cuts mailboxes alike',
    (content, flavour) => {
      const dir = scratch();
      put(dir, { box: latin(content), 'out/.keep': '' });
      run(
        [
          'git',
          'mailsplit',
          '--keep-cr',
          ...(flavour === 'mboxrd' ? ['--mboxrd'] : []),
          '-oout',
          'box',
        ],
        dir,
      );
      const files = readdirSync(join(dir, 'out'))
        .filter((name) => name !== '.keep')
        .sort();
      expect(splitMbox(content, { flavour })).toEqual(
        files.map((name) => raw(readFileSync(join(dir, 'out', name)))),
      );
    },
  );

  test('a maildir is read in the order of git mailsplit', () => {
    const dir = scratch();
    const names = [
      'cur/10.a',
      'cur/9.a',
      'new/9.b',
      'cur/9.10:2,S',
      'cur/9.9:2,S',
      'new/1',
      'cur/a',
      'cur/B',
    ];
    put(dir, Object.fromEntries(names.map((name) => [`box/${name}`, `Subject: ${name}\n\nx\n`])));
    put(dir, { 'out/.keep': '' });
    run(['git', 'mailsplit', '-oout', 'box'], dir);
    const files = readdirSync(join(dir, 'out'))
      .filter((name) => name !== '.keep')
      .sort();
    const order = files.map(
      (name) => /^Subject: (.*)$/m.exec(raw(readFileSync(join(dir, 'out', name))))?.[1],
    );
    expect(names.toSorted(compareMaildirNames)).toEqual(order);
  });
});

describe('mailboxes', () => {
  const body = fc.array(
    fc.constantFrom(
      'From here Mon Sep 17 00:00:00 2001',
      '>From x',
      '>>From y',
      '',
      'text',
      'From  ',
    ),
    { maxLength: 8 },
  );
  const message = body.map(
    (lines) =>
      `From mboxrd@z Thu Jan  1 00:00:00 1970\n${lines.map((line) => `${line}\n`).join('')}\n`,
  );

  propertyTest.prop([fc.array(message, { minLength: 1, maxLength: 5 })])(
    'mboxrd gives back every mail',
    (mails) => {
      expect(splitMbox(joinMbox(mails, 'mboxrd'))).toEqual(mails);
    },
  );

  propertyTest.prop([
    fc.array(
      message.filter((text) => !/\nFrom here/.test(text)),
      { minLength: 1, maxLength: 5 },
    ),
  ])('mboxo gives back mails without From lines', (mails) => {
    expect(splitMbox(joinMbox(mails, 'mboxo'), { flavour: 'mboxo' })).toEqual(mails);
  });

  test('a From line counts only with a date, and on request only behind a blank line', () => {
    const box =
      'From a Mon Sep 17 00:00:00 2001\nSubject: x\n\nFrom here on\ntext\nFrom b Mon Sep 17 00:00:00 2001\n\n';
    expect(splitMbox(box)).toHaveLength(2);
    expect(splitMbox(box, { afterBlank: true })).toHaveLength(1);
  });
});

describe('rules', () => {
  test.each([
    ['-- >8 --\n', true],
    ['--- 8< --- cut here --- 8< ---\n', true],
    ['>8\n', false],
    ['------------\n', false],
    ['- >8 a long line of prose that only has one small perforation\n', false],
  ])('scissors %j: %s', (line, expected) => {
    expect(isScissors(line)).toBe(expected);
  });

  test.each([
    ['Re: [PATCH v2 1/3] RE: [x] mm: fix [a]', 'strip', 'mm: fix [a]'],
    ['[PATCH] [other] [PATCH] message', 'keep-non-patch', '[other] message'],
    ['[PATCH] a', 'keep', '[PATCH] a'],
    ['Reply to', 'strip', 'Reply to'],
    ['[open', 'strip', '[open'],
  ] as const)('subject %j (%s) is %j', (subject, keep, expected) => {
    expect(cleanSubject(subject, keep)).toBe(expected);
  });

  test.each([
    ['A U Thor <a@b>', { name: 'A U Thor', email: 'a@b' }],
    ['a@b (A U Thor)', { name: 'A U Thor', email: 'a@b' }],
    ['"Thor, A. U." <a@b>', { name: 'Thor, A. U.', email: 'a@b' }],
    ['a@b', { name: 'a@b', email: 'a@b' }],
    ['Thor <nowhere>', { name: 'Thor', email: 'nowhere' }],
    ['Thor', { name: '', email: '' }],
  ])('address %j', (value, expected) => {
    expect(splitAddress(value)).toEqual(expected);
  });

  test('a bomb of parts and of nesting ends with a warning', () => {
    const parts =
      'From: a <a@b>\nContent-Type: multipart/mixed; boundary=B\n\n' + '--B\n\nx\n'.repeat(5000);
    expect(readMail(parts).warnings).toEqual(['more than 1000 parts, the rest is not read']);
    const deep = Array.from(
      { length: 9 },
      (_, i) => `Content-Type: multipart/mixed; boundary=B${i}x\n\npreamble\n--B${i}x\n`,
    ).join('');
    expect(readMail(deep).warnings).toEqual(['more than 5 nested parts']);
  });

  test('an unknown character set keeps the bytes and says so', () => {
    const info = readMail(
      'Subject: =?x-klingon?Q?=E9?=\nContent-Type: text/plain; charset=x-klingon\n\n\xe9\n',
    );
    expect(info.subject).toBe('\xe9');
    expect(info.message).toBe('\xe9\n');
    expect(info.warnings).toEqual(["cannot convert from 'x-klingon' to UTF-8"]);
  });
});
