/** The change from one tree of a run to a later one, as `git diff` between the two shows it. */
import { makeFilePatch } from '../patch/make.ts';
import { encodePath } from '../patch/path.ts';
import type { Bytes, FilePatch, Path } from '../patch/types.ts';
import type { Entry, ObjectId, Tree } from '../tree/types.ts';
import type { ApplyVerdict, FileOutcome } from './types.ts';

const SUBMODULE = 0o160000;

/**
 * What the patches of `verdicts` change together, from `before` on: files that come and go again do
 * not show. Files are sorted as git sorts them; a rename shows as one where a patch says that it is.
 * What one patch alone did to a file is not made anew: its hunks are given, with the lines they state.
 */
export function netDiff(
  before: Tree,
  verdicts: readonly ApplyVerdict[],
  blobs: ReadonlyMap<ObjectId, Bytes>,
): FilePatch[] {
  const paths = new Set(verdicts.flatMap(({ changes }) => changes.map(([path]) => path)));
  // Other patches of the series may lie between these: only what these did counts.
  const after = before.with(verdicts.flatMap(({ changes }) => changes));
  const origins = movesOf(verdicts, before, after);
  const moved = new Set(origins.values());
  const alone = changedOnce(verdicts);
  const make = (path: Path): FilePatch[] => {
    const source = origins.get(path) ?? path;
    const [old, next] = [before.get(source), after.get(path)];
    if ((old === null && next === null) || (next === null && moved.has(path))) return [];
    if (old?.id === next?.id && old?.mode === next?.mode && source === path) return [];
    const single = source === path ? alone.get(path) : undefined;
    if (single !== undefined) return [asChangeOf(path, single.file, old, next)];
    const content = (entry: typeof old): Bytes | null =>
      entry === null ? null : entry.mode === SUBMODULE ? EMPTY : (blobs.get(entry.id) ?? EMPTY);
    return [
      makeFilePatch({
        oldPath: old === null ? null : source,
        newPath: next === null ? null : path,
        oldMode: old?.mode ?? null,
        newMode: next?.mode ?? null,
        old: content(old),
        new: content(next),
      }),
    ];
  };
  return [...paths].sort((a, b) => Buffer.compare(encodePath(a), encodePath(b))).flatMap(make);
}

/** Files that a single patch changes, by hunks that fitted, under one name. */
function changedOnce(verdicts: readonly ApplyVerdict[]): Map<Path, FileOutcome> {
  const found = new Map<Path, FileOutcome | null>();
  for (const outcome of verdicts.flatMap(({ files }) => files)) {
    const { file, path } = outcome;
    const plain = file.hunks.length > 0 && outcome.merge === 'none' && oneName(file, path);
    for (const name of new Set([file.oldPath, file.newPath, path]))
      if (name !== null) found.set(name, plain && !found.has(name) ? outcome : null);
  }
  return new Map(
    [...found].flatMap(([path, outcome]) => (outcome === null ? [] : [[path, outcome]])),
  );
}

function oneName({ change, oldPath, newPath }: FilePatch, path: Path): boolean {
  if (change === 'rename' || change === 'copy') return false;
  return [oldPath, newPath].every((name) => name === null || name === path);
}

/** The patch's own diff of a file, as the change from one entry to the other. */
function asChangeOf(path: Path, file: FilePatch, old: Entry | null, next: Entry | null): FilePatch {
  return {
    ...file,
    change: old === null ? 'create' : next === null ? 'delete' : 'modify',
    oldPath: old === null ? null : path,
    newPath: next === null ? null : path,
    oldMode: old?.mode ?? null,
    newMode: next?.mode ?? null,
  };
}

const EMPTY: Bytes = new Uint8Array();

/** New path → the path before the first of these patches, for files that were moved and stayed so. */
function movesOf(verdicts: readonly ApplyVerdict[], before: Tree, after: Tree): Map<Path, Path> {
  const origins = new Map<Path, Path>();
  for (const { file } of verdicts.flatMap(({ files }) => files)) {
    if (file.change !== 'rename' || file.oldPath === null || file.newPath === null) continue;
    const origin = origins.get(file.oldPath) ?? file.oldPath;
    origins.delete(file.oldPath);
    origins.set(file.newPath, origin);
  }
  for (const [path, origin] of origins) {
    const whole = before.get(origin) !== null && before.get(path) === null;
    if (!whole || after.get(path) === null || after.get(origin) !== null) origins.delete(path);
  }
  return origins;
}
