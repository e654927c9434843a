/** What applies and still deserves a look. */
import { foldPath, specialFile } from '../patch/path.ts';
import type { FilePatch, Path } from '../patch/types.ts';
import type { Entry, ObjectId } from '../tree/types.ts';
import type { Caution } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Files that git itself reads from a tree. */
export function specialFiles(path: Path): Caution[] {
  const file = specialFile(path);
  return file === null ? [] : [{ kind: 'special-file', file }];
}

/** Names that differ by case only are one file on many systems. The kernel has such pairs, so: a caution. */
export function collisions(workspace: Workspace, path: Path): Caution[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folded = foldPath(name);
  for (const other of workspace.before.siblings(path)) {
    const whole = path.slice(0, path.length - name.length) + other;
    if (other !== name && foldPath(other) === folded && workspace.get(whole) !== null)
      return [{ kind: 'case-collision', other: whole }];
  }
  return [];
}

/** The old content is the one that the diff was made from, the new one is not what it promises. */
export function staleIndex(file: FilePatch, old: Entry | null, made: ObjectId): Caution[] {
  const { oldId, newId } = file;
  const known = old !== null && oldId !== null && old.id.startsWith(oldId);
  if (!known || newId === null || made.startsWith(newId)) return [];
  return [{ kind: 'stale-index', expected: newId, found: made }];
}
