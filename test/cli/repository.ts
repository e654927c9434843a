/** A git repository to apply the example to, made by the installed git. */
import { execFileSync } from 'node:child_process';
import { EXAMPLE } from './example.ts';
import { scratch } from './seam.ts';

const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@seam.invalid',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@seam.invalid',
  GIT_AUTHOR_DATE: '1154412000 +0400',
  GIT_COMMITTER_DATE: '1154412000 +0400',
};

export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', env: ENV }).trim();
}

/** A fresh repository whose HEAD, branch main, has the example's base; the same commit every time. */
export function repository(): string {
  const directory = scratch();
  execFileSync('cp', ['-r', `${EXAMPLE}/base/.`, directory]);
  git(directory, 'init', '-q', '-b', 'main');
  git(directory, 'add', '-A');
  git(directory, 'commit', '-q', '-m', 'base');
  return directory;
}
