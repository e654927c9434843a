import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiskStore, actionKey, sha256 } from '../../tools/check/store.ts';
import { scratch, seam } from './seam.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const DAY_MS = 86_400_000;

/** A cache with a result and two contents, the second of them unused for 40 days. */
function cache() {
  const cwd = scratch();
  const store = new DiskStore(join(cwd, 'cache/seam/store'), () => NOW);
  store.keep(actionKey({ a: 1 }), 'result');
  const names = [store.add(Buffer.from('new')), store.add(Buffer.alloc(3000, 'old'))];
  const files = readdirSync(store.directory, { recursive: true, encoding: 'utf8' });
  for (const file of files) utimesSync(join(store.directory, file), NOW, NOW);
  const old = new Date(NOW.getTime() - 40 * DAY_MS);
  const place = (name = '') => join(store.directory, 'cas', name.slice(0, 2), name);
  utimesSync(place(names[1]), old, old);
  const run = async (...argv: readonly string[]) =>
    seam(['cache', ...argv], { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } });
  return { run, names, place };
}

test('stat', async () => {
  const { run } = cache();
  expect((await run('stat')).stdout).toMatchInlineSnapshot(`
    "$DIR/cache/seam/store
    results   1     73 B
    contents  2  2.9 KiB
    "
  `);
  expect(JSON.parse((await run('stat', '--json')).stdout)).toMatchObject({
    schema: 'seam/cache-stat/1',
    contents: { files: 2, bytes: 3003 },
  });
  expect((await seam(['cache', 'stat'])).stdout).toContain('results   0');
});

test('verify removes what is damaged', async () => {
  const { run, names, place } = cache();
  expect(await run('verify')).toMatchObject({ status: 0, stdout: '3 files, 0 damaged\n' });
  writeFileSync(place(names[0]), 'neW');
  const found = await run('verify');
  expect(found).toMatchObject({
    status: 1,
    stdout: `removed cas ${names[0]}\n3 files, 1 damaged\n`,
  });
  expect(await run('verify')).toMatchObject({ status: 0, stdout: '2 files, 0 damaged\n' });
});

test('gc removes what is old, and then what is too much', async () => {
  const { run, names, place } = cache();
  expect((await run('gc', '-n')).stdout).toBe('1 file (2.9 KiB) would be removed, 2 (76 B) left\n');
  expect(readFileSync(place(names[1])).length).toBe(3000);
  // Begun by somebody who was killed, and by somebody who is at it.
  writeFileSync(`${place(names[0])}.0123456789ab.new`, 'half');
  const long = new Date(NOW.getTime() - DAY_MS);
  utimesSync(`${place(names[0])}.0123456789ab.new`, long, long);
  writeFileSync(`${place(names[0])}.ba9876543210.new`, 'half');
  utimesSync(`${place(names[0])}.ba9876543210.new`, NOW, NOW);
  expect((await run('gc')).stdout).toBe('2 files (2.9 KiB) removed, 3 (80 B) left\n');
  expect((await run('gc', '--size', '0')).stdout).toMatch(/^2 files .* removed, 1 /);
});

test('cat', async () => {
  const { run, names } = cache();
  expect(await run('cat', names[0] ?? '')).toMatchObject({ status: 0, stdout: 'new' });
  expect(await run('cat', sha256('absent'))).toMatchObject({ status: 2 });
  expect((await run('cat', '../x')).stderr).toBe("error: '../x' is no SHA-256\n");
});
