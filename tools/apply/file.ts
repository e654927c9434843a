/** Applies the change of one file. */
import { applyHunks } from '../patch/apply-hunks.ts';
import { applyBinaryHunk } from '../patch/binary.ts';
import { sameBytes, withoutCarriageReturn } from '../patch/lines.ts';
import type { mergeText } from '../patch/merge.ts';
import { foldPath, specialFile } from '../patch/path.ts';
import type { Bytes, FilePatch, Hunk, Mode, Path, Repair } from '../patch/types.ts';
import type { Entry } from '../tree/types.ts';
import { refuseLink, refusePath, refuseSource, targetOf } from './target.ts';
import type { Caution, FileOutcome, FileProblem, Merge, Placement } from './types.ts';
import type { Workspace } from './workspace.ts';

/** A three-way merge of one file. */
export interface FileMerge {
  /** The content that the diff was made from. */
  readonly base: Bytes;
  readonly mergeText: typeof mergeText;
}

export interface FileOptions {
  /** Most lines of fuzz. */
  readonly fuzz: number;
  /** For a three-way merge when the hunks do not fit. */
  readonly merge: FileMerge | null;
  /** How conflict markers call the two sides. */
  readonly labels: readonly [ours: string, theirs: string];
  /** Paths that this patch removes or moves away: creating them anew is no collision. */
  readonly leaving: ReadonlySet<Path>;
  /** The patch is applied in reverse. */
  readonly reversed: boolean;
}

interface Made {
  readonly kind: 'content';
  readonly bytes: Bytes;
  readonly placements: readonly Placement[];
  readonly repairs: readonly Repair[];
  readonly merge: Merge;
}

/** New content, or why there is none. */
type Content =
  | Made
  | {
      readonly kind: 'problem';
      readonly problem: FileProblem;
      readonly placements: readonly Placement[];
    };

/** Apply `file` in `workspace`. A problem leaves the workspace as it was. */
export function applyFile(
  workspace: Workspace,
  file: FilePatch,
  options: FileOptions,
): FileOutcome {
  const { source, destination } = targetOf(file, workspace);
  const path = destination ?? source ?? '';
  const failed = (problem: FileProblem, placements: readonly Placement[] = []): FileOutcome => ({
    ...outcome(file, path),
    problem,
    placements,
  });
  const refused = refuse(workspace, source, destination, options.leaving);
  if (refused !== null) return failed(refused);
  const entry = source === null ? null : sourceEntry(workspace, file, source);
  const unfit =
    (source === null ? null : checkSource(workspace, file, source, entry)) ??
    checkRoom(workspace, file, source, destination, options);
  if (unfit !== null) return failed(unfit);
  const old = entry === null ? new Uint8Array() : workspace.content(entry);
  const made = contentOf(file, entry, old, options);
  if (made.kind === 'problem') return failed(made.problem, made.placements);
  const mode = modeOf(file, entry);
  if (destination === null && made.bytes.length > 0)
    return failed({ kind: 'content-left', bytes: made.bytes.length }, made.placements);
  if (options.reversed && file.change === 'copy')
    return undoCopy(workspace, file, source, destination, made);
  const link =
    destination !== null && mode === 0o120000 ? refuseLink(destination, made.bytes) : null;
  if (link !== null) return failed(link);
  const cautions = write(workspace, file, source, destination, mode, made.bytes, entry);
  return {
    ...outcome(file, path),
    placements: made.placements,
    repairs: [...file.repairs, ...made.repairs],
    cautions,
    merge: made.merge,
  };
}

function refuse(
  workspace: Workspace,
  source: Path | null,
  destination: Path | null,
  leaving: ReadonlySet<Path>,
): FileProblem | null {
  const first =
    source === null || source === destination ? null : refuseSource(source, workspace, leaving);
  return first ?? (destination === null ? null : refusePath(destination, workspace, leaving));
}

/** The reverse of a copy: what was copied from is still there, the copy goes. */
function undoCopy(
  workspace: Workspace,
  file: FilePatch,
  source: Path | null,
  destination: Path | null,
  made: Made,
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

/** Renames and copies of one patch all start from the tree before it; other changes follow one another. */
function sourceEntry(workspace: Workspace, file: FilePatch, source: Path): Entry | null {
  const moves = file.change === 'rename' || file.change === 'copy';
  return moves ? workspace.before.get(source) : workspace.get(source);
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
  source: Path,
  entry: Entry | null,
): FileProblem | null {
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

/** A mode that stays, as an `index` line shows it, is not asked for: the file keeps the one it has. */
function modeOf(file: FilePatch, entry: Entry | null): Mode {
  const asked = file.newMode === file.oldMode ? null : file.newMode;
  return asked ?? entry?.mode ?? file.newMode ?? 0o100644;
}

function startsEmpty(file: FilePatch): boolean {
  const [first] = file.hunks;
  return file.hunks.length === 1 && first?.oldStart === 0 && first.oldCount === 0;
}

/** A new path must be free: of files, unless this patch takes them away, and of directories. */
function checkRoom(
  workspace: Workspace,
  file: FilePatch,
  source: Path | null,
  destination: Path | null,
  options: FileOptions,
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

function contentOf(
  file: FilePatch,
  entry: Entry | null,
  old: Bytes,
  options: FileOptions,
): Content {
  if (file.binary !== null) return binaryContent(file, entry, old);
  if (file.hunks.length === 0)
    return { kind: 'content', bytes: old, placements: [], repairs: [], merge: 'none' };
  const result = applyHunks(old, file.hunks, options.fuzz);
  if (result.kind === 'applied') return content(result.bytes, result.placements, [], 'none');
  const stripped = file.crlf
    ? applyHunks(old, file.hunks.map(withoutCarriageReturns), options.fuzz)
    : result;
  if (stripped.kind === 'applied')
    return content(stripped.bytes, stripped.placements, [carriageReturns(file)], 'none');
  if (options.merge !== null) {
    const { base, mergeText } = options.merge;
    // The recorded base fits by definition, unless the diff was edited since.
    const theirs = applyHunks(base, file.hunks, 0);
    if (theirs.kind === 'applied') {
      const merged = mergeText(base, old, theirs.bytes, options.labels);
      return content(merged.bytes, [], [], merged.conflicts === 0 ? 'clean' : 'conflict');
    }
  }
  return {
    kind: 'problem',
    problem: { kind: 'hunks', failures: result.failures },
    placements: result.placements,
  };
}

function content(
  bytes: Bytes,
  placements: readonly Placement[],
  repairs: readonly Repair[],
  merge: Merge,
): Content {
  return { kind: 'content', bytes, placements, repairs, merge };
}

function withoutCarriageReturns(hunk: Hunk): Hunk {
  return {
    ...hunk,
    lines: hunk.lines.map((line) => ({ op: line.op, text: withoutCarriageReturn(line.text) })),
  };
}

function carriageReturns(file: FilePatch): Repair {
  return {
    kind: 'carriage-returns',
    line: file.line,
    message: `the diff at line ${file.line} has CR LF line ends, the file has not`,
  };
}

/** A binary change says which content it starts from; git refuses it elsewhere, and so does Seam. */
function binaryContent(file: FilePatch, entry: Entry | null, old: Bytes): Content {
  const fail = (problem: FileProblem): Content => ({ kind: 'problem', problem, placements: [] });
  if (file.binary?.kind !== 'data') return fail({ kind: 'no-content' });
  const found = entry?.id ?? '';
  if (entry !== null && file.oldId !== null && !found.startsWith(file.oldId)) {
    return fail({ kind: 'wrong-content', expected: file.oldId, found });
  }
  const result = applyBinaryHunk(file.binary.forward, old);
  return result.kind === 'ok'
    ? content(result.data, [], [], 'none')
    : fail({ kind: 'bad-delta', reason: result.reason });
}

function write(
  workspace: Workspace,
  file: FilePatch,
  source: Path | null,
  destination: Path | null,
  mode: Mode,
  bytes: Bytes,
  entry: Entry | null,
): Caution[] {
  if (
    source !== null &&
    source !== destination &&
    file.change !== 'copy' &&
    !rebuilt(workspace, source)
  )
    workspace.remove(source);
  if (destination === null) return special(source);
  const id = workspace.put(destination, mode, bytes);
  const cautions = special(destination);
  if (entry === null || source !== destination)
    cautions.push(...collisions(workspace, destination));
  const known = entry !== null && file.oldId !== null && entry.id.startsWith(file.oldId);
  if (known && file.newId !== null && !id.startsWith(file.newId)) {
    cautions.push({ kind: 'stale-index', expected: file.newId, found: id });
  }
  return cautions;
}

/** Two files that change places: the first rename has already filled the path that the second leaves. */
function rebuilt(workspace: Workspace, source: Path): boolean {
  return (
    workspace.touched(source) &&
    workspace.get(source) !== null &&
    workspace.before.get(source) !== null
  );
}

function special(path: Path | null): Caution[] {
  const file = path === null ? null : specialFile(path);
  return file === null ? [] : [{ kind: 'special-file', file }];
}

/** Names that differ by case only are one file on many systems. The kernel has such pairs, so: a caution. */
function collisions(workspace: Workspace, path: Path): Caution[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folded = foldPath(name);
  for (const other of workspace.before.siblings(path)) {
    const whole = path.slice(0, path.length - name.length) + other;
    if (other !== name && foldPath(other) === folded && workspace.get(whole) !== null)
      return [{ kind: 'case-collision', other: whole }];
  }
  return [];
}
