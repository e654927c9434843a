/**
 * A directory to build and test in, reused from tree to tree. Only what differs is written, so that
 * the modification times of all else stay and `make` builds only what it must.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bytes, Path } from '../patch/types.ts';
import { writeTree } from '../tree/output.ts';
import type { Entry, ObjectId, Tree, TreeStore } from '../tree/types.ts';
import { ScratchFiles, type Stamp } from './scratch-files.ts';

/**
 * Least time between the end of a run and the next write, in ms. File systems take times from a
 * clock that ticks every 1 to 10 ms: a source written in the tick in which its object was made
 * would look no newer, and `make` would keep the object.
 */
const TICK_MS = 12;
const SUBMODULE = 0o160000;

/** Trees that differ only at `paths`, and where their contents are. */
export interface TreeFamily {
  readonly store: TreeStore;
  /** Every path at which two of the trees may differ; each tree answers for all of them. */
  readonly paths: ReadonlySet<Path>;
  /** Contents that the store lacks. */
  readonly blobs: ReadonlyMap<ObjectId, Bytes>;
}

export class Scratch {
  /** The tree stands here. */
  readonly directory: string;
  /** For what is built from it; as old as the tree's directory. */
  readonly build: string;
  /** Private directories of the commands that run in it. */
  readonly home: string;
  readonly temporary: string;
  /** Takes the output of a run. */
  readonly output: string;
  readonly #family: TreeFamily;
  readonly #files: ScratchFiles;
  #stamps: Map<Path, Stamp> | null = null;
  #tree: Tree | null = null;

  /** `place` is an absolute directory that exists and is used by nobody else. */
  constructor(place: string, family: TreeFamily) {
    this.directory = join(place, 'tree');
    this.build = join(place, 'build');
    this.home = join(place, 'home');
    this.temporary = join(place, 'tmp');
    this.output = join(place, 'output');
    this.#family = family;
    this.#files = new ScratchFiles(this.directory);
  }

  /**
   * Make the files those of `tree`. What commands made beside them stays, or goes with `clean`; what they
   * did to files of the tree is undone. Returns how many files of the tree were written or removed.
   */
  async checkout(tree: Tree, options: { clean: boolean; signal: AbortSignal }): Promise<number> {
    for (const directory of [this.home, this.temporary]) {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    }
    if (options.clean || this.#stamps === null) this.#emptyBuild();
    if (this.#stamps === null) return this.#fill(tree, options.signal);
    if (options.clean) this.#files.sweep(this.#stamps);
    await wait(TICK_MS);
    const known = this.#stamps;
    const changed = this.#changed(tree, known);
    const wanted = await this.#entries(tree, changed);
    const contents = await this.#contents(wanted);
    // Until the last file is written the directory is no tree at all.
    this.#stamps = null;
    for (const [path, entry] of wanted) if (entry === null) this.#files.remove(path);
    for (const [path, entry] of wanted) {
      known.delete(path);
      if (entry === null) continue;
      this.#files.write(path, entry.mode, contents.get(entry.id) ?? Buffer.alloc(0));
      known.set(path, this.#files.stamp(path) ?? '');
    }
    this.#stamps = known;
    this.#tree = tree;
    return wanted.size;
  }

  #emptyBuild(): void {
    rmSync(this.build, { recursive: true, force: true });
    mkdirSync(this.build, { mode: 0o700 });
  }

  async #fill(tree: Tree, signal: AbortSignal): Promise<number> {
    rmSync(this.directory, { recursive: true, force: true });
    const { store, blobs } = this.#family;
    const count = await writeTree(store, tree, blobs, this.directory, { signal });
    this.#stamps = this.#files.stamps();
    this.#tree = tree;
    return count;
  }

  /** Paths at which the directory is not as `tree` has it. */
  #changed(tree: Tree, known: ReadonlyMap<Path, Stamp>): Set<Path> {
    const changed = new Set<Path>();
    for (const path of this.#family.paths) {
      const [has, wants] = [this.#tree?.get(path) ?? null, tree.get(path)];
      if (has?.id !== wants?.id || has?.mode !== wants?.mode) changed.add(path);
    }
    for (const [path, stamp] of known) {
      if (this.#files.stamp(path) !== stamp) changed.add(path);
    }
    return changed;
  }

  async #entries(tree: Tree, paths: ReadonlySet<Path>): Promise<Map<Path, Entry | null>> {
    const others = [...paths].filter((path) => !this.#family.paths.has(path));
    // The same in every tree of the family, hence as in the base.
    const base = others.length === 0 ? tree : await this.#family.store.load(others);
    const entry = (path: Path): Entry | null =>
      this.#family.paths.has(path) ? tree.get(path) : base.get(path);
    return new Map([...paths].map((path) => [path, entry(path)]));
  }

  async #contents(entries: ReadonlyMap<Path, Entry | null>): Promise<Map<ObjectId, Bytes>> {
    const { store, blobs } = this.#family;
    const found = new Map<ObjectId, Bytes>();
    const missing = new Set<ObjectId>();
    for (const entry of entries.values()) {
      if (entry === null || entry.mode === SUBMODULE) continue;
      const made = blobs.get(entry.id);
      if (made === undefined) missing.add(entry.id);
      else found.set(entry.id, made);
    }
    if (missing.size === 0) return found;
    for (const [id, bytes] of await store.blobs(missing)) found.set(id, bytes);
    return found;
  }
}
