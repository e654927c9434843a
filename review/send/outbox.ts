/**
 * What is going to be sent, mail by mail, and one hash over all of it: who confirms the hash confirms
 * these bytes to these recipients, and nothing else.
 */
import { createHash } from 'node:crypto';
import type { Bytes } from '../../tools/patch/types.ts';
import type { Thread } from '../thread/types.ts';

/** One mail with its envelope. */
export interface OutMail {
  /** Message-ID without brackets. */
  readonly id: string;
  /** `[PATCH 1/4] …`, for messages. */
  readonly title: string;
  readonly from: string;
  /** Addresses, each once. */
  readonly to: readonly string[];
  /** Lines end in LF; SMTP makes CR LF of them. */
  readonly bytes: Bytes;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly digest: string;
}

/** Mails in the order of sending. */
export interface Outbox {
  readonly mails: readonly OutMail[];
  /** The beginning of a SHA-256 over ids, digests and envelopes; hexadecimal. */
  readonly hash: string;
}

const HASH_DIGITS = 16;

/**
 * The mails of these threads. With `reflect` everything goes to the sender alone, headers unchanged:
 * one sees what others would get.
 */
export function outboxOf(threads: readonly Thread[], reflect: boolean): Outbox {
  const mails = threads.flatMap(({ mails: own }) =>
    own.map(({ mail, bytes }): OutMail => {
      const people = reflect ? [mail.from] : [...mail.to, ...mail.cc];
      return {
        id: mail.id,
        title: mail.bracket === '' ? mail.subject : `[${mail.bracket}] ${mail.subject}`,
        from: mail.from.email,
        to: [...new Set(people.map(({ email }) => email))],
        bytes,
        digest: createHash('sha256').update(bytes).digest('hex'),
      };
    }),
  );
  const manifest = mails.map(({ id, digest, from, to }) => [id, digest, from, to]);
  const hash = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  return { mails, hash: hash.slice(0, HASH_DIGITS) };
}
