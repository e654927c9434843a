/** A cover letter and patches → the mails of a thread. The same input gives the same bytes. */
import { diffstatLines } from './shortlog.ts';
import { bracket, patchText } from '../../tools/series/compose.ts';
import { commitHeader, toCommitInfo } from '../../tools/series/commit.ts';
import { textBytes } from '../../tools/series/text.ts';
import type { Patch } from '../../tools/series/types.ts';
import { hostOf, messageId } from '../message/ids.ts';
import { type Mail, charsetOf, formatMail } from '../message/mail.ts';
import { coverBody, footerLines } from './cover-letter.ts';
import type { Recipients, Thread, ThreadInput, ThreadMail } from './types.ts';

/** What differs from mail to mail before they refer to each other. */
interface Draft {
  readonly number: number;
  readonly patch: Patch | null;
  readonly bracket: string;
  readonly subject: string;
  readonly body: Mail['body'];
  readonly recipients: Recipients;
}

/** Compose a whole thread. */
export function composeThread(input: ThreadInput): Thread {
  const drafts = [
    ...coverDrafts(input),
    ...input.patches.map((patch, index) => patchDraft(input, patch, index)),
  ];
  const mails: ThreadMail[] = [];
  for (const [index, draft] of drafts.entries()) mails.push(finish(input, draft, index, mails));
  const [first] = mails;
  return {
    name: input.section === '' ? input.topic : `${input.topic}-${input.section}`,
    topic: input.topic,
    section: input.section,
    version: input.style.version,
    title: first === undefined ? '' : titleOf(first.mail),
    mails,
  };
}

/** `[PATCH v2 00/12] subject`. */
export function titleOf({ bracket: words, subject }: Pick<Mail, 'bracket' | 'subject'>): string {
  return words === '' ? subject : `[${words}] ${subject}`;
}

function bracketOf({ style, patches, cover }: ThreadInput, number: number): string {
  const counts = style.numbered && (patches.length > 1 || cover !== null);
  return bracket({
    prefix: style.prefix,
    version: style.version,
    ...(counts ? { number, total: patches.length } : {}),
  });
}

function coverDrafts(input: ThreadInput): Draft[] {
  const { cover } = input;
  if (cover === null) return [];
  return [
    {
      number: 0,
      patch: null,
      bracket: bracketOf(input, 0),
      subject: cover.subject,
      body: coverBody(input, cover),
      recipients: input.recipients.cover,
    },
  ];
}

function patchDraft(input: ThreadInput, patch: Patch, index: number): Draft {
  // Without a cover the first patch says what the thread applies to, as with git format-patch --base.
  const footer =
    input.cover === null && index === 0
      ? footerLines(input.base, input.dependencies, input.changeId)
      : [];
  const text = patchText(patch, {
    sender: input.style.from,
    stat: (files) => diffstatLines(files).join('\n'),
    footer,
  });
  return {
    number: index + 1,
    patch,
    bracket: bracketOf(input, index + 1),
    subject: commitHeader(toCommitInfo(patch)).subject,
    body: text.body,
    recipients: input.recipients.patches[index] ?? input.recipients.cover,
  };
}

function finish(
  { topic, section, style }: ThreadInput,
  draft: Draft,
  index: number,
  before: readonly ThreadMail[],
): ThreadMail {
  const { seconds, zone } = style.date;
  const answered = style.inReplyTo === null ? [] : [style.inReplyTo];
  const thread = threadOf(style.threading, before);
  const references = index === 0 ? answered : thread.length === 0 ? [] : [...answered, ...thread];
  const mail: Mail = {
    from: style.from,
    to: draft.recipients.to,
    cc: draft.recipients.cc,
    bracket: draft.bracket,
    subject: draft.subject,
    reply: false,
    date: { seconds: seconds + index, zone },
    id: messageId({
      thread: topic,
      section,
      version: style.version,
      part: String(draft.number),
      resend: style.resend,
      date: style.date,
      host: hostOf(style.from.email),
      content: textBytes(
        `${draft.bracket}\0${draft.subject}\0${Buffer.from(draft.body).toString('latin1')}`,
      ),
    }),
    inReplyTo: references.at(-1) ?? null,
    references,
    body: draft.body,
    charset: charsetOf(draft.body),
  };
  const { number, patch, subject } = draft;
  const part = patch === null ? 'cover' : 'patch';
  return { mail, patch, part, number, subject, bytes: formatMail(mail) };
}

/** Ids from the root of the thread to the mail that the next one answers. */
function threadOf(
  threading: ThreadInput['style']['threading'],
  before: readonly ThreadMail[],
): string[] {
  switch (threading) {
    case 'none':
      return [];
    case 'shallow':
      return before.slice(0, 1).map(({ mail }) => mail.id);
    case 'deep':
      return before.map(({ mail }) => mail.id);
  }
}
