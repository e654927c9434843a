/** The objects that a list of commits adds to a repository, and the names they will have. Pure. */
import type { Bytes } from '../patch/types.ts';
import { hashObject, serializeCommit } from './objects.ts';
import { directoryTree } from './object-store.ts';
import type { NewObject } from './pack.ts';
import { Directory } from './tree.ts';
import type { NewCommit, ObjectId } from './types.ts';

/** What has to be written, blobs before trees before commits, and the id of every commit. */
export interface NewObjects {
  readonly objects: readonly NewObject[];
  readonly commits: readonly ObjectId[];
}

/** `base` is the first commit's parent; `blobs` has the content of every new blob, `deflated` of some. */
export function newObjects(
  base: ObjectId | null,
  commits: readonly NewCommit[],
  blobs: ReadonlyMap<ObjectId, Bytes>,
  deflated: ReadonlyMap<ObjectId, Buffer> = new Map(),
): NewObjects {
  const made: NewObject[] = [];
  const ids: ObjectId[] = [];
  for (const commit of commits) {
    const parent = ids.at(-1) ?? base;
    const content = serializeCommit(commit.info, commit.tree.id, parent === null ? [] : [parent]);
    const id = hashObject('commit', content);
    ids.push(id);
    made.push({ id, type: 'commit', content, lineage: null });
  }
  return {
    objects: [...newBlobs(commits, blobs, deflated), ...newTrees(commits), ...made],
    commits: ids,
  };
}

/** New blobs, versions of one path next to each other. */
function newBlobs(
  commits: readonly NewCommit[],
  blobs: ReadonlyMap<ObjectId, Bytes>,
  deflated: ReadonlyMap<ObjectId, Buffer>,
): NewObject[] {
  const seen = new Set<ObjectId>();
  const byPath = Map.groupBy(blobChanges(), ({ lineage }) => lineage);
  return [...byPath.values()].flat();

  function* blobChanges(): Generator<NewObject> {
    for (const [path, entry] of commits.flatMap((commit) => commit.changes)) {
      const content = entry === null ? undefined : blobs.get(entry.id);
      if (entry === null || content === undefined || seen.has(entry.id)) continue;
      seen.add(entry.id);
      const { id } = entry;
      yield { id, type: 'blob', content, lineage: path, deflated: deflated.get(id) };
    }
  }
}

/** Every directory on the way to a change, in each version that a commit has. */
function newTrees(commits: readonly NewCommit[]): NewObject[] {
  const seen = new Set<ObjectId>();
  const objects: NewObject[] = [];
  const add = (directory: Directory, path: string): void => {
    if (seen.has(directory.id)) return;
    seen.add(directory.id);
    const { id } = directory;
    objects.push({ id, type: 'tree', content: directory.raw(), lineage: `${path}/` });
  };
  for (const { tree, changes } of commits) {
    const { root } = directoryTree(tree);
    add(root, '');
    for (const [path] of changes) {
      for (const [above, directory] of directoriesAbove(root, path)) add(directory, above);
    }
  }
  return objects;
}

function* directoriesAbove(root: Directory, path: string): Generator<[string, Directory]> {
  let directory = root;
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const above = path.slice(0, slash);
    const slot = directory.find(above.slice(above.lastIndexOf('/') + 1));
    if (!(slot instanceof Directory)) return;
    yield [above, slot];
    directory = slot;
  }
}
