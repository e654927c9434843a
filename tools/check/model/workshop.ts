/**
 * A directory in which one thing at a time is compiled, linked or run. It has the files that the
 * current action needs, as the tree has them; those that an earlier action needed and that are the
 * same stay, all others go. Objects and sources stand where an in-tree `make` puts them.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPath } from '../../patch/path.ts';
import type { Bytes, Mode, Path } from '../../patch/types.ts';
import { SeamError } from '../../errors.ts';
import type { ModelTree } from './trees.ts';
import { ScratchFiles } from '../scratch-files.ts';
import { Starter } from './starter.ts';

const REGULAR = 0o100644;
const SUBMODULE = 0o160000;

export class Workshop {
  /** The tree stands here. */
  readonly directory: string;
  /** Private directories of what runs here. */
  readonly home: string;
  readonly temporary: string;
  /** By which what was started here is found again. */
  readonly job: string;
  /** Starts compilers here. */
  readonly starter: Starter;
  readonly #files: ScratchFiles;
  /** What stands at which path: a blob's id, or the digest of something made. */
  readonly #present = new Map<Path, string>();

  /**
   * `place` is an absolute directory that exists and is used by nobody else; `env` is all that
   * compilers get.
   */
  constructor(place: string, job: string, env: Readonly<Record<string, string>>) {
    this.directory = join(place, 'tree');
    this.home = join(place, 'home');
    this.temporary = join(place, 'tmp');
    this.job = job;
    for (const each of [this.directory, this.home, this.temporary])
      mkdirSync(each, { recursive: true, mode: 0o700 });
    this.#files = new ScratchFiles(this.directory);
    this.starter = new Starter({
      cwd: this.directory,
      env: { ...env, TMPDIR: this.temporary },
      job,
    });
  }

  /**
   * Bring `paths` to what `tree` has there. Files of other trees that this one lacks are removed, as
   * an include could find them.
   */
  place(tree: ModelTree, paths: Iterable<Path>): void {
    for (const [path, id] of this.#present)
      if (id.length === 40 && !tree.has(path)) this.remove(path);
    for (const path of paths) {
      const entry = tree.files.get(path);
      if (entry === undefined || this.#present.get(path) === entry.id) continue;
      this.#write(path, entry.mode, tree.content(path) ?? Buffer.alloc(0), entry.id);
    }
  }

  /** Put something that was made to `path`; `digest` is its SHA-256. */
  put(path: Path, digest: string, content: () => Bytes, mode: Mode = REGULAR): void {
    if (this.#present.get(path) !== digest) this.#write(path, mode, content(), digest);
  }

  /** Whether `path` has the content of this digest. */
  has(path: Path, digest: string): boolean {
    return this.#present.get(path) === digest;
  }

  /** Take over what a program has made at `path`. */
  take(path: Path): Buffer | null {
    this.#present.delete(path);
    try {
      return readFileSync(join(this.directory, path));
    } catch {
      return null;
    }
  }

  /** Remember that what stands at `path` has this digest. */
  made(path: Path, digest: string): void {
    this.#present.set(path, digest);
  }

  remove(path: Path): void {
    this.#present.delete(path);
    this.#files.remove(path);
  }

  /** Make the directory of `path`, for a program that writes there. */
  prepare(path: Path): void {
    this.remove(path);
    this.#files.makeParents(path);
  }

  #write(path: Path, mode: Mode, content: Bytes, digest: string): void {
    const reason = checkPath(path, { unprintable: true });
    if (reason !== null)
      throw new SeamError('unsafe-path', `'${path}' ${reason}`, { data: { path, reason } });
    this.#present.delete(path);
    if (mode !== SUBMODULE) this.#files.write(path, mode, content);
    this.#present.set(path, digest);
  }
}
