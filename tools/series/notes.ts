/**
 * What a commit cannot hold of a patch file, kept in a git note beside it (`refs/notes/seam`), so
 * that quilt → git → quilt gives the same bytes. FORMATS.md describes the format.
 */
import { SeamError } from '../errors.ts';
import type { Bytes, Path } from '../patch/types.ts';
import { byteString, bytesOf, concat, encodeText, decodeText } from './text.ts';
import type { NamedBytes, Patch, Series } from './types.ts';

/** The ref that notes live under. */
export const NOTES_REF = 'refs/notes/seam';

const MAGIC = 'seam-note 1\n';

/** A note taken apart. */
export interface Note {
  /** The patch file of this commit. */
  readonly patch: NamedBytes | null;
  /** Tree ids after and before the patch as it was imported; the diff is the file's as long as they hold. */
  readonly tree: string | null;
  readonly parentTree: string | null;
  /** On the last commit of a series only: the `series` file and the patches that its guards left out. */
  readonly series: Bytes | null;
  readonly excluded: readonly NamedBytes[];
}

/** Trees around a patch, as they were when it was imported. */
export interface NoteTrees {
  readonly tree: string;
  readonly parentTree: string;
}

/** The note for a patch's commit. */
export function patchNote(patch: Patch, trees: NoteTrees): Bytes {
  return concat([
    bytesOf(`${MAGIC}tree ${trees.tree}\nparent-tree ${trees.parentTree}\n`),
    record('patch', patch.name, patch.raw),
  ]);
}

/** What is appended to the note of the last commit; empty for a series that did not come from quilt. */
export function seriesNote(series: Series): Bytes {
  if (series.seriesFile === null) return new Uint8Array();
  const excluded = series.excluded.map((file) => record('excluded', file.name, file.bytes));
  return concat([record('series', 'series', series.seriesFile), ...excluded]);
}

/** Put the series' records behind a patch's note. */
export function joinNotes(patch: Bytes, series: Bytes): Bytes {
  return concat([patch.length === 0 && series.length > 0 ? bytesOf(MAGIC) : patch, series]);
}

/** `key size name` on a line, then as many bytes, then a line feed. */
function record(key: string, name: Path, bytes: Bytes): Bytes {
  return concat([bytesOf(`${key} ${bytes.length} ${encodeText(name)}\n`), bytes, bytesOf('\n')]);
}

/** Read a note; null when it is not one of ours. Throws when it is ours and damaged. */
export function parseNote(bytes: Bytes): Note | null {
  if (byteString(bytes.subarray(0, MAGIC.length)) !== MAGIC) return null;
  const ids = new Map<string, string>();
  const files: { key: string; name: Path; bytes: Bytes }[] = [];
  let at = MAGIC.length;
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    const line = byteString(bytes.subarray(at, end === -1 ? bytes.length : end));
    const id = /^(tree|parent-tree) ([0-9a-f]{40}|[0-9a-f]{64})$/.exec(line);
    const file = /^(patch|series|excluded) (\d{1,10}) (.+)$/s.exec(line);
    if (end === -1 || (id === null && file === null)) throw damaged(at);
    at = end + 1;
    if (id !== null) ids.set(id[1] ?? '', id[2] ?? '');
    if (file === null) continue;
    const stop = at + Number(file[2]);
    if (bytes[stop] !== 10) throw damaged(at);
    files.push({
      key: file[1] ?? '',
      name: decodeText(file[3] ?? ''),
      bytes: bytes.slice(at, stop),
    });
    at = stop + 1;
  }
  const find = (key: string): NamedBytes[] =>
    files.filter((file) => file.key === key).map(({ name, bytes }) => ({ name, bytes }));
  return {
    patch: find('patch')[0] ?? null,
    tree: ids.get('tree') ?? null,
    parentTree: ids.get('parent-tree') ?? null,
    series: find('series')[0]?.bytes ?? null,
    excluded: find('excluded'),
  };
}

function damaged(at: number): SeamError {
  return new SeamError('note-damaged', `note under '${NOTES_REF}' is damaged at byte ${at}`, {
    data: { offset: at },
    hint: `git notes --ref=seam remove COMMIT`,
  });
}
