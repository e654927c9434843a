/**
 * quilt's `series` file as a document that loses nothing: every line keeps its bytes, edits touch
 * their own line only. Format: quilt(1) and its `patchfns`; guards: guards(1) of the SUSE kernel
 * tools (`+sym name`) and of Mercurial queues and guilt (`name #+sym`).
 */
import { SeamError } from '../errors.ts';
import { checkPath } from '../patch/path.ts';
import type { Bytes, Path } from '../patch/types.ts';
import { type ByteString, byteString, bytesOf, decodeText, encodeText, linesOf } from './text.ts';

/** A patch that the series names. */
export interface SeriesEntry {
  readonly name: Path;
  /** Words behind the name, comments left out: `-p0`, `-R`. Passed to patch(1) by quilt. */
  readonly options: readonly string[];
  /** `+sym`, `-sym`, `+!sym`, `-!sym`, `-`, in order. */
  readonly guards: readonly string[];
  /** Counted from 1. */
  readonly line: number;
  /** Where the name stands in its line. */
  readonly column: number;
}

/** One line with its end. */
export interface SeriesLine {
  readonly raw: ByteString;
  /** More than one only behind guards, which may be followed by several names. */
  readonly entries: readonly SeriesEntry[];
  /** Text of a comment that fills the line, without `#` and blanks; null for other lines. */
  readonly comment: string | null;
}

/** A parsed `series`. `formatDocument` gives back its bytes exactly. */
export interface SeriesDocument {
  readonly lines: readonly SeriesLine[];
  /** A UTF-8 byte order mark at the start, which some editors leave and nobody means. */
  readonly mark: ByteString;
}

const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const GUARD = /^[+-]/;

/** Parse any bytes; nothing is refused here (see `selectEntries`). */
export function parseDocument(bytes: Bytes): SeriesDocument {
  const text = byteString(bytes);
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const lines = linesOf(text.slice(mark.length)).map((raw, index) => parseLine(raw, index + 1));
  return { lines, mark };
}

/** The bytes of the document. */
export function formatDocument(document: SeriesDocument): Bytes {
  return bytesOf(document.mark + document.lines.map((line) => line.raw).join(''));
}

/** Parse one line, which may end in LF, CR LF or nothing. */
export function parseLine(raw: ByteString, line: number): SeriesLine {
  const text = raw.replace(/\r?\n$/, '');
  // quilt: `#` opens a comment at the start of a line or behind a blank.
  const hash = commentStart(text);
  const code = text.slice(0, hash);
  const remark = text.slice(hash);
  const words = [...code.matchAll(/[^ \t]+/g)].map((match) => ({
    word: match[0],
    column: match.index,
  }));
  if (words.length === 0) {
    return {
      raw,
      entries: [],
      comment: remark === '' ? null : decodeText(remark.replace(/^#+[ \t]?/, '').trimEnd()),
    };
  }
  const leading = words.findIndex(({ word }) => !GUARD.test(word));
  return {
    raw,
    entries: leading > 0 ? guarded(words, line) : plain(words, remark, line),
    comment: null,
  };
}

/** Where the comment of a line begins; the length of the line when it has none. */
function commentStart(text: ByteString): number {
  let at = text.indexOf('#');
  while (at > 0 && text[at - 1] !== ' ' && text[at - 1] !== '\t') at = text.indexOf('#', at + 1);
  return at === -1 ? text.length : at;
}

interface Word {
  readonly word: ByteString;
  readonly column: number;
}

function plain([first, ...rest]: readonly Word[], remark: ByteString, line: number): SeriesEntry[] {
  if (first === undefined) return [];
  const guards = [...remark.matchAll(/#([+-]!?[^\s#]+)/g)].map((match) =>
    decodeText(match[1] ?? ''),
  );
  const options = rest.map(({ word }) => decodeText(word));
  return [{ name: decodeText(first.word), options, guards, line, column: first.column }];
}

/** Guards hold for all names behind them on the line. */
function guarded(words: readonly Word[], line: number): SeriesEntry[] {
  const guards: string[] = [];
  const entries: SeriesEntry[] = [];
  for (const { word, column } of words) {
    if (GUARD.test(word)) guards.push(decodeText(word));
    else entries.push({ name: decodeText(word), options: [], guards: [...guards], line, column });
  }
  return entries;
}

/**
 * Whether guards let a patch in: the last one that matches decides; when none does, a patch whose
 * first guard is `+…` stays out and any other is in.
 */
export function guardsSelect(guards: readonly string[], symbols: ReadonlySet<string>): boolean {
  let selected = guards[0] === undefined || guards[0].startsWith('-');
  for (const guard of guards) {
    const negated = guard[1] === '!';
    const symbol = guard.slice(negated ? 2 : 1);
    const matches = negated ? !symbols.has(symbol) : symbol === '' || symbols.has(symbol);
    if (matches) selected = guard.startsWith('+');
  }
  return selected;
}

/** Every entry, in order. */
export function entriesOf(document: SeriesDocument): SeriesEntry[] {
  return document.lines.flatMap((line) => line.entries);
}

/**
 * The entries that apply with these guard symbols. Throws when one is named twice or when a name
 * leaves the patches directory, with its line.
 */
export function selectEntries(
  document: SeriesDocument,
  symbols: ReadonlySet<string> = new Set(),
): SeriesEntry[] {
  const seen = new Map<string, number>();
  const selected = entriesOf(document).filter((entry) => guardsSelect(entry.guards, symbols));
  for (const entry of selected) {
    refuseUnsafe(entry);
    const before = seen.get(entry.name);
    if (before !== undefined) {
      throw new SeamError(
        'series-duplicate',
        `patch '${entry.name}' is named twice in series, on lines ${before} and ${entry.line}`,
        {
          data: { patch: entry.name, lines: [before, entry.line] },
          hint: `sed -i ${entry.line}d series`,
        },
      );
    }
    seen.set(entry.name, entry.line);
  }
  return selected;
}

function refuseUnsafe(entry: SeriesEntry): void {
  const reason = checkPath(entry.name);
  if (reason === null) return;
  throw new SeamError(
    'series-unsafe-name',
    `patch name '${printable(entry.name)}' ${reason}, on line ${entry.line} of series`,
    {
      data: { patch: entry.name, line: entry.line },
    },
  );
}

/** A name as messages may show it: control characters and bytes outside UTF-8 escaped. */
export function printable(text: string): string {
  return text.replace(
    /[\x00-\x1f\x7f-\x9f\udc80-\udcff\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Strip level and direction that an entry's options ask for. Throws on a level that is no number. */
export function patchOptions(entry: SeriesEntry): {
  readonly strip: number;
  readonly reverse: boolean;
} {
  let strip = 1;
  for (const [index, option] of entry.options.entries()) {
    if (!option.startsWith('-p')) continue;
    const level = option === '-p' ? (entry.options[index + 1] ?? '') : option.slice(2);
    // `-p ab` only says how quilt writes the names; patch(1) still takes one component off.
    if (/^\d{1,4}$/.test(level)) strip = Number(level);
    else if (level !== 'ab') throw badLevel(entry, level);
    break;
  }
  return {
    strip,
    reverse: entry.options.some((option) => option === '-R' || option === '--reverse'),
  };
}

function badLevel(entry: SeriesEntry, level: string): SeamError {
  return new SeamError(
    'series-bad-option',
    `strip level '${printable(level)}' of patch '${entry.name}' is no number, on line ${entry.line} of series`,
    {
      data: { patch: entry.name, line: entry.line },
    },
  );
}

/** The words of a name as they stand in the file. */
export function encodeName(name: Path): ByteString {
  const reason =
    checkPath(name) ??
    (/[ \t]/.test(name) ? 'has blanks' : null) ??
    (/^[#+-]/.test(name) ? `begins with '${name[0]}'` : null);
  if (reason !== null)
    throw new SeamError('series-unsafe-name', `patch name '${printable(name)}' ${reason}`, {
      data: { patch: name },
    });
  return encodeText(name);
}
