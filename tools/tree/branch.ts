/** Rules for moving a branch that hold in every store. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SeamError } from '../errors.ts';
import type { ObjectId } from './types.ts';

/** What git-check-ref-format(1) forbids anywhere in a name. */
const FORBIDDEN = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)|[./]$/;

/** Refuse what is no full name of a branch. */
export function checkBranch(branch: string): void {
  const name = branch.startsWith('refs/heads/') ? branch.slice('refs/heads/'.length) : '';
  if (name !== '' && !FORBIDDEN.test(branch) && !/^[.-]/.test(name) && name !== 'HEAD') return;
  throw new SeamError('bad-branch-name', `'${branch}' is not a valid branch name`, {
    kind: 'usage',
    hint: 'git check-ref-format --branch NAME tells what a branch may be called',
    data: { branch },
  });
}

/** The branch is not where the caller believes it to be. */
export function branchMoved(
  branch: string,
  expected: ObjectId | null,
  found: ObjectId | null,
): SeamError {
  const short = branch.replace('refs/heads/', '');
  const message =
    expected === null
      ? `branch '${short}' exists already`
      : `branch '${short}' is at ${found ?? 'nothing'} instead of ${expected}`;
  return new SeamError('branch-moved', message, { data: { branch, expected, found } });
}

/** The branch is somebody's work tree: moving it would make every file there look changed. */
export function branchInUse(branch: string, place: string): SeamError {
  const short = branch.replace('refs/heads/', '');
  return new SeamError('branch-checked-out', `branch '${short}' is checked out at '${place}'`, {
    hint: `give another branch name, or first: git -C '${place}' switch --detach`,
    data: { branch, place },
  });
}

/** Files that say to which branch a rebase or bisection will come back. */
const COMING_BACK = ['rebase-merge/head-name', 'rebase-apply/head-name', 'BISECT_START'];

/**
 * The git directory of a work tree that `branch` belongs to; null when it is free. In a `bare`
 * repository HEAD is only the default branch. `commonDir` is the repository's own directory.
 */
export async function heldBy(
  commonDir: string,
  branch: string,
  bare: boolean,
): Promise<string | null> {
  const linked = await readdir(join(commonDir, 'worktrees')).catch(() => []);
  for (const dir of [commonDir, ...linked.map((name) => join(commonDir, 'worktrees', name))]) {
    const files = bare && dir === commonDir ? COMING_BACK : ['HEAD', ...COMING_BACK];
    for (const file of files) {
      const text = (await readFile(join(dir, file), 'utf8').catch(() => '')).trim();
      const held = text.replace(/^ref: /, '').replace(/^(?!refs\/)/, 'refs/heads/');
      if (held === branch) return placeOf(dir);
    }
  }
  return null;
}

/** The work tree of a git directory, for messages and `git -C`. */
async function placeOf(gitDir: string): Promise<string> {
  const link = (await readFile(join(gitDir, 'gitdir'), 'utf8').catch(() => '')).trim();
  return link === '' ? gitDir.replace(/\/\.git$/, '') : link.replace(/\/\.git$/, '');
}
