/** A tree and the contents of its files, from files in memory. */
import type { Contents } from '../../tools/apply/workspace.ts';
import type { Bytes, Mode, Path } from '../../tools/patch/types.ts';
import { hashObject } from '../../tools/tree/objects.ts';
import { Directory, DirectoryTree } from '../../tools/tree/tree.ts';
import type { Change, Tree } from '../../tools/tree/types.ts';

export interface MemoryFile {
  readonly mode: Mode;
  readonly bytes: Bytes;
}

/** What `applyPatch` starts from. */
export interface Loaded {
  readonly tree: Tree;
  readonly contents: Contents;
}

export function treeOf(files: ReadonlyMap<Path, MemoryFile>): Loaded {
  const contents: Contents = new Map();
  const changes: Change[] = [];
  for (const [path, { mode, bytes }] of files) {
    const id = hashObject('blob', bytes);
    contents.set(id, bytes);
    changes.push([path, { mode, id }]);
  }
  return { tree: new DirectoryTree(Directory.EMPTY).with(changes), contents };
}
