import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskStore, actionKey, sha256 } from '../../tools/check/store.ts';
import { scratch } from '../cli/seam.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const store = (directory = scratch()) => new DiskStore(join(directory, 'store'), () => NOW);
const place = ({ directory }: DiskStore, part: 'ac' | 'cas', name: string) =>
  join(directory, part, name.slice(0, 2), name);

test('what is kept is got, under its key only', () => {
  const kept = store();
  const key = actionKey({ tree: 't', command: ['make', '-j2'] });
  expect(kept.result(key)).toBe(null);
  kept.keep(key, [{ status: 1, tail: 'a\nb\n' }]);
  expect(kept.result(key)).toEqual([{ status: 1, tail: 'a\nb\n' }]);
  expect(kept.result(actionKey({ tree: 't', command: ['make -j2'] }))).toBe(null);
  expect(actionKey({ command: ['make', '-j2'], tree: 't' })).toBe(key);
});

test('a result that is cut short, changed or under a foreign name is none, and heals', () => {
  const kept = store();
  const [key, other] = [actionKey({ a: 1 }), actionKey({ a: 2 })];
  kept.keep(key, { status: 1 });
  kept.keep(other, { status: 1 });
  const file = place(kept, 'ac', key);
  const whole = readFileSync(file, 'utf8');
  const foreign = readFileSync(place(kept, 'ac', other), 'utf8');
  for (const damaged of ['', whole.slice(0, -3), whole.replace(':1', ':0'), foreign]) {
    writeFileSync(file, damaged);
    expect(kept.result(key)).toBe(null);
    expect(statSync(file, { throwIfNoEntry: false })).toBe(undefined);
  }
  kept.keep(key, { status: 1 });
  expect(kept.result(key)).toEqual({ status: 1 });
});

test('a content that is not what its name says is none, and heals', () => {
  const kept = store();
  const name = kept.add(Buffer.from('object'));
  expect(name).toBe(sha256('object'));
  expect(kept.content(name)?.toString()).toBe('object');
  for (const damaged of ['objecT', 'obj', '']) {
    writeFileSync(place(kept, 'cas', name), damaged);
    expect(kept.content(name)).toBe(null);
    kept.add(Buffer.from('object'));
    expect(kept.content(name)?.toString()).toBe('object');
  }
});

test('reading says that a file is in use, once a day', () => {
  const kept = store();
  const name = kept.add(Buffer.from('object'));
  const file = place(kept, 'cas', name);
  const old = new Date(NOW.getTime() - 10 * 86_400_000);
  utimesSync(file, old, old);
  kept.content(name);
  expect(statSync(file).mtime).toEqual(NOW);
});

test('where nothing can be written, nothing is kept and nobody is stopped', () => {
  const directory = scratch({ store: 'a file stands where the directory should' });
  const full = store(directory);
  const name = full.add(Buffer.from('object'));
  full.keep(actionKey({}), 1);
  expect(name).toBe(sha256('object'));
  expect(full.content(name)).toBe(null);
  expect(full.result(actionKey({}))).toBe(null);
  expect(full.trouble?.message).toMatch(/ENOTDIR|EEXIST/);
});

test('a damaged file in a store that cannot be changed is none, too', () => {
  const kept = store();
  const name = kept.add(Buffer.from('object'));
  const file = place(kept, 'cas', name);
  writeFileSync(file, 'other');
  chmodSync(join(file, '..'), 0o500);
  try {
    expect(kept.content(name)).toBe(null);
  } finally {
    chmodSync(join(file, '..'), 0o700);
  }
});

test('several processes writing the same files get what they wrote', async () => {
  const { directory } = store();
  const program = `
    import { DiskStore, actionKey } from '${new URL('../../tools/check/store.ts', import.meta.url).pathname}';
    const store = new DiskStore('${directory}', () => new Date());
    for (let i = 0; i < 100; i += 1) {
      const key = actionKey({ i });
      store.keep(key, { i });
      const name = store.add(Buffer.alloc(10_000, String(i)));
      if (store.result(key)?.i !== i || store.content(name) === null) throw new Error('lost ' + i);
    }`;
  const ends = Array.from({ length: 4 }, async () => {
    const argv = ['--input-type=module', '-e', program];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'inherit'] });
    return new Promise((resolve) => child.on('exit', resolve));
  });
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => name.endsWith('.new'))).toEqual([]);
});
