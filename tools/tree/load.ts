/** Directories of a tree, read level by level from a store that knows objects by id. */
import type { Path } from '../patch/types.ts';
import { TREE_MODE, findItem } from './objects.ts';
import { Directory, DirectoryTree, PackedListing } from './tree.ts';
import type { Entry, ObjectId, Wanted } from './types.ts';

/** Contents of tree objects by id, in one round trip; has every id that was asked for. */
export type ReadTrees = (ids: readonly ObjectId[]) => Promise<ReadonlyMap<ObjectId, Buffer>>;

/** Names of sub-directories that are wanted, each with those wanted below it. */
type WantedNames = Map<string, WantedNames>;

function wantedDirectories(paths: Iterable<Path>): WantedNames {
  const top: WantedNames = new Map();
  for (const path of paths) {
    let at = top;
    for (const name of path.split('/').slice(0, -1)) {
      let below = at.get(name);
      if (below === undefined) at.set(name, (below = new Map()));
      at = below;
    }
  }
  return top;
}

/** A directory whose object is to be read, and where it belongs. */
interface Pending {
  readonly wanted: WantedNames;
  readonly id: ObjectId;
  readonly name: string;
  readonly into: Map<string, Directory>;
}

/** The tree with the directories above `paths` loaded, in one round trip per level. */
export async function loadTree(
  root: ObjectId,
  paths: Iterable<Path>,
  read: ReadTrees,
): Promise<DirectoryTree> {
  const top = new Map<string, Directory>();
  let level: Pending[] = [{ wanted: wantedDirectories(paths), id: root, into: top, name: '' }];
  while (level.length > 0) {
    const raws = await read([...new Set(level.map((pending) => pending.id))]);
    level = level.flatMap((pending) => enter(pending, raws));
  }
  return new DirectoryTree(top.get('') ?? Directory.EMPTY);
}

/** Make one directory and say which ones below it are needed. */
function enter(pending: Pending, raws: ReadonlyMap<ObjectId, Buffer>): Pending[] {
  const raw = raws.get(pending.id) ?? Buffer.alloc(0);
  const loaded = new Map<string, Directory>();
  pending.into.set(pending.name, new Directory(new PackedListing(raw, loaded), pending.id));
  const next: Pending[] = [];
  for (const [name, wanted] of pending.wanted) {
    const item = findItem(raw, name);
    if (item?.mode === TREE_MODE) next.push({ wanted, id: item.id, into: loaded, name });
  }
  return next;
}

/** A file and where it is. */
export type Located = readonly [path: Path, entry: Entry];

/** Every wanted file of a directory and what is below it; unloaded directories are read as needed. */
export async function listFiles(
  root: Directory,
  read: ReadTrees,
  wanted: Wanted = () => true,
): Promise<Located[]> {
  const files: Located[] = [];
  let level: { prefix: string; directory: Directory }[] = [{ prefix: '', directory: root }];
  while (level.length > 0) {
    const unloaded: { path: Path; id: ObjectId }[] = [];
    for (const { prefix, directory } of level)
      collect(directory, prefix, { files, unloaded, wanted });
    const raws = await read([...new Set(unloaded.map(({ id }) => id))]);
    level = unloaded.map(({ path, id }) => ({
      prefix: `${path}/`,
      directory: new Directory(new PackedListing(raws.get(id) ?? Buffer.alloc(0)), id),
    }));
  }
  return files;
}

/** What is found in a directory and below it. */
interface Collected {
  readonly files: Located[];
  readonly unloaded: { path: Path; id: ObjectId }[];
  readonly wanted: Wanted;
}

/** Files and unloaded directories at and below `directory`; `prefix` is empty or ends with `/`. */
function collect(directory: Directory, prefix: string, into: Collected): void {
  for (const [name, slot] of directory.slots()) {
    const path = prefix + name;
    if (!into.wanted(slot.mode === TREE_MODE ? `${path}/` : path)) continue;
    if (slot instanceof Directory) collect(slot, `${path}/`, into);
    else if (slot.mode === TREE_MODE) into.unloaded.push({ path, id: slot.id });
    else into.files.push([path, slot]);
  }
}
