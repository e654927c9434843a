/**
 * Which mails of a mailbox make up a series, and in which order. Replies, cover letters and older
 * versions lie among the patches; what is passed over is said, never silently lost.
 */
import { SeamError } from '../errors.ts';
import { parseHeader } from './header.ts';
import { readMail } from './mailinfo.ts';
import { parsePatch } from './patchfile.ts';
import { slugOf, uniqueNames } from './slug.ts';
import { type SubjectMarks, parseSubject } from './subject.ts';
import { type ByteString, byteString, bytesOf, decodeText } from './text.ts';
import type { Header, Patch } from './types.ts';

/** More mails than this is an archive, not a series. */
const MAX_MAILS = 50_000;

export interface MessageOptions {
  readonly scissors?: boolean;
}

/** What a mailbox holds. */
export interface MailSeries {
  readonly patches: readonly Patch[];
  readonly cover: Header | null;
  readonly version: number;
  readonly baseCommit: string | null;
  readonly warnings: readonly string[];
}

interface Message {
  readonly mail: ByteString;
  readonly marks: SubjectMarks;
  readonly subject: string;
  readonly id: string | null;
  /** The first mail of the thread, as far as this mail knows; its own id when it answers none. */
  readonly root: string | null;
}

/** Read the mails of a mailbox or maildir, each with or without a `From ` line. */
export function seriesOfMails(
  mails: readonly ByteString[],
  options: MessageOptions = {},
): MailSeries {
  if (mails.length > MAX_MAILS) {
    throw new SeamError(
      'mailbox-too-large',
      `mailbox has ${mails.length} mails, above the limit of ${MAX_MAILS}`,
    );
  }
  const warnings: string[] = [];
  const unique = withoutDuplicates(mails.map(readMessage), warnings);
  const answers = unique.filter((message) => message.marks.reply);
  if (answers.length > 0) warnings.push(`${count(answers.length, 'reply', 'replies')} left out`);
  const { version, messages } = newestVersion(
    unique.filter((message) => !message.marks.reply),
    warnings,
  );
  const coverMail = messages.find((message) => message.marks.number === 0);
  const ordered = orderMessages(
    messages.filter((message) => message.marks.number !== 0),
    warnings,
  );
  const patches = readPatches(ordered, options, warnings);
  const cover =
    coverMail === undefined ? null : parseHeader(coverMail.mail.replaceAll('\r\n', '\n'), false);
  return { patches, cover, version, baseCommit: baseCommitOf(cover, patches), warnings };
}

function readMessage(mail: ByteString): Message {
  const text = mail.replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const { fields, subject: inBody } = readMail(end === -1 ? text : text.slice(0, end + 1), {
    keepSubject: 'keep',
  });
  const find = (name: string): string | null => {
    const field = fields.find(({ key }) => key.toLowerCase() === name);
    return field === undefined ? null : decodeText(field.value);
  };
  const subject = find('subject') ?? inBody ?? '';
  const id = messageIds(find('message-id'))[0] ?? null;
  const root = messageIds(find('references'))[0] ?? messageIds(find('in-reply-to'))[0] ?? id;
  return { mail, marks: parseSubject(subject), subject, id, root };
}

function messageIds(value: string | null): string[] {
  return value?.match(/<[^<>\s]{1,998}>/g) ?? [];
}

/** Mails that arrived twice (through a list and directly, say) count once. */
function withoutDuplicates(messages: readonly Message[], warnings: string[]): Message[] {
  const seen = new Map<string, ByteString>();
  return messages.filter(({ id, mail, subject }) => {
    if (id === null) return true;
    const before = seen.get(id);
    if (before === undefined) {
      seen.set(id, mail);
      return true;
    }
    const same = bodyOf(before) === bodyOf(mail);
    warnings.push(
      `mail '${subject}' is there twice${same ? '' : ', with different text; the first is used'}`,
    );
    return false;
  });
}

function bodyOf(mail: ByteString): ByteString {
  return mail.slice(Math.max(0, mail.replaceAll('\r\n', '\n').indexOf('\n\n')));
}

function newestVersion(
  messages: readonly Message[],
  warnings: string[],
): { version: number; messages: Message[] } {
  const version = messages.reduce(
    (most, { marks }) => Math.max(most, marks.isPatch ? marks.version : 1),
    1,
  );
  const kept = messages.filter(({ marks }) => !marks.isPatch || marks.version === version);
  const older = messages.length - kept.length;
  if (older > 0)
    warnings.push(
      `version ${version} is used, ${count(older, 'mail', 'mails')} of older versions left out`,
    );
  return { version, messages: kept };
}

/** Threads in order of appearance; within each, `k/n` decides where all mails have it. */
function orderMessages(messages: readonly Message[], warnings: string[]): Message[] {
  const sizes = Map.groupBy(messages, ({ root }) => root);
  // Numbered patches that no other mail here refers to are one thread: `format-patch` without
  // threading. A mail without number stands where it is.
  const threads = Map.groupBy(messages, ({ marks: { total }, root }, index) => {
    if (total === null) return `mail ${index}`;
    const alone = root === null || sizes.get(root)?.length === 1;
    return `${total} ${alone ? '' : root}`;
  });
  const ordered = [...threads.values()].map((thread) => {
    if (thread.some(({ marks }) => marks.number === null)) return thread;
    const sorted = thread.toSorted((a, b) => (a.marks.number ?? 0) - (b.marks.number ?? 0));
    warnings.push(...missingNumbers(sorted));
    return sorted;
  });
  return ordered.flat();
}

function missingNumbers(thread: readonly Message[]): string[] {
  const total = thread[0]?.marks.total ?? 0;
  const there = new Set(thread.map(({ marks }) => marks.number));
  if (total > MAX_MAILS) return [];
  const missing = Array.from({ length: total }, (_, index) => index + 1).filter(
    (number) => !there.has(number),
  );
  const twice = thread.length - there.size;
  return [
    ...(missing.length === 0
      ? []
      : [
          `of ${total} patches, ${missing.length} missing: ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ' …' : ''}`,
        ]),
    ...(twice === 0 ? [] : [`of ${total} patches, ${twice} there more than once`]),
  ];
}

function readPatches(
  messages: readonly Message[],
  options: MessageOptions,
  warnings: string[],
): Patch[] {
  const patches: Patch[] = [];
  for (const { mail, marks, subject } of messages) {
    const name = `${slugOf(marks.rest) || 'patch'}.patch`;
    const patch = parsePatch(
      bytesOf(mail),
      { name },
      { mail: true, scissors: options.scissors ?? false },
    );
    if (patch.files.length > 0 || marks.isPatch) patches.push(patch);
    else warnings.push(`mail '${subject}' has no patch, left out`);
  }
  const names = uniqueNames(
    patches.map(({ name }, index) => `${String(index + 1).padStart(4, '0')}-${name}`),
  );
  return patches.map((patch, index) => ({ ...patch, name: names[index] ?? patch.name }));
}

/** `base-commit:` as `git format-patch --base` writes it: in the cover, or below the last patch. */
function baseCommitOf(cover: Header | null, patches: readonly Patch[]): string | null {
  const last = patches.at(-1);
  const places = [
    cover?.body,
    cover?.notes,
    ...(last === undefined ? [] : [byteString(last.epilogue), last.header.notes, last.header.body]),
  ];
  for (const place of [
    ...places,
    ...(patches[0] === undefined ? [] : [byteString(patches[0].epilogue)]),
  ]) {
    const found = /^base-commit: ([0-9a-f]{40}|[0-9a-f]{64})[ \t\r]*$/m.exec(place ?? '');
    if (found?.[1] !== undefined) return found[1];
  }
  return null;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
