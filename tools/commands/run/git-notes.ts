/** Reads the patch files that export put beside their commits, under `refs/notes/seam`. The format of a note: series/FORMATS.md. */
import { SeamError } from '../../errors.ts';
import type { Bytes } from '../../patch/types.ts';
import { NOTES_REF } from '../../series/notes.ts';
import type { NotedCommit } from '../../series/restore.ts';
import type { Series } from '../../series/types.ts';
import type { SeriesIo } from '../../series/io.ts';
import type { ObjectId } from '../../tree/types.ts';

/** The commits of a series that was read from git, with their trees and notes. */
export async function readNotedCommits(
  io: SeriesIo,
  directory: string,
  series: Series,
): Promise<NotedCommit[]> {
  const ids = series.patches.map((patch) => patch.commit ?? '');
  const trees = await treesOf(io, directory, ids);
  const notes = await notesOf(io, directory, ids);
  return series.patches.map((patch, index) => {
    const [tree = '', parentTree = ''] = trees[index] ?? [];
    return { patch, tree, parentTree, note: notes.get(ids[index] ?? '') ?? null };
  });
}

async function treesOf(
  io: SeriesIo,
  cwd: string,
  ids: readonly ObjectId[],
): Promise<[string, string][]> {
  const stdin = Buffer.from(ids.flatMap((id) => [`${id}^{tree}\n`, `${id}^^{tree}\n`]).join(''));
  const output = await io.git(['cat-file', '--batch-check=%(objectname)'], { cwd, stdin });
  const lines = Buffer.from(output).toString('latin1').trimEnd().split('\n');
  return ids.map((_, index) => [lines[2 * index] ?? '', lines[2 * index + 1] ?? '']);
}

async function notesOf(
  io: SeriesIo,
  cwd: string,
  ids: readonly ObjectId[],
): Promise<Map<ObjectId, Bytes>> {
  const wanted = new Set(ids);
  const listed = await io.git(['notes', `--ref=${NOTES_REF}`, 'list'], { cwd });
  const pairs = Buffer.from(listed)
    .toString('latin1')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, commit]) => commit !== undefined && wanted.has(commit));
  const stdin = Buffer.from(pairs.map(([note]) => `${note}\n`).join(''));
  const blobs = splitBatch(await io.git(['cat-file', '--batch'], { cwd, stdin }));
  return new Map(pairs.map(([, commit = ''], index) => [commit, blobs[index] ?? new Uint8Array()]));
}

/** The contents in the output of `git cat-file --batch`: `ID TYPE SIZE`, content, line feed. */
function splitBatch(output: Bytes): Bytes[] {
  const contents: Bytes[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const [, type, size] = Buffer.from(output.subarray(at, end)).toString('latin1').split(' ');
    if (type !== 'blob') {
      throw new SeamError('notes-damaged', `'${NOTES_REF}' lists a note that is no blob`, {
        hint: 'git fsck',
      });
    }
    contents.push(output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
  return contents;
}
