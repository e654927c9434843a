/** What the user chooses for threads, checked. */
import { normalPrefix } from '../../../review/cover/prefix.ts';
import { parseAddress } from '../../../review/message/address.ts';
import { isMessageId } from '../../../review/message/mail.ts';
import type { Choices } from '../../../review/thread/style.ts';
import { SeamError } from '../../errors.ts';
import { parseDate } from '../../series/date.ts';
import type { Moment } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { threadOptions } from '../thread-options.ts';
import type { Input } from '../types.ts';

/** What `seam thread` and `seam send` take. */
export type ThreadOptions = Input<readonly [], typeof threadOptions>['options'];

/** The choices among these options. Throws where one cannot be. */
export function choicesOf(ctx: Context, options: ThreadOptions): Choices {
  const prefix = options.prefix === undefined ? null : normalPrefix(options.prefix);
  if (options.prefix !== undefined && prefix === null)
    throw unfit('prefix', options.prefix, 'words without version and numbers: RFC PATCH');
  const from = options.from === undefined ? null : parseAddress(options.from);
  if (options.from !== undefined && (from === null || from.name === ''))
    throw unfit('from', options.from, 'Name <name@host>');
  const answered = options['in-reply-to']?.replace(/^<(.*)>$/, '$1') ?? null;
  if (answered !== null && !isMessageId(answered))
    throw unfit('in-reply-to', answered, 'a Message-ID');
  return {
    prefix,
    version: options['reroll-count'] ?? null,
    from,
    date: options.date === undefined ? null : dateOf(ctx, options.date),
    threading: options.threading ?? 'shallow',
    numbered: !options.unnumbered,
    resend: options.resend,
    inReplyTo: answered,
  };
}

function dateOf(ctx: Context, text: string): Moment {
  if (text === 'now') return { seconds: Math.floor(ctx.now().getTime() / 1000), zone: 0 };
  const date = parseDate(text);
  if (date === null)
    throw unfit('date', text, "now, or a date such as '2026-11-21 12:00:00 +0000'");
  return date;
}

function unfit(option: string, value: string, expected: string): SeamError {
  return new SeamError('option-value', `'${value}' does not fit option '--${option}'`, {
    kind: 'usage',
    data: { option, value },
    hint: `--${option} takes ${expected}`,
  });
}
