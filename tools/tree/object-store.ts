/** What stores have in common that keep a base as git objects: all but how an object is read. */
import { SeamError } from '../errors.ts';
import type { Bytes, Path } from '../patch/types.ts';
import { listFiles, loadTree } from './load.ts';
import { type ObjectType, isObjectId } from './objects.ts';
import { Directory, DirectoryTree } from './tree.ts';
import type { ObjectId, Tree, TreeStore, VisitFile, Wanted } from './types.ts';

/** Objects asked for at once when a whole tree is written out: bounds what waits in memory. */
const BATCH = 1024;
const GITLINK = 0o160000;

/** An object as a store has it. */
export interface StoredObject {
  readonly type: string;
  readonly content: Buffer;
}

export abstract class ObjectStore implements TreeStore {
  abstract readonly kind: 'git' | 'isomorphic-git' | 'memory';
  readonly label: string;
  readonly commit: ObjectId | null;
  readonly #tree: ObjectId;

  constructor(label: string, commit: ObjectId | null, tree: ObjectId) {
    this.label = label;
    this.commit = commit;
    this.#tree = tree;
  }

  /** Call `take` for every id, in order, with the object or null when there is none. */
  protected abstract read(
    ids: readonly ObjectId[],
    take: (object: StoredObject | null, index: number) => void,
  ): Promise<void>;

  abstract findBlob(
    prefix: string,
  ): Promise<{ readonly id: ObjectId; readonly bytes: Bytes } | null>;

  abstract close(): Promise<void>;

  async load(paths: Iterable<Path>): Promise<Tree> {
    return loadTree(this.#tree, paths, async (ids) => this.#objects('tree', ids));
  }

  /** Like `load`, of the tree of a commit; without one, of the empty tree. */
  protected async treeAt(commit: ObjectId | null, paths: Iterable<Path>): Promise<Tree> {
    if (commit === null) return new DirectoryTree(Directory.EMPTY);
    const found = await this.#objects('commit', [commit]);
    const [, root] =
      /^tree ([0-9a-f]{40})\n/.exec(found.get(commit)?.toString('latin1') ?? '') ?? [];
    return loadTree(root ?? '', paths, async (ids) => this.#objects('tree', ids));
  }

  async blobs(ids: Iterable<ObjectId>): Promise<Map<ObjectId, Bytes>> {
    return this.#objects('blob', [...new Set(ids)]);
  }

  async contents(
    tree: Tree,
    made: ReadonlyMap<ObjectId, Bytes>,
    visit: VisitFile,
    wanted?: Wanted,
  ): Promise<void> {
    const { root } = directoryTree(tree);
    const files = await listFiles(root, async (ids) => this.#objects('tree', ids), wanted);
    const here = files.filter(([, entry]) => entry.mode === GITLINK || made.has(entry.id));
    for (const [path, { mode, id }] of here) visit(path, mode, made.get(id) ?? Buffer.alloc(0));
    const stored = files.filter(([, entry]) => entry.mode !== GITLINK && !made.has(entry.id));
    for (let at = 0; at < stored.length; at += BATCH) {
      const some = stored.slice(at, at + BATCH);
      const ids = some.map(([, entry]) => entry.id);
      await this.#expect('blob', ids, (content, index) => {
        const [path, entry] = some[index] ?? [];
        if (path !== undefined && entry !== undefined) visit(path, entry.mode, content);
      });
    }
  }

  async #objects(type: ObjectType, ids: readonly ObjectId[]): Promise<Map<ObjectId, Buffer>> {
    const found = new Map<ObjectId, Buffer>();
    await this.#expect(type, ids, (content, index) => found.set(ids[index] ?? '', content));
    return found;
  }

  async #expect(
    type: ObjectType,
    ids: readonly ObjectId[],
    take: (content: Buffer, index: number) => void,
  ): Promise<void> {
    const odd = ids.find((id) => !isObjectId(id));
    if (odd !== undefined) {
      throw new SeamError('bad-object-id', `'${odd}' is no object id`, { kind: 'internal' });
    }
    await this.read(ids, (object, index) => {
      if (object?.type !== type) throw this.#missing(type, ids[index] ?? '');
      take(object.content, index);
    });
  }

  #missing(type: ObjectType, id: ObjectId): SeamError {
    return new SeamError('object-missing', `the base '${this.label}' has no ${type} '${id}'`, {
      kind: 'environment',
      hint: 'git fetch --refetch --no-filter (a partial clone lacks objects), or git fsck',
      data: { type, id, base: this.label },
    });
  }
}

/** The trees of this package are all of one make; anything else is a mistake of the caller. */
export function directoryTree(tree: Tree): DirectoryTree {
  if (tree instanceof DirectoryTree) return tree;
  throw new SeamError('foreign-tree', 'this tree comes from no store', { kind: 'internal' });
}
