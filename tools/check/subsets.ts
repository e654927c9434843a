/** Trees that have some patches of a series and not the others. */
import { extractPatches } from '../apply/extract.ts';
import type { Footprints } from '../deps/types.ts';
import type { Bytes } from '../patch/types.ts';
import type { Patch } from '../series/types.ts';
import type { ObjectId, Tree, TreeStore } from '../tree/types.ts';

/** A series as it applied, and where trees of its patches come from. */
export interface Applied {
  readonly store: TreeStore;
  readonly patches: readonly Patch[];
  readonly footprints: Footprints;
  /** The base, in which all paths of the series are loaded. */
  readonly base: Tree;
  /** Trees behind each patch of the whole series. */
  readonly trees: readonly Tree[];
  /** Contents that patches make; those of subsets are added. */
  readonly blobs: Map<ObjectId, Bytes>;
}

export class Subsets {
  readonly #applied: Applied;
  readonly #trees = new Map<string, Promise<Tree | null>>();

  constructor(applied: Applied) {
    this.#applied = applied;
  }

  /**
   * The base with the patches `chosen` (indexes, ascending) and no others; null if they do not apply
   * without the rest, every hunk where it belongs.
   */
  async at(chosen: readonly number[]): Promise<Tree | null> {
    const name = chosen.join(' ');
    let tree = this.#trees.get(name);
    if (tree === undefined) this.#trees.set(name, (tree = this.#make(chosen)));
    return tree;
  }

  async #make(chosen: readonly number[]): Promise<Tree | null> {
    const { store, patches, footprints, base, trees, blobs } = this.#applied;
    const last = chosen.length - 1;
    // The first patches without a gap are what the whole series has there.
    if (chosen[last] === last) return trees[last] ?? null;
    const extracted = await extractPatches(store, patches, footprints, chosen);
    if (extracted.kind !== 'extracted') return null;
    const { verdicts, blobs: made } = extracted.result;
    for (const [id, bytes] of made) blobs.set(id, bytes);
    return base.with(verdicts.flatMap(({ changes }) => changes));
  }
}
