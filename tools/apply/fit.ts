/** Whether a file is there, free, and of the right type for its diff. */
import type { FilePatch, Mode, Path } from '../patch/types.ts';
import type { Entry } from '../tree/types.ts';
import { refusePath, refuseSource, type Target } from './target.ts';
import type { FileProblem } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface FitOptions {
  /** Paths that this patch removes or moves away: creating them anew is no collision. */
  readonly leaving: ReadonlySet<Path>;
  /** The patch is applied in reverse. */
  readonly reversed: boolean;
}

/** What stands against changing `target` with `file`; null when nothing does. */
export function refuse(
  workspace: Workspace,
  file: FilePatch,
  target: Target,
  options: FitOptions,
): FileProblem | null {
  return (
    refuseNames(workspace, target, options.leaving) ??
    checkSource(workspace, file, target.source) ??
    checkRoom(workspace, file, target, options)
  );
}

function refuseNames(
  workspace: Workspace,
  { source, destination }: Target,
  leaving: ReadonlySet<Path>,
): FileProblem | null {
  const first =
    source === null || source === destination ? null : refuseSource(source, workspace, leaving);
  return first ?? (destination === null ? null : refusePath(destination, workspace, leaving));
}

/** Renames and copies of one patch all start from the tree before it; other changes follow one another. */
export function sourceEntry(
  workspace: Workspace,
  file: FilePatch,
  source: Path | null,
): Entry | null {
  if (source === null) return null;
  const moves = file.change === 'rename' || file.change === 'copy';
  return moves ? workspace.original(source) : workspace.get(source);
}

const TYPES: Readonly<Record<Mode, string>> = {
  0o100644: 'regular file',
  0o100755: 'regular file',
  0o120000: 'symbolic link',
  0o160000: 'submodule',
};

function checkSource(
  workspace: Workspace,
  file: FilePatch,
  source: Path | null,
): FileProblem | null {
  if (source === null) return null;
  const entry = sourceEntry(workspace, file, source);
  if (entry === null) {
    if (workspace.before.kind(source) === 'directory') return { kind: 'is-directory' };
    // A diff against an empty file creates it, with programs that do not write /dev/null.
    return file.format === 'unified' && startsEmpty(file) ? null : { kind: 'missing' };
  }
  const expected = TYPES[file.oldMode ?? (file.format === 'unified' ? 0o100644 : entry.mode)];
  const found = TYPES[entry.mode];
  const same = expected === found && entry.mode !== 0o160000;
  return same
    ? null
    : { kind: 'wrong-type', expected: expected === 'submodule' ? 'file' : expected, found };
}

function startsEmpty(file: FilePatch): boolean {
  const [first] = file.hunks;
  return file.hunks.length === 1 && first?.oldStart === 0 && first.oldCount === 0;
}

/** A new path must be free: of files, unless this patch takes them away, and of directories. */
function checkRoom(
  workspace: Workspace,
  file: FilePatch,
  { source, destination }: Target,
  options: FitOptions,
): FileProblem | null {
  if (file.newMode === 0o160000)
    return { kind: 'wrong-type', expected: 'file', found: 'submodule' };
  if (destination === null || destination === source) return null;
  if (options.reversed && file.change === 'copy') return null;
  const there = workspace.get(destination);
  if (there !== null && (workspace.touched(destination) || !options.leaving.has(destination)))
    return { kind: 'exists' };
  if (there !== null) return null;
  const full =
    workspace.holdsNew(destination) ||
    (workspace.before.kind(destination) === 'directory' &&
      !emptied(workspace, destination, options.leaving));
  return full ? { kind: 'is-directory' } : null;
}

/** Whether this patch takes away every file of the directory. */
function emptied(workspace: Workspace, directory: Path, leaving: ReadonlySet<Path>): boolean {
  const gone = [...leaving].map((path) => [path, null] as const);
  return workspace.before.with(gone).kind(directory) === null;
}
