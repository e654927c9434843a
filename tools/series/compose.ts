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
import type { Patch } from './types.ts';

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
}

/** One mail, `From ` line included, ending with a line feed. */
export function composeMail(patch: Patch, options: ComposeOptions = {}): Bytes {
  const info = toCommitInfo(patch);
  const { subject, body } = commitHeader(info);
  const separator =
    options.separator ?? `${patch.commit ?? '0'.repeat(40)} Mon Sep 17 00:00:00 2001`;
  const lines = [
    `From ${separator}`,
    formatFrom(info.author),
    `Date: ${formatMailDate(info.authorDate)}`,
    formatSubject(bracket(options), subject),
    ...(isAscii(byteString(info.message))
      ? []
      : [
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=UTF-8',
          'Content-Transfer-Encoding: 8bit',
        ]),
    '',
    ...(body === '' ? [] : [...guardBody(body, formatFrom(info.author)), encodeText(body)]),
    '---',
    notesFor(patch, options),
  ];
  const signature = options.signature ?? 'seam';
  const end = signature === '' ? '\n' : `-- \n${signature}\n\n`;
  return concat([bytesOf(lines.join('\n')), diffOf(patch), bytesOf(end)]);
}

function bracket({ prefix = 'PATCH', version = 1, number, total }: ComposeOptions): string {
  const words = [prefix, version > 1 ? `v${version}` : ''];
  if (number !== undefined && total !== undefined) {
    words.push(`${String(number).padStart(String(total).length, '0')}/${total}`);
  }
  return words.filter((word) => word !== '').join(' ');
}

/**
 * A body that begins like a header line would lose it to `git am`; an in-body `From:` in front ends
 * the header lines.
 */
function guardBody(body: string, from: ByteString): ByteString[] {
  const taken =
    INFO_FIELDS.some((field) => fieldValue(body, field) !== null) ||
    /^(?:>From|\[PATCH\])\s/.test(body);
  return taken ? [from, ''] : [];
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
