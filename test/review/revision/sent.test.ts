import { describe, expect, test } from 'vitest';
import {
  type SentBytes,
  keepVersion,
  readVersion,
  versionOfName,
} from '../../../review/revision/sent.ts';
import { failure } from '../../series/support.ts';
import { added, patch } from './support.ts';

const FROM = 'From git@z Thu Jan  1 00:00:00 1970\n';
const ID = '<20260102-uts-v2-1@seam.invalid>';

function mbox(): Buffer {
  const bytes = patch({ files: { 'a.c': added('a', 3) } }).raw;
  const mail = `${FROM}Message-ID: ${ID}\n${Buffer.from(bytes).toString()}`;
  const base = `base-commit: ${'1'.repeat(40)}\n`;
  return Buffer.from(`${mail.replace(/-- \n.*$/s, `\n${base}-- \n2.39.5\n`)}\n`);
}

function cover(): Buffer {
  return Buffer.from(`${FROM}Subject: [PATCH 0/1] pages\n\nWhy.\n\n`);
}

/** The mailboxes among the files of a version. */
function boxes(files: Record<string, Uint8Array>): SentBytes {
  return { patches: files['uts/v2.mbox']!, covers: files['uts/v2.cover']! };
}

function readWith(manifest: Uint8Array, bytes: SentBytes): () => unknown {
  return () => readVersion('uts/v2', manifest, bytes);
}

/** The files of a version, by name. */
function kept(): Record<string, Uint8Array> {
  return Object.fromEntries(
    keepVersion('uts', 2, { patches: mbox(), covers: cover() }).map(({ name, bytes }) => [
      name,
      bytes,
    ]),
  );
}

describe('what was sent', () => {
  test('is kept byte for byte, with what it is', () => {
    const files = kept();
    expect(Object.keys(files)).toEqual(['uts/v2.cover', 'uts/v2.mbox', 'uts/v2.json']);
    expect(files['uts/v2.cover']).toEqual(cover());
    expect(files['uts/v2.mbox']).toEqual(mbox());
    expect(readVersion('uts/v2', files['uts/v2.json']!, boxes(files))).toMatchObject({
      schema: 'seam/sent/1',
      topic: 'uts',
      version: 2,
      base: '1'.repeat(40),
      covers: { mails: [{ id: null, subject: '[PATCH 0/1] pages' }] },
      patches: { mails: [{ id: ID, subject: '[PATCH] mm: count pages' }] },
    });
  });

  test('is the same every time', () => {
    expect(kept()).toEqual(kept());
  });

  test.each(['mbox', 'cover'])('is refused when the %s is another one', async (which) => {
    const files = kept();
    const spoilt = { ...files, [`uts/v2.${which}`]: Buffer.from('From nobody\n') };
    expect(
      await failure(() => readVersion('uts/v2', files['uts/v2.json']!, boxes(spoilt))),
    ).toEqual({ code: 'sent-changed', message: `'uts/v2.${which}' is not what was sent` });
  });

  test('is refused when the letters are gone, or came from somewhere', async () => {
    const [files, bare] = [kept(), keepVersion('uts', 2, { patches: mbox(), covers: null })];
    const both = [
      readWith(files['uts/v2.json']!, { patches: mbox(), covers: null }),
      readWith(bare.at(-1)!.bytes, { patches: mbox(), covers: cover() }),
    ];
    for (const attempt of both)
      expect(await failure(attempt)).toEqual({
        code: 'sent-changed',
        message: "'uts/v2.cover' is not what was sent",
      });
  });

  test.each([
    ['{', 'is no JSON'],
    ['null', "does not follow 'seam/sent/1'"],
    ['{"schema":"seam/sent/1","topic":"uts"}', "does not follow 'seam/sent/1'"],
    [
      '{"schema":"seam/sent/1","topic":"ipc","version":1,"base":null,"covers":null,"patches":{"sha256":"","mails":[]}}',
      "is about 'ipc' version 1",
    ],
    [
      '{"schema":"seam/sent/1","topic":"uts","version":2,"base":null,"covers":null,"patches":{"sha256":"","mails":[{}]}}',
      "does not follow 'seam/sent/1'",
    ],
  ])('says what is wrong with %s', async (manifest, why) => {
    expect(
      await failure(() => readVersion('uts/v2', Buffer.from(manifest), boxes(kept()))),
    ).toEqual({
      code: 'sent-damaged',
      message: `'uts/v2.json' ${why}`,
    });
  });

  test.each(['', '.', '..', '../uts', 'a/b', '/etc', '.git', 'a\nb', 'a b', 'x'.repeat(101)])(
    'has no topic %j',
    async (topic) => {
      expect(
        await failure(() => keepVersion(topic, 1, { patches: mbox(), covers: null })),
      ).toMatchObject({
        code: 'bad-topic',
      });
    },
  );

  test.each([0, -1, 1.5, Number.NaN])('has no version %d', async (version) => {
    expect(
      await failure(() => keepVersion('uts', version, { patches: mbox(), covers: null })),
    ).toMatchObject({
      code: 'bad-version',
    });
  });

  test('without a patch is nothing', async () => {
    const patches = Buffer.from(`${FROM}Subject: [PATCH 0/0] nothing\n\nText.\n`);
    expect(await failure(() => keepVersion('uts', 1, { patches, covers: cover() }))).toMatchObject({
      code: 'nothing-sent',
    });
  });

  test('is found by the names of files', () => {
    const names = ['v1.json', 'v12.json', 'v1.mbox', 'v01.json', 'v0.json', 'v.json', 'xv1.json'];
    expect(names.map((name) => versionOfName(name))).toEqual([1, 12, null, null, null, null, null]);
  });
});
