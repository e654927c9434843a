/** Which file a diff is about, and whether that file may be touched. */
import { decodePath, checkPath } from '../patch/path.ts';
import type { Bytes, FilePatch, Path } from '../patch/types.ts';
import type { FileProblem } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Where content is read from and where it goes; null when the file is created or removed. */
export interface Target {
  readonly source: Path | null;
  readonly destination: Path | null;
}

/** Every path that `file` may read or write, before it is known which of two names exists. */
export function pathsOf(file: FilePatch): Path[] {
  const paths = [file.oldPath, file.newPath].filter((path) => path !== null);
  return paths[0] === paths[1] ? paths.slice(0, 1) : paths;
}

/**
 * git's headers are exact. Of a plain diff's two names (`file.orig` and `file`, say), POSIX takes
 * the one that exists, and of two such the one with fewer components, then the shorter.
 */
export function targetOf(file: FilePatch, workspace: Workspace): Target {
  if (file.format === 'git' || file.oldPath === file.newPath) return exact(file);
  if (file.oldPath === null || file.newPath === null) return exact(file);
  const present = pathsOf(file).filter((path) => workspace.get(path) !== null);
  const [best] = (present.length > 0 ? present : pathsOf(file)).sort(byPreference);
  return { source: best ?? null, destination: best ?? null };
}

function exact(file: FilePatch): Target {
  return { source: file.oldPath, destination: file.newPath };
}

function byPreference(a: Path, b: Path): number {
  const base = (path: Path): number => path.length - path.lastIndexOf('/');
  return a.split('/').length - b.split('/').length || base(a) - base(b) || a.length - b.length;
}

/**
 * Refuse paths that leave the tree, by name or through a link, as the tree stands at this moment.
 * `leaving` are the files that this patch takes away: one of them may give way to a directory.
 */
export function refusePath(
  path: Path,
  workspace: Workspace,
  leaving: ReadonlySet<Path>,
): FileProblem | null {
  const reason = checkPath(path);
  if (reason !== null) return { kind: 'unsafe-path', reason };
  // Above a file that the tree has there are directories, unless this patch has put a file there.
  const known = workspace.original(path) !== null;
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const parent = path.slice(0, slash);
    const entry = known ? workspace.made(parent) : workspace.get(parent);
    if (entry === null || (leaving.has(parent) && !workspace.touched(parent))) continue;
    return { kind: 'not-a-directory', parent, link: entry.mode === 0o120000 };
  }
  return null;
}

/**
 * The same for a file that is only taken away. One that the tree has stands in real directories,
 * even if this patch has meanwhile put a file in their place.
 */
export function refuseSource(
  path: Path,
  workspace: Workspace,
  leaving: ReadonlySet<Path>,
): FileProblem | null {
  const original = !workspace.touched(path) && workspace.original(path) !== null;
  if (!original) return refusePath(path, workspace, leaving);
  const reason = checkPath(path);
  return reason === null ? null : { kind: 'unsafe-path', reason };
}

/** A symbolic link may point anywhere inside the tree; one that leaves it is a way out for later patches. */
export function refuseLink(path: Path, target: Bytes): FileProblem | null {
  const text = decodePath(target);
  if (text.startsWith('/') || text.includes('\0')) return { kind: 'unsafe-link', target: text };
  let depth = path.split('/').length - 1;
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return { kind: 'unsafe-link', target: text };
  }
  return null;
}
