/** What a thread is like: what the user chooses, else what its letter says, else what is custom. */
import { SeamError } from '../../tools/errors.ts';
import { toCommitInfo } from '../../tools/series/commit.ts';
import type { Moment, Patch, Person } from '../../tools/series/types.ts';
import { normalPrefix } from '../cover/prefix.ts';
import { type Cover, NO_FACTS } from '../cover/types.ts';
import type { Thread, ThreadStyle, Threading } from './types.ts';

/** What the user chooses; null leaves it to the cover, and then to custom. */
export interface Choices {
  readonly prefix: string | null;
  readonly version: number | null;
  readonly from: Person | null;
  readonly date: Moment | null;
  readonly threading: Threading;
  readonly numbered: boolean;
  readonly resend: boolean;
  readonly inReplyTo: string | null;
}

/** A thread among those that were made before it. */
export interface StyleInput {
  readonly choices: Choices;
  readonly cover: Cover | null;
  readonly patches: readonly Patch[];
  /** Patches of all parts of its topic. */
  readonly topic: readonly Patch[];
  /** Parts of the same topic that come before it. */
  readonly earlier: readonly Thread[];
  /** Threads that it needs and that are dated before it. */
  readonly ahead: readonly Thread[];
}

/** Find out what the thread is like. Throws where nobody is named who sends it. */
export function styleOf(input: StyleInput): ThreadStyle {
  const { choices, cover } = input;
  const facts = cover?.facts ?? NO_FACTS;
  const prefix = choices.prefix ?? facts.prefix;
  return {
    prefix: choices.resend ? (normalPrefix(`${prefix} RESEND`) ?? prefix) : prefix,
    version: choices.version ?? facts.version,
    from: choices.from ?? facts.from ?? onlyAuthor(input.patches),
    date: dateOf(input, choices.date ?? facts.date ?? newest(input.topic)),
    threading: choices.threading,
    numbered: choices.numbered,
    inReplyTo: choices.inReplyTo,
    resend: choices.resend,
  };
}

/** Readers sort by date, too: parts follow each other, and what is to be applied first stands first. */
function dateOf({ earlier, ahead }: StyleInput, { seconds, zone }: Moment): Moment {
  const offset = earlier.reduce((sum, { mails }) => sum + mails.length, 0);
  return { seconds: Math.max(seconds + offset, 1 + Math.max(...ahead.map(lastSecond), -1)), zone };
}

function lastSecond({ mails }: Thread): number {
  return mails.at(-1)?.mail.date.seconds ?? 0;
}

function newest(patches: readonly Patch[]): Moment {
  const dates = patches.map((patch) => toCommitInfo(patch).authorDate);
  return dates.reduce((latest, date) => (date.seconds > latest.seconds ? date : latest), {
    seconds: 0,
    zone: 0,
  });
}

function onlyAuthor(patches: readonly Patch[]): Person {
  const [first, ...rest] = patches.map((patch) => toCommitInfo(patch).author);
  const same = rest.every(({ name, email }) => name === first?.name && email === first.email);
  if (first !== undefined && same) return first;
  throw new SeamError(
    'thread-no-sender',
    'patches of several authors, and nobody named who sends them',
    {
      kind: 'usage',
      hint: "--from 'Your Name <you@example.org>', or 'from:' in front of the cover letter",
    },
  );
}
