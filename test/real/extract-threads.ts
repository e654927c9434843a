/**
 * `extract-threads.ts ARCHIVE DIR`: writes every version of one series, which its author posted
 * seventeen times, out of a public-inbox archive (format v2: one mail a commit, in the file `m`).
 * DIR/<version>.mbox holds the mails of the series, DIR/<version>-thread.mbox all that answered, too.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinMbox } from '../../tools/series/mbox.ts';
import { parseSubject } from '../../tools/series/subject.ts';
import { git } from './programs.ts';

const TITLE = 'Add Cgroup support for SGX EPC memory';
/** The first was posted on 2022-09-22, the last on 2024-08-30, and answered until January 2025. */
const SINCE = '2022-09-20';
const UNTIL = '2025-02-01';

interface Mail {
  readonly text: string;
  readonly id: string;
  readonly ancestors: readonly string[];
  readonly subject: string;
}

function readMails(archive: string): Mail[] {
  const range = ['log', '--reverse', `--since=${SINCE}`, `--until=${UNTIL}`, '--format=%H:m'];
  const names = git(archive, ...range);
  const done = spawnSync('git', ['cat-file', '--batch'], {
    cwd: archive,
    input: `${names}\n`,
    maxBuffer: 1 << 30,
  });
  const output = done.stdout.toString('latin1');
  const mails: Mail[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at);
    const [, type, size] = output.slice(at, end).split(' ');
    const length = type === 'blob' ? Number(size) : -1;
    if (length >= 0) mails.push(readMail(output.slice(end + 1, end + 1 + length)));
    // What is no blob (a commit that deletes a mail) has a line and no content.
    at = end + 1 + (length >= 0 ? length + 1 : 0);
  }
  return mails;
}

function readMail(text: string): Mail {
  const head = text.slice(0, text.search(/\r?\n\r?\n/)).replace(/\r?\n[ \t]+/g, ' ');
  const field = (name: string): string =>
    new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const ids = (value: string): string[] => value.match(/<[^<>\s]+>/g) ?? [];
  return {
    text,
    id: ids(field('message-id'))[0] ?? '',
    ancestors: [...ids(field('references')), ...ids(field('in-reply-to'))],
    subject: field('subject'),
  };
}

function isCover({ subject }: Mail): boolean {
  const { reply, number, rest } = parseSubject(subject);
  return !reply && number === 0 && rest === TITLE;
}

function nameOf({ subject }: Mail): string {
  const { words, version } = parseSubject(subject);
  return words.includes('RFC') ? 'rfc' : `v${version}`;
}

function mbox(mails: readonly Mail[]): Buffer {
  const lines = mails.map(({ text }) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${text}`);
  return Buffer.from(joinMbox(lines, 'mboxrd'), 'latin1');
}

const [archive = '', dir = ''] = process.argv.slice(2);
const mails = readMails(archive);
mkdirSync(dir, { recursive: true });
const covers = mails.filter((mail) => isCover(mail));
for (const cover of covers) {
  // A mail may answer a mail that is not in the archive; the first ancestor is the cover's all the same.
  const thread = mails.filter(
    ({ id, ancestors }) => id === cover.id || ancestors.includes(cover.id),
  );
  const series = thread.filter(({ subject }) => !parseSubject(subject).reply);
  writeFileSync(join(dir, `${nameOf(cover)}.mbox`), mbox(series));
  writeFileSync(join(dir, `${nameOf(cover)}-thread.mbox`), mbox(thread));
  console.log(`${nameOf(cover)}: ${series.length} mails, ${thread.length} with answers`);
}
if (covers.length === 0) throw new Error(`no '${TITLE}' in '${archive}'`);
