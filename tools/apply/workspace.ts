/** The files that one patch changes, between the tree before it and the tree after it. */
import { SeamError } from '../errors.ts';
import type { Bytes, Mode, Path } from '../patch/types.ts';
import { hashObject } from '../tree/objects.ts';
import type { Change, Entry, ObjectId, Tree } from '../tree/types.ts';

/** Blob contents by id: those read from the base, and those that patches made. */
export type Contents = Map<ObjectId, Bytes>;

/** An overlay on a tree that can be thrown away: nothing is changed until `tree` is asked for. */
export class Workspace {
  readonly before: Tree;
  private readonly contents: Contents;
  private readonly overlay = new Map<Path, Entry | null>();
  /** What was looked up in the tree before: every lookup reads all directories on the way. */
  private readonly originals = new Map<Path, Entry | null>();
  /** Directories above what was put. */
  private readonly above = new Set<Path>();

  constructor(before: Tree, contents: Contents) {
    this.before = before;
    this.contents = contents;
  }

  /** The file in the tree before. */
  original(path: Path): Entry | null {
    let entry = this.originals.get(path);
    if (entry === undefined) this.originals.set(path, (entry = this.before.get(path)));
    return entry;
  }

  /** The file as this patch has put it up to now; null when it has not put one there. */
  made(path: Path): Entry | null {
    return this.overlay.get(path) ?? null;
  }

  /** The file as it is now. */
  get(path: Path): Entry | null {
    return this.touched(path) ? this.made(path) : this.original(path);
  }

  /** Whether this patch has changed, made or removed `path` already. */
  touched(path: Path): boolean {
    return this.overlay.has(path);
  }

  /** Whether this patch has put a file below `directory`. */
  holdsNew(directory: Path): boolean {
    return this.above.has(directory);
  }

  content(entry: Entry): Bytes {
    const bytes = this.contents.get(entry.id);
    if (bytes !== undefined) return bytes;
    throw new SeamError('content-not-loaded', `content of blob ${entry.id} was not loaded`, {
      kind: 'internal',
    });
  }

  put(path: Path, mode: Mode, bytes: Bytes): ObjectId {
    const id = hashObject('blob', bytes);
    if (!this.contents.has(id)) this.contents.set(id, bytes);
    this.overlay.set(path, { mode, id });
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
      this.above.add(path.slice(0, slash));
    return id;
  }

  remove(path: Path): void {
    this.overlay.set(path, null);
  }

  /** What differs from the tree before: removals first, so that a file can become a directory. */
  changes(): Change[] {
    const all = [...this.overlay].filter(([path, entry]) => !same(entry, this.original(path)));
    return [
      ...all.filter(([, entry]) => entry === null),
      ...all.filter(([, entry]) => entry !== null),
    ];
  }
}

function same(a: Entry | null, b: Entry | null): boolean {
  return a === b || (a !== null && b !== null && a.id === b.id && a.mode === b.mode);
}
