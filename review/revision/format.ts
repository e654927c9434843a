/**
 * A comparison as text, in the form that readers of git-range-diff(1) know: a line for each patch,
 * and below those that differ the diff between the two versions of the patch, indented by four.
 */
import { latin1, withoutNewline } from '../../tools/patch/lines.ts';
import type { Hunk } from '../../tools/patch/types.ts';
import { type ByteString, encodeText } from '../../tools/series/text.ts';
import type { Patch } from '../../tools/series/types.ts';
import { interdiffOf } from './interdiff.ts';
import type { Comparison, Entry } from './types.ts';
import { signOf, wordsOf } from './words.ts';

/** Digits of commit ids, as the kernel asks for. */
const ID_LENGTH = 12;
const NO_ID = '-'.repeat(ID_LENGTH);

/** What a part of the text is, for whoever colours it. */
export type Part = 'old' | 'new' | 'title' | 'words' | 'hunk' | 'removed' | 'added' | 'context';

export interface FormatOptions {
  /** Exactly git's lines: without what Seam has found out beyond them. */
  readonly plain?: boolean;
  /** Leave out the diffs. */
  readonly short?: boolean;
  /** What stands before every line of a diff; four blanks unless given. */
  readonly indent?: string;
  readonly paint?: (part: Part, text: ByteString) => ByteString;
}

/** The lines of a comparison, as byte strings without line feeds. */
export function formatComparison(
  comparison: Comparison,
  options: FormatOptions = {},
): ByteString[] {
  return comparison.entries.flatMap((entry) => [
    titleLine(comparison, entry, options),
    ...(options.short === true ? [] : hunkLines(interdiffOf(comparison, entry), options)),
  ]);
}

function titleLine(comparison: Comparison, entry: Entry, options: FormatOptions): ByteString {
  const paint = options.paint ?? plain;
  const sign = signOf(entry);
  const [old, next] = [side(comparison, 'old', entry.old), side(comparison, 'new', entry.new)];
  // git names a pair by its old subject; the new one is what readers will meet from now on.
  const names = [patchOf(comparison.old, entry.old), patchOf(comparison.new, entry.new)];
  const patch = options.plain === true ? (names[0] ?? names[1]) : (names[1] ?? names[0]);
  const numbersPart = `${old} ${sign} ${next}`;
  const subject = encodeText(patch?.header.subject ?? '');
  const part = sign === '<' ? 'old' : sign === '>' ? 'new' : 'title';
  const words =
    options.plain === true || tellsNothing(entry) ? '' : ` (${wordsOf(entry).join(', ')})`;
  return paint(part, `${numbersPart} ${subject}`) + (words === '' ? '' : paint('words', words));
}

/** The sign says it all. */
function tellsNothing({ kind }: Entry): boolean {
  return kind === 'unchanged' || kind === 'dropped' || kind === 'new';
}

/** Number and, where any patch has one, commit. */
function side(comparison: Comparison, version: 'old' | 'new', index: number | null): string {
  const { old, new: next } = comparison;
  const width = String(Math.max(old.length, next.length) + 1).length;
  const number = (index === null ? '-' : String(index + 1)).padStart(width);
  const named = [...old, ...next].some(({ commit }) => commit !== null);
  if (!named) return `${number}:`;
  const commit = patchOf(comparison[version], index)?.commit?.slice(0, ID_LENGTH);
  return `${number}:  ${commit ?? NO_ID}`;
}

function patchOf(patches: readonly Patch[], index: number | null): Patch | undefined {
  return index === null ? undefined : patches[index];
}

const PARTS = { '-': 'removed', '+': 'added', ' ': 'context' } as const;

/** Hunks as git shows them here: no line numbers, which would be those of a text nobody sees. */
export function hunkLines(hunks: readonly Hunk[], options: FormatOptions = {}): ByteString[] {
  const { indent = '    ', paint = plain } = options;
  return hunks.flatMap((hunk) => [
    `${indent}${paint('hunk', `@@${latin1(hunk.section)}`)}`,
    ...hunk.lines.map(({ op, text }) => {
      const line = op + latin1(withoutNewline(text));
      return `${indent}${paint(PARTS[op], line)}`;
    }),
  ]);
}

function plain(_part: Part, text: ByteString): ByteString {
  return text;
}
