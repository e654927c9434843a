/** Repositories and directories for the tests of tools/tree, made with the installed git. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { NewCommit, Tree } from '../../tools/tree/types.ts';
import { hashObject } from '../../tools/tree/objects.ts';
import type { Bytes, Path } from '../../tools/patch/types.ts';
import { git } from '../patch/oracle.ts';

/** A directory that goes away with the test. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'seam-tree-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** git's answer as text, without the last line feed. */
export function ask(cwd: string, ...args: string[]): string {
  return Buffer.from(git(cwd, args)).toString().replace(/\n$/, '');
}

export const FILES: Readonly<Record<string, string>> = {
  Makefile: 'all:\n',
  'kernel/fork.c': 'int fork(void);\n',
  'kernel/sched/core.c': 'void schedule(void);\n',
  'kernel/sched.h': '#pragma once\n',
  'include/linux/sched.h': 'struct task_struct;\n',
};

export function writeFiles(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

/** A work tree with `files` committed on the branch `main`, checked out. */
export function repository(files = FILES, ...init: string[]): string {
  const dir = scratch();
  git(dir, ['init', '-q', '-b', 'main', ...init]);
  ask(dir, 'config', 'user.name', 'A U Thor');
  ask(dir, 'config', 'user.email', 'author@example.org');
  writeFiles(dir, files);
  git(dir, ['add', '-A']);
  git(dir, ['commit', '-q', '-m', 'base']);
  return dir;
}

const PERSON = { name: 'A U Thor', email: 'author@example.org' };

/** Commits, one per record of path → new content (null removes), and the blobs that they add. */
export function series(
  tree: Tree,
  steps: readonly Readonly<Record<Path, string | null>>[],
): { commits: NewCommit[]; blobs: Map<string, Bytes> } {
  const blobs = new Map<string, Bytes>();
  let at = tree;
  const commits = steps.map((step, index): NewCommit => {
    const changes = Object.entries(step).map(([path, text]) => {
      if (text === null) return [path, null] as const;
      const content = Buffer.from(text);
      const id = hashObject('blob', content);
      blobs.set(id, content);
      return [path, { mode: 0o100644, id }] as const;
    });
    at = at.with(changes);
    const date = { seconds: 1_200_000_000 + index, zone: 60 };
    const message = Buffer.from(
      `step ${index + 1}\n\nSigned-off-by: A U Thor <author@example.org>\n`,
    );
    const info = { author: PERSON, authorDate: date, committer: PERSON, commitDate: date, message };
    return { info, tree: at, changes };
  });
  return { commits, blobs };
}
