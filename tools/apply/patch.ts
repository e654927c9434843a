/** Applies one patch to a tree: all of it, or nothing. */
import { reversePatch } from '../patch/reverse.ts';
import type { FilePatch, Path } from '../patch/types.ts';
import type { Patch } from '../series/types.ts';
import type { Tree } from '../tree/types.ts';
import type { FileMerge } from './content.ts';
import { applyFile } from './file.ts';
import type { ApplyVerdict, FileOutcome, VerdictKind } from './types.ts';
import type { Contents } from './workspace.ts';
import { Workspace } from './workspace.ts';

export interface PatchOptions {
  /** Most lines of fuzz: 0 is strict, GNU patch's default is 2. */
  readonly fuzz: number;
  /** Undo the patch instead (a patch that the series marks `-R` is then applied as written). */
  readonly reverse: boolean;
  /** By index in `filesToApply`: how to merge files whose hunks do not fit. */
  readonly merges: ReadonlyMap<number, FileMerge>;
}

/** The changes of `patch` in the direction and order in which they are to be made. */
export function filesToApply(patch: Patch, reverse: boolean): readonly FilePatch[] {
  return patch.reverse === reverse ? patch.files : reversePatch(patch.files);
}

/** Apply `patch` to `tree`; `contents` must hold every blob that it reads, and gets those it makes. */
export function applyPatch(
  tree: Tree,
  contents: Contents,
  patch: Patch,
  options: PatchOptions,
): ApplyVerdict {
  const files = filesToApply(patch, options.reverse);
  const workspace = new Workspace(tree, contents);
  const outcomes = applyAll(workspace, files, patch, options);
  const base = { patch, because: null, tree, changes: [] };
  if (outcomes.length === 0) return { ...base, kind: 'empty', files: [] };
  if (outcomes.some((each) => each.problem !== null)) {
    const marked = markApplied(tree, contents, outcomes, patch, options);
    const applied = marked.every((each) => each.alreadyApplied);
    return { ...base, kind: applied ? 'already-applied' : 'conflict', files: marked };
  }
  const changes = workspace.changes();
  const result = { ...base, files: outcomes, changes, tree: tree.with(changes) };
  return { ...result, kind: verdictOf(outcomes) };
}

function applyAll(
  workspace: Workspace,
  files: readonly FilePatch[],
  patch: Patch,
  options: PatchOptions,
): FileOutcome[] {
  const reversed = patch.reverse !== options.reverse;
  const leaving = new Set<Path>();
  for (const file of files) {
    const goes = file.change === 'delete' || file.change === 'rename';
    // A copy that is taken back goes as well.
    if (file.oldPath !== null && (goes || (reversed && file.change === 'copy')))
      leaving.add(file.oldPath);
  }
  const labels = ['base', patch.header.subject === '' ? patch.name : patch.header.subject] as const;
  return files.map((file, index) =>
    applyFile(workspace, file, {
      fuzz: options.fuzz,
      merge: options.merges.get(index) ?? null,
      labels,
      leaving,
      reversed,
    }),
  );
}

/** Find out which of the files have the change already: those to which the reverse applies cleanly. */
function markApplied(
  tree: Tree,
  contents: Contents,
  outcomes: readonly FileOutcome[],
  patch: Patch,
  options: PatchOptions,
): FileOutcome[] {
  const backwards = { ...options, fuzz: 0, reverse: !options.reverse, merges: new Map() };
  const undone = applyAll(
    new Workspace(tree, contents),
    filesToApply(patch, backwards.reverse),
    patch,
    backwards,
  ).reverse();
  return outcomes.map((each, index) => ({
    ...each,
    alreadyApplied: undone[index]?.problem === null,
  }));
}

/** From the best to the worst; the worst of all files is the patch's. */
const ORDER: readonly VerdictKind[] = [
  'clean',
  'offset',
  'repaired',
  'fuzz',
  'ambiguous',
  'merged',
  'conflict',
];

function verdictOf(outcomes: readonly FileOutcome[]): VerdictKind {
  let worst = 0;
  for (const each of outcomes) worst = Math.max(worst, ORDER.indexOf(kindOf(each)));
  return ORDER[worst] ?? 'clean';
}

function kindOf({ merge, placements, repairs }: FileOutcome): VerdictKind {
  if (merge !== 'none') return merge === 'clean' ? 'merged' : 'conflict';
  // In its stated place a hunk is where its author saw it, however many others look alike.
  const searched = placements.filter((each) => each.offset !== 0 || each.fuzz > 0);
  if (searched.some((each) => each.alternatives.length > 0)) return 'ambiguous';
  if (searched.some((each) => each.fuzz > 0)) return 'fuzz';
  if (repairs.length > 0) return 'repaired';
  return searched.length > 0 ? 'offset' : 'clean';
}
