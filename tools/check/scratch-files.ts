/** Changing files below one directory whose content is not trusted: nothing is followed out of it. */
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { decodePath, encodePath } from '../patch/path.ts';
import type { Bytes, Mode, Path } from '../patch/types.ts';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * What tells that a file was written to, replaced or given other rights or names since it was last seen:
 * nobody can set the time of the last change of its inode.
 */
export type Stamp = string;

/** Of a directory: the empty one that stands for a submodule, or what a command put in a file's place. */
const DIRECTORY: Stamp = 'directory';

export class ScratchFiles {
  readonly #root: Buffer;

  /** `root` is absolute. */
  constructor(root: string) {
    this.#root = Buffer.from(root);
  }

  /** Stamps of all files below the root, and of empty directories. */
  stamps(): Map<Path, Stamp> {
    const found = new Map<Path, Stamp>();
    const enter = (directory: Path | null): void => {
      const items = this.#list(directory);
      if (items.length === 0 && directory !== null) found.set(directory, DIRECTORY);
      for (const { path, isDirectory } of items) {
        if (isDirectory) enter(path);
        else found.set(path, this.stamp(path) ?? '');
      }
    };
    enter(null);
    return found;
  }

  /** Remove all that is not among `known`: files, links, and directories without one of those. */
  sweep(known: ReadonlyMap<Path, Stamp>): void {
    const directories = new Set([...known.keys()].flatMap(parentsOf));
    const enter = (directory: Path | null): void => {
      for (const { path, isDirectory } of this.#list(directory)) {
        const stays = directories.has(path) || known.get(path) === DIRECTORY;
        if (isDirectory && stays) enter(path);
        else if (!known.has(path)) removeAll(this.#place(path));
      }
    };
    enter(null);
  }

  /** What is in a directory; null for the root. */
  #list(directory: Path | null): { readonly path: Path; readonly isDirectory: boolean }[] {
    const at = directory === null ? this.#root : this.#place(directory);
    const above = directory === null ? '' : `${directory}/`;
    return readdirSync(at, { withFileTypes: true, encoding: 'buffer' }).map((item) => ({
      path: above + decodePath(item.name),
      isDirectory: item.isDirectory(),
    }));
  }

  stamp(path: Path): Stamp | null {
    const stat = lstatSync(this.#place(path), { throwIfNoEntry: false });
    if (stat === undefined) return null;
    if (stat.isDirectory()) return DIRECTORY;
    return `${stat.ino} ${stat.size} ${stat.mode} ${stat.mtimeMs} ${stat.ctimeMs}`;
  }

  /** Put a file in place of whatever is there. Its directories are made, where they are none. */
  write(path: Path, mode: Mode, content: Bytes): void {
    this.makeParents(path);
    const file = this.#place(path);
    removeAll(file);
    if (mode === 0o160000) mkdirSync(file);
    else if (mode === 0o120000) symlinkSync(Buffer.from(content), file);
    else writeFile(file, content, mode === 0o100755 ? 0o755 : 0o644);
  }

  /** Remove a file, and the directories above it that are empty then. */
  remove(path: Path): void {
    if (!this.#isInside(path)) return;
    removeAll(this.#place(path));
    for (const directory of parentsOf(path).reverse()) {
      try {
        rmdirSync(this.#place(directory));
      } catch {
        // Not empty: build products stay.
        return;
      }
    }
  }

  makeParents(path: Path): void {
    for (const directory of parentsOf(path)) {
      const place = this.#place(directory);
      // A command may have put a symbolic link here, which would lead us out.
      if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === true) continue;
      rmSync(place, { force: true });
      mkdirSync(place);
    }
  }

  #isInside(path: Path): boolean {
    return parentsOf(path).every(
      (directory) =>
        lstatSync(this.#place(directory), { throwIfNoEntry: false })?.isDirectory() === true,
    );
  }

  #place(path: Path): Buffer {
    return Buffer.concat([this.#root, Buffer.from('/'), encodePath(path)]);
  }
}

/** `a`, `a/b` for `a/b/c`. */
function parentsOf(path: Path): Path[] {
  const parents: Path[] = [];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
    parents.push(path.slice(0, at));
  return parents;
}

/** A file at once; only what is none takes the long way. */
function removeAll(place: Buffer): void {
  try {
    unlinkSync(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    rmSync(place, { recursive: true, force: true });
  }
}

function writeFile(file: Buffer, content: Bytes, mode: number): void {
  const fd = openSync(file, CREATE, mode);
  try {
    for (let at = 0; at < content.length;) at += writeSync(fd, content, at);
  } finally {
    closeSync(fd);
  }
}
