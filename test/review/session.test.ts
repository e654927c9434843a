/** The loop that sends: what it does between mails. */
import { expect, test } from 'vitest';
import type { OutMail } from '../../review/send/outbox.ts';
import { sendAll } from '../../review/send/session.ts';

const mail = (id: string): OutMail => ({
  id,
  title: id,
  from: 'a@seam.invalid',
  to: ['b@seam.invalid'],
  bytes: new Uint8Array(),
  digest: '',
});

test('with a pause, the second mail waits; whoever breaks off meanwhile keeps it back', async () => {
  const [sent, stop]: [string[], AbortController] = [[], new AbortController()];
  const carrier = {
    send: async ({ id }: OutMail) => {
      sent.push(id);
      return { kind: 'sent', rejected: [] } as const;
    },
  };
  const sending = sendAll([mail('1'), mail('2')], async () => carrier, {
    ledger: null,
    now: () => new Date(0),
    signal: stop.signal,
    pause: 3600,
    onMail: () => stop.abort(),
  });
  await expect(sending).rejects.toThrow(/abort/i);
  expect(sent).toEqual(['1']);
});
