import type { FilePatch } from '../../tools/patch/types.ts';
import type { Moment, Patch, Person } from '../../tools/series/types.ts';
import type { Cover } from '../cover/types.ts';
import type { ReadyMail } from '../message/mailbox.ts';
import type { Mail } from '../message/mail.ts';

/** How the mails of a thread refer to each other: all to the first, each to the one before, not at all. */
export type Threading = 'shallow' | 'deep' | 'none';

/** Whom a mail goes to. */
export interface Recipients {
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
}

/** What the mails of a thread have in common. */
export interface ThreadStyle {
  readonly prefix: string;
  readonly version: number;
  readonly from: Person;
  /** Of the first mail; each further one is a second later, so that readers sort them. */
  readonly date: Moment;
  readonly threading: Threading;
  /** `k/n` in the subjects. A single patch without cover has none either way. */
  readonly numbered: boolean;
  /** A thread of one's own that this one continues: Message-ID without brackets. */
  readonly inReplyTo: string | null;
  readonly resend: boolean;
}

/** What the thread starts from. */
export interface ThreadBase {
  readonly commit: string | null;
  /** The tree, where there is no commit to name. */
  readonly tree: string | null;
  /** `git patch-id --stable` of the patches that must be applied before, in order. */
  readonly prerequisites: readonly string[];
}

/** A thread that this one needs. */
export interface Dependency {
  /** `[PATCH v2 00/12] nsproxy: …`, a topic's name, or empty. */
  readonly title: string;
  /** A Message-ID in angle brackets or a URL; null when it is only known by its title. */
  readonly reference: string | null;
}

/** A line of the overview that the covers of several threads share. */
export interface ThreadEntry {
  readonly title: string;
  readonly patches: number;
  /** Numbers of threads, from 1. */
  readonly needs: readonly number[];
}

/** All that a thread is made of. */
export interface ThreadInput {
  /** For Message-IDs: a topic, or the subject of a letter or a patch. */
  readonly topic: string;
  /** Which part of the topic: `2of4`; empty where it has one thread. */
  readonly section: string;
  readonly style: ThreadStyle;
  /** Null for a thread that begins with its first patch. */
  readonly cover: CoverInput | null;
  readonly patches: readonly Patch[];
  readonly base: ThreadBase;
  /** Of the cover, and of each patch in the same order. */
  readonly recipients: { readonly cover: Recipients; readonly patches: readonly Recipients[] };
  readonly dependencies: readonly Dependency[];
  readonly changeId: string | null;
}

export interface CoverInput {
  readonly cover: Cover;
  /** With the part, where a topic has several threads. */
  readonly subject: string;
  /** In place of the letter's own text: later parts refer to the first. */
  readonly lines: readonly string[];
  /** From the tree before the thread to the tree after it. */
  readonly diff: readonly FilePatch[];
  /** Empty when there is only this thread. */
  readonly overview: readonly ThreadEntry[];
  /** Which line of the overview is this thread's. */
  readonly position: number;
}

/** A mail of a thread, as a value and as bytes. */
export interface ThreadMail extends ReadyMail {
  readonly mail: Mail;
  /** The patch that the mail carries or answers; null for the cover letter. */
  readonly patch: Patch | null;
}

/** A thread, ready to be written or sent. */
export interface Thread {
  /** Topic and section. */
  readonly name: string;
  readonly topic: string;
  readonly section: string;
  readonly version: number;
  /** `[PATCH v2 00/12] …` of its first mail. */
  readonly title: string;
  /** In the order of sending: the letter, the patches, replies. */
  readonly mails: readonly ThreadMail[];
}
