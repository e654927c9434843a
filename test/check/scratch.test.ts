/** A scratch directory between trees: what is written, what is undone, and what is never followed. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Scratch } from '../../tools/check/scratch.ts';
import { MemoryStore } from '../../tools/tree/memory.ts';
import { hashObject } from '../../tools/tree/objects.ts';
import type { Change, Tree } from '../../tools/tree/types.ts';
import { scratch as directory } from '../cli/seam.ts';

const signal = new AbortController().signal;

async function family(files: Readonly<Record<string, string>>) {
  const list = Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  const store = new MemoryStore(list);
  const blobs = new Map<string, Uint8Array>();
  const paths = new Set<string>();
  const base = await store.load();
  const place = directory();
  const scratch = new Scratch(place, { store, paths, blobs });
  const changed = (changes: Readonly<Record<string, string | null>>): Tree => {
    const entries = Object.entries(changes).map(([path, text]): Change => {
      paths.add(path);
      if (text === null) return [path, null];
      const id = hashObject('blob', Buffer.from(text));
      blobs.set(id, Buffer.from(text));
      return [path, { mode: 0o100644, id }];
    });
    return base.with(entries);
  };
  const checkout = (tree: Tree, clean = false) => scratch.checkout(tree, { clean, signal });
  const at = (path: string): string => join(scratch.directory, path);
  return { base, changed, paths, checkout, at, place, build: scratch.build };
}

test('only what differs is written, and what was built stays', async () => {
  const { base, changed, checkout, at } = await family({ 'd/a': '1\n', b: '1\n' });
  const next = changed({ 'd/a': '2\n', 'e/f/new': 'n\n' });
  expect(await checkout(base)).toBe(2);
  const before = lstatSync(at('b')).mtimeMs;
  writeFileSync(at('built'), 'object');
  expect(await checkout(next)).toBe(2);
  expect(readFileSync(at('d/a'), 'utf8')).toBe('2\n');
  expect(lstatSync(at('b')).mtimeMs).toBe(before);
  expect(readFileSync(at('built'), 'utf8')).toBe('object');
  expect(await checkout(base)).toBe(2);
  expect(existsSync(at('e'))).toBe(false);
  expect(await checkout(base)).toBe(0);
});

test('what a command did to files of the tree is undone', async () => {
  const { base, checkout, at } = await family({ 'd/a': '1\n', b: '1\n', c: '1\n' });
  await checkout(base);
  writeFileSync(at('b'), '2\n');
  utimesSync(at('b'), 0, 0);
  rmSync(at('d'), { recursive: true });
  rmSync(at('c'));
  mkdirSync(at('c'));
  expect(await checkout(base)).toBe(3);
  expect(['d/a', 'b', 'c'].map((path) => readFileSync(at(path), 'utf8'))).toEqual(
    Array(3).fill('1\n'),
  );
});

test('clean: nothing of a run is left, and what it did to files is undone', async () => {
  const { base, checkout, at, build } = await family({
    'd/a': '1\n',
    b: '1\n',
    'e/f': '1\n',
    l: '1\n',
  });
  await checkout(base);
  mkdirSync(at('objects/deep'), { recursive: true });
  writeFileSync(at('objects/deep/a.o'), 'object');
  writeFileSync(at('d/a.o'), 'object');
  writeFileSync(join(build, 'vmlinux'), 'program');
  rmSync(at('e'), { recursive: true });
  symlinkSync('d', at('e'));
  rmSync(at('l'));
  mkdirSync(at('l/x'), { recursive: true });
  // Of the same size, with its old time set again.
  const { atimeMs, mtimeMs } = lstatSync(at('b'));
  writeFileSync(at('b'), '2\n');
  utimesSync(at('b'), atimeMs / 1000, mtimeMs / 1000);
  expect(await checkout(base, true)).toBe(3);
  expect(['d/a', 'b', 'e/f', 'l'].map((path) => readFileSync(at(path), 'utf8'))).toEqual(
    Array(4).fill('1\n'),
  );
  for (const path of ['objects', 'd/a.o']) expect(existsSync(at(path))).toBe(false);
  expect(lstatSync(at('e')).isDirectory()).toBe(true);
  expect(existsSync(join(build, 'vmlinux'))).toBe(false);
  expect(existsSync(build)).toBe(true);
});

test('a submodule is an empty directory, in which a command may put what it likes until it is clean', async () => {
  const { base, paths, checkout, at } = await family({ b: '1\n' });
  paths.add('sub');
  const tree = base.with([['sub', { mode: 0o160000, id: '1'.repeat(40) }]]);
  await checkout(tree);
  writeFileSync(at('sub/cloned'), '');
  expect(await checkout(tree)).toBe(0);
  expect(readdirSync(at('sub'))).toEqual(['cloned']);
  expect(await checkout(tree, true)).toBe(0);
  expect(readdirSync(at('sub'))).toEqual([]);
  await checkout(base);
  expect(existsSync(at('sub'))).toBe(false);
});

test('links that a command put in the way are not followed, neither to write nor to remove', async () => {
  const { base, changed, checkout, at } = await family({ 'd/a': '1\n', 'e/b': '1\n' });
  const other = changed({ 'd/a': '2\n', 'e/b': null, 'f/c': '3\n' });
  const outside = directory({ a: 'mine\n', b: 'mine\n' });
  await checkout(base);
  for (const name of ['d', 'e', 'f']) {
    rmSync(at(name), { recursive: true, force: true });
    symlinkSync(outside, at(name));
  }
  await checkout(other);
  expect(readFileSync(join(outside, 'a'), 'utf8')).toBe('mine\n');
  expect(readFileSync(join(outside, 'b'), 'utf8')).toBe('mine\n');
  expect(existsSync(join(outside, 'c'))).toBe(false);
  expect(readFileSync(at('d/a'), 'utf8')).toBe('2\n');
  expect(readFileSync(at('f/c'), 'utf8')).toBe('3\n');
});

test('make builds what changed, however quickly the trees follow, and nothing else', async () => {
  const makefile = 'all: x.o y.o\n%.o: %.c\n\t@echo $*; cp $< $@\n';
  const { base, changed, checkout, at } = await family({
    Makefile: makefile,
    'x.c': '0',
    'y.c': '0',
  });
  const trees = [base, changed({ 'x.c': '1' }), base, changed({ 'x.c': '2' })];
  const built: string[] = [];
  for (const tree of trees) {
    await checkout(tree);
    built.push(execFileSync('make', ['-s'], { cwd: at('.'), encoding: 'utf8' }));
  }
  expect(built).toEqual(['x\ny\n', 'x\n', 'x\n', 'x\n']);
  expect(readFileSync(at('x.o'), 'utf8')).toBe('2');
});
