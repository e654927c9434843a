/**
 * Mails as files. For `git am`: patches only, `From ` lines as git writes them, nothing escaped. For
 * archives and mail readers: whole threads as mboxrd or maildir. One file for each mail, as
 * `git format-patch` names them.
 */
import type { Bytes } from '../../tools/patch/types.ts';
import type { NamedBytes } from '../../tools/series/types.ts';
import { type MboxFlavour, joinMbox } from '../../tools/series/mbox.ts';
import { mailName } from '../../tools/series/slug.ts';
import { byteString, bytesOf } from '../../tools/series/text.ts';

/** What a mail is in its thread; a reply is that of a build robot. */
export type MailPart = 'cover' | 'patch' | 'reply';

/** A mail that is ready: its bytes, and what names its file. */
export interface ReadyMail {
  readonly bytes: Bytes;
  readonly part: MailPart;
  /** 0 for a cover letter; of a reply, that of the mail it answers. */
  readonly number: number;
  readonly subject: string;
}

const FROM_LINES: Readonly<Record<MboxFlavour, string>> = {
  // The line by which `git am` and `git mailinfo` know mails that git formatted.
  mboxo: `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001`,
  // The line by which public-inbox marks the flavour.
  mboxrd: 'From mboxrd@z Thu Jan  1 00:00:00 1970',
};

/** A mailbox of these mails. */
export function mailboxOf(mails: readonly ReadyMail[], flavour: MboxFlavour): Bytes {
  const texts = mails.map(({ bytes }) => `${FROM_LINES[flavour]}\n${byteString(bytes)}`);
  return bytesOf(joinMbox(texts, flavour));
}

/** Files of a maildir, in `new`, named so that they sort in the order of sending. */
export function maildirOf(mails: readonly ReadyMail[]): NamedBytes[] {
  return mails.map(({ bytes }, index) => ({
    name: `new/${String(index + 1).padStart(6, '0')}.seam`,
    bytes,
  }));
}

/** One file for each mail of a version in `folder`: `0000-cover-letter.patch`, `0001-uts-….patch`. */
export function filesOf(mails: readonly ReadyMail[], version: number, folder = ''): NamedBytes[] {
  return mails.map((mail) => ({
    name: `${folder}${fileName(mail, version)}`,
    bytes: bytesOf(`${FROM_LINES.mboxo}\n${byteString(mail.bytes)}`),
  }));
}

/** The name that `git format-patch` gives; replies get one that `*.patch` does not mean. */
export function fileName(
  { part, number, subject }: Omit<ReadyMail, 'bytes'>,
  version: number,
): string {
  const name = mailName(version, number, number === 0 ? 'cover-letter' : subject);
  return part === 'reply' ? name.replace(/\.patch$/, '.reply') : name;
}
