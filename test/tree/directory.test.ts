import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DirectoryStore } from '../../tools/tree/directory.ts';
import { git } from '../patch/oracle.ts';
import { FILES, ask, repository, scratch, series, writeFiles } from './repository.ts';

/** A directory with everything that git can keep, and some that it cannot. */
function oddDirectory(): string {
  const dir = scratch();
  writeFiles(dir, { ...FILES, 'a.c': '', 'a/b.c': 'b\n', 'a-b': 'c\n', '.hidden/x': 'y\n' });
  writeFileSync(Buffer.concat([Buffer.from(`${dir}/bad`), Buffer.of(0xff)]), 'name\n');
  writeFileSync(join(dir, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(dir, 'group.sh'), '#!/bin/sh\n', { mode: 0o654 });
  symlinkSync('kernel/fork.c', join(dir, 'link'));
  symlinkSync('/etc', join(dir, 'outside'));
  symlinkSync('nowhere', join(dir, 'dangling'));
  mkdirSync(join(dir, 'empty/deeper'), { recursive: true });
  return dir;
}

test('a directory has the id that git gives it', async () => {
  const dir = oddDirectory();
  execFileSync('mkfifo', [join(dir, 'pipe')]);
  const tree = await new DirectoryStore(dir, dir).load([]);
  git(dir, ['init', '-q']);
  git(dir, ['add', '-A']);
  expect(tree.id).toBe(ask(dir, 'write-tree'));
  const withGit = await new DirectoryStore(dir, dir).load([]);
  expect(withGit.id).toBe(tree.id);
});

test("quilt's own directory is left out at the top, where it is quilt's", async () => {
  const dir = scratch();
  writeFiles(dir, FILES);
  const before = (await new DirectoryStore(dir, dir).load([])).id;
  writeFiles(dir, { '.pc/.version': '2\n', '.pc/applied-patches': 'a.patch\n' });
  expect((await new DirectoryStore(dir, dir).load([])).id).toBe(before);
  writeFiles(dir, { 'kernel/.pc/.version': '2\n' });
  expect((await new DirectoryStore(dir, dir).load([])).id).not.toBe(before);
});

test('changes lead to the tree that git makes of them', async () => {
  const dir = repository();
  const store = new DirectoryStore(dir, dir);
  const { commits, blobs } = series(await store.load(Object.keys(FILES)), [
    { 'kernel/fork.c': 'changed\n', 'new/dir/file': 'new\n' },
    { 'kernel/sched/core.c': null },
  ]);
  writeFiles(dir, { 'kernel/fork.c': 'changed\n', 'new/dir/file': 'new\n' });
  git(dir, ['rm', '-q', 'kernel/sched/core.c']);
  git(dir, ['add', '-A']);
  expect(commits.at(-1)?.tree.id).toBe(ask(dir, 'write-tree'));
  expect(blobs.size).toBe(2);
});

test('links are never followed', async () => {
  const dir = oddDirectory();
  const store = new DirectoryStore(dir, dir);
  const tree = await store.load(['link', 'outside/passwd', 'outside']);
  expect(tree.get('outside/passwd')).toBeNull();
  expect(tree.kind('outside')).toBe('file');
  expect([...tree.siblings('outside/passwd')]).toEqual([]);
  const id = tree.get('outside')?.id ?? '';
  expect(Buffer.from((await store.blobs([id])).get(id) ?? []).toString()).toBe('/etc');
});

test('nor is one that took the place of a file after it was seen', async () => {
  const dir = oddDirectory();
  const store = new DirectoryStore(dir, dir);
  const tree = await store.load([]);
  const entry = tree.get('Makefile');
  renameSync(join(dir, 'Makefile'), join(dir, 'moved'));
  symlinkSync('/etc/passwd', join(dir, 'Makefile'));
  expect(() => entry?.id).toThrow("cannot read '");
});

test('an empty directory is not in the way of a file', async () => {
  const tree = await new DirectoryStore(oddDirectory(), 'odd').load(['empty']);
  expect(tree.kind('empty')).toBeNull();
  expect(tree.kind('empty/deeper')).toBeNull();
});

test('only what is asked for is read', async () => {
  const dir = scratch();
  writeFiles(dir, FILES);
  // Unreadable even for root: the file is gone when it would be read.
  const store = new DirectoryStore(dir, dir);
  const tree = await store.load(['kernel/fork.c']);
  renameSync(join(dir, 'include'), join(dir, 'elsewhere'));
  expect(tree.get('kernel/fork.c')?.mode).toBe(0o100644);
  expect(() => tree.id).toThrow(/cannot read '.*include'/);
});

test('a file that changes while it is in use does not go unnoticed', async () => {
  const dir = scratch();
  writeFiles(dir, FILES);
  const store = new DirectoryStore(dir, dir);
  const loaded = await store.load(['kernel/fork.c']);
  const seen = loaded.get('kernel/fork.c')?.id ?? '';
  const other = loaded.get('Makefile')?.id ?? '';
  writeFiles(dir, { Makefile: 'other\n', 'kernel/fork.c': 'other\n' });
  expect(Buffer.from((await store.blobs([seen])).get(seen) ?? []).toString()).toBe(
    FILES['kernel/fork.c'],
  );
  await expect(store.blobs([other])).rejects.toThrow('changed while it was in use');
  await expect(store.load(['Makefile'])).rejects.toMatchObject({ code: 'base-changed' });
  await expect(store.blobs(['1'.repeat(40)])).rejects.toMatchObject({ kind: 'internal' });
});

test('blobs are found by the beginning of their ids among the files that were loaded', async () => {
  const dir = scratch();
  writeFiles(dir, FILES);
  chmodSync(join(dir, 'Makefile'), 0o755);
  const store = new DirectoryStore(dir, dir);
  const id = (await store.load(['Makefile'])).get('Makefile')?.id ?? '';
  expect(await store.findBlob(id.slice(0, 7))).toMatchObject({ id });
  expect(await store.findBlob(id.slice(0, 3))).toBeNull();
  expect(await store.findBlob('0000000')).toBeNull();
});
