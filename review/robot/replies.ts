/** A thread and the report of a check → the thread with a build robot's replies behind it. */
import { textBytes } from '../../tools/series/text.ts';
import type { CheckReport, PatchReport } from '../../tools/report/check/gather.ts';
import type { Person } from '../../tools/series/types.ts';
import { hostOf, messageId } from '../message/ids.ts';
import { type Mail, charsetOf, formatMail } from '../message/mail.ts';
import { titleOf } from '../thread/compose.ts';
import type { Thread, ThreadMail } from '../thread/types.ts';
import { type Answered, hasFindings, patchLines, summaryLines } from './text.ts';

export interface RobotOptions {
  readonly robot: Person;
  /** Answer good patches, too. */
  readonly all: boolean;
}

/** The same thread, with an answer to each patch that needs one and a summary for the first mail. */
export function withReplies(
  thread: Thread,
  report: CheckReport,
  { robot, all }: RobotOptions,
): Thread {
  const reports = new Map(report.patches.map((patch) => [patch.name, patch]));
  const reportOf = ({ patch }: ThreadMail): PatchReport | undefined =>
    patch === null ? undefined : reports.get(patch.name);
  const checked = thread.mails.flatMap((mail) => reportOf(mail) ?? []);
  const [first] = thread.mails;
  if (first === undefined || checked.length === 0) return thread;
  const depends = /^prerequisite-/m.test(Buffer.from(first.bytes).toString('latin1'));
  const answered = (mail: ThreadMail, number: number | null): Answered => ({
    title: titleOf(mail.mail),
    root: first.mail.id,
    number,
    depends,
  });
  const texts = thread.mails.flatMap((to): Text[] => {
    const own = reportOf(to);
    if (own === undefined || !(all || hasFindings(own))) return [];
    const lines = patchLines(report, own, answered(to, to.number));
    return [{ to, lines, part: `check-${to.number}` }];
  });
  // A lone patch has its answer already.
  if (first.patch === null || checked.length > 1) {
    const lines = summaryLines(report, checked, answered(first, null));
    texts.push({ to: first, lines, part: 'check' });
  }
  const last = thread.mails.at(-1)?.mail.date ?? first.mail.date;
  const replies = texts.map((text, index) =>
    replyTo(thread, text, robot, { ...last, seconds: last.seconds + index + 1 }),
  );
  return { ...thread, mails: [...thread.mails, ...replies] };
}

interface Text {
  /** The mail that it answers. */
  readonly to: ThreadMail;
  readonly lines: readonly string[];
  /** For the Message-ID. */
  readonly part: string;
}

/** To whoever sent the mail, with everyone in copy who got it. */
function replyTo(
  { topic, section, version }: Thread,
  { to, lines, part }: Text,
  robot: Person,
  date: Mail['date'],
): ThreadMail {
  const { mail: answered, patch, number, subject } = to;
  const greeting = answered.from.name === '' ? 'Hello,' : `Hi ${answered.from.name},`;
  const body = textBytes(`${[greeting, '', ...lines].join('\n')}\n\n-- \nseam check\n\n`);
  const mail: Mail = {
    from: robot,
    to: [answered.from],
    cc: [...answered.to, ...answered.cc].filter(({ email }) => email !== answered.from.email),
    bracket: answered.bracket,
    subject: answered.subject,
    reply: true,
    date,
    id: messageId({
      thread: topic,
      section,
      version,
      part,
      resend: false,
      date,
      host: hostOf(robot.email),
      content: body,
    }),
    inReplyTo: answered.id,
    references: [...answered.references, answered.id],
    body,
    charset: charsetOf(body),
  };
  return { mail, patch, part: 'reply', number, subject, bytes: formatMail(mail) };
}
