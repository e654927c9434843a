import type { HunkFailure } from '../patch/explain.ts';
import type { Placement } from '../patch/apply-hunks.ts';
import type { Bytes, FilePatch, Path, Repair } from '../patch/types.ts';
import type { Patch } from '../series/types.ts';
import type { Change, ObjectId, Tree } from '../tree/types.ts';

export type { HunkFailure, Placement };

/** Why the change of one file cannot be made. */
export type FileProblem =
  | { readonly kind: 'hunks'; readonly failures: readonly HunkFailure[] }
  /** The file to change is not there. */
  | { readonly kind: 'missing' }
  /** The file to create is there already. */
  | { readonly kind: 'exists' }
  | { readonly kind: 'is-directory' }
  /** A component above the file is a file itself, or a symbolic link. */
  | { readonly kind: 'not-a-directory'; readonly parent: Path; readonly link: boolean }
  | { readonly kind: 'unsafe-path'; readonly reason: string }
  | { readonly kind: 'unsafe-link'; readonly target: string }
  /** The file is of another type than the patch says: regular file, symbolic link, submodule. */
  | { readonly kind: 'wrong-type'; readonly expected: string; readonly found: string }
  | { readonly kind: 'content-left'; readonly bytes: number }
  /** The patch says that a binary file changes and does not carry the change. */
  | { readonly kind: 'no-content' }
  | { readonly kind: 'bad-delta'; readonly reason: string }
  /** A binary change is exact: it applies to one content only. */
  | { readonly kind: 'wrong-content'; readonly expected: string; readonly found: string };

/** Something that applies and still deserves a look. */
export type Caution =
  | { readonly kind: 'case-collision'; readonly other: Path }
  | { readonly kind: 'special-file'; readonly file: string }
  /** The old content is the one that the patch was made from, the new one is not: edited by hand. */
  | { readonly kind: 'stale-index'; readonly expected: string; readonly found: string };

/** How the file got its new content. */
export type Merge = 'none' | 'clean' | 'conflict';

/** What became of one file of a patch. */
export interface FileOutcome {
  /** As it was applied: reversed when the patch was. */
  readonly file: FilePatch;
  /** The path that was changed (for a rename: the new one). */
  readonly path: Path;
  readonly placements: readonly Placement[];
  readonly problem: FileProblem | null;
  /** Its reverse applies where it does not: the change is in the tree already. */
  readonly alreadyApplied: boolean;
  readonly repairs: readonly Repair[];
  readonly cautions: readonly Caution[];
  /** Merged from the recorded blobs, with or without conflict markers in the result. */
  readonly merge: Merge;
}

/** One word for a whole patch: the worst that happened to any of its files. */
export type VerdictKind =
  | 'clean'
  /** A hunk stood elsewhere than its header says. */
  | 'offset'
  /** The patch was damaged and read all the same. */
  | 'repaired'
  | 'fuzz'
  /** A hunk was found by searching, and fits in other places as well. */
  | 'ambiguous'
  /** Made by a three-way merge without conflicts. */
  | 'merged'
  /** The patch has no diff. */
  | 'empty'
  | 'already-applied'
  | 'conflict'
  | 'skipped';

/** The answer to "does this patch apply here?". */
export interface ApplyVerdict {
  readonly kind: VerdictKind;
  readonly patch: Patch;
  readonly files: readonly FileOutcome[];
  /** For `skipped`: the patch that failed before. */
  readonly because: Patch | null;
  /** The tree after this patch: the one before it when it did not apply. */
  readonly tree: Tree;
  /** What the patch changed in the tree. */
  readonly changes: readonly Change[];
}

/** Verdicts after which the series cannot go on. */
export function stops(verdict: ApplyVerdict): boolean {
  return verdict.kind === 'conflict' || verdict.kind === 'already-applied';
}

/** A whole run. */
export interface ApplyResult {
  readonly verdicts: readonly ApplyVerdict[];
  /** The tree after the last patch that applied (with conflict markers, if a merge left them). */
  readonly tree: Tree;
  /** Content of every blob that the run made and of those that it read. */
  readonly blobs: ReadonlyMap<ObjectId, Bytes>;
  readonly ok: boolean;
}
