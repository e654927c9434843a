import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

const PATCH = `${EXAMPLE}/patches/utsname/introduce-utsname.patch`;

test('a mailbox becomes a quilt directory', async () => {
  const cwd = scratch();
  await seam(['export', '--mbox', 'm', ...ON_EXAMPLE], { cwd });
  expect(await seam(['import', 'm', '--series', 'patches'], { cwd })).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "sys-refuse-an-empty-buffer-in-gethostname.patch
    utsname-introduce-utsname.patch
    utsname-convert-the-system-calls-to-utsname.patch
    utsname-let-the-names-belong-to-a-namespace.patch
    ipc-count-message-queues-where-their-limit-is.patch
    ",
    }
  `);
  const { stdout } = await seam(
    ['apply', '-q', '--base', `${EXAMPLE}/base`, '--series', 'patches'],
    { cwd },
  );
  expect(stdout).toContain('tree 5dde9b1b1123f00589225853c7887d0e4234c372');
});

test('into a series that is there: its lines keep their bytes, the place is chosen', async () => {
  const series = '# one\r\na.patch -p0   # why\n\n  b.patch\n';
  const cwd = scratch({ 'q/series': series, 'q/a.patch': 'a\n', 'q/b.patch': 'b\n' });
  await seam(['import', PATCH, '--after', 'a.patch', '--series', 'q'], { cwd });
  expect(readFileSync(join(cwd, 'q/series'), 'utf8')).toBe(
    '# one\r\na.patch -p0   # why\nutsname-introduce-utsname.patch\r\n\n  b.patch\n',
  );
  expect(readFileSync(join(cwd, 'q/utsname-introduce-utsname.patch'))).toEqual(readFileSync(PATCH));
});

test('a patch of the same name is not written over without --force', async () => {
  const cwd = scratch({
    'q/series': 'utsname-introduce-utsname.patch\n',
    'q/utsname-introduce-utsname.patch': 'mine\n',
  });
  expect(await seam(['import', PATCH, '--series', 'q'], { cwd })).toMatchInlineSnapshot(`
    {
      "status": 2,
      "stderr": "error: patch 'utsname-introduce-utsname.patch' is in the series already
    hint: choose other patches, or write over it with --force
    ",
      "stdout": "",
    }
  `);
  expect(readFileSync(join(cwd, 'q/utsname-introduce-utsname.patch'), 'utf8')).toBe('mine\n');
  expect((await seam(['import', '--force', PATCH, '--series', 'q'], { cwd })).status).toBe(0);
  expect(readFileSync(join(cwd, 'q/series'), 'utf8')).toBe('utsname-introduce-utsname.patch\n');
});

test('a mail from standard input', async () => {
  const cwd = scratch();
  const stdin = readFileSync(PATCH);
  expect((await seam(['import', '-', '--series', 'q', '--json'], { cwd, stdin })).stdout)
    .toMatchInlineSnapshot(`
    "{
      "schema": "seam/import/1",
      "directory": "$DIR/q",
      "patches": [
        "utsname-introduce-utsname.patch"
      ]
    }
    "
  `);
  expect(readdirSync(join(cwd, 'q')).sort()).toEqual(['series', 'utsname-introduce-utsname.patch']);
});

test('names that lead out of the directory are refused', async () => {
  const cwd = scratch({ 'evil/series': '../../x.patch\n', 'x.patch': readFileSync(PATCH) });
  const { status, stderr } = await seam(['import', 'evil', '--series', 'q'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "error: patch name '../../x.patch' has the component '..', on line 1 of series
    "
  `);
});

test('only a quilt directory can be imported into', async () => {
  const cwd = scratch({ 'file.mbox': readFileSync(PATCH) });
  expect((await seam(['import', PATCH, '--series', 'file.mbox'], { cwd })).stderr)
    .toMatchInlineSnapshot(`
    "error: cannot import into 'file.mbox': it is no quilt directory
    hint: name a quilt directory, or one that does not exist yet, with --series
    "
  `);
});
