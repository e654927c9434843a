/**
 * Patches made anew on another base. Two versions of a patch that were made on different trees differ
 * in context and headings, and those made by different programs in how changes are laid out; applied
 * to the same tree and made anew from the results, they only differ in what they do.
 */
import { type MakeOptions, makeFilePatch } from '../patch/make.ts';
import type { Bytes, FilePatch, Path } from '../patch/types.ts';
import type { Patch } from '../series/types.ts';
import type { ObjectId, Tree, TreeStore } from '../tree/types.ts';
import { applySeries } from './series.ts';
import { pathsOf } from './target.ts';
import type { ApplyVerdict, FileOutcome } from './types.ts';
import { stops } from './types.ts';

/** A series whose patches were made anew where they apply. */
export interface Replayed {
  /** In the order of the series; those that do not apply, or were not wanted, as they were. */
  readonly patches: readonly Patch[];
  /** Indexes of those that apply when the others are left out. */
  readonly applied: ReadonlySet<number>;
}

const SUBMODULE = 0o160000;
/** Headings are the same on both sides, whichever rule; this one costs least. */
const LAYOUT: MakeOptions = { binary: 'unknown' };

/**
 * Apply `patches` to the base, leaving out those that do not apply, and make the diffs of those in
 * `wanted` (indexes) anew. Where the base changed right beside a patch, the two changes are merged,
 * if the store has the content that the patch was made from.
 */
export async function replay(
  store: TreeStore,
  patches: readonly Patch[],
  wanted: ReadonlySet<number>,
  signal?: AbortSignal,
): Promise<Replayed> {
  const touched = patches.flatMap(({ files }) => files.flatMap((file) => pathsOf(file)));
  let before = await store.load(new Set(touched));
  const options = {
    threeWay: true,
    skipFailing: true,
    ...(signal === undefined ? {} : { signal }),
  };
  const { verdicts, blobs } = await applySeries(store, patches, options);
  const applied = new Set<number>();
  const made = verdicts.map((verdict, index) => {
    if (stops(verdict)) return verdict.patch;
    const from = before;
    before = verdict.tree;
    applied.add(index);
    return wanted.has(index) ? anew(verdict, from, blobs) : verdict.patch;
  });
  return { patches: made, applied };
}

function anew(
  { patch, files, tree }: ApplyVerdict,
  before: Tree,
  blobs: ReadonlyMap<ObjectId, Bytes>,
): Patch {
  const diffs = files.map((outcome) => remake(outcome, before, tree, blobs));
  return { ...patch, files: diffs, reverse: false };
}

function remake(
  { file, path }: FileOutcome,
  before: Tree,
  after: Tree,
  blobs: ReadonlyMap<ObjectId, Bytes>,
): FilePatch {
  // Of the two names of a plain diff, the engine has chosen one.
  const plain = file.format === 'unified' && file.oldPath !== null && file.newPath !== null;
  const [oldPath, newPath] = plain ? [path, path] : [file.oldPath, file.newPath];
  const [old, next] = [at(before, oldPath, blobs), at(after, newPath, blobs)];
  if (old === null || next === null || file.binary !== null) return file;
  const sides = { oldMode: old.mode, old: old.bytes, newMode: next.mode, new: next.bytes };
  return makeFilePatch({ oldPath, newPath, ...sides }, { ...LAYOUT, copy: file.change === 'copy' });
}

/** A side of a change: nothing at all where there is no path; null when its content is not at hand. */
function at(tree: Tree, path: Path | null, blobs: ReadonlyMap<ObjectId, Bytes>) {
  if (path === null) return { mode: null, bytes: null };
  const entry = tree.get(path);
  const bytes = entry === null || entry.mode === SUBMODULE ? undefined : blobs.get(entry.id);
  return entry === null || bytes === undefined ? null : { mode: entry.mode, bytes };
}
