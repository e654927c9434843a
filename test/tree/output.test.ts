import {
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../tools/patch/types.ts';
import { openBase } from '../../tools/tree/base.ts';
import { DirectoryStore } from '../../tools/tree/directory.ts';
import { MemoryStore } from '../../tools/tree/memory.ts';
import { hashObject } from '../../tools/tree/objects.ts';
import { writeTree } from '../../tools/tree/output.ts';
import { ownerTag } from '../../tools/tree/owner.ts';
import type { Change, TreeStore } from '../../tools/tree/types.ts';
import { git } from '../patch/oracle.ts';
import { FILES, ask, repository, scratch, series, writeFiles } from './repository.ts';

const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };

describe.each(['git', 'isomorphic-git', 'directory', 'memory'])('a tree of a %s base', (kind) => {
  async function open(): Promise<TreeStore> {
    if (kind === 'memory') {
      return new MemoryStore(
        Object.entries(FILES).map(([path, text]) => ({ path, content: Buffer.from(text) })),
      );
    }
    const dir = repository();
    if (kind === 'directory') return new DirectoryStore(dir, dir);
    return openBase(dir, { cwd: dir, env: kind === 'git' ? env : { PATH: '' } });
  }

  test('is written whole, with its changes', async () => {
    const store = await open();
    const target = join(scratch(), 'out');
    const { commits, blobs } = series(await store.load(Object.keys(FILES)), [
      { 'kernel/fork.c': 'changed\n', 'new/\udcff': 'new\n' },
      { 'kernel/sched/core.c': null },
    ]);
    const script = Buffer.from('#!/bin/sh\n');
    const link = Buffer.from('kernel/fork.c');
    const more: [string, 0o100755 | 0o120000, Bytes][] = [
      ['run.sh', 0o100755, script],
      ['link', 0o120000, link],
    ];
    const changes: Change[] = more.map(([path, mode, content]) => {
      const id = hashObject('blob', content);
      blobs.set(id, content);
      return [path, { mode, id }];
    });
    const tree = (commits.at(-1)?.tree ?? (await store.load([]))).with(changes);
    const seen: number[] = [];
    const count = await writeTree(store, tree, blobs, target, { onProgress: (n) => seen.push(n) });
    await store.close();
    expect(count).toBe(7);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect((await new DirectoryStore(target, target).load([])).id).toBe(tree.id);
    expect(statSync(join(target, 'run.sh')).mode & 0o7777).toBe(0o755);
    expect(statSync(join(target, 'Makefile')).mode & 0o7777).toBe(0o644);
    expect(readlinkSync(join(target, 'link'))).toBe('kernel/fork.c');
    expect(readdirSync(join(target, '..'))).toEqual(['out']);
  });
});

const one = new MemoryStore([{ path: 'file', content: Buffer.from('x\n') }]);
const write = async (target: string) => writeTree(one, await one.load(), new Map(), target);

test('an empty directory is taken, anything else is not', async () => {
  const dir = scratch();
  mkdirSync(join(dir, 'empty'));
  expect(await write(join(dir, 'empty'))).toBe(1);
  await expect(write(join(dir, 'empty'))).rejects.toThrow("empty' is not empty");
  writeFileSync(join(dir, 'plain'), '');
  await expect(write(join(dir, 'plain'))).rejects.toThrow('is no directory');
  mkdirSync(join(dir, 'other'));
  symlinkSync('other', join(dir, 'link'));
  await expect(write(join(dir, 'link'))).rejects.toThrow('is no directory');
  await expect(write(join(dir, 'no/parent'))).rejects.toMatchObject({
    code: 'output-no-parent',
    hint: `mkdir -p '${join(dir, 'no')}'`,
  });
  expect(readdirSync(join(dir, 'other'))).toEqual([]);
});

test.each(['../escape', '/absolute', '.git/config', 'a/.GIT/hooks/x', 'a\\..\\x'])(
  'a base with the path %j is not written',
  async (path) => {
    const dir = scratch();
    const store = new MemoryStore([
      { path: 'fine', content: Buffer.from('x\n') },
      { path, content: Buffer.from('evil\n') },
    ]);
    const done = writeTree(store, await store.load(), new Map(), join(dir, 'out'));
    await expect(done).rejects.toMatchObject({ code: 'unsafe-path', data: { path } });
    expect(readdirSync(dir)).toEqual([]);
  },
);

test('nothing is written through a link of the tree itself', async () => {
  const dir = scratch();
  const victim = scratch();
  // No store makes such a tree; a visitor that is called this way must still not follow.
  const store = Object.assign(Object.create(one) as TreeStore, {
    contents: async (...[, , visit]: Parameters<TreeStore['contents']>) => {
      visit('a', 0o120000, Buffer.from(victim));
      visit('a/file', 0o100644, Buffer.from('evil\n'));
    },
  });
  const done = writeTree(store, await one.load(), new Map(), join(dir, 'out'));
  await expect(done).rejects.toMatchObject({ code: 'output-failed' });
  expect(readdirSync(victim)).toEqual([]);
  expect(readdirSync(dir)).toEqual([]);
});

test('what a dead run left is removed, what a living one writes is not', async () => {
  const dir = scratch();
  const gone = spawnSync('true').pid;
  const space = ownerTag().split('-')[0] ?? '';
  const names = {
    dead: `.out.seam-${space}-${gone}-01234567`,
    alive: `.out.seam-${ownerTag()}-01234567`,
    elsewhere: `.out.seam-00000000-${gone}-01234567`,
    foreign: '.out.seam-notes',
  };
  for (const name of Object.values(names)) writeFiles(dir, { [`${name}/x`]: '' });
  await write(join(dir, 'out'));
  const { dead, ...kept } = names;
  expect(readdirSync(dir).sort()).toEqual([...Object.values(kept), 'out'].sort());
  expect(dead).not.toBe(names.alive);
});

test('a run that is aborted leaves nothing', async () => {
  const dir = scratch();
  const abort = new AbortController();
  const store = new DirectoryStore(repository(), 'base');
  const done = writeTree(store, await store.load([]), new Map(), join(dir, 'out'), {
    signal: abort.signal,
    onProgress: (files) => files === 2 && abort.abort(),
  });
  await expect(done).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(dir)).toEqual([]);
});

test('a submodule is an empty directory, as in a checkout', async () => {
  const dir = repository();
  git(dir, ['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub/module`]);
  git(dir, ['commit', '-q', '-m', 'submodule']);
  const store = await openBase(dir, { cwd: dir, env });
  const target = join(scratch(), 'out');
  const tree = await store.load([]);
  expect(tree.id).toBe(ask(dir, 'rev-parse', 'HEAD^{tree}'));
  await writeTree(store, tree, new Map(), target);
  await store.close();
  expect(readdirSync(join(target, 'sub/module'))).toEqual([]);
  expect(readFileSync(join(target, 'Makefile'), 'utf8')).toBe(FILES['Makefile']);
});
