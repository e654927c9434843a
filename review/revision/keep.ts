/** Threads → what is kept of them, a version of each topic. */
import { type MailPart, mailboxOf } from '../message/mailbox.ts';
import type { Bytes } from '../../tools/patch/types.ts';
import { slugOf } from '../../tools/series/slug.ts';
import type { NamedBytes } from '../../tools/series/types.ts';
import type { Thread } from '../thread/types.ts';
import { isTopicName, keepVersion } from './sent.ts';

/** One version of one topic: the files that keep it. */
export interface KeptFiles {
  readonly topic: string;
  readonly version: number;
  readonly files: readonly NamedBytes[];
}

/** The files of all topics that these threads are about; the parts of a topic are kept together. */
export function keepThreads(threads: readonly Thread[]): KeptFiles[] {
  const topics = Map.groupBy(threads, ({ topic, version }) => `${sentName(topic)} ${version}`);
  return [...topics.values()].map((parts) => {
    const { topic, version } = parts[0] as Thread;
    const name = sentName(topic);
    const box = (wanted: MailPart): Bytes | null => {
      const mails = parts.flatMap((each) => each.mails).filter(({ part }) => part === wanted);
      return mails.length === 0 ? null : mailboxOf(mails, 'mboxo');
    };
    const patches = box('patch') ?? new Uint8Array();
    return {
      topic: name,
      version,
      files: keepVersion(name, version, { patches, covers: box('cover') }),
    };
  });
}

/** What a topic is called where it is kept: its own name, unless that could not be one of a folder. */
export function sentName(topic: string): string {
  return isTopicName(topic) ? topic : slugOf(topic) || 'series';
}
