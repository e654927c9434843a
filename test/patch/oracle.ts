/** The installed git as second opinion, with no configuration of the user's or the machine's. */

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../tools/patch/types.ts';

const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: '/',
  LC_ALL: 'C',
};

/** Run git; its output, whatever the exit status. Throws when git says something on stderr. */
export function git(cwd: string, args: readonly string[], input?: Bytes): Bytes {
  const run = spawnSync('git', args, { cwd, input, env: ENV, maxBuffer: 1 << 30 });
  if (run.error !== undefined) throw run.error;
  if (run.stderr.length > 0) throw new Error(`git ${args.join(' ')}: ${run.stderr.toString()}`);
  return new Uint8Array(run.stdout);
}

/** What `git --version` prints, null when git is not installed: oracle tests are skipped then. */
export const gitVersion: string | null = (() => {
  const run = spawnSync('git', ['--version'], { env: ENV });
  return run.error === undefined ? run.stdout.toString().trim() : null;
})();

/** `git diff` of two files or directories of `cwd`, outside of any repository. */
export function gitDiff(cwd: string, old: string, next: string, ...options: string[]): Bytes {
  return git(cwd, ['diff', '--no-index', '--binary', '--no-color', ...options, '--', old, next]);
}

/** git's name of a blob with this content. */
export function blobId(content: Bytes): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** A directory of the corpora that `SEAM_CORPUS` points at, null when it is not there. */
export function corpus(name: string): string | null {
  const root = process.env['SEAM_CORPUS'];
  if (root === undefined || !existsSync(join(root, name))) return null;
  return join(root, name);
}

/** Paths of the patch files in a directory and all below it. */
export function patchFilesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.patch'))
    .map((name) => join(directory, name))
    .sort();
}
