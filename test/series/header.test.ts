import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { stripSpace, toCommitInfo } from '../../tools/series/commit.ts';
import { formatMailDate, formatRawDate, parseDate } from '../../tools/series/date.ts';
import { formatFrom, formatSubject } from '../../tools/series/mail-header.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';
import { readMail } from '../../tools/series/mailinfo.ts';
import { parseSubject } from '../../tools/series/subject.ts';
import { decodeText } from '../../tools/series/text.ts';
import { parseTrailers } from '../../tools/series/trailers.ts';
import type { Header } from '../../tools/series/types.ts';
import { bytes, has, latin, raw, run, scratch, text } from './support.ts';

const DIFF = 'diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n';

function header(prologue: string, rest = DIFF): Header {
  return parsePatch(bytes(prologue + rest), { name: 'p.patch' }).header;
}

describe('styles', () => {
  test.each([
    'Return-Path: <list@example.com>',
    'Received: from a.example by b.example',
    'Delivered-To: list@example.com',
    'DKIM-Signature: v=1',
  ])('mail as an archive keeps it, its first field %j', (first) => {
    const mail = `From mboxrd@z Thu Jan  1 00:00:00 1970\n${first}\nFrom: J <j@example.com>\nSubject: [PATCH] mm: count\n\nBody.\n---\n`;
    expect(header(mail)).toMatchObject({
      style: 'mail',
      subject: 'mm: count',
      body: 'Body.',
      author: { name: 'J' },
    });
  });

  test('format-patch mail', () => {
    const mail = [
      `From ${'1'.repeat(40)} Mon Sep 17 00:00:00 2001`,
      'From: =?UTF-8?q?J=C3=B6rg?= <j@example.com>',
      'Date: Tue, 4 Mar 2008 14:00:00 +0300',
      'Subject: [RFC PATCH v2 03/10] mm: count',
      ' pages',
      '',
      'Body.',
      '',
      'Signed-off-by: J <j@example.com>',
      '---',
      ' f | 2 +-',
      '',
      '',
    ].join('\n');
    expect(header(mail)).toEqual({
      style: 'mail',
      author: { name: 'Jörg', email: 'j@example.com' },
      date: { seconds: 1204628400, zone: 180 },
      subject: 'mm: count pages',
      body: 'Body.\n\nSigned-off-by: J <j@example.com>',
      trailers: [{ key: 'Signed-off-by', value: 'J <j@example.com>' }],
      notes: ' f | 2 +-\n\n',
      fields: [
        { key: 'From', value: 'Jörg <j@example.com>' },
        { key: 'Date', value: 'Tue, 4 Mar 2008 14:00:00 +0300' },
        { key: 'Subject', value: '[RFC PATCH v2 03/10] mm: count pages' },
      ],
      envelope: null,
      warnings: [],
    });
  });

  test('lines of the body override, and the envelope is kept', () => {
    const read = header(
      'From: List <list@x>\nSubject: [PATCH] outer\nDate: Tue, 4 Mar 2008 14:00:00 +0000\n\nFrom: Real <r@x>\n\nText\n---\n',
    );
    expect(read.author).toEqual({ name: 'Real', email: 'r@x' });
    expect(read.subject).toBe('outer');
    expect(read.envelope).toEqual({
      author: { name: 'List', email: 'list@x' },
      date: null,
      subject: null,
    });
  });

  test('DEP-3 with Description', () => {
    const read = header(
      'Description: Fix the build\n Long text\n .\n second paragraph\nAuthor: A <a@x>\nOrigin: vendor\nBug-Debian: https://bugs.debian.org/1\nLast-Update: 2012-05-01\n\nFree text.\n---\n notes\n',
    );
    expect(read.style).toBe('dep3');
    expect(read.author).toEqual({ name: 'A', email: 'a@x' });
    expect(read.subject).toBe('Fix the build');
    expect(read.body).toBe('Long text\n\nsecond paragraph\n\nFree text.');
    expect(read.notes).toBe(' notes\n');
    expect(read.fields.map((field) => field.key)).toEqual([
      'Description',
      'Author',
      'Origin',
      'Bug-Debian',
      'Last-Update',
    ]);
    expect(read.date).toBeNull();
  });

  test('DEP-3 fields in a second block', () => {
    const read = header(
      'From: A <a@x>\nSubject: fix\n\nText.\n\nBug: http://b/1\nForwarded: no\n---\n',
    );
    expect(read.style).toBe('dep3');
    expect(read.fields.map((field) => field.key)).toEqual(['From', 'Subject', 'Bug', 'Forwarded']);
    expect(read.subject).toBe('fix');
  });

  test('SUSE tags', () => {
    const read = header(
      'From: A <a@x>\nDate: Tue, 4 Mar 2008 14:00:00 +0000\nSubject: fix\nPatch-mainline: v5.1\nGit-commit: abc\nReferences: bsc#1\n\nText.\n\nAcked-by: B <b@x>\n---\n',
    );
    expect(read.style).toBe('suse');
    expect(read.fields.find((field) => field.key === 'References')?.value).toBe('bsc#1');
    expect(read.trailers).toEqual([{ key: 'Acked-by', value: 'B <b@x>' }]);
  });

  test('bare text, Mercurial, nothing', () => {
    expect(header('mm: fix a leak\n\nWhy.\n')).toMatchObject({
      style: 'bare',
      subject: 'mm: fix a leak',
      body: 'Why.',
      author: null,
    });
    expect(header('Signed-off-by: A <a@x>\n')).toMatchObject({
      style: 'bare',
      subject: '',
      body: 'Signed-off-by: A <a@x>',
    });
    expect(
      header(
        '# HG changeset patch\n# User A <a@x>\n# Date 1204628400 -10800\n# Node ID 12\nfix it\n\n',
      ),
    ).toMatchObject({
      author: { name: 'A', email: 'a@x' },
      date: { seconds: 1204628400, zone: 180 },
      subject: 'fix it',
    });
    expect(header('')).toMatchObject({ style: 'none', subject: '', body: '' });
    expect(header('\n\n')).toMatchObject({ style: 'none' });
  });

  test('CR LF in the header of a file', () => {
    expect(header('From: A <a@x>\r\nSubject: fix\r\n\r\nText.\r\n---\r\n')).toMatchObject({
      subject: 'fix',
      body: 'Text.',
    });
  });
});

describe('packed mails', () => {
  const head =
    'From: A <a@x>\nDate: Tue, 4 Mar 2008 14:00:00 +0000\nSubject: [PATCH] fix\nMIME-Version: 1.0\n';
  const body = `Caf\u00e9.\n---\n f | 2 +-\n\n${DIFF}`;
  const readBack = (mail: Uint8Array): unknown => {
    const patch = parsePatch(mail, { name: 'p' }, { mail: true });
    const { subject, body: message, notes } = patch.header;
    const diffs = patch.files.map((file) => text(patch.content.subarray(file.start, file.end)));
    return { subject, message, notes, diffs, kept: patch.raw === mail };
  };
  const whole = {
    subject: 'fix',
    message: 'Caf\u00e9.',
    notes: ' f | 2 +-\n\n',
    diffs: [DIFF],
    kept: true,
  };

  test('base64', () => {
    const coded = Buffer.from(body).toString('base64').replace(/.{60}/g, '$&\n');
    expect(
      readBack(
        bytes(
          `${head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${coded}\n`,
        ),
      ),
    ).toEqual(whole);
  });

  test('quoted-printable in ISO 8859-1', () => {
    const coded = body
      .replaceAll('=', '=3D')
      .replace('\u00e9', '=E9')
      .replace('diff --git', 'diff =\n--git');
    expect(
      readBack(
        bytes(
          `${head}Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n${coded}`,
        ),
      ),
    ).toEqual(whole);
  });

  test('several parts, the patch attached', () => {
    const [message = '', diff = ''] = body
      .split('---\n', 2)
      .map((part, index) => (index === 0 ? part : `---\n${body.slice(body.indexOf('---\n') + 4)}`));
    expect(
      readBack(
        bytes(
          `${head}Content-Type: multipart/mixed; boundary="=-x"\n\nThis is MIME.\n--=-x\nContent-Type: text/plain; charset=utf-8\n\n${message}--=-x\nContent-Type: text/x-patch; name=a.patch\nContent-Transfer-Encoding: base64\n\n${Buffer.from(diff).toString('base64')}\n--=-x--\n`,
        ),
      ),
    ).toEqual(whole);
  });

  test('CR LF on every line of a mail; a CR of the content alone stays', () => {
    expect(
      readBack(
        bytes(`${head}Content-Type: text/plain; charset=utf-8\n\n${body}`.replaceAll('\n', '\r\n')),
      ),
    ).toEqual(whole);
    const crlf = DIFF.replace('-a\n+b\n', '-a\r\n+b\r\n');
    const patch = parsePatch(bytes(`${head}\nx\n---\n${crlf}`), { name: 'p' }, { mail: true });
    expect(raw(patch.files[0]!.hunks[0]!.lines[0]!.text)).toBe('a\r\n');
  });

  test('a message in no known encoding keeps its bytes', () => {
    const patch = parsePatch(latin(`Subject: caf\xe9\n\n\xff\n---\n${DIFF}`), { name: 'p' });
    expect(raw(toCommitInfo(patch).message)).toBe('caf\xe9\n\n\xff\n');
  });
});

describe('dates', () => {
  const cases = [
    'Fri, 31 May 2013 19:12:12 +0000',
    'Fri, 31 May 2013 19:12:12 +0000 (+0100)',
    'Fri, 31 May 2013 19:12:12 -0730 (PDT)',
    '31 May 2013 19:12 +0200',
    'Tue, 4 Mar 2008 14:00:00 EST',
    'Tue, 4 Mar 2008 14:00:00 PDT',
    'Tue Mar 4 14:00:00 2008 +0300',
    '2008-03-04 14:00:00 +0300',
    '2008-03-04T14:00:00Z',
    '2008-03-04T14:00:00+05:30',
    'Thu, 4 Mar 99 14:00:00 +0000',
    '@1204628400 +0300',
    '1204628400 -0330',
  ];

  test.skipIf(!has('git')).each(cases)('%s, as git reads it', (date) => {
    const ident = text(
      run(['git', 'var', 'GIT_AUTHOR_IDENT'], scratch(), undefined, {
        GIT_AUTHOR_DATE: date,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'b',
        TZ: 'UTC',
      }),
    );
    const moment = parseDate(date);
    expect(moment === null ? null : formatRawDate(moment)).toBe(
      /\d+ [+-]\d{4}$/.exec(ident.trim())?.[0],
    );
  });

  test.each([
    '',
    'yesterday',
    '31 Foo 2013 10:00:00',
    '2013-13-01',
    '1 Jan 1960 00:00:00 +0000',
    '40 Jan 2010 00:00:00',
    '9'.repeat(300),
  ])('%j is none', (date) => {
    expect(parseDate(date)).toBeNull();
  });

  propertyTest.prop([
    fc.integer({ min: 100_000_000, max: 4_000_000_000 }),
    fc.integer({ min: -720, max: 840 }),
  ])('written and read', (seconds, zone) => {
    expect(parseDate(formatMailDate({ seconds, zone }))).toEqual({ seconds, zone });
    expect(parseDate(formatRawDate({ seconds, zone }))).toEqual({ seconds, zone });
  });
});

describe.skipIf(!has('git'))('trailers', () => {
  const line = fc.constantFrom(
    'Signed-off-by: A <a@x>',
    'Acked-by: B <b@x>',
    'Link: https://x/y',
    ' continued',
    'prose text',
    'Fixes: 123 ("x: y")',
    '(cherry picked from commit 1234)',
    '',
    '# comment',
    'key : v',
    'See: http',
  );

  test('git interpret-trailers finds the same (table)', () => {
    for (const message of [
      's\n\nSigned-off-by: A\n',
      's\n\nb\n\nprose\nKey: v\n',
      'Key: v\n',
      's\n\nK: v\n more\n\n',
    ]) {
      expect(format(message)).toBe(oracle(message));
    }
  });

  propertyTest.prop([fc.array(line, { maxLength: 9 })], { numRuns: 120 })(
    'git interpret-trailers finds the same',
    (lines) => {
      const message = `subject\n\n${lines.join('\n')}\n`;
      expect(format(message)).toBe(oracle(message));
    },
  );

  function format(message: string): string {
    return parseTrailers(message)
      .map(({ key, value }) => `${key}: ${value}`.trimEnd() + '\n')
      .join('');
  }

  function oracle(message: string): string {
    const out = text(run(['git', 'interpret-trailers', '--parse', '--no-divider'], '/', message));
    // It also prints lines without a key, which are no trailers.
    return out
      .split('\n')
      .filter((found) => !found.startsWith('(cherry picked'))
      .map((found) => found.trimEnd())
      .join('\n');
  }
});

describe('subjects', () => {
  test.each([
    [
      '[PATCH 02/10] mm: x',
      { version: 1, number: 2, total: 10, reply: false, rest: 'mm: x', isPatch: true },
    ],
    [
      '[RFC PATCH net-next v3 0/4] cover',
      { version: 3, number: 0, total: 4, words: ['RFC', 'PATCH', 'net-next'] },
    ],
    ['Re: [PATCH1/8] x', { reply: true, number: 1, total: 8, version: 1 }],
    ['[PATCH 0.5/5] late', { number: 0.5, total: 5 }],
    ['[PATCHv2] x', { version: 2, isPatch: true }],
    ['no brackets', { isPatch: false, number: null, total: null }],
  ])('%j', (subject, expected) => {
    expect(parseSubject(subject)).toMatchObject(expected);
  });
});

describe.skipIf(!has('git'))('writing header fields', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      'mm:',
      'fix',
      'a_b=?',
      '[x]',
      'é',
      '日本語',
      '"q"',
      "O'N",
      'J.',
      'verylongword'.repeat(8),
    ),
  );
  const sentence = fc
    .array(word, { minLength: 1, maxLength: 20 })
    .map((words) =>
      words
        .join(' ')
        .replace(/[\p{C}\s]+/gu, ' ')
        .trim(),
    )
    .filter((value) => value !== '');

  propertyTest.prop([sentence])('a subject comes back', (subject) => {
    const info = readMail(`${formatSubject('PATCH 1/2', subject)}\n\nx\n`, { keepSubject: 'keep' });
    expect(decodeText(info.subject ?? '')).toBe(`[PATCH 1/2] ${subject}`);
  });

  propertyTest.prop([sentence, sentence], { numRuns: 40 })(
    'git format-patch folds and encodes the same',
    (subject, name) => {
      // Commits cannot hold these at the ends of a name, nor inside.
      const author = name.replace(/[<>]/g, '').replace(/^[\s.,:;"\\']+|[\s.,:;"\\']+$/g, '');
      fc.pre(author !== '' && !subject.startsWith('#'));
      const dir = scratch();
      const env = {
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: 'a@example.com',
        GIT_AUTHOR_DATE: '1200000000 +0100',
      };
      run(['git', 'init', '-q'], dir);
      run(
        ['git', 'commit', '-q', '--allow-empty', '--cleanup=verbatim', '-m', `${subject}\n`],
        dir,
        undefined,
        env,
      );
      const mail = text(
        run(['git', 'format-patch', '--stdout', '--always', '--root', 'HEAD'], dir, undefined, env),
      );
      const fields = mail.slice(mail.indexOf('\n') + 1, /\n\n|\nMIME-Version/.exec(mail)!.index);
      const ours = [
        formatFrom({ name: author, email: 'a@example.com' }),
        'Date: Thu, 10 Jan 2008 22:20:00 +0100',
        formatSubject('PATCH', subject),
      ];
      expect(Buffer.from(ours.join('\n'), 'latin1').toString('utf8')).toBe(fields);
    },
  );
});

test.skipIf(!has('git'))('git stripspace tidies messages alike', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('', ' ', 'a ', '\tb', 'c\r', '\n')).map((lines) => lines.join('\n')),
      (message) => {
        expect(stripSpace(message)).toBe(text(run(['git', 'stripspace'], '/', message)));
      },
    ),
    { numRuns: 40 },
  );
});
