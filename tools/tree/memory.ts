/** A base that is held in memory: small trees made on the fly, and tests. */
import type { Bytes, Mode, Path } from '../patch/types.ts';
import { hashObject } from './objects.ts';
import { ObjectStore, type StoredObject } from './object-store.ts';
import { Directory, DirectoryTree } from './tree.ts';
import type { Change, ObjectId, Tree } from './types.ts';

/** A file by its path; mode 100644 where none is given. */
export interface MemoryFile {
  readonly path: Path;
  readonly content: Bytes;
  readonly mode?: Mode;
}

export class MemoryStore extends ObjectStore {
  readonly kind = 'memory';
  readonly #tree: Tree;
  readonly #blobs: ReadonlyMap<ObjectId, Bytes>;

  constructor(files: Iterable<MemoryFile>, label = 'memory') {
    const blobs = new Map<ObjectId, Bytes>();
    const changes: Change[] = [];
    for (const { path, content, mode } of files) {
      const id = hashObject('blob', content);
      blobs.set(id, content);
      changes.push([path, { mode: mode ?? 0o100644, id }]);
    }
    const tree = new DirectoryTree(Directory.EMPTY).with(changes);
    super(label, null, tree.id);
    this.#tree = tree;
    this.#blobs = blobs;
  }

  override async load(): Promise<Tree> {
    return this.#tree;
  }

  protected override async read(
    ids: readonly ObjectId[],
    take: (object: StoredObject | null, index: number) => void,
  ): Promise<void> {
    for (const [index, id] of ids.entries()) {
      const content = this.#blobs.get(id);
      take(content === undefined ? null : { type: 'blob', content: Buffer.from(content) }, index);
    }
  }

  override async findBlob(
    prefix: string,
  ): Promise<{ readonly id: ObjectId; readonly bytes: Bytes } | null> {
    return onlyBlob(this.#blobs, prefix);
  }

  override async close(): Promise<void> {}
}

/** The one blob whose id starts with `prefix`. */
export function onlyBlob(
  blobs: ReadonlyMap<ObjectId, Bytes>,
  prefix: string,
): { readonly id: ObjectId; readonly bytes: Bytes } | null {
  if (!/^[0-9a-f]{4,40}$/.test(prefix)) return null;
  const found = [...blobs].filter(([id]) => id.startsWith(prefix));
  const [only] = found;
  return only === undefined || found.length > 1 ? null : { id: only[0], bytes: only[1] };
}
