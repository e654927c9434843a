/** The C files of a tree: which contents it has, and the contents. */
import type { Bytes, Path } from '../patch/types.ts';
import { hashObject } from '../tree/objects.ts';
import type { Change, ObjectId, Tree, TreeStore, Wanted } from '../tree/types.ts';
import { type Blobs, isKernelSource, isSource } from './facts.ts';

export interface Sources {
  readonly blobs: Blobs;
  readonly contents: ReadonlyMap<ObjectId, Bytes>;
  /** Contents of the other files that were asked for, by path. */
  readonly texts: ReadonlyMap<Path, string>;
}

const DIRECTORY_BITS = 0o170000;
const REGULAR = 0o100000;

/** C files in `folders`, which have no slash at their end; without any, those of the kernel. */
function within(folders: readonly Path[], path: Path): boolean {
  if (folders.length === 0) return isKernelSource(path);
  return (
    isSource(path) && folders.some((folder) => path.startsWith(`${folder}/`) || path === folder)
  );
}

/** What has to be visited for the C files in `folders` and for `texts`. */
function wantedFor(folders: readonly Path[], texts: readonly Path[]): Wanted {
  return (path) => {
    if (!path.endsWith('/')) return texts.includes(path) || within(folders, path);
    const onTheWay = [...folders, ...texts].some((each) => `${each}/`.startsWith(path));
    if (onTheWay || folders.length === 0) return true;
    return folders.some((folder) => path.startsWith(`${folder}/`));
  };
}

/**
 * Read the C files of `tree`, or those in `folders`; and `texts`, whatever they are. `foresee` is told
 * of each C file as it is read.
 */
export async function readSources(
  store: TreeStore,
  tree: Tree,
  folders: readonly Path[] = [],
  texts: readonly Path[] = [],
  foresee: (id: ObjectId, size: number) => void = () => undefined,
): Promise<Sources> {
  const blobs = new Map<Path, ObjectId>();
  const contents = new Map<ObjectId, Bytes>();
  const found = new Map<Path, string>();
  const visit = (path: Path, mode: number, content: Bytes): void => {
    if ((mode & DIRECTORY_BITS) !== REGULAR) return;
    if (texts.includes(path)) found.set(path, Buffer.from(content).toString('utf8'));
    if (!within(folders, path)) return;
    // The store may use the bytes again for the next file.
    const id = hashObject('blob', content);
    blobs.set(path, id);
    contents.set(id, new Uint8Array(content));
    foresee(id, content.length);
  };
  await store.contents(tree, new Map(), visit, wantedFor(folders, texts));
  return { blobs, contents, texts: found };
}

/** The sources after a patch, from those before it and what it changed. */
export function sourcesAfter(
  before: Sources,
  changes: readonly Change[],
  made: ReadonlyMap<ObjectId, Bytes>,
  folders: readonly Path[] = [],
  texts: readonly Path[] = [],
): Sources {
  const blobs = new Map(before.blobs);
  const contents = new Map(before.contents);
  const found = new Map(before.texts);
  for (const [path, entry] of changes) {
    const content = entry === null ? undefined : made.get(entry.id);
    if (texts.includes(path)) {
      if (content === undefined) found.delete(path);
      else found.set(path, Buffer.from(content).toString('utf8'));
    }
    if (!within(folders, path)) continue;
    const regular = entry !== null && (entry.mode & DIRECTORY_BITS) === REGULAR;
    if (!regular || content === undefined) blobs.delete(path);
    else {
      blobs.set(path, entry.id);
      contents.set(entry.id, content);
    }
  }
  return { blobs, contents, texts: found };
}
