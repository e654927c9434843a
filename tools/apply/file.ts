/** Applies the change of one file. */
import { sameBytes } from '../patch/lines.ts';
import type { FilePatch, Mode, Path } from '../patch/types.ts';
import type { Entry } from '../tree/types.ts';
import { collisions, specialFiles, staleIndex } from './cautions.ts';
import { type ContentOptions, type NewContent, contentOf } from './content.ts';
import { type FitOptions, refuse, sourceEntry } from './fit.ts';
import { type Target, refuseLink, targetOf } from './target.ts';
import type { Caution, FileOutcome, FileProblem, Placement } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface FileOptions extends ContentOptions, FitOptions {}

const EMPTY = new Uint8Array();

/** Apply `file` in `workspace`. A problem leaves the workspace as it was. */
export function applyFile(
  workspace: Workspace,
  file: FilePatch,
  options: FileOptions,
): FileOutcome {
  const target = targetOf(file, workspace);
  const path = target.destination ?? target.source ?? '';
  const failed = (problem: FileProblem, placements: readonly Placement[] = []): FileOutcome => ({
    ...outcome(file, path),
    problem,
    placements,
  });
  const refused = refuse(workspace, file, target, options);
  if (refused !== null) return failed(refused);
  const entry = sourceEntry(workspace, file, target.source);
  const old = entry === null ? EMPTY : workspace.content(entry);
  const made = contentOf(file, entry, old, options);
  if (made.kind === 'problem') return failed(made.problem, made.placements);
  if (options.reversed && file.change === 'copy') return undoCopy(workspace, file, target, made);
  const mode = modeOf(file, entry);
  const unfit = refuseContent(target, mode, made);
  if (unfit !== null) return failed(unfit, made.placements);
  const cautions = write(workspace, file, target, mode, made, entry);
  const { placements, merge } = made;
  const repairs = [...file.repairs, ...made.repairs];
  return { ...outcome(file, path), placements, repairs, cautions, merge };
}

function refuseContent({ destination }: Target, mode: Mode, made: NewContent): FileProblem | null {
  const { length } = made.bytes;
  if (destination === null) return length > 0 ? { kind: 'content-left', bytes: length } : null;
  return mode === 0o120000 ? refuseLink(destination, made.bytes) : null;
}

/** The reverse of a copy: what was copied from is still there, the copy goes. */
function undoCopy(
  workspace: Workspace,
  file: FilePatch,
  { source, destination }: Target,
  made: NewContent,
): FileOutcome {
  const original = destination === null ? null : workspace.get(destination);
  const same = original !== null && sameBytes(workspace.content(original), made.bytes);
  const result = { ...outcome(file, source ?? ''), placements: made.placements };
  if (!same) return { ...result, problem: { kind: 'content-left', bytes: made.bytes.length } };
  if (source !== null) workspace.remove(source);
  return result;
}

function outcome(file: FilePatch, path: Path): FileOutcome {
  return {
    file,
    path,
    placements: [],
    problem: null,
    alreadyApplied: false,
    repairs: file.repairs,
    cautions: [],
    merge: 'none',
  };
}

/** A mode that stays, as an `index` line shows it, is not asked for: the file keeps the one it has. */
function modeOf(file: FilePatch, entry: Entry | null): Mode {
  const asked = file.newMode === file.oldMode ? null : file.newMode;
  return asked ?? entry?.mode ?? file.newMode ?? 0o100644;
}

function write(
  workspace: Workspace,
  file: FilePatch,
  { source, destination }: Target,
  mode: Mode,
  made: NewContent,
  entry: Entry | null,
): Caution[] {
  const moved = source !== null && source !== destination && file.change !== 'copy';
  if (moved && !rebuilt(workspace, source)) workspace.remove(source);
  if (destination === null) return source === null ? [] : specialFiles(source);
  const id = workspace.put(destination, mode, made.bytes);
  const isNew = entry === null || source !== destination;
  return [
    ...specialFiles(destination),
    ...(isNew ? collisions(workspace, destination) : []),
    ...staleIndex(file, entry, id),
  ];
}

/** Two files that change places: the first rename has already filled the path that the second leaves. */
function rebuilt(workspace: Workspace, source: Path): boolean {
  return (
    workspace.touched(source) &&
    workspace.get(source) !== null &&
    workspace.original(source) !== null
  );
}
