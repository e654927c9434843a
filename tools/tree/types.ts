import type { Bytes, Mode, Path } from '../patch/types.ts';
import type { CommitInfo } from '../series/types.ts';

export type { CommitInfo } from '../series/types.ts';

/** Forty hexadecimal digits: the SHA-1 name that git gives to an object. */
export type ObjectId = string;

/** A file in a tree. */
export interface Entry {
  readonly mode: Mode;
  readonly id: ObjectId;
}

/** A change of one path: a new entry, or null when the path goes away. */
export type Change = readonly [path: Path, entry: Entry | null];

/**
 * An immutable tree. Lookups are synchronous: only what `TreeStore.load` was asked for (and the
 * directories above it) can be looked up; other paths throw a `SeamError` of kind `internal`.
 */
export interface Tree {
  /** git's id of the whole tree. Computed on first use; unchanged directories are not hashed again. */
  readonly id: ObjectId;
  /** The file at `path`; null when there is none (or a directory is there). */
  get(path: Path): Entry | null;
  /** What stands at `path`: also tells directories, which `get` does not. */
  kind(path: Path): 'file' | 'directory' | null;
  /** Names in the directory that holds `path`, which must be loaded: for collision checks. */
  siblings(path: Path): Iterable<string>;
  /** The tree with these changes made, in order. Directories that become empty disappear. */
  with(changes: Iterable<Change>): Tree;
}

/** A new commit on top of the one before it in the list (the first: on top of the base). */
export interface NewCommit {
  readonly info: CommitInfo;
  readonly tree: Tree;
  /** What differs from the commit before. */
  readonly changes: readonly Change[];
}

/**
 * Takes one file: its content, for a symlink its target, for a submodule nothing. Synchronous, so
 * that contents are read at the pace at which they can be written.
 */
export type VisitFile = (path: Path, mode: Mode, content: Bytes) => void;

/** Which files to visit. Asked about directories too, whose paths end with `/`: no means nothing below. */
export type Wanted = (path: Path) => boolean;

/** A base that patches apply to: a revision of a repository, a directory, or memory. */
export interface TreeStore {
  readonly kind: 'git' | 'isomorphic-git' | 'directory' | 'memory';
  /** How messages name it: `/src/linux@v6.1`. */
  readonly label: string;
  /** The commit that the base is, when it is one. */
  readonly commit: ObjectId | null;
  /**
   * Load the entries of `paths` and of every directory above them, in as few round trips as the
   * store can. The tree answers for those paths only.
   */
  load(paths: Iterable<Path>): Promise<Tree>;
  /** Contents of blobs, in one batch. The map has every id that was asked for, or this throws. */
  blobs(ids: Iterable<ObjectId>): Promise<Map<ObjectId, Bytes>>;
  /**
   * The blob whose id starts with `prefix` (at least 4 digits), or null when there is none or more
   * than one. For three-way merges from the ids that a patch records.
   */
  findBlob(prefix: string): Promise<{ readonly id: ObjectId; readonly bytes: Bytes } | null>;
  /**
   * Call `visit` for every file of `tree`, a tree of this store, in whatever order is fastest.
   * `made` holds the content of blobs that the store itself lacks. What is not `wanted` is not read.
   */
  contents(
    tree: Tree,
    made: ReadonlyMap<ObjectId, Bytes>,
    visit: VisitFile,
    wanted?: Wanted,
  ): Promise<void>;
  /** Stop children, close files. */
  close(): Promise<void>;
}

/** A store that can hold commits: where `seam apply --branch` writes. */
export interface CommitStore extends TreeStore {
  /**
   * Write the commits and point `branch` (`refs/heads/…`) at the last of them, all or nothing:
   * `expected` is the id the branch must have now, null when it must not exist.
   * `blobs` holds the content of every new blob. Returns the ids of the commits.
   */
  write(
    branch: string,
    expected: ObjectId | null,
    commits: readonly NewCommit[],
    blobs: ReadonlyMap<ObjectId, Bytes>,
  ): Promise<readonly ObjectId[]>;
  /** Announce a blob that `write` is going to need: another processor can begin to pack it. */
  prepare(id: ObjectId, content: Bytes): void;
  /** Put a note beside each commit under `ref` (`refs/notes/…`), in place of one that is there. */
  annotate(ref: string, notes: ReadonlyMap<ObjectId, Bytes>): Promise<void>;
  /** The commit that `ref` names, or null. */
  resolve(ref: string): Promise<ObjectId | null>;
}
