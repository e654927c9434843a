/**
 * A whole tree as a directory, there at once or not at all: it is written beside the target and
 * renamed into place. A killed run leaves nothing under the target's name; what it leaves beside it
 * the next run removes. Files are not synced to disk one by one: after a power cut the target may
 * be incomplete, as after any `cp -r`.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SeamError } from '../errors.ts';
import { checkPath, encodePath } from '../patch/path.ts';
import type { Bytes, Mode, Path } from '../patch/types.ts';
import { ownerIsGone, ownerTag } from './owner.ts';
import type { ObjectId, Tree, TreeStore } from './types.ts';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export interface WriteTreeOptions {
  /** Called after every file with the number of files so far. */
  readonly onProgress?: ((files: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Write `tree`, a tree of `store`, to the directory `target` (absolute), which must not exist or be
 * empty. `blobs` has the contents that the store lacks. Modes are 644 and 755 less the umask.
 * Returns the number of files.
 */
export async function writeTree(
  store: TreeStore,
  tree: Tree,
  blobs: ReadonlyMap<ObjectId, Bytes>,
  target: string,
  options: WriteTreeOptions = {},
): Promise<number> {
  checkTarget(target);
  removeLeftOvers(target);
  const prefix = temporaryPrefix(target);
  const temporary = join(
    dirname(target),
    `${prefix}${ownerTag()}-${randomBytes(4).toString('hex')}`,
  );
  mkdirSync(temporary);
  try {
    const writer = new Writer(Buffer.from(temporary));
    await store.contents(tree, blobs, (path, mode, content) => {
      options.signal?.throwIfAborted();
      writer.write(path, mode, content);
      options.onProgress?.(writer.files);
    });
    renameSync(temporary, target);
    return writer.files;
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error instanceof SeamError ? error : failed(target, error);
  }
}

function failed(target: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || cause.name === 'AbortError') return cause;
  return new SeamError('output-failed', `cannot write '${target}': ${cause.message}`, {
    kind: 'environment',
    cause,
    data: { target },
  });
}

function checkTarget(target: string): void {
  if (lstatSync(dirname(target), { throwIfNoEntry: false }) === undefined) {
    throw new SeamError('output-no-parent', `'${dirname(target)}' does not exist`, {
      hint: `mkdir -p '${dirname(target)}'`,
      data: { target },
    });
  }
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found === undefined || (found.isDirectory() && readdirSync(target).length === 0)) return;
  const what = found.isDirectory() ? 'is not empty' : 'exists and is no directory';
  throw new SeamError('output-exists', `'${target}' ${what}`, {
    hint: 'name a directory that does not exist yet',
    data: { target },
  });
}

/** Start of the names under which trees for `target` are written; short enough for any target. */
function temporaryPrefix(target: string): string {
  return `.${basename(target).slice(0, 48)}.seam-`;
}

/** Remove what killed runs for the same target have left; those that still run keep theirs. */
function removeLeftOvers(target: string): void {
  const prefix = temporaryPrefix(target);
  for (const name of readdirSync(dirname(target))) {
    const match = name.startsWith(prefix)
      ? /^([0-9a-f]{8}-\d+)-[0-9a-f]{8}$/.exec(name.slice(prefix.length))
      : null;
    if (match?.[1] !== undefined && ownerIsGone(match[1])) {
      rmSync(join(dirname(target), name), { recursive: true, force: true });
    }
  }
}

/** Creates files below a fresh directory. Nothing that exists is ever opened or followed. */
class Writer {
  files = 0;
  readonly #root: Buffer;
  readonly #directories = new Set<Path>(['']);

  constructor(root: Buffer) {
    this.#root = root;
  }

  write(path: Path, mode: Mode, content: Bytes): void {
    // A base may hold such a path where nobody asked git to check it.
    const reason = checkPath(path, { unprintable: true });
    if (reason !== null) {
      throw new SeamError('unsafe-path', `'${path}' ${reason}`, { data: { path, reason } });
    }
    const slash = path.lastIndexOf('/');
    this.#makeDirectory(slash === -1 ? '' : path.slice(0, slash));
    const file = this.#place(path);
    if (mode === 0o120000) symlinkSync(Buffer.from(content), file);
    else if (mode === 0o160000) mkdirSync(file);
    else writeFile(file, content, mode === 0o100755 ? 0o755 : 0o644);
    this.files += 1;
  }

  #makeDirectory(path: Path): void {
    if (this.#directories.has(path)) return;
    const slash = path.lastIndexOf('/');
    this.#makeDirectory(slash === -1 ? '' : path.slice(0, slash));
    // Fails where a symlink or file of this name was written: it is not entered.
    mkdirSync(this.#place(path));
    this.#directories.add(path);
  }

  #place(path: Path): Buffer {
    return Buffer.concat([this.#root, Buffer.from('/'), encodePath(path)]);
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
