/**
 * Message-IDs that depend on what is sent and on nothing else, so that the same series gives the same
 * mails wherever and whenever it is made: `20260801.uts-v2-03.9f86d081884c@host`.
 */
import { createHash } from 'node:crypto';
import type { Bytes } from '../../tools/patch/types.ts';
import { slugOf } from '../../tools/series/slug.ts';
import type { Moment } from '../../tools/series/types.ts';

/** What makes one mail of a thread another one than all others. */
export interface IdFacts {
  /** The name of the thread: a topic, or the slug of its subject. */
  readonly thread: string;
  /** Which part of its topic the thread is: `2of4`; empty for a whole one. */
  readonly section: string;
  readonly version: number;
  /** The mail's number in the thread, or another word for what it is. */
  readonly part: string;
  /** Sent again unchanged: not the same mail as the first time. */
  readonly resend: boolean;
  readonly date: Moment;
  /** The host behind the `@`: that of the sender's address, never this machine's. */
  readonly host: string;
  readonly content: Bytes;
}

const DIGITS = 12;

/** A Message-ID without its angle brackets. */
export function messageId(facts: IdFacts): string {
  const { thread, section, version, part, resend, date, host } = facts;
  const hash = createHash('sha256')
    .update(JSON.stringify([thread, section, version, part, resend, date.seconds, host]))
    .update(facts.content)
    .digest('hex')
    .slice(0, DIGITS);
  const day = new Date(date.seconds * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  const slug =
    slugOf(thread)
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .slice(0, 40)
      .replace(/-$/, '') || 'series';
  const name = section === '' ? slug : `${slug}-${section}`;
  return `${day}.${name}-v${version}-${part}.${hash}@${host}`;
}

/** The host of an address. */
export function hostOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
