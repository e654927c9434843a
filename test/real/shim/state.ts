/** The work tree and the index as a tree that Seam applies to, and what Seam made written back. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { decodePath, encodePath } from '../../../tools/patch/path.ts';
import type { Bytes, Mode, Path } from '../../../tools/patch/types.ts';
import type { Change } from '../../../tools/tree/types.ts';
import type { MemoryFile } from '../memory-tree.ts';

const GIT = process.env['SEAM_SHIM_GIT'] ?? 'git';
const SYMLINK = 0o120000;
const SUBMODULE = 0o160000;

/** Run the real git in `cwd`. */
export function realGit(
  cwd: string,
  args: readonly string[],
  input?: Uint8Array,
): { status: number; stdout: Buffer } {
  const done = spawnSync(GIT, args, { cwd, input, maxBuffer: 1 << 30 });
  if (done.error !== undefined) throw done.error;
  return { status: done.status ?? 128, stdout: done.stdout };
}

/** `path` and every directory above it. */
function withParents(path: Path): Path[] {
  const parts = path.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** The files at `paths`, the links and files above them, and what is in directories of that name. */
export function readWorkTree(top: string, paths: Iterable<Path>): Map<Path, MemoryFile> {
  const files = new Map<Path, MemoryFile>();
  for (const path of paths)
    for (const each of withParents(path)) {
      if (!readInto(files, top, each, each === path)) break;
    }
  return files;
}

/** False when nothing can be below `path`. */
function readInto(files: Map<Path, MemoryFile>, top: string, path: Path, deep: boolean): boolean {
  const name = encodePath(join(top, path));
  const stat = lstatSync(name, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.isDirectory()) {
    if (deep)
      for (const entry of readdirSync(name, { encoding: 'buffer' })) {
        const below = decodePath(entry);
        if (below !== '.git') readInto(files, top, `${path}/${below}`, true);
      }
    return true;
  }
  const link = stat.isSymbolicLink();
  const bytes = link ? readlinkSync(name, { encoding: 'buffer' }) : readFileSync(name);
  const mode = link ? SYMLINK : (stat.mode & 0o100) === 0 ? 0o100644 : 0o100755;
  files.set(path, { mode, bytes });
  return false;
}

export interface IndexEntry {
  readonly mode: Mode;
  readonly id: string;
}

/** Index entries at, above and below `paths`. Null when one of them is not merged. */
export function readIndex(top: string, paths: Iterable<Path>): Map<Path, IndexEntry> | null {
  const specs = [...new Set([...paths].flatMap((path) => withParents(path)))];
  const listed = realGit(top, ['--literal-pathspecs', 'ls-files', '-s', '-z', '--', ...specs]);
  const entries = new Map<Path, IndexEntry>();
  const wanted = new Set(specs);
  const asked = new Set(paths);
  for (const line of splitNul(listed.stdout)) {
    const [head, name] = cut(line);
    const [mode = '', id = '', stage] = head.split(' ');
    if (stage !== '0') return null;
    const below = withParents(name).some((each) => asked.has(each));
    if (wanted.has(name) || below)
      entries.set(name, { mode: Number.parseInt(mode, 8) as Mode, id });
  }
  return entries;
}

function splitNul(bytes: Buffer): string[] {
  return decodePath(bytes).split('\0').slice(0, -1);
}

function cut(line: string): [string, string] {
  const tab = line.indexOf('\t');
  return [line.slice(0, tab), line.slice(tab + 1)];
}

/** Contents of index entries. A submodule has none. */
export function readBlobs(
  top: string,
  entries: ReadonlyMap<Path, IndexEntry>,
): Map<Path, MemoryFile> {
  const files = new Map<Path, MemoryFile>();
  for (const [path, { mode, id }] of entries) {
    const bytes =
      mode === SUBMODULE ? Buffer.alloc(0) : realGit(top, ['cat-file', 'blob', id]).stdout;
    files.set(path, { mode, bytes });
  }
  return files;
}

/** Whether the files of `entries` are, apart from those that are missing, as the index has them. */
export function matchesIndex(top: string, entries: ReadonlyMap<Path, IndexEntry>): boolean {
  if (entries.size === 0) return true;
  realGit(top, ['update-index', '-q', '--refresh']);
  const names = [...entries].filter(([, { mode }]) => mode !== SUBMODULE).map(([path]) => path);
  if (names.length === 0) return true;
  const changed = realGit(top, [
    '--literal-pathspecs',
    'diff-files',
    '--raw',
    '-z',
    '--',
    ...names,
  ]);
  const lines = splitNul(changed.stdout);
  return lines.filter((_line, index) => index % 2 === 0).every((line) => line.endsWith(' D'));
}

/** Write changes to files, removals first. */
export function writeWorkTree(
  top: string,
  changes: readonly Change[],
  contentOf: (id: string) => Bytes,
): void {
  for (const [path, entry] of changes) {
    const name = join(top, path);
    rmSync(encodePath(name), { force: true });
    if (entry === null) removeEmptyAbove(top, path);
    else put(name, entry.mode, contentOf(entry.id));
  }
}

function put(name: string, mode: Mode, bytes: Bytes): void {
  mkdirSync(encodePath(dirname(name)), { recursive: true });
  if (mode === SYMLINK) symlinkSync(Buffer.from(bytes), encodePath(name));
  else {
    writeFileSync(encodePath(name), bytes, { flag: 'wx' });
    if (mode === 0o100755) chmodSync(encodePath(name), 0o777 & ~process.umask());
  }
}

function removeEmptyAbove(top: string, path: Path): void {
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    try {
      rmdirSync(encodePath(join(top, above)));
    } catch {
      return;
    }
  }
}

/** Add blobs and change index entries; a `stages` list replaces an entry by unmerged ones. */
export function writeIndex(
  top: string,
  changes: readonly Change[],
  contentOf: (id: string) => Bytes,
  unmerged: ReadonlyMap<Path, readonly IndexEntry[]>,
): void {
  const zero = '0'.repeat(40);
  const lines: string[] = [];
  for (const [path, entry] of changes) {
    const stages = unmerged.get(path);
    if (stages !== undefined) {
      lines.push(`0 ${zero}\t${path}\0`);
      for (const [index, { mode, id }] of stages.entries())
        lines.push(`${mode.toString(8)} ${id} ${index + 1}\t${path}\0`);
    } else if (entry === null) lines.push(`0 ${zero}\t${path}\0`);
    else {
      writeBlob(top, contentOf(entry.id));
      lines.push(`${entry.mode.toString(8)} ${entry.id}\t${path}\0`);
    }
  }
  const { status } = realGit(
    top,
    ['update-index', '-z', '--index-info'],
    encodePath(lines.join('')),
  );
  if (status !== 0) throw new Error('git update-index failed');
  realGit(top, ['update-index', '-q', '--refresh']);
}

/** Put a blob into the repository; its id. */
export function writeBlob(top: string, bytes: Bytes): string {
  return realGit(top, ['hash-object', '-w', '--stdin', '--no-filters'], bytes)
    .stdout.toString()
    .trim();
}
