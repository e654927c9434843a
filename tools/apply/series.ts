/**
 * Applies a series in memory. Everything that any of its patches can touch is read from the base in
 * a few batches first; from then on each patch costs only its own files.
 */
import type { FilePatch, Path } from '../patch/types.ts';
import type { Patch } from '../series/types.ts';
import type { ObjectId, Tree, TreeStore } from '../tree/types.ts';
import type { FileMerge } from './file.ts';
import { applyPatch, filesToApply } from './patch.ts';
import { pathsOf } from './target.ts';
import type { ApplyResult, ApplyVerdict } from './types.ts';
import { stops } from './types.ts';
import type { Contents } from './workspace.ts';

export interface SeriesOptions {
  /** Most lines of fuzz; 0, strict, unless given. */
  readonly fuzz?: number;
  /** Merge from the blobs that the patches record where hunks do not fit. */
  readonly threeWay?: boolean;
  /** Take the series back, last patch first. */
  readonly reverse?: boolean;
  /** Go on behind a patch that is in the tree already, instead of stopping there. */
  readonly skipApplied?: boolean;
  /** Told after every patch. */
  readonly onVerdict?: (verdict: ApplyVerdict, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What is read from the base before the first patch is applied. */
interface Loaded {
  readonly tree: Tree;
  readonly contents: Contents;
}

/** Read from `store` all that `patches` can touch. */
async function load(store: TreeStore, patches: readonly Patch[]): Promise<Loaded> {
  const paths = new Set<Path>();
  for (const patch of patches)
    for (const file of patch.files) for (const path of pathsOf(file)) paths.add(path);
  const tree = await store.load(paths);
  const ids = new Set<ObjectId>();
  for (const path of paths) {
    const entry = tree.get(path);
    if (entry !== null && entry.mode !== 0o160000) ids.add(entry.id);
  }
  return { tree, contents: await store.blobs(ids) };
}

/** Apply `patches` in order to the base in `store`. Nothing is written anywhere. */
export async function applySeries(
  store: TreeStore,
  patches: readonly Patch[],
  options: SeriesOptions = {},
): Promise<ApplyResult> {
  const { tree: base, contents } = await load(store, patches);
  const reverse = options.reverse ?? false;
  const order = reverse ? [...patches].reverse() : patches;
  const verdicts: ApplyVerdict[] = [];
  let tree = base;
  let because: Patch | null = null;
  for (const patch of order) {
    options.signal?.throwIfAborted();
    const verdict: ApplyVerdict =
      because === null
        ? await applyOne(store, tree, contents, patch, options)
        : { kind: 'skipped', patch, files: [], because, tree, changes: [] };
    tree = verdict.tree;
    verdicts.push(verdict);
    const passed = verdict.kind === 'already-applied' && options.skipApplied === true;
    if (stops(verdict) && !passed) because ??= patch;
    options.onVerdict?.(verdict, verdicts.length, order.length);
  }
  return { verdicts, tree, blobs: contents, ok: because === null };
}

async function applyOne(
  store: TreeStore,
  tree: Tree,
  contents: Contents,
  patch: Patch,
  { fuzz = 0, reverse = false, threeWay = false }: SeriesOptions,
): Promise<ApplyVerdict> {
  const options = { fuzz, reverse, merges: new Map<number, FileMerge>() };
  const verdict = applyPatch(tree, contents, patch, options);
  if (!threeWay || verdict.kind !== 'conflict') return verdict;
  const merges = await recordedBases(store, filesToApply(patch, reverse));
  return merges.size === 0 ? verdict : applyPatch(tree, contents, patch, { ...options, merges });
}

/** The old contents that the patch's `index` lines name, as far as the repository has them. */
async function recordedBases(
  store: TreeStore,
  files: readonly FilePatch[],
): Promise<Map<number, FileMerge>> {
  // Merging compares texts, which nothing else here does: not loaded before it is needed.
  const { mergeText } = await import('../patch/merge.ts');
  const bases = new Map<number, FileMerge>();
  for (const [index, file] of files.entries()) {
    const known = file.oldId !== null && file.hunks.length > 0 && !/^0+$/.test(file.oldId);
    const blob = known ? await store.findBlob(file.oldId) : null;
    if (blob !== null) bases.set(index, { base: blob.bytes, mergeText });
  }
  return bases;
}
