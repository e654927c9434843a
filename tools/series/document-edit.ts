/** Edits of a `series` document. Each returns a new document in which all other lines keep their bytes. */
import { SeamError } from '../errors.ts';
import type { Path } from '../patch/types.ts';
import {
  type SeriesDocument,
  type SeriesEntry,
  encodeName,
  entriesOf,
  parseLine,
  printable,
} from './document.ts';
import { type ByteString, encodeText } from './text.ts';

/** Where a line goes: relative to an entry, or at the end. */
export type Position = { readonly before: Path } | { readonly after: Path } | 'end';

/** Add a patch. A comment above the entry at `before` stays with that entry's topic, above the new one. */
export function insertEntry(
  document: SeriesDocument,
  name: Path,
  position: Position = 'end',
  options: readonly string[] = [],
): SeriesDocument {
  const text = [encodeName(name), ...options.map((option) => encodeText(option))].join(' ');
  const raws = document.lines.map((line) => line.raw);
  raws.splice(indexOf(document, position), 0, text + lineEnd(document));
  return rebuilt(document, raws);
}

/** Take a patch out. */
export function removeEntry(document: SeriesDocument, name: Path): SeriesDocument {
  const entry = findEntry(document, name);
  const raws = document.lines.map((line) => line.raw);
  const index = entry.line - 1;
  if ((document.lines[index]?.entries.length ?? 0) > 1) {
    raws[index] = replaceName(raws[index] ?? '', entry, '').replace(/[ \t]+(?=[ \t]|\r?\n?$)/, '');
  } else {
    raws.splice(index, 1);
  }
  return rebuilt(document, raws);
}

/** Move a patch; its line goes with options, guards and comment. */
export function moveEntry(
  document: SeriesDocument,
  name: Path,
  position: Position,
): SeriesDocument {
  const entry = findEntry(document, name);
  const index = entry.line - 1;
  if ((document.lines[index]?.entries.length ?? 0) > 1) {
    throw new SeamError(
      'series-shared-line',
      `patch '${name}' shares line ${entry.line} of series with others`,
      {
        hint: 'give each patch a line of its own first',
      },
    );
  }
  if (position !== 'end' && nameAt(position) === name) return document;
  const target = indexOf(document, position);
  const raws = document.lines.map((line) => line.raw);
  const [raw = ''] = raws.splice(index, 1);
  const ended = raw.endsWith('\n') ? raw : raw + lineEnd(document);
  raws.splice(target > index ? target - 1 : target, 0, ended);
  return rebuilt(document, raws);
}

/** Give a patch another name. */
export function renameEntry(document: SeriesDocument, name: Path, to: Path): SeriesDocument {
  const entry = findEntry(document, name);
  const raws = document.lines.map((line) => line.raw);
  raws[entry.line - 1] = replaceName(raws[entry.line - 1] ?? '', entry, encodeName(to));
  return rebuilt(document, raws);
}

/** The entry of that name. Throws when there is none. */
export function findEntry(document: SeriesDocument, name: Path): SeriesEntry {
  const entry = entriesOf(document).find((candidate) => candidate.name === name);
  if (entry === undefined) {
    throw new SeamError('patch-not-in-series', `patch '${printable(name)}' is not in the series`, {
      data: { patch: name },
    });
  }
  return entry;
}

function replaceName(raw: ByteString, entry: SeriesEntry, to: ByteString): ByteString {
  return raw.slice(0, entry.column) + to + raw.slice(entry.column + encodeText(entry.name).length);
}

function nameAt(position: Exclude<Position, 'end'>): Path {
  return 'before' in position ? position.before : position.after;
}

/** Index among the lines at which a new line goes in. */
function indexOf(document: SeriesDocument, position: Position): number {
  if (position === 'end') return document.lines.length;
  const { line } = findEntry(document, nameAt(position));
  return 'before' in position ? line - 1 : line;
}

/** The end of line that the document uses. */
function lineEnd(document: SeriesDocument): ByteString {
  return document.lines.some((line) => line.raw.endsWith('\r\n')) ? '\r\n' : '\n';
}

/** A line that was last and had no end gets one when another line follows it now. */
function rebuilt(document: SeriesDocument, raws: readonly ByteString[]): SeriesDocument {
  const end = lineEnd(document);
  const last = raws.length - 1;
  const lines = raws.map((raw, index) =>
    parseLine(index === last || raw.endsWith('\n') ? raw : raw + end, index + 1),
  );
  return { lines, mark: document.mark };
}

/**
 * The document with exactly these patches in this order: what left goes, what came is put behind its
 * predecessor, what moved moves. When the order is the document's own, nothing changes.
 */
export function arrangeEntries(
  document: SeriesDocument,
  names: readonly Path[],
  known: ReadonlySet<Path>,
): SeriesDocument {
  const wanted = new Set(names);
  let result = document;
  for (const entry of entriesOf(document)) {
    if (known.has(entry.name) && !wanted.has(entry.name)) result = removeEntry(result, entry.name);
  }
  // Nearly always so, and the loop below takes quadratic time.
  const present = entriesOf(result).filter((entry) => wanted.has(entry.name));
  if (
    present.length === names.length &&
    present.every((entry, index) => entry.name === names[index])
  )
    return result;
  let previous: Path | null = null;
  for (const name of names) {
    const order = entriesOf(result)
      .map((entry) => entry.name)
      .filter((other) => wanted.has(other));
    const at = order.indexOf(name);
    const place: Position = positionBehind(previous, order[0]);
    if (at === -1) result = insertEntry(result, name, place);
    else if (order[at - 1] !== (previous ?? undefined)) result = moveEntry(result, name, place);
    previous = name;
  }
  return result;
}

function positionBehind(previous: Path | null, first: Path | undefined): Position {
  if (previous !== null) return { after: previous };
  return first === undefined ? 'end' : { before: first };
}
