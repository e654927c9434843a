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
  const columns = columnsOf(comparison);
  return comparison.entries.flatMap((entry) => [
    titleLine(comparison, entry, columns, options),
    ...(options.short === true ? [] : hunkLines(interdiffOf(comparison, entry), options)),
  ]);
}

/** How patches are numbered in title lines. */
interface Columns {
  readonly width: number;
  /** Any patch is a commit. */
  readonly named: boolean;
}

function columnsOf({ old, new: next }: Comparison): Columns {
  return {
    width: String(Math.max(old.length, next.length) + 1).length,
    named: [...old, ...next].some(({ commit }) => commit !== null),
  };
}

function titleLine(
  comparison: Comparison,
  entry: Entry,
  columns: Columns,
  options: FormatOptions,
): ByteString {
  const { plain = false, paint = unpainted } = options;
  const old = patchOf(comparison.old, entry.old);
  const next = patchOf(comparison.new, entry.new);
  const sign = signOf(entry);
  const numbers = `${side(columns, old, entry.old)} ${sign} ${side(columns, next, entry.new)}`;
  // git names a pair by its old subject; the new one is what readers will meet from now on.
  const patch = plain ? (old ?? next) : (next ?? old);
  const title = `${numbers} ${encodeText(patch?.header.subject ?? '')}`;
  const words =
    plain || tellsNothing(entry) ? '' : paint('words', ` (${wordsOf(entry).join(', ')})`);
  return paint(PART_OF_SIGN[sign], title) + words;
}

const PART_OF_SIGN = { '<': 'old', '>': 'new', '=': 'title', '!': 'title' } as const;

/** The sign says it all. */
function tellsNothing({ kind }: Entry): boolean {
  return kind === 'unchanged' || kind === 'dropped' || kind === 'new';
}

/** Number and, where any patch has one, commit. */
function side(columns: Columns, patch: Patch | undefined, index: number | null): string {
  const number = (index === null ? '-' : String(index + 1)).padStart(columns.width);
  if (!columns.named) return `${number}:`;
  return `${number}:  ${patch?.commit?.slice(0, ID_LENGTH) ?? NO_ID}`;
}

function patchOf(patches: readonly Patch[], index: number | null): Patch | undefined {
  return index === null ? undefined : patches[index];
}

const PARTS = { '-': 'removed', '+': 'added', ' ': 'context' } as const;

/** Hunks as git shows them here: no line numbers, which would be those of a text nobody sees. */
export function hunkLines(hunks: readonly Hunk[], options: FormatOptions = {}): ByteString[] {
  const { indent = '    ', paint = unpainted } = options;
  return hunks.flatMap((hunk) => [
    `${indent}${paint('hunk', `@@${latin1(hunk.section)}`)}`,
    ...hunk.lines.map(({ op, text }) => {
      const line = op + latin1(withoutNewline(text));
      return `${indent}${paint(PARTS[op], line)}`;
    }),
  ]);
}

function unpainted(_part: Part, text: ByteString): ByteString {
  return text;
}
