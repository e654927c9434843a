/** Sending an outbox: each mail once, in order, stopping at the first that is not taken. */
import { setTimeout } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';
import type { OutMail } from './outbox.ts';
import type { Delivery } from './smtp.ts';

/** Something that takes mails: an SMTP conversation. */
export interface Carrier {
  send(mail: OutMail): Promise<Delivery>;
}

export interface SendOptions {
  /** Null when nothing is noted: mails that only go back to their sender. */
  readonly ledger: Ledger | null;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Seconds between two mails. */
  readonly pause: number;
  readonly onMail?: (mail: OutMail, step: Step, done: number) => void;
}

export type Step = 'sent' | 'skipped';

/** How far it went. */
export interface SendResult {
  readonly sent: number;
  /** Sent earlier, left out now. */
  readonly skipped: number;
  /** The mail at which it stopped, and why; null when all are out. */
  readonly stopped: {
    readonly mail: OutMail;
    readonly kind: 'refused' | 'unknown';
    readonly reason: string;
  } | null;
  /** Recipients that the server would not take, with the mail that went to the others. */
  readonly rejected: readonly { readonly mail: OutMail; readonly address: string }[];
}

/** Send what has not been sent yet. `open` is called when there is something to send. */
export async function sendAll(
  mails: readonly OutMail[],
  open: () => Promise<Carrier>,
  options: SendOptions,
): Promise<SendResult> {
  const rejected: { mail: OutMail; address: string }[] = [];
  let [sent, skipped] = [0, 0];
  let carrier: Carrier | null = null;
  for (const [index, mail] of mails.entries()) {
    options.signal.throwIfAborted();
    const state = (await options.ledger?.state(mail)) ?? 'new';
    if (state === 'sent') {
      skipped += 1;
      options.onMail?.(mail, 'skipped', index + 1);
      continue;
    }
    const known = { sent, skipped, rejected };
    if (state === 'unknown')
      return { ...known, stopped: { mail, kind: 'unknown', reason: UNFINISHED } };
    if (carrier !== null && options.pause > 0)
      await setTimeout(options.pause * 1000, undefined, { signal: options.signal });
    carrier ??= await open();
    if ((await options.ledger?.claim(mail, options.now())) === false)
      return { ...known, stopped: { mail, kind: 'unknown', reason: UNFINISHED } };
    const delivery = await carrier.send(mail);
    if (delivery.kind === 'sent') await options.ledger?.complete(mail, options.now());
    if (delivery.kind === 'refused') await options.ledger?.release(mail);
    if (delivery.kind !== 'sent')
      return { ...known, stopped: { mail, kind: delivery.kind, reason: delivery.reason } };
    rejected.push(...delivery.rejected.map((address) => ({ mail, address })));
    sent += 1;
    options.onMail?.(mail, 'sent', index + 1);
  }
  return { sent, skipped, rejected, stopped: null };
}

const UNFINISHED = 'it was handed over before, and no answer came';
