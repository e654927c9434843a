import { basename, dirname, resolve } from 'node:path';
import { formatObjection } from '../../../review/message/objections.ts';
import { type MailPart, filesOf, mailboxOf, maildirOf } from '../../../review/message/mailbox.ts';
import { formatAddress } from '../../../review/message/address.ts';
import { formatAdvice } from '../../../review/revision/trailers.ts';
import { countKinds } from '../../../review/revision/words.ts';
import type { Thread, ThreadMail } from '../../../review/thread/types.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { plural } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import { writeExport } from '../../series/disk.ts';
import { slugOf, uniqueNames } from '../../series/slug.ts';
import type { NamedBytes, Person } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { thread } from '../thread.ts';
import type { Input, Run } from '../types.ts';
import { compareWithKept, keepSent, otherWords, refuseOther } from './keep.ts';
import type { Since } from './last-version.ts';
import { writeBytes } from './outputs.ts';
import { type Made, withThreads } from './thread-make.ts';
import type { Started } from './thread-start.ts';

type Options = Input<(typeof thread)['arguments'], (typeof thread)['options']>['options'];

const FORMS = ['mbox', 'mboxrd', 'maildir', 'output'] as const;
type Form = (typeof FORMS)[number];

/** Make the threads and write them, or say what they would be. */
export async function writeThreads(
  started: Started,
  { args: [topics], options }: Parameters<Run<typeof thread>>[1],
): Promise<number> {
  const { ctx } = started;
  const given = FORMS.filter((form) => options[form] !== undefined);
  const standard = given.filter((form) => options[form] === '-');
  if (standard.length > 1 || (standard.length === 1 && ctx.globals.json)) {
    throw new SeamError('output-twice', 'only one thing can be written to standard output', {
      kind: 'usage',
    });
  }
  return withThreads(started, topics, options, async (made) => {
    if (made.objections.length > 0) return refuse(ctx, made);
    const keeping = compareWithKept(ctx, made.threads);
    if (options.keep && !options.force) refuseOther(keeping);
    for (const form of given) await write(ctx, form, made, options);
    if (options.keep) await keepSent(ctx, keeping, options.force);
    if (ctx.globals.json)
      ctx.report.json('thread/1', {
        ready: true,
        threads: made.threads.map(asJson),
        since: Object.fromEntries(
          [...made.since].map(([topic, since]) => [topic, sinceJson(since)]),
        ),
      });
    else if (standard.length === 0)
      for (const each of made.threads) ctx.report.print(...summary(each));
    for (const [topic, since] of made.since) tellTags(ctx, topic, since);
    if (!options.keep)
      for (const other of keeping.others)
        ctx.report.warn(otherWords(other), `the next one is -v ${other.version + 1}`);
    return EXIT.yes;
  });
}

/** Which tags of reviewers are worth a thought, and why. Those that still hold need none. */
export function tellTags({ report }: Context, topic: string, since: Since): void {
  const open = since.advice.filter(({ fate }) => fate !== 'keep');
  if (open.length === 0) return;
  report.note(printable(`tags of '${topic}' since v${since.version}`));
  for (const line of formatAdvice(since.comparison, open)) report.note(printable(`  ${line}`));
}

function sinceJson({ version, comparison, advice }: Since): Readonly<Record<string, unknown>> {
  return {
    version,
    kinds: Object.fromEntries(countKinds(comparison)),
    tags: advice.map(({ patch, trailer, fate, reason }) => ({
      patch: comparison.new[patch]?.name ?? null,
      tag: `${trailer.key}: ${trailer.value}`,
      fate,
      reason,
    })),
  };
}

/** Say all that has to be put right first; nothing is written. */
export function refuse(ctx: Context, { objections }: Made): number {
  const { report, globals } = ctx;
  if (globals.json) report.json('thread/1', { ready: false, objections });
  else report.print(...objections.map((objection) => printable(formatObjection(objection))));
  const count = objections.length === 1 ? '1 place' : `${objections.length} places`;
  report.note(`not ready to be sent: ${count} to put right first`);
  return EXIT.no;
}

async function write(ctx: Context, form: Form, { threads }: Made, options: Options): Promise<void> {
  const target = options[form] ?? '';
  const mails = threads.flatMap((each) => each.mails);
  const { force } = options;
  if (form === 'mbox' || form === 'mboxrd') {
    const whole = form === 'mboxrd';
    const bytes = mailboxOf(
      whole ? mails : mails.filter(({ part }) => part === 'patch'),
      whole ? 'mboxrd' : 'mboxo',
    );
    if (target === '-') return writeBytes(ctx, bytes);
    const file = resolve(ctx.cwd, target);
    return writeExport(dirname(file), exported([{ name: basename(file), bytes }]), { force });
  }
  const files = form === 'maildir' ? maildirOf(mails) : threadFiles(threads);
  const directories = form === 'maildir' ? ['cur', 'new', 'tmp'] : [];
  return writeExport(resolve(ctx.cwd, target), exported(files, directories), { force });
}

function exported(files: readonly NamedBytes[], directories: readonly string[] = []) {
  return { files, directories, warnings: [] };
}

/** Several threads get a folder each. */
function threadFiles(threads: readonly Thread[]): NamedBytes[] {
  if (threads.length === 1) return threads.flatMap(({ mails, version }) => filesOf(mails, version));
  const folders = uniqueNames(threads.map(({ name }) => slugOf(name) || 'thread'));
  return threads.flatMap(({ mails, version }, index) =>
    filesOf(mails, version, `${folders[index] ?? index}/`),
  );
}

/** People that a summary names. */
const MOST_SHOWN = 12;

/** A thread in a few lines: title, size, date, people. */
export function summary({ title, mails }: Thread): string[] {
  const first = mails[0]?.mail;
  const count = (wanted: MailPart): number => mails.filter(({ part }) => part === wanted).length;
  const [patches, replies] = [count('patch'), count('reply')];
  const people = (name: string, list: readonly Person[]): string[] => [
    ...list
      .slice(0, MOST_SHOWN)
      .map((person, index) =>
        printable(`  ${index === 0 ? name : '   '} ${formatAddress(person)}`),
      ),
    ...(list.length > MOST_SHOWN ? [`      and ${list.length - MOST_SHOWN} more`] : []),
  ];
  return [
    printable(title),
    `  ${plural(mails.length, 'mail')}, ${plural(patches, 'patch', 'patches')}${replies === 0 ? '' : `, ${plural(replies, 'reply', 'replies')}`}, <${first?.id ?? ''}>`,
    ...people('To:', first?.to ?? []),
    ...people('Cc:', first?.cc ?? []),
  ];
}

function asJson({ name, title, mails }: Thread): Readonly<Record<string, unknown>> {
  return { name, title, mails: mails.map(mailJson) };
}

function mailJson(made: ThreadMail): Readonly<Record<string, unknown>> {
  const { mail, part, number, patch, bytes } = made;
  const { id, inReplyTo, subject, date } = mail;
  return {
    part,
    number,
    patch: patch?.name ?? null,
    subject,
    id,
    inReplyTo,
    date: new Date(date.seconds * 1000).toISOString(),
    to: mail.to.map(formatAddress),
    cc: mail.cc.map(formatAddress),
    bytes: bytes.length,
  };
}
