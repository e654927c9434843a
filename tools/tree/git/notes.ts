/** Notes as one commit, in the language of git-fast-import(1). */
import type { Bytes } from '../../patch/types.ts';
import type { ObjectId } from '../types.ts';

/**
 * A commit on `ref` behind `old` that puts a note beside each commit. git arranges the tree of notes
 * itself. Author and time are fixed: the same notes make the same commit.
 */
export function* notesStream(
  ref: string,
  old: ObjectId | null,
  notes: ReadonlyMap<ObjectId, Bytes>,
): Generator<Bytes> {
  yield Buffer.from(`commit ${ref}\ncommitter seam <seam@seam.invalid> 0 +0000\ndata 0\n`);
  if (old !== null) yield Buffer.from(`from ${old}\n`);
  for (const [commit, bytes] of notes) {
    yield Buffer.from(`N inline ${commit}\ndata ${bytes.length}\n`);
    yield bytes;
    yield Buffer.from('\n');
  }
  yield Buffer.from('done\n');
}
