/**
 * Versions that were sent are kept, so that the next one can be compared with them: below one
 * directory (`review/sent`), `<topic>/v<N>.mbox` with the patches byte for byte, ready for `git am`,
 * `<topic>/v<N>.cover` with the cover letters, which `git am` would stumble over, and
 * `<topic>/v<N>.json` that says what they are. The names are made from the topic and a number only;
 * nothing that stands in a mail gets into a path.
 */
import { createHash } from 'node:crypto';
import { SeamError } from '../../tools/errors.ts';
import type { Bytes } from '../../tools/patch/types.ts';
import { splitMbox } from '../../tools/series/mbox.ts';
import { seriesOfMails } from '../../tools/series/messages.ts';
import { readMail } from '../../tools/series/mailinfo.ts';
import { byteString, decodeText } from '../../tools/series/text.ts';
import type { NamedBytes } from '../../tools/series/types.ts';

const SCHEMA = 'seam/sent/1';

/** What `v<N>.json` says. */
export interface SentVersion {
  readonly schema: typeof SCHEMA;
  readonly topic: string;
  readonly version: number;
  /** The commit that the series starts from, where its mails name one. */
  readonly base: string | null;
  /** Of a topic that was cut into several threads, the letters of all; null when there are none. */
  readonly covers: SentBox | null;
  readonly patches: SentBox;
}

/** One mbox. */
export interface SentBox {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
  /** Its mails in order. */
  readonly mails: readonly SentMail[];
}

export interface SentMail {
  /** With its angle brackets; null where a mail has none. */
  readonly id: string | null;
  readonly subject: string;
}

/** Names are made of letters, digits, `_`, `-` and dots that do not come first. */
const TOPIC = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** The mailboxes of a version, as they were sent. */
export interface SentBytes {
  readonly patches: Bytes;
  readonly covers: Bytes | null;
}

/** The files that keep a version. */
export function keepVersion(
  topic: string,
  version: number,
  { patches, covers }: SentBytes,
): readonly NamedBytes[] {
  const place = sentPlace(topic, version);
  const letters = covers === null ? [] : splitMbox(byteString(covers));
  const found = seriesOfMails([...letters, ...splitMbox(byteString(patches))]);
  if (found.patches.length === 0) {
    throw new SeamError('nothing-sent', `version ${version} of '${topic}' has no patches`);
  }
  const manifest: SentVersion = {
    schema: SCHEMA,
    topic,
    version,
    base: found.baseCommit,
    covers: covers === null ? null : boxOf(covers),
    patches: boxOf(patches),
  };
  return [
    ...(covers === null ? [] : [{ name: `${place}.cover`, bytes: covers }]),
    { name: `${place}.mbox`, bytes: patches },
    // The one that says that the others are there comes last.
    { name: `${place}.json`, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
  ];
}

function boxOf(bytes: Bytes): SentBox {
  return { sha256: hashOf(bytes), mails: splitMbox(byteString(bytes)).map(mailFacts) };
}

/** Whether a topic's name can be that of a folder. */
export function isTopicName(topic: string): boolean {
  return TOPIC.test(topic);
}

/** Path of a version below the directory of what was sent, without suffix: `uts/v2`. */
export function sentPlace(topic: string, version: number): string {
  if (!isTopicName(topic)) {
    throw new SeamError('bad-topic', `'${topic}' cannot name a topic`, {
      kind: 'usage',
      hint: 'letters, digits, _, - and dots that do not come first',
    });
  }
  if (!Number.isSafeInteger(version) || version < 1) {
    throw new SeamError('bad-version', `'${version}' is no version of a series`, {
      kind: 'usage',
      hint: 'versions count from 1',
    });
  }
  return `${topic}/v${version}`;
}

/** The number in the name of a kept version (`v2.json`); null for other files. */
export function versionOfName(name: string): number | null {
  const digits = /^v([1-9]\d{0,5})\.json$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Read `v<N>.json`. Throws when it is not what `keepVersion` writes, or a mailbox is another one. */
export function readVersion(
  name: string,
  manifest: Bytes,
  { patches, covers }: SentBytes,
): SentVersion {
  const said = parseManifest(name, manifest);
  requireSame(`${name}.mbox`, said.patches, patches);
  if (said.covers !== null || covers !== null) requireSame(`${name}.cover`, said.covers, covers);
  return said;
}

function requireSame(file: string, said: SentBox | null, bytes: Bytes | null): void {
  const found = bytes === null ? null : hashOf(bytes);
  const expected = said?.sha256 ?? null;
  if (found === expected) return;
  throw new SeamError('sent-changed', `'${file}' is not what was sent`, {
    data: { file, expected, found },
    hint: `git log -- ${file}`,
  });
}

function parseManifest(name: string, manifest: Bytes): SentVersion {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(manifest).toString());
  } catch (cause) {
    throw damaged(name, 'is no JSON', cause);
  }
  if (!isManifest(value)) throw damaged(name, `does not follow '${SCHEMA}'`, undefined);
  if (sentPlace(value.topic, value.version) !== name)
    throw damaged(name, `is about '${value.topic}' version ${value.version}`, undefined);
  return value;
}

function damaged(name: string, why: string, cause: unknown): SeamError {
  return new SeamError('sent-damaged', `'${name}.json' ${why}`, {
    data: { file: `${name}.json` },
    cause,
  });
}

function isManifest(value: unknown): value is SentVersion {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, topic, version, base, covers, patches } = value as Record<string, unknown>;
  return (
    schema === SCHEMA &&
    typeof topic === 'string' &&
    typeof version === 'number' &&
    (base === null || typeof base === 'string') &&
    (covers === null || isBox(covers)) &&
    isBox(patches)
  );
}

function isBox(value: unknown): value is SentBox {
  if (typeof value !== 'object' || value === null) return false;
  const { sha256, mails } = value as Record<string, unknown>;
  return typeof sha256 === 'string' && Array.isArray(mails) && mails.every((mail) => isMail(mail));
}

function isMail(value: unknown): value is SentMail {
  if (typeof value !== 'object' || value === null) return false;
  const { id, subject } = value as Record<string, unknown>;
  return (id === null || typeof id === 'string') && typeof subject === 'string';
}

function hashOf(bytes: Bytes): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function mailFacts(mail: string): SentMail {
  const text = mail.replaceAll('\r\n', '\n');
  const { fields } = readMail(text, { keepSubject: 'keep' });
  const find = (name: string): string | undefined =>
    fields.find(({ key }) => key.toLowerCase() === name)?.value;
  const id = /<[^<>\s]+>/.exec(find('message-id') ?? '')?.[0] ?? null;
  return { id, subject: decodeText(find('subject') ?? '').toWellFormed() };
}
