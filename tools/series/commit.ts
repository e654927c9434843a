/**
 * Patch ↔ commit: the author, date and message that `git am` would record, and what a commit's message
 * says. A patch that names no author or no date gets the same ones every time, so that the same
 * series gives the same commit ids.
 */
import type { Bytes } from '../patch/types.ts';
import { parseDate } from './date.ts';
import { slugOf } from './slug.ts';
import { byteString, decodeText, linesOf, textBytes, trimSpaceEnd } from './text.ts';
import type { CommitInfo, Header, Moment, Patch, Person } from './types.ts';
import { parseTrailers } from './trailers.ts';

/** Stands in for an author that a patch does not name. */
export const UNKNOWN_AUTHOR: Person = { name: 'unknown', email: 'unknown@seam.invalid' };
/** Stands in for a missing date: that of the `From ` lines of `git format-patch`, 2001-09-17. */
export const UNKNOWN_DATE: Moment = { seconds: 1_000_684_800, zone: 0 };

/** `GIT_COMMITTER_NAME` and the like, where the user gives them. */
export interface CommitterOverride {
  readonly committer?: Person;
  readonly commitDate?: Moment;
}

/** What to commit a patch with. Author is committer, too, unless told otherwise. */
export function toCommitInfo(patch: Patch, override: CommitterOverride = {}): CommitInfo {
  const { header } = patch;
  const author = sane(header.author ?? UNKNOWN_AUTHOR);
  const authorDate = header.date ?? lastUpdate(header) ?? UNKNOWN_DATE;
  return {
    author,
    authorDate,
    committer: sane(override.committer ?? author),
    commitDate: override.commitDate ?? authorDate,
    message: patch.message ?? commitMessage(header, patch.name),
  };
}

/** Subject, empty line, body, with white space as `git am` leaves it. */
export function commitMessage(header: Header, name: string): Bytes {
  const base = name.slice(name.lastIndexOf('/') + 1).replace(/\.(?:patch|diff)(?:\.\w+)?$/, '');
  const subject = header.subject === '' ? slugOf(base) || 'patch' : header.subject;
  return textBytes(stripSpace(`${subject}\n\n${header.body}\n`));
}

/** No blanks at line ends, no empty lines at either end or two in a row (`git stripspace`). */
export function stripSpace(text: string): string {
  const lines = linesOf(text).map((line) => trimSpaceEnd(line));
  const kept = lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''));
  const joined = trimSpaceEnd(kept.join('\n').replace(/^\n+/, ''));
  return joined === '' ? '' : `${joined}\n`;
}

/** DEP-3's `Last-Update` is no author date but the nearest thing to one. */
function lastUpdate(header: Header): Moment | null {
  const field = header.fields.find(({ key }) => key.toLowerCase() === 'last-update');
  return field === undefined ? null : parseDate(field.value);
}

/** A commit cannot hold angle brackets or line feeds in names, and git trims what is around them. */
function sane(person: Person): Person {
  const clean = (text: string): string =>
    text.replace(/[<>\n\0]/g, '').replace(/^[\x00-\x20.,:;"\\']+|[\x00-\x20,:;"\\']+$/g, '');
  const email = clean(person.email);
  return { name: clean(person.name) || email || UNKNOWN_AUTHOR.name, email };
}

/** A commit's message as a header; the subject is its first paragraph on one line, as git shows it. */
export function commitHeader(
  commit: Pick<CommitInfo, 'author' | 'authorDate' | 'message'>,
): Header {
  const message = decodeText(byteString(commit.message)).replace(/^(?:[ \t]*\n)+/, '');
  const paragraph = /^(?:[^\n]*[^\s][^\n]*(?:\n|$))*/.exec(message)?.[0] ?? '';
  const subject = paragraph.trim().replace(/[ \t]*\n[ \t]*/g, ' ');
  const body = trimSpaceEnd(message.slice(paragraph.length).replace(/^(?:[ \t]*\n)+/, ''));
  const trailers = parseTrailers(`${subject === '' ? '-' : subject}\n\n${body}`);
  const { author, authorDate } = commit;
  return {
    style: 'mail',
    author,
    date: authorDate,
    subject,
    body,
    trailers,
    notes: '',
    fields: [],
    envelope: null,
    warnings: [],
  };
}
