/** `--base`: which store a spec means. `DIR`, `DIR@REV` or `REV`; a repository means its HEAD. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SeamError } from '../errors.ts';
import { DirectoryStore } from './directory.ts';
import { type Env, findGit } from './git/command.ts';
import { openGit } from './git/store.ts';
import type { CommitStore, TreeStore } from './types.ts';

export interface OpenBaseOptions {
  /** Absolute: relative specs start here, and so does the search for the repository of a `REV`. */
  readonly cwd: string;
  readonly env: Env;
  /** Absolute path of the git to run; without it git is looked up in PATH. */
  readonly git?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The spec is a revision, whatever directories there are. */
  readonly revision?: boolean | undefined;
}

/** The store for `spec`. Throws a `SeamError` that says what was tried. */
export async function openBase(spec: string, options: OpenBaseOptions): Promise<TreeStore> {
  if (options.revision === true) return openSpecAsRevision(spec, options);
  const directory = realDirectory(resolve(options.cwd, spec));
  if (spec !== '' && directory !== null) {
    if (gitDirOf(directory) === null) return new DirectoryStore(directory, directory);
    return openRevision(directory, 'HEAD', true, options);
  }
  // A directory's name and a revision (`HEAD@{1}`) may both hold an at sign: longest name first.
  for (let at = spec.lastIndexOf('@'); at > 0; at = spec.lastIndexOf('@', at - 1)) {
    const named = realDirectory(resolve(options.cwd, spec.slice(0, at)));
    if (named !== null) return openRevision(named, spec.slice(at + 1), true, options);
  }
  return openSpecAsRevision(spec, options);
}

async function openSpecAsRevision(spec: string, options: OpenBaseOptions): Promise<TreeStore> {
  try {
    return await openRevision(options.cwd, spec, false, options);
  } catch (cause) {
    const codes = ['not-a-repository', 'revision-not-found', 'bad-revision'];
    if (!(cause instanceof SeamError) || !codes.includes(cause.code)) throw cause;
    throw new SeamError('base-not-found', `'${spec}' is neither a directory nor a revision`, {
      hint: '--base DIR, --base DIR@REV, or -C REPOSITORY --base REV',
      cause,
      data: { spec, cwd: options.cwd },
    });
  }
}

/** `top`: the repository must be `dir` itself. */
async function openRevision(
  dir: string,
  rev: string,
  top: boolean,
  options: OpenBaseOptions,
): Promise<CommitStore> {
  const { env, signal } = options;
  const found = top ? gitDirOf(dir) : gitDirAbove(dir);
  if (found === null) throw notRepository(dir, top);
  const label = `${top ? dir : found.top}@${rev}`;
  const git = options.git ?? findGit(env);
  if (git !== null) return openGit(dir, rev, { git, env, top, label, signal });
  const { openIsomorphic } = await import('./isomorphic.ts');
  return openIsomorphic(found.gitDir, rev, label);
}

function notRepository(dir: string, top: boolean): SeamError {
  const what = top ? 'is not the top of a git repository' : 'is not in a git repository';
  return new SeamError('not-a-repository', `'${dir}' ${what}`, {
    hint: top ? `git -C '${dir}' rev-parse --show-toplevel` : '-C REPOSITORY',
    data: { dir },
  });
}

/** A directory with all symlinks in its name resolved; null when there is none. */
function realDirectory(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : null;
  } catch {
    return null;
  }
}

/** A repository: its top, and the directory in which git keeps it. */
interface Found {
  readonly top: string;
  readonly gitDir: string;
}

/** The repository whose top, or bare directory, is `dir` (gitrepository-layout(5)). */
function gitDirOf(dir: string): Found | null {
  const inside = join(dir, '.git');
  const bare = ['objects', 'refs'].every((name) => realDirectory(join(dir, name)) !== null);
  if (bare && isFile(join(dir, 'HEAD'))) return { top: dir, gitDir: dir };
  if (realDirectory(inside) !== null) return { top: dir, gitDir: inside };
  if (!isFile(inside)) return null;
  const [, target] = /^gitdir: (.*)\n?$/.exec(readFileSync(inside, 'utf8')) ?? [];
  return target === undefined ? null : { top: dir, gitDir: resolve(dir, target) };
}

function gitDirAbove(dir: string): Found | null {
  for (let at = dir; ; at = dirname(at)) {
    const found = gitDirOf(at);
    if (found !== null || at === dirname(at)) return found;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Whether commits can be written to a base: only repositories take them. */
export function isCommitStore(store: TreeStore): store is CommitStore {
  return store.kind === 'git' || store.kind === 'isomorphic-git';
}
