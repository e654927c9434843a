/**
 * The immutable tree: a directory is a listing as some store gave it, plus what was changed since.
 * Versions share every directory that they have in common; hashing is put off until an id is asked
 * for and then touches changed directories only. Pure: a store's listing does the reading.
 */
import { SeamError } from '../errors.ts';
import type { Path } from '../patch/types.ts';
import {
  EMPTY_TREE,
  TREE_MODE,
  canonicalMode,
  findItem,
  hashObject,
  replaceItems,
  treeItems,
  type TreeItem,
} from './objects.ts';
import type { Change, Entry, ObjectId, Tree } from './types.ts';

/** A sub-directory of which only the id is known. */
export interface Unloaded {
  readonly mode: typeof TREE_MODE;
  readonly id: ObjectId;
}

/** What a name in a directory stands for. */
export type Slot = Entry | Directory | Unloaded;

/** The content of a directory as its store has it. */
export interface Listing {
  find(name: string): Slot | null;
  names(): Iterable<string>;
  slots(): Iterable<readonly [name: string, slot: Slot]>;
  /** The directory as a tree object. May read and hash everything below it. */
  raw(): Buffer;
}

/** A listing over a tree object. `loaded` has the sub-directories that can be entered. */
export class PackedListing implements Listing {
  readonly #raw: Buffer;
  readonly #loaded: ReadonlyMap<string, Directory>;

  constructor(raw: Buffer, loaded: ReadonlyMap<string, Directory> = new Map()) {
    this.#raw = raw;
    this.#loaded = loaded;
  }

  find(name: string): Slot | null {
    const loaded = this.#loaded.get(name);
    if (loaded !== undefined) return loaded;
    const item = findItem(this.#raw, name);
    return item === null ? null : slotOf(item);
  }

  *slots(): Generator<readonly [string, Slot]> {
    for (const item of treeItems(this.#raw)) {
      yield [item.name, this.#loaded.get(item.name) ?? slotOf(item)];
    }
  }

  *names(): Generator<string> {
    for (const item of treeItems(this.#raw)) yield item.name;
  }

  raw(): Buffer {
    return this.#raw;
  }

  /** The same listing with `changes` made, as a tree object again. */
  static settle(base: Listing, changes: ReadonlyMap<string, Slot | null>): PackedListing {
    const loaded = new Map(base instanceof PackedListing ? base.#loaded : loadedOf(base));
    const raw = replaceItems(base.raw(), changes);
    for (const [name, slot] of changes) {
      if (slot instanceof Directory) loaded.set(name, slot);
      else loaded.delete(name);
    }
    return new PackedListing(raw, loaded);
  }
}

function* loadedOf(listing: Listing): Generator<[string, Directory]> {
  for (const [name, slot] of listing.slots()) if (slot instanceof Directory) yield [name, slot];
}

function slotOf(item: TreeItem): Entry | Unloaded {
  return item.mode === TREE_MODE
    ? { mode: TREE_MODE, id: item.id }
    : { mode: canonicalMode(item.mode), id: item.id };
}

/**
 * Changes that a packed directory may carry before they are worked in. Many versions made in a row
 * would otherwise each repeat all changes since the first.
 */
const MAX_CHANGES = 8;

const NO_CHANGES: ReadonlyMap<string, Slot | null> = new Map();

/** One version of one directory. */
export class Directory {
  readonly mode = TREE_MODE;
  #listing: Listing;
  #changes: ReadonlyMap<string, Slot | null>;
  #id: ObjectId | null;

  constructor(listing: Listing, id: ObjectId | null = null, changes = NO_CHANGES) {
    this.#listing = listing;
    this.#changes = changes;
    this.#id = id;
  }

  static readonly EMPTY = new Directory(new PackedListing(Buffer.alloc(0)), EMPTY_TREE);

  find(name: string): Slot | null {
    const changed = this.#changes.get(name);
    return changed === undefined ? this.#listing.find(name) : changed;
  }

  *names(): Generator<string> {
    for (const name of this.#listing.names()) if (!this.#changes.has(name)) yield name;
    for (const [name, slot] of this.#changes) if (slot !== null) yield name;
  }

  *slots(): Generator<readonly [string, Slot]> {
    for (const pair of this.#listing.slots()) if (!this.#changes.has(pair[0])) yield pair;
    for (const [name, slot] of this.#changes) if (slot !== null) yield [name, slot];
  }

  get isEmpty(): boolean {
    return this.slots().next().done === true;
  }

  set(name: string, slot: Slot | null): Directory {
    if (this.#changes.size >= MAX_CHANGES && this.#listing instanceof PackedListing) this.raw();
    return new Directory(this.#listing, null, new Map(this.#changes).set(name, slot));
  }

  get id(): ObjectId {
    this.#id ??= hashObject('tree', this.raw());
    return this.#id;
  }

  /** The directory as a tree object. */
  raw(): Buffer {
    if (this.#changes.size > 0) {
      // The value stays the same, its form gets shorter: later versions start from here.
      this.#listing = PackedListing.settle(this.#listing, this.#changes);
      this.#changes = NO_CHANGES;
    }
    return this.#listing.raw();
  }
}

/** A `Tree` over a root directory. */
export class DirectoryTree implements Tree {
  readonly root: Directory;

  constructor(root: Directory) {
    this.root = root;
  }

  get id(): ObjectId {
    return this.root.id;
  }

  get(path: Path): Entry | null {
    const slot = this.#slot(path);
    return slot === null || slot.mode === TREE_MODE ? null : slot;
  }

  kind(path: Path): 'file' | 'directory' | null {
    const slot = this.#slot(path);
    if (slot === null) return null;
    return slot.mode === TREE_MODE ? 'directory' : 'file';
  }

  siblings(path: Path): Iterable<string> {
    const slash = path.lastIndexOf('/');
    const parent = slash === -1 ? this.root : this.#slot(path.slice(0, slash));
    if (parent === null || !isDirectory(parent)) return [];
    return entered(parent, path).names();
  }

  with(changes: Iterable<Change>): Tree {
    let root = this.root;
    for (const [path, entry] of changes) root = changed(root, path.split('/'), 0, entry, path);
    return root === this.root ? this : new DirectoryTree(root);
  }

  #slot(path: Path): Slot | null {
    let slot: Slot | null = this.root;
    for (let at = 0; at <= path.length;) {
      if (slot === null || !isDirectory(slot)) return null;
      const slash = path.indexOf('/', at);
      const end = slash === -1 ? path.length : slash;
      slot = entered(slot, path).find(path.slice(at, end));
      at = end + 1;
    }
    return slot;
  }
}

function isDirectory(slot: Slot): slot is Directory | Unloaded {
  return slot.mode === TREE_MODE;
}

function entered(slot: Directory | Unloaded, path: Path): Directory {
  if (slot instanceof Directory) return slot;
  throw new SeamError('tree-not-loaded', `'${path}' was not loaded from the base`, {
    kind: 'internal',
    data: { path },
  });
}

/**
 * `directory` with the file at `parts[depth…]` set or removed, and the directories above it made or
 * dropped. As in `git fast-import`, a file gives way to a directory of its name and the reverse.
 */
function changed(
  directory: Directory,
  parts: readonly string[],
  depth: number,
  entry: Entry | null,
  path: Path,
): Directory {
  const name = parts[depth] ?? '';
  if (depth === parts.length - 1) {
    return entry === null && directory.find(name) === null ? directory : directory.set(name, entry);
  }
  const slot = directory.find(name);
  const exists = slot !== null && isDirectory(slot);
  if (!exists && entry === null) return directory;
  const child = exists ? entered(slot, path) : Directory.EMPTY;
  const next = changed(child, parts, depth + 1, entry, path);
  if (next === child) return directory;
  return directory.set(name, entry === null && next.isEmpty ? null : next);
}
