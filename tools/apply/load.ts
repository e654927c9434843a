/**
 * What applying a series reads from the base: everything that any patch can touch, asked for before
 * the first patch is applied and taken as it comes. git unpacks contents on one processor while
 * patches are applied on another.
 */
import type { Path } from '../patch/types.ts';
import type { Patch } from '../series/types.ts';
import type { ObjectId, Tree, TreeStore } from '../tree/types.ts';
import { pathsOf } from './target.ts';
import type { Contents } from './workspace.ts';

export interface Loaded {
  readonly tree: Tree;
  /** Filled as contents arrive. */
  readonly contents: Contents;
  /** Wait for what `patch` needs; those before it in the series must have been waited for. */
  ready(patch: Patch): Promise<unknown>;
}

/** Contents in one question: enough to make asking cheap, few enough to begin early. */
const BATCH = 16;
const SUBMODULE = 0o160000;

/** Start to read from `store` what `patches`, in the order in which they are applied, need. */
export async function load(store: TreeStore, patches: readonly Patch[]): Promise<Loaded> {
  const paths = new Map(patches.map((patch) => [patch, touchedBy(patch)]));
  const tree = await store.load(new Set([...paths.values()].flatMap((some) => [...some])));
  const contents: Contents = new Map();
  const arrivals = new Map<Patch, Promise<unknown>>();
  const asked = new Set<ObjectId>();
  let waiting: Patch[] = [];
  let batch: ObjectId[] = [];
  for (const [patch, touched] of paths) {
    for (const id of blobsAt(tree, touched)) {
      if (!asked.has(id)) batch.push(id);
      asked.add(id);
    }
    waiting.push(patch);
    if (batch.length < BATCH && arrivals.size + waiting.length < paths.size) continue;
    const arrival = take(store, batch, contents);
    for (const each of waiting) arrivals.set(each, arrival);
    [waiting, batch] = [[], []];
  }
  return { tree, contents, ready: async (patch) => arrivals.get(patch) };
}

function touchedBy(patch: Patch): Set<Path> {
  return new Set(patch.files.flatMap((file) => pathsOf(file)));
}

function* blobsAt(tree: Tree, paths: Iterable<Path>): Generator<ObjectId> {
  for (const path of paths) {
    const entry = tree.get(path);
    if (entry !== null && entry.mode !== SUBMODULE) yield entry.id;
  }
}

function take(store: TreeStore, ids: readonly ObjectId[], contents: Contents): Promise<unknown> {
  const arrival = store.blobs(ids).then((found) => {
    for (const [id, bytes] of found) contents.set(id, bytes);
    return contents;
  });
  // A failure is told to whoever waits for it; after an early stop that is nobody.
  arrival.catch(() => {});
  return arrival;
}
