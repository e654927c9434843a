/**
 * Notes beside commits, as git-notes(1) keeps them: a tree of blobs that are called like the commits.
 * git may spread large trees of notes over directories by the first digits and reads any mixture.
 */
import type { Bytes, Path } from '../patch/types.ts';
import { hashObject } from './objects.ts';
import type { Change, CommitInfo, NewCommit, ObjectId, Tree } from './types.ts';

/** Author and time are fixed: the same notes make the same commit. */
const BY = { name: 'seam', email: 'seam@seam.invalid' };
const AT = { seconds: 0, zone: 0 };
const INFO: CommitInfo = {
  author: BY,
  authorDate: AT,
  committer: BY,
  commitDate: AT,
  message: new Uint8Array(),
};

/** Where the note of `commit` may be: at the top, which is where new ones go, or one or two levels down. */
function placesOf(commit: ObjectId): [Path, ...Path[]] {
  const [first, second] = [commit.slice(0, 2), commit.slice(2, 4)];
  return [commit, `${first}/${commit.slice(2)}`, `${first}/${second}/${commit.slice(4)}`];
}

/** Every path that `addNotes` looks at. */
export function notePaths(commits: Iterable<ObjectId>): Path[] {
  return [...commits].flatMap((commit) => placesOf(commit));
}

/** The commit that puts `notes` into `tree`, in place of those that are there, and their blobs. */
export function addNotes(
  tree: Tree,
  notes: ReadonlyMap<ObjectId, Bytes>,
): { readonly commit: NewCommit; readonly blobs: ReadonlyMap<ObjectId, Bytes> } {
  const changes: Change[] = [];
  const blobs = new Map<ObjectId, Bytes>();
  for (const [of, bytes] of notes) {
    const [top, ...others] = placesOf(of);
    const id = hashObject('blob', bytes);
    blobs.set(id, bytes);
    for (const path of others) if (tree.get(path) !== null) changes.push([path, null]);
    changes.push([top, { mode: 0o100644, id }]);
  }
  return { commit: { info: INFO, tree: tree.with(changes), changes }, blobs };
}
