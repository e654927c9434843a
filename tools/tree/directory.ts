/**
 * A directory of files as a base. What lies in it is the tree: ignore files are not consulted. Left
 * out are `.git` at any depth, quilt's `.pc` at the top, empty directories and what git cannot
 * keep (sockets, devices). Symlinks are read, never followed.
 *
 * Only what is looked at is read. A file's id is its content's, hashed on first use; the id of the
 * whole tree therefore reads every file once. Time stamps are trusted for nothing.
 */
import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { lstatSync, readdirSync, readlinkSync, type Dirent } from 'node:fs';
import { SeamError } from '../errors.ts';
import { decodePath, encodePath } from '../patch/path.ts';
import type { Bytes, Mode, Path } from '../patch/types.ts';
import { listFiles } from './load.ts';
import { onlyBlob } from './memory.ts';
import { EMPTY_TREE, hashObject, serializeTree } from './objects.ts';
import { directoryTree } from './object-store.ts';
import { Directory, DirectoryTree, type Listing, type Slot } from './tree.ts';
import type { Entry, ObjectId, Tree, TreeStore, VisitFile, Wanted } from './types.ts';

/** Bytes of the path `name` in `directory`. */
function joined(directory: Buffer, name: string): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), encodePath(name)]);
}

/** Content of a file, or a symlink's target; fails when a link has taken a file's place meanwhile. */
function readContent(file: Buffer, mode: Mode): Buffer {
  try {
    if (mode === 0o120000) return readlinkSync(file, 'buffer');
    return Buffer.from(readInto(file));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** Id of a file's content, without keeping the content: for whole trees that makes the difference. */
function hashContent(file: Buffer, mode: Mode): ObjectId {
  if (mode === 0o120000) return hashObject('blob', readContent(file, mode));
  try {
    return hashObject('blob', readInto(file));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** Used for one file after the other; grows to the largest. */
let scratch = Buffer.allocUnsafe(1 << 16);

/** The content of a file in `scratch`, valid until the next call. */
function readInto(file: Buffer): Buffer {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(fd).isFile()) throw new Error('no longer a regular file');
    let size = 0;
    for (;;) {
      const count = readSync(fd, scratch, size, scratch.length - size, null);
      if (count === 0) return scratch.subarray(0, size);
      size += count;
      if (size === scratch.length) {
        scratch = Buffer.concat([scratch], scratch.length * 4);
      }
    }
  } finally {
    closeSync(fd);
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

/** A file on disk as an entry: its id is found when somebody wants it. */
class FileEntry implements Entry {
  readonly mode: Mode;
  readonly #directory: Buffer;
  readonly #name: string;
  readonly #places: Map<ObjectId, FileEntry>;
  #id: ObjectId | null = null;

  constructor(directory: Buffer, name: string, mode: Mode, places: Map<ObjectId, FileEntry>) {
    this.mode = mode;
    this.#directory = directory;
    this.#name = name;
    this.#places = places;
  }

  get id(): ObjectId {
    return this.#id ?? this.#named(hashContent(this.file, this.mode));
  }

  /** Bytes of its absolute path. */
  get file(): Buffer {
    return joined(this.#directory, this.#name);
  }

  /** Read the content and keep it for `blobs`. */
  keep(contents: Map<ObjectId, Bytes>): void {
    if (this.#id !== null && contents.has(this.#id)) return;
    const content = readContent(this.file, this.mode);
    contents.set(this.#named(hashObject('blob', content)), content);
  }

  /** The first id stands: a tree must not change while it is in use. */
  #named(id: ObjectId): ObjectId {
    if (this.#id !== null && this.#id !== id) throw changedMeanwhile(this.file);
    this.#id = id;
    this.#places.set(id, this);
    return id;
  }
}

function changedMeanwhile(file: Buffer): SeamError {
  const name = decodePath(file);
  return new SeamError('base-changed', `'${name}' of the base changed while it was in use`, {
    kind: 'environment',
    data: { file: name },
  });
}

/** A directory on disk. Its names are read at once, what stands behind them when it is wanted. */
class DiskListing implements Listing {
  readonly #directory: Buffer;
  readonly #places: Map<ObjectId, FileEntry>;
  readonly #items: ReadonlyMap<string, Kind>;
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

  #look(name: string, kind: Kind): Slot | null {
    if (kind === 'link') return new FileEntry(this.#directory, name, 0o120000, this.#places);
    const file = joined(this.#directory, name);
    if (kind === 'directory') {
      const directory = new Directory(new DiskListing(file, this.#places, false));
      // git knows no empty directories: nothing stands in the way there.
      return directory.isEmpty ? null : directory;
    }
    const mode = (lstatSync(file).mode & 0o100) === 0 ? 0o100644 : 0o100755;
    return new FileEntry(this.#directory, name, mode, this.#places);
  }
}

/** What git can keep of what may stand behind a name. */
type Kind = 'file' | 'link' | 'directory';

function readNames(directory: Buffer, top: boolean): Map<string, Kind> {
  try {
    const quilt = top && existsSync(joined(directory, '.pc/.version'));
    const names = new Map<string, Kind>();
    for (const item of readdirSync(directory, { withFileTypes: true, encoding: 'buffer' })) {
      const name = decodePath(item.name);
      const kind = kindOf(item);
      if (kind !== null && name !== '.git' && !(quilt && name === '.pc')) names.set(name, kind);
    }
    return names;
  } catch (cause) {
    throw unreadable(directory, cause);
  }
}

function kindOf(item: Dirent<Buffer>): Kind | null {
  if (item.isDirectory()) return 'directory';
  if (item.isSymbolicLink()) return 'link';
  return item.isFile() ? 'file' : null;
}

export class DirectoryStore implements TreeStore {
  readonly kind = 'directory';
  readonly label: string;
  readonly commit = null;
  readonly #root: Directory;
  /** Files by the id that they had when they were hashed. */
  readonly #places = new Map<ObjectId, FileEntry>();
  readonly #contents = new Map<ObjectId, Bytes>();

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

  async contents(
    tree: Tree,
    made: ReadonlyMap<ObjectId, Bytes>,
    visit: VisitFile,
    wanted?: Wanted,
  ): Promise<void> {
    const files = await listFiles(directoryTree(tree).root, async () => new Map(), wanted);
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
    if (place !== undefined) throw changedMeanwhile(place.file);
    throw new SeamError('object-missing', `the base '${this.label}' has no blob '${id}'`, {
      kind: 'internal',
      data: { id, base: this.label },
    });
  }
}
