/** Applies a series in memory: each patch costs only its own files. */
import { setImmediate } from 'node:timers/promises';
import type { FilePatch } from '../patch/types.ts';
import type { Patch } from '../series/types.ts';
import type { Tree, TreeStore } from '../tree/types.ts';
import type { FileMerge } from './content.ts';
import { load } from './load.ts';
import { applyPatch, filesToApply } from './patch.ts';
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
  /** Go on behind any patch that does not apply, as if it were not in the series. */
  readonly skipFailing?: boolean;
  /** Told after every patch. `blobs` holds the contents that there are so far. */
  readonly onVerdict?: (verdict: ApplyVerdict, done: number, blobs: Contents) => void;
  readonly signal?: AbortSignal;
}

/** Apply `patches` in order to the base in `store`. Nothing is written anywhere. */
export async function applySeries(
  store: TreeStore,
  patches: readonly Patch[],
  options: SeriesOptions = {},
): Promise<ApplyResult> {
  const reverse = options.reverse ?? false;
  const order = reverse ? [...patches].reverse() : patches;
  const loaded = await load(store, order);
  const { tree: base, contents } = loaded;
  const verdicts: ApplyVerdict[] = [];
  let tree = base;
  let because: Patch | null = null;
  for (const patch of order) {
    // Lets contents come in, and signals.
    await setImmediate();
    options.signal?.throwIfAborted();
    if (because === null) await loaded.ready(patch);
    const verdict: ApplyVerdict =
      because === null
        ? await applyOne(store, tree, contents, patch, options)
        : { kind: 'skipped', patch, files: [], because, tree, changes: [] };
    verdicts.push(verdict);
    const leftOut = stops(verdict) && options.skipFailing === true;
    if (!leftOut) tree = verdict.tree;
    const passed = verdict.kind === 'already-applied' && options.skipApplied === true;
    if (stops(verdict) && !passed && !leftOut) because ??= patch;
    options.onVerdict?.(verdict, verdicts.length, contents);
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
