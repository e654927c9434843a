/**
 * A directory of files as a base. What lies in it is the tree: ignore files are not consulted. Left
 * out are `.git` at any depth, quilt's `.pc` at the top, empty directories and what git cannot
 * keep (sockets, devices). Symlinks are read, never followed.
 *
 * Only what is looked at is read. A file's id is its content's, hashed on first use; the id of the
 * whole tree therefore reads every file once. Time stamps are trusted for nothing.
 */
import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { lstatSync, readdirSync, readlinkSync, type Dirent } from 'node:fs';
import { SeamError } from '../errors.ts';
import { decodePath, encodePath } from '../patch/path.ts';
import type { Bytes, Mode, Path } from '../patch/types.ts';
import { listFiles } from './load.ts';
import { onlyBlob } from './memory.ts';
import { EMPTY_TREE, hashObject, serializeTree } from './objects.ts';
import { directoryTree } from './object-store.ts';
import { Directory, DirectoryTree, type Listing, type Slot } from './tree.ts';
import type { Entry, ObjectId, Tree, TreeStore, VisitFile } from './types.ts';

/** Bytes of the path `name` in `directory`. */
function joined(directory: Buffer, name: string): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), encodePath(name)]);
}

/** Content of a file, or a symlink's target; fails when a link has taken a file's place meanwhile. */
function readContent(file: Buffer, mode: Mode): Buffer {
  try {
    if (mode === 0o120000) return readlinkSync(file, 'buffer');
    const fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (!fstatSync(fd).isFile()) throw new Error('no longer a regular file');
      return readFileSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: Buffer, cause: unknown): SeamError {
  const name = decodePath(file);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SeamError('base-unreadable', `cannot read '${name}' of the base: ${reason}`, {
    kind: 'environment',
    cause,
    data: { file: name },
  });
}

/** Where contents go that were read to be hashed and will be asked for again. */
type Contents = Map<ObjectId, Bytes>;

/** A file on disk as an entry: its id is found when somebody wants it. */
class FileEntry implements Entry {
  readonly mode: Mode;
  readonly file: Buffer;
  readonly #places: Map<ObjectId, FileEntry>;
  #id: ObjectId | null = null;

  constructor(file: Buffer, mode: Mode, places: Map<ObjectId, FileEntry>) {
    this.file = file;
    this.mode = mode;
    this.#places = places;
  }

  get id(): ObjectId {
    return this.#id ?? this.#hash(readContent(this.file, this.mode));
  }

  /** Read the content and keep it for `blobs`. */
  keep(contents: Contents): void {
    if (this.#id !== null && contents.has(this.#id)) return;
    const content = readContent(this.file, this.mode);
    contents.set(this.#hash(content), content);
  }

  #hash(content: Bytes): ObjectId {
    this.#id ??= hashObject('blob', content);
    this.#places.set(this.#id, this);
    return this.#id;
  }
}

/** A directory on disk. Its names are read at once, what stands behind them when it is wanted. */
class DiskListing implements Listing {
  readonly #directory: Buffer;
  readonly #places: Map<ObjectId, FileEntry>;
  readonly #items: ReadonlyMap<string, Dirent<Buffer>>;
  readonly #slots = new Map<string, Slot | null>();

  constructor(directory: Buffer, places: Map<ObjectId, FileEntry>, top: boolean) {
    this.#directory = directory;
    this.#places = places;
    this.#items = readNames(directory, top);
  }

  find(name: string): Slot | null {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const item = this.#items.get(name);
    const slot = item === undefined ? null : this.#look(name, item);
    this.#slots.set(name, slot);
    return slot;
  }

  names(): Iterable<string> {
    return this.#items.keys();
  }

  *slots(): Generator<readonly [string, Slot]> {
    for (const name of this.#items.keys()) {
      const slot = this.find(name);
      if (slot !== null) yield [name, slot];
    }
  }

  raw(): Buffer {
    const items = [...this.slots()].map(([name, slot]) => ({ name, mode: slot.mode, id: slot.id }));
    return serializeTree(items.filter(({ id }) => id !== EMPTY_TREE));
  }

  #look(name: string, item: Dirent<Buffer>): Slot | null {
    const file = joined(this.#directory, name);
    if (item.isDirectory()) {
      const directory = new Directory(new DiskListing(file, this.#places, false));
      // git knows no empty directories: nothing stands in the way there.
      return directory.isEmpty ? null : directory;
    }
    if (item.isSymbolicLink()) return new FileEntry(file, 0o120000, this.#places);
    if (!item.isFile()) return null;
    const executable = (lstatSync(file).mode & 0o100) !== 0;
    return new FileEntry(file, executable ? 0o100755 : 0o100644, this.#places);
  }
}

function readNames(directory: Buffer, top: boolean): Map<string, Dirent<Buffer>> {
  try {
    const items = readdirSync(directory, { withFileTypes: true, encoding: 'buffer' });
    const named = items.map((item) => [decodePath(item.name), item] as const);
    const skipped =
      top && existsSync(joined(directory, '.pc/.version')) ? ['.git', '.pc'] : ['.git'];
    return new Map(named.filter(([name]) => !skipped.includes(name)));
  } catch (cause) {
    throw unreadable(directory, cause);
  }
}

export class DirectoryStore implements TreeStore {
  readonly kind = 'directory';
  readonly label: string;
  readonly commit = null;
  readonly #root: Directory;
  /** Files by the id that they had when they were hashed. */
  readonly #places = new Map<ObjectId, FileEntry>();
  readonly #contents: Contents = new Map();

  /** `directory` is absolute. It is not checked for being one: `openBase` has done that. */
  constructor(directory: string, label: string) {
    this.label = label;
    this.#root = new Directory(new DiskListing(Buffer.from(directory), this.#places, true));
  }

  async load(paths: Iterable<Path>): Promise<Tree> {
    const tree = new DirectoryTree(this.#root);
    for (const path of paths) {
      const entry = tree.get(path);
      if (entry instanceof FileEntry) entry.keep(this.#contents);
    }
    return tree;
  }

  async blobs(ids: Iterable<ObjectId>): Promise<Map<ObjectId, Bytes>> {
    const found = new Map<ObjectId, Bytes>();
    for (const id of ids) found.set(id, this.#contents.get(id) ?? this.#readAgain(id));
    return found;
  }

  async findBlob(prefix: string): Promise<{ readonly id: ObjectId; readonly bytes: Bytes } | null> {
    return onlyBlob(this.#contents, prefix);
  }

  async contents(tree: Tree, made: ReadonlyMap<ObjectId, Bytes>, visit: VisitFile): Promise<void> {
    const files = await listFiles(directoryTree(tree).root, async () => new Map());
    for (const [path, entry] of files) {
      const content =
        entry instanceof FileEntry
          ? readContent(entry.file, entry.mode)
          : (made.get(entry.id) ?? this.#contents.get(entry.id) ?? this.#readAgain(entry.id));
      visit(path, entry.mode, content);
    }
  }

  async close(): Promise<void> {}

  #readAgain(id: ObjectId): Bytes {
    const place = this.#places.get(id);
    const content = place === undefined ? null : readContent(place.file, place.mode);
    if (content !== null && hashObject('blob', content) === id) return content;
    const what =
      place === undefined
        ? `has no blob '${id}'`
        : `changed while '${decodePath(place.file)}' was in use`;
    throw new SeamError('object-missing', `the base '${this.label}' ${what}`, {
      kind: place === undefined ? 'internal' : 'environment',
      data: { id, base: this.label },
    });
  }
}
