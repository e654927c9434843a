import { Ledger, type SentState, ledgerDirectory } from '../../../review/send/ledger.ts';
import { type Outbox, outboxOf } from '../../../review/send/outbox.ts';
import { type SendResult, sendAll } from '../../../review/send/session.ts';
import { Conversation, parseServer } from '../../../review/send/smtp.ts';
import type { Thread } from '../../../review/thread/types.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import { readUserSmtp } from '../config.ts';
import type { Context } from '../context.ts';
import type { send } from '../send.ts';
import type { Input, Run } from '../types.ts';
import { compareWithKept, keepSent, refuseOther } from './keep.ts';
import { withThreads } from './thread-make.ts';
import { startThreads } from './thread-start.ts';
import { refuse, summary, tellTags } from './thread-write.ts';

type Options = Input<(typeof send)['arguments'], (typeof send)['options']>['options'];

export const run: Run<typeof send> = async (ctx, { args: [topics], options: given }) => {
  const options = asConfirmed(given);
  // What is wrong with it is told before there is anything to read; its password can come later.
  if (options.server !== undefined)
    parseServer(options.server, ctx.env['SEAM_SMTP_PASSWORD'] ?? '');
  return withThreads(await startThreads(ctx), topics, options, async (made) => {
    if (made.objections.length > 0) return refuse(ctx, made);
    refuseWithoutRecipients(made.threads);
    // The same version once more keeps nothing: it is what was sent before.
    const kept = options.reflect || options.resend ? null : compareWithKept(ctx, made.threads);
    if (kept !== null) refuseOther(kept);
    const outbox = outboxOf(made.threads, options.reflect);
    const ledger = options.reflect ? null : new Ledger(ledgerDirectory(ctx.env));
    const states = await Promise.all(
      outbox.mails.map(async (mail) => (await ledger?.state(mail)) ?? 'new'),
    );
    if (options.confirm === undefined) {
      for (const [topic, since] of made.since) tellTags(ctx, topic, since);
      const moment = options.date === 'now' ? `@${firstDate(made.threads)}` : '';
      return show(ctx, made.threads, outbox, states, `${outbox.hash}${moment}`);
    }
    refuseChanged(options.confirm, outbox);
    if (ledger !== null && options.assume !== undefined)
      await settle(ctx, ledger, outbox, states, options.assume);
    const status = await deliver(ctx, outbox, ledger, options);
    if (status === EXIT.yes && kept !== null) await keepSent(ctx, kept, false);
    return status;
  });
};

/**
 * What is dated now has another hash a second later. So the moment that was shown is part of what is
 * confirmed, `HASH@SECONDS`, and the mails are made for that moment again.
 */
function asConfirmed(options: Options): Options {
  const [, hash, seconds] = /^([0-9a-f]+)@(\d{1,11})$/.exec(options.confirm ?? '') ?? [];
  if (options.date !== 'now' || hash === undefined) return options;
  return { ...options, confirm: hash, date: `${seconds} +0000` };
}

function refuseWithoutRecipients(threads: readonly Thread[]): void {
  for (const { title, mails } of threads) {
    if (mails.every(({ mail }) => mail.to.length + mail.cc.length > 0)) continue;
    throw new SeamError('no-recipients', `nobody to send '${title}' to`, {
      hint: "name somebody with 'to:' in front of the cover letter, or MAINTAINERS with --maintainers",
    });
  }
}

function refuseChanged(confirmed: string, { hash }: Outbox): void {
  if (confirmed === hash) return;
  throw new SeamError(
    'manifest-changed',
    `'${confirmed}' is not the hash of what would be sent now`,
    {
      kind: 'usage',
      hint: 'look again without --confirm: something has changed since',
    },
  );
}

const DAY = 86_400;

/** Seconds since 1970 at which the first mail is dated. */
function firstDate(threads: readonly Thread[]): number {
  return threads[0]?.mails[0]?.mail.date.seconds ?? 0;
}

/** Say what would go where; nothing is sent. */
function show(
  ctx: Context,
  threads: readonly Thread[],
  { mails }: Outbox,
  states: readonly SentState[],
  hash: string,
): number {
  const { report, globals } = ctx;
  const sent = states.filter((state) => state === 'sent').length;
  if (globals.json) {
    report.json('send/1', {
      hash,
      mails: mails.map(({ id, title, from, to, digest }, index) => ({
        id,
        title,
        from,
        to,
        digest,
        state: states[index],
      })),
    });
    return EXIT.yes;
  }
  for (const each of threads) report.print(...summary(each));
  const recipients = new Set(mails.flatMap(({ to }) => to)).size;
  const people = `${recipients} ${recipients === 1 ? 'recipient' : 'recipients'}`;
  report.print(
    '',
    `${mails.length} mails to ${people}${sent === 0 ? '' : `, ${sent} of them sent already`}: ${hash}`,
  );
  const age = Math.floor((ctx.now().getTime() / 1000 - firstDate(threads)) / DAY);
  if (age > 1) report.warn(`the first mail is dated ${age} days ago`, '--date now');
  if (age < 0) report.warn('the first mail is dated in the future', '--date now');
  report.note(`nothing sent; to send this, add --confirm ${hash}`);
  return EXIT.yes;
}

/** A person says what became of the mails whose fate is not known. */
async function settle(
  ctx: Context,
  ledger: Ledger,
  { mails }: Outbox,
  states: readonly SentState[],
  fate: 'sent' | 'lost',
): Promise<void> {
  for (const [index, mail] of mails.entries()) {
    if (states[index] !== 'unknown') continue;
    if (fate === 'sent') await ledger.complete(mail, ctx.now());
    else await ledger.release(mail);
  }
}

async function deliver(
  ctx: Context,
  { mails, hash }: Outbox,
  ledger: Ledger | null,
  options: Options,
): Promise<number> {
  const server = await serverOf(ctx, options.server);
  const status = ctx.report.status('sending', mails.length);
  const open = async (): Promise<Conversation> => (conversation = await Conversation.open(server));
  let conversation: Conversation | null = null as Conversation | null;
  try {
    const result = await sendAll(mails, open, {
      ledger,
      now: ctx.now,
      signal: ctx.signal,
      pause: options.pause ?? 0,
      onMail: (mail, step, done) => {
        status.update(done, mail.title);
        ctx.report.detail(printable(`${step} ${mail.title}`));
      },
    });
    return tell(ctx, result, mails.length, hash);
  } finally {
    await conversation?.close();
  }
}

async function serverOf(
  ctx: Context,
  named: string | undefined,
): Promise<ReturnType<typeof parseServer>> {
  const text = named ?? (await readUserSmtp(ctx.env));
  if (text !== undefined) return parseServer(text, ctx.env['SEAM_SMTP_PASSWORD']);
  throw new SeamError('smtp-server', 'no server given to send through', {
    kind: 'usage',
    hint: "--server smtps://user@mail.example.org, or the key smtp in the user's configuration",
  });
}

function tell(ctx: Context, result: SendResult, total: number, hash: string): number {
  const { report, globals } = ctx;
  const { sent, skipped, stopped, rejected } = result;
  if (globals.json) {
    report.json('sent/1', {
      hash,
      sent,
      skipped,
      stopped:
        stopped === null
          ? null
          : { id: stopped.mail.id, kind: stopped.kind, reason: stopped.reason },
      rejected: rejected.map(({ mail, address }) => ({ id: mail.id, address })),
    });
  } else {
    const before = skipped === 0 ? '' : `, ${skipped} sent before`;
    report.print(`${sent} of ${total} mails sent${before}`);
  }
  for (const { mail, address } of rejected)
    report.warn(printable(`'${address}' was not taken for '${mail.title}'`));
  if (stopped === null) return EXIT.yes;
  const again =
    stopped.kind === 'refused'
      ? 'the same command goes on with this mail'
      : '--assume sent, or --assume lost';
  report.warn(
    printable(`stopped at '${stopped.mail.title}' <${stopped.mail.id}>: ${stopped.reason}`),
    again,
  );
  return EXIT.no;
}
