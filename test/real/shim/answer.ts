/** Answers one `git apply` with Seam's library: reads, applies in memory, writes. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileMerge } from '../../../tools/apply/content.ts';
import { applyPatch, filesToApply } from '../../../tools/apply/patch.ts';
import { pathsOf } from '../../../tools/apply/target.ts';
import type { ApplyVerdict } from '../../../tools/apply/types.ts';
import { stops } from '../../../tools/apply/types.ts';
import { SeamError } from '../../../tools/errors.ts';
import { applyHunks } from '../../../tools/patch/apply-hunks.ts';
import { mergeText } from '../../../tools/patch/merge.ts';
import { formatStat } from '../../../tools/patch/stat-graph.ts';
import { formatNumstat, formatSummary } from '../../../tools/patch/stat.ts';
import type { Bytes, FilePatch, Path } from '../../../tools/patch/types.ts';
import { explainVerdict } from '../../../tools/report/apply-text.ts';
import { parsePatch } from '../../../tools/series/patchfile.ts';
import type { Patch } from '../../../tools/series/types.ts';
import { treeOf } from '../memory-tree.ts';
import type { Request } from './request.ts';
import type { IndexEntry } from './state.ts';
import {
  matchesIndex,
  readBlobs,
  readIndex,
  readWorkTree,
  realGit,
  writeBlob,
  writeIndex,
  writeWorkTree,
} from './state.ts';

/** What the shim prints and how it ends. */
export interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where git would work: the top of the work tree, and the way from there to the directory. */
interface Place {
  readonly top: string;
  readonly prefix: Path;
  readonly repository: boolean;
}

const FAILED = 1;
const UNREADABLE = 128;

function placeOf(cwd: string): Place {
  const found = realGit(cwd, ['rev-parse', '--show-toplevel', '--show-prefix']);
  if (found.status !== 0) return { top: cwd, prefix: '', repository: false };
  const [top = cwd, prefix = ''] = found.stdout.toString().split('\n');
  return { top, prefix, repository: true };
}

const CONFIGURED: readonly (readonly [setting: RegExp, reason: string])[] = [
  [
    /^apply\.whitespace (fix|strip|error|error-all)$/im,
    'Seam neither judges nor changes white space',
  ],
  [/^apply\.ignorewhitespace (change|yes|true)$/im, 'Seam compares context byte by byte'],
  [/^core\.(autocrlf (true|input)|eol crlf)$/im, 'line ends of a work tree are for git to convert'],
  [/^core\.filemode false$/im, 'modes of such a work tree are for git to know'],
];

/** A reason in the configuration for handing the call on. */
function configuredReason(cwd: string): string | null {
  const config = realGit(cwd, ['config', '--get-regexp', '^(apply|core)\\.']).stdout.toString();
  return CONFIGURED.find(([setting]) => setting.test(config))?.[1] ?? null;
}

/** Parse a patch; a plain diff whose names have no directory is taken as -p0, as git guesses. */
function parse(raw: Bytes, name: string, strip: number | null): Patch {
  try {
    return parsePatch(raw, { name, strip: strip ?? 1 });
  } catch (error) {
    const guess = strip === null && error instanceof SeamError && error.code === 'patch-no-name';
    if (!guess) throw error;
    return parsePatch(raw, { name, strip: 0 });
  }
}

/** Only files below the directory are meant; names of plain diffs are relative to it. */
function relocate(patch: Patch, prefix: Path): Patch {
  if (prefix === '') return patch;
  const moved = (path: Path | null): Path | null => (path === null ? null : prefix + path);
  const files = patch.files
    .map((file) =>
      file.format === 'git'
        ? file
        : { ...file, oldPath: moved(file.oldPath), newPath: moved(file.newPath) },
    )
    .filter((file) => (file.newPath ?? file.oldPath ?? '').startsWith(prefix));
  return { ...patch, files };
}

/** A hunk in the middle of a file that nothing but its line number places. */
function isFloating(file: FilePatch): boolean {
  return (
    file.change === 'modify' &&
    file.hunks.some(({ oldStart, lines }) => oldStart > 1 && lines.every(({ op }) => op !== ' '))
  );
}

/** Answer `request`; a string is the reason for handing it on after all. */
export function answer(request: Request, cwd: string, stdin: () => Bytes): Answer | string {
  const configured = configuredReason(cwd);
  if (configured !== null) return configured;
  const place = placeOf(cwd);
  if (!place.repository && request.target !== 'worktree') return 'there is no repository';
  const names = request.files.length === 0 ? ['-'] : request.files;
  let stdout = '';
  for (const name of names) {
    const raw = name === '-' ? stdin() : readFileSync(resolve(cwd, name));
    const one = answerOne(request, place, name, raw);
    if (typeof one === 'string') return one;
    stdout += one.stdout;
    if (one.status !== 0) return { ...one, stdout };
  }
  return { status: 0, stdout, stderr: '' };
}

function answerOne(request: Request, place: Place, name: string, raw: Bytes): Answer | string {
  let whole: Patch;
  try {
    whole = parse(raw, name, request.strip);
  } catch (error) {
    if (error instanceof SeamError)
      return { status: UNREADABLE, stdout: '', stderr: `error: ${error.message}\n` };
    throw error;
  }
  if (whole.files.length === 0 && !request.allowEmpty)
    return { status: UNREADABLE, stdout: '', stderr: 'error: no patch in the input\n' };
  const patch = relocate(whole, place.prefix);
  if (!request.unidiffZero && patch.files.some((file) => isFloating(file)))
    return 'without --unidiff-zero git takes a hunk without context only at the ends of a file';
  if (patch.files.some(({ oldMode, newMode }) => [oldMode, newMode].includes(0o160000)))
    return 'Seam refuses changes of submodules';
  if (request.apply || request.check) {
    const failure = applyOne(request, place, patch);
    if (failure !== null) return { status: FAILED, stdout: '', stderr: `error: ${failure}\n` };
  }
  return { status: 0, stdout: printed(request, patch), stderr: '' };
}

function printed(request: Request, patch: Patch): string {
  const files = filesToApply(patch, request.reverse);
  const style = 'apply';
  const text = {
    stat: () => formatStat(files, { style }),
    numstat: () => formatNumstat(files, style),
    summary: () => formatSummary(files, style),
  };
  return (['stat', 'numstat', 'summary'] as const)
    .filter((kind) => request.print.includes(kind))
    .map((kind) => text[kind]())
    .join('');
}

/** Apply and write; the reason when that cannot be done. */
function applyOne(request: Request, { top }: Place, patch: Patch): string | null {
  const paths = new Set(patch.files.flatMap((file) => pathsOf(file)));
  const index = request.target === 'worktree' ? new Map<Path, IndexEntry>() : readIndex(top, paths);
  if (index === null) return 'the index has unmerged entries';
  if (request.target === 'index' && !matchesIndex(top, index)) return 'does not match the index';
  const files = request.target === 'worktree' ? readWorkTree(top, paths) : readBlobs(top, index);
  const { tree, contents } = treeOf(files);
  const run = (merges: ReadonlyMap<number, FileMerge>): ApplyVerdict =>
    applyPatch(tree, contents, patch, { fuzz: request.fuzz, reverse: request.reverse, merges });
  let verdict = run(new Map());
  const merges = request.threeWay && stops(verdict) ? recorded(request, top, patch) : new Map();
  if (merges.size > 0) verdict = run(merges);
  const conflicts = verdict.files.filter(({ merge }) => merge === 'conflict');
  const refused = stops(verdict) && (conflicts.length === 0 || verdict.changes.length === 0);
  if (refused) return explainVerdict(verdict).join('\n');
  if (request.target === 'index') {
    const taken = verdict.changes.find(([path]) => !index.has(path) && exists(top, path));
    if (taken !== undefined) return `${taken[0]}: already exists in working directory`;
  }
  if (request.apply) {
    const contentOf = (id: string): Bytes => contents.get(id) ?? Buffer.alloc(0);
    const unmerged = new Map(
      conflicts.map(({ file, path }) => [path, stagesOf(top, file, index.get(path))] as const),
    );
    if (request.target !== 'cached') writeWorkTree(top, verdict.changes, contentOf);
    if (request.target !== 'worktree') writeIndex(top, verdict.changes, contentOf, unmerged);
  }
  return conflicts.length > 0 ? explainVerdict(verdict).join('\n') : null;
}

/** Not what a symbolic link leads to. */
function exists(top: string, path: Path): boolean {
  return readWorkTree(top, [path]).has(path);
}

function blobOf(top: string, file: FilePatch): Bytes | null {
  if (file.oldId === null || file.hunks.length === 0 || /^0+$/.test(file.oldId)) return null;
  const { status, stdout } = realGit(top, ['cat-file', 'blob', file.oldId]);
  return status === 0 ? stdout : null;
}

/** The contents that the patch was made from, as far as the repository has them. */
function recorded(request: Request, top: string, patch: Patch): Map<number, FileMerge> {
  const merges = new Map<number, FileMerge>();
  for (const [index, file] of filesToApply(patch, request.reverse).entries()) {
    const base = blobOf(top, file);
    if (base !== null) merges.set(index, { base, mergeText });
  }
  return merges;
}

/** Base, ours and theirs of a conflict, as git leaves them in the index. */
function stagesOf(top: string, file: FilePatch, ours: IndexEntry | undefined): IndexEntry[] {
  const base = blobOf(top, file);
  const theirs = base === null ? null : applyHunks(base, file.hunks, 0);
  if (base === null || ours === undefined || theirs?.kind !== 'applied') return [];
  const entry = (bytes: Bytes): IndexEntry => ({ mode: ours.mode, id: writeBlob(top, bytes) });
  return [entry(base), ours, entry(theirs.bytes)];
}
