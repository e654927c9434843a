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
  /** Directories above what was put. */
  private readonly above = new Set<Path>();

  constructor(before: Tree, contents: Contents) {
    this.before = before;
    this.contents = contents;
  }

  /** The file as the files of this patch before now left it. */
  get(path: Path): Entry | null {
    const changed = this.overlay.get(path);
    return changed === undefined ? this.before.get(path) : changed;
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
    const all = [...this.overlay].filter(([path, entry]) => !same(entry, this.before.get(path)));
    return [
      ...all.filter(([, entry]) => entry === null),
      ...all.filter(([, entry]) => entry !== null),
    ];
  }
}

function same(a: Entry | null, b: Entry | null): boolean {
  return a === b || (a !== null && b !== null && a.id === b.id && a.mode === b.mode);
}
