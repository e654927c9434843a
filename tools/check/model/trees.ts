/** The trees of a series as the compiler may see them: every path with its blob, contents by id. */
import {
  type Closure,
  ClosureFinder,
  type SearchPaths,
  type SourceFiles,
} from '../../kbuild/closure.ts';
import { type Scan, scan } from '../../kbuild/scan.ts';
import type { Bytes, Path } from '../../patch/types.ts';
import { hashObject } from '../../tree/objects.ts';
import type { Entry, ObjectId, Tree } from '../../tree/types.ts';
import type { TreeFamily } from '../scratch.ts';
import { sha256 } from '../store.ts';

const LINK = 0o120000;
const SUBMODULE = 0o160000;

/** What is known of blobs whatever tree they are in. */
interface Blobs {
  readonly contents: Map<ObjectId, Bytes>;
  readonly scans: Map<ObjectId, Scan>;
}

/** Makes trees of one family; the base is read when the first is asked for. */
export class ModelTrees {
  readonly #family: TreeFamily;
  readonly #blobs: Blobs = { contents: new Map(), scans: new Map() };
  readonly #trees = new Map<ObjectId, ModelTree>();
  #base: Promise<ReadonlyMap<Path, Entry>> | null = null;

  constructor(family: TreeFamily) {
    this.#family = family;
  }

  async at(tree: Tree): Promise<ModelTree> {
    this.#base ??= this.#readBase();
    const base = await this.#base;
    let made = this.#trees.get(tree.id);
    if (made === undefined) {
      made = await this.#make(tree, base);
      this.#trees.set(tree.id, made);
    }
    return made;
  }

  async #readBase(): Promise<ReadonlyMap<Path, Entry>> {
    const { store } = this.#family;
    const files = new Map<Path, Entry>();
    await store.contents(await store.load([]), new Map(), (path, mode, content) => {
      const id = hashObject('blob', content);
      this.#blobs.contents.set(id, Uint8Array.from(content));
      files.set(path, { mode, id });
    });
    return files;
  }

  async #make(tree: Tree, base: ReadonlyMap<Path, Entry>): Promise<ModelTree> {
    const files = new Map(base);
    const missing = new Set<ObjectId>();
    for (const path of this.#family.paths) {
      const entry = tree.get(path);
      if (entry === null) files.delete(path);
      else files.set(path, entry);
      if (entry !== null && !this.#has(entry)) missing.add(entry.id);
    }
    if (missing.size > 0)
      for (const [id, bytes] of await this.#family.store.blobs(missing))
        this.#blobs.contents.set(id, bytes);
    return new ModelTree(tree.id, files, this.#blobs);
  }

  #has({ mode, id }: Entry): boolean {
    const { contents } = this.#blobs;
    const made = this.#family.blobs.get(id);
    if (made !== undefined) contents.set(id, made);
    return mode === SUBMODULE || contents.has(id);
  }
}

/** One tree. */
export class ModelTree implements SourceFiles {
  /** git's id of it. */
  readonly id: ObjectId;
  readonly files: ReadonlyMap<Path, Entry>;
  readonly hasLinks: boolean;
  readonly #blobs: Blobs;
  readonly #finders = new Map<string, ClosureFinder>();
  readonly #closures = new Map<string, Reach>();
  #paths: readonly Path[] | null = null;

  constructor(id: ObjectId, files: ReadonlyMap<Path, Entry>, blobs: Blobs) {
    this.id = id;
    this.files = files;
    this.#blobs = blobs;
    this.hasLinks = [...files.values()].some(({ mode }) => mode === LINK);
  }

  /** Whether it looks like the modelled kernel: then there is something to build. */
  get isModel(): boolean {
    return ['Makefile', 'Kbuild', 'Kconfig'].every((path) => this.files.has(path));
  }

  has(path: Path): boolean {
    return this.files.has(path);
  }

  /** All of them, in a fixed order. */
  paths(): readonly Path[] {
    return (this.#paths ??= [...this.files.keys()].sort());
  }

  content(path: Path): Bytes | null {
    const entry = this.files.get(path);
    return entry === undefined ? null : (this.#blobs.contents.get(entry.id) ?? null);
  }

  /** As Latin-1: a byte is a character. */
  text(path: Path): string | null {
    const bytes = this.content(path);
    return bytes === null ? null : Buffer.from(bytes).toString('latin1');
  }

  /** What decides a result that reads these files: their paths, modes and blobs. */
  digest(paths: Iterable<Path>): string {
    const lines: string[] = [];
    for (const path of paths) {
      const entry = this.files.get(path);
      lines.push(entry === undefined ? `${path}\n` : `${path} ${entry.mode} ${entry.id}\n`);
    }
    return sha256(lines.join(''));
  }

  scan(path: Path): Scan {
    const id = this.files.get(path)?.id ?? '';
    let found = this.#blobs.scans.get(id);
    if (found === undefined) {
      found = scan(this.text(path) ?? '');
      this.#blobs.scans.set(id, found);
    }
    return found;
  }

  /** What compiling `source` may read. */
  reach(source: Path, search: SearchPaths): Reach {
    const name = JSON.stringify(search);
    const key = `${source}\n${name}`;
    let reach = this.#closures.get(key);
    if (reach === undefined) {
      let finder = this.#finders.get(name);
      if (finder === undefined) this.#finders.set(name, (finder = new ClosureFinder(this, search)));
      const closure = finder.closure(source);
      reach = { closure, digest: this.digest(closure.paths) };
      this.#closures.set(key, reach);
    }
    return reach;
  }
}

/** A closure and the digest of all that is in it. */
export interface Reach {
  readonly closure: Closure;
  readonly digest: string;
}
