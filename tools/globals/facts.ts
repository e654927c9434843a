/** Facts by content: what was read once, by whichever patch, is not read again. */
import type { ActionStore } from '../check/types.ts';
import type { Bytes, Path } from '../patch/types.ts';
import type { ObjectId } from '../tree/types.ts';
import { type Helper, startHelpers } from './helper.ts';
import type { PoolOptions } from './pool.ts';
import { FactShelf, MANY, type Parcel } from './shelf.ts';
import type { FileFacts, TreeFacts } from './types.ts';

/** Programs of the build machine, in kernel trees: no part of what runs. */
const HOST_PROGRAMS = /^(?:scripts|tools|Documentation|samples)\//;

/** C and its headers. */
export function isSource(path: Path): boolean {
  return path.endsWith('.c') || path.endsWith('.h');
}

/** What belongs to the kernel, where nobody says what is meant. */
export function isKernelSource(path: Path): boolean {
  return isSource(path) && !HOST_PROGRAMS.test(path);
}

/** Which contents a tree has, by path. */
export type Blobs = ReadonlyMap<Path, ObjectId>;

/** Facts of contents, kept in memory and, with a store, between runs. */
export class FactKeeper {
  readonly #shelf: FactShelf | null;
  readonly #known = new Map<ObjectId, FileFacts>();
  #helpers: readonly Helper[] = [];
  /** Bytes that will have to be read. */
  #foreseen = 0;

  constructor(store: ActionStore | null) {
    this.#shelf = store === null ? null : new FactShelf(store);
  }

  /** Facts of this content will be asked for: threads start while the rest of the tree is read. */
  foresee(id: ObjectId, size: number): void {
    if (this.#recall(id)) return;
    this.#foreseen += size;
    if (this.#helpers.length === 0) this.#helpers = startHelpers(this.#foreseen);
  }

  /** Facts of every source file of a tree. `contents` has at least those that are not known yet. */
  async factsOf(
    blobs: Blobs,
    contents: ReadonlyMap<ObjectId, Bytes>,
    options: PoolOptions = {},
  ): Promise<TreeFacts> {
    const missing = [...new Set(blobs.values())].filter((id) => !this.#recall(id));
    if (missing.length > 0) await this.#read(missing, contents, options);
    return new Map([...blobs].flatMap(([path, id]) => pair(path, this.#known.get(id))));
  }

  async #read(
    missing: readonly ObjectId[],
    contents: ReadonlyMap<ObjectId, Bytes>,
    options: PoolOptions,
  ): Promise<void> {
    // The parser takes a while to load, and most of the time there is nothing to read.
    const { readFiles } = await import('./pool.ts');
    const unread = missing.map((id) => contentOf(contents, id));
    const helpers = this.#helpers;
    [this.#helpers, this.#foreseen] = [[], 0];
    const parcels = new Map<ObjectId, Buffer>();
    try {
      // Kept as they come: while one thread writes, the others read.
      await readFiles(unread, { ...options, helpers }, (index, facts, json) => {
        const id = missing[index] ?? '';
        this.#known.set(id, facts);
        if (this.#shelf === null) return;
        if (missing.length < MANY) this.#shelf.keep(id, facts);
        else parcels.set(id, Buffer.from(json ?? JSON.stringify(facts)));
      });
    } finally {
      // What was read before an interruption is kept as well.
      if (parcels.size > 0) this.#shelf?.keepMany(inOrder(missing, parcels));
    }
  }

  #recall(id: ObjectId): boolean {
    if (this.#known.has(id)) return true;
    const kept = this.#shelf?.recall(id) ?? null;
    if (kept === null) return false;
    this.#known.set(id, kept);
    return true;
  }
}

/** In the order of the tree: a folder's files are asked for together. */
function inOrder(ids: readonly ObjectId[], parcels: ReadonlyMap<ObjectId, Buffer>): Parcel[] {
  return ids.flatMap((id) => {
    const json = parcels.get(id);
    return json === undefined ? [] : [[id, json] as const];
  });
}

function pair(path: Path, facts: FileFacts | undefined): [Path, FileFacts][] {
  return facts === undefined ? [] : [[path, facts]];
}

function contentOf(contents: ReadonlyMap<ObjectId, Bytes>, id: ObjectId): Bytes {
  const content = contents.get(id);
  if (content === undefined) throw new RangeError(`no content of '${id}'`);
  return content;
}
