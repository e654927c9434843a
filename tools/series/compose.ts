/**
 * A patch as the mail that `git format-patch` would write, diff bytes untouched. Format: git's
 * `format-patch` manual page; the result goes through `git am`, `patch -p1` and quilt as it is.
 */
import { formatPatch } from '../patch/format.ts';
import { reversePatch } from '../patch/reverse.ts';
import type { Bytes, FilePatch } from '../patch/types.ts';
import { commitHeader, toCommitInfo } from './commit.ts';
import { formatMailDate } from './date.ts';
import { formatFrom, formatSubject } from './mail-header.ts';
import { INFO_FIELDS, fieldValue } from './mail-rules.ts';
import {
  type ByteString,
  byteString,
  bytesOf,
  concat,
  encodeText,
  isAscii,
  trimSpaceEnd,
} from './text.ts';
import type { Moment, Patch, Person } from './types.ts';

export interface ComposeOptions {
  /** In the brackets: `PATCH`, `RFC PATCH`; empty for none. */
  readonly prefix?: string;
  readonly version?: number;
  /** `k` and `n` of `[PATCH k/n]`; left out for a single patch. */
  readonly number?: number;
  readonly total?: number;
  /** Makes the lines between `---` and the diff where the patch brings none. */
  readonly stat?: (files: readonly FilePatch[]) => string;
  /** What follows `-- ` at the end; empty for no signature. */
  readonly signature?: string;
  /** What follows `From ` on the first line: a commit id by default, zeros without one. */
  readonly separator?: string;
  /** Who sends the mail: another author then stands in the text, as `git format-patch --from` has it. */
  readonly sender?: Person;
  /** Lines between the diff and the signature: `base-commit: …` and the like. */
  readonly footer?: readonly string[];
}

/** What a mail says below its header, and the two fields of it that come from the patch. */
export interface PatchText {
  /** `Subject: …`, folded, without line feed at the end. */
  readonly subjectField: ByteString;
  readonly author: Person;
  readonly authorDate: Moment;
  /** Message, `---`, diffstat, diffs, signature; ends with an empty line. */
  readonly body: Bytes;
  /** Whether the message asks for MIME fields that name UTF-8. */
  readonly ascii: boolean;
}

/** A patch as text of a mail, for writers that make its header. */
export function patchText(patch: Patch, options: ComposeOptions = {}): PatchText {
  const info = toCommitInfo(patch);
  const { subject, body } = commitHeader(info);
  const lines = [
    ...inBodyFrom(info.author, body, options.sender),
    ...(body === '' ? [] : [encodeText(body)]),
    '---',
    notesFor(patch, options),
  ];
  return {
    subjectField: formatSubject(bracket(options), subject),
    author: info.author,
    authorDate: info.authorDate,
    body: concat([bytesOf(lines.join('\n')), diffOf(patch), bytesOf(endOf(options))]),
    ascii: isAscii(byteString(info.message)),
  };
}

/** One mail, `From ` line included, ending with a line feed. */
export function composeMail(patch: Patch, options: ComposeOptions = {}): Bytes {
  const text = patchText(patch, options);
  const separator =
    options.separator ?? `${patch.commit ?? '0'.repeat(40)} Mon Sep 17 00:00:00 2001`;
  const lines = [
    `From ${separator}`,
    formatFrom(text.author),
    `Date: ${formatMailDate(text.authorDate)}`,
    text.subjectField,
    ...(text.ascii ? [] : MIME_FIELDS),
    '',
    '',
  ];
  return concat([bytesOf(lines.join('\n')), text.body]);
}

/** Above a text that is not ASCII. */
export const MIME_FIELDS: readonly ByteString[] = [
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=UTF-8',
  'Content-Transfer-Encoding: 8bit',
];

/** What stands in the brackets: `RFC PATCH v2 03/12`. */
export function bracket({ prefix = 'PATCH', version = 1, number, total }: ComposeOptions): string {
  const words = [prefix, version > 1 ? `v${version}` : ''];
  if (number !== undefined && total !== undefined) {
    words.push(`${String(number).padStart(String(total).length, '0')}/${total}`);
  }
  return words.filter((word) => word !== '').join(' ');
}

/**
 * A body that begins like a header line would lose it to `git am`; an in-body `From:` in front ends
 * the header lines. The same line names the author where somebody else sends.
 */
function inBodyFrom(author: Person, body: string, sender: Person = author): ByteString[] {
  const taken =
    INFO_FIELDS.some((field) => fieldValue(body, field) !== null) ||
    /^(?:>From|\[PATCH\])\s/.test(body);
  const other = sender.name !== author.name || sender.email !== author.email;
  return taken || other ? [formatFrom(author), ''] : [];
}

function endOf({ footer = [], signature = 'seam' }: ComposeOptions): ByteString {
  const lines =
    footer.length === 0 ? '' : `\n${footer.map((line) => `${encodeText(line)}\n`).join('')}`;
  return `${lines}${signature === '' ? '\n' : `-- \n${signature}\n\n`}`;
}

/** Ends with an empty line, so that the diff is set off. */
function notesFor(patch: Patch, options: ComposeOptions): ByteString {
  const notes = trimSpaceEnd(encodeText(patch.header.notes));
  if (notes !== '') return `${notes}\n\n`;
  const stat = trimSpaceEnd(options.stat?.(patch.files) ?? '');
  return stat === '' ? '\n' : `${encodeText(stat)}\n\n`;
}

/** The diffs as `-p1` reads them forwards: as they are, unless the series says otherwise. */
function diffOf(patch: Patch): Bytes {
  const first = patch.files[0];
  const last = patch.files.at(-1);
  if (first === undefined || last === undefined) return new Uint8Array();
  if (patch.reverse) return formatPatch(reversePatch(patch.files));
  if (patch.strip !== 1) return formatPatch(patch.files);
  const bytes = patch.content.subarray(first.start, last.end);
  return bytes.at(-1) === 10 ? bytes : concat([bytes, bytesOf('\n')]);
}
