import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ON_EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

const MODEL = fileURLToPath(new URL('../fixtures/small-model', import.meta.url));

/** A directory with a small model, and an environment that keeps its objects there, too. */
function workplace(files: Readonly<Record<string, string>> = {}) {
  const cwd = scratch(files);
  cpSync(MODEL, join(cwd, 'model'), { recursive: true });
  return { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } };
}

test('builds outside of the tree and says where the program is', async () => {
  const options = workplace();
  const { status, stdout, stderr } = await seam(['model', 'build', '--base', 'model'], options);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const program = stdout.trim().replace('$DIR', options.cwd);
  expect(existsSync(program)).toBe(true);
  expect(program).toMatch(/\/cache\/seam\/model\/objects\/[0-9a-f]{16}\/vmlinux$/);
  expect(existsSync(join(options.cwd, 'model/vmlinux'))).toBe(false);
});

test('--at builds the tree after a patch', async () => {
  const patch =
    '--- a/vmlinux.sh\n+++ b/vmlinux.sh\n@@ -1,2 +1,3 @@\n #!/bin/sh\n+[ "$1" = bench ] && echo patched && exit 0\n # SPDX-License-Identifier: GPL-2.0-only\n';
  const options = workplace({ 'p/series': 'a.patch\n', 'p/a.patch': patch });
  const where = ['--base', 'model', '--series', 'p'];
  const { stdout } = await seam(['model', 'bench', '--at', 'a', ...where], options);
  expect(stdout).toMatch(/^patched\n/);
  expect((await seam(['model', 'bench', ...where], options)).stdout).toMatch(
    /^uname {2}1000 calls\n/,
  );
});

test('a configuration that does not do is refused with what make says', async () => {
  const options = workplace({ good: 'CONFIG_UTS_NS=y\n', bad: '' });
  expect(
    (await seam(['model', 'build', '--base', 'model', '--kconfig', 'good'], options)).status,
  ).toBe(0);
  expect(await seam(['model', 'build', '--base', 'model', '--kconfig', 'bad'], options))
    .toMatchInlineSnapshot(`
      {
        "status": 2,
        "stderr": "error: the model does not build
        output:
          error: no CONFIG_UTS_NS
          make: *** [Makefile:10: olddefconfig] Error 1
      ",
        "stdout": "",
      }
    `);
});

test('another tree is no model, and nothing is built without make', async () => {
  const options = workplace();
  const other = await seam(['model', 'build', ...ON_EXAMPLE], options);
  expect(other).toMatchObject({ status: 2 });
  expect(other.stderr).toMatch(/is not the modelled kernel\n/);
  const bare = { ...options, env: { ...options.env, PATH: '' } };
  expect((await seam(['model', 'build', '--base', 'model'], bare)).stderr).toMatchInlineSnapshot(`
    "error: cannot build without make
    hint: apt-get install make gcc
    "
  `);
});

test('run plays a file or standard input and hands the status on', async () => {
  const options = workplace({ 'a.scn': 'init uname\n' });
  expect(await seam(['model', 'run', 'a.scn', '--base', 'model'], options)).toEqual({
    status: 0,
    stdout: 'init uname\n',
    stderr: '',
  });
  expect(
    await seam(['model', 'run', '--base', 'model'], { ...options, stdin: 'init x\n' }),
  ).toEqual({
    status: 2,
    stdout: 'init x\n',
    stderr: 'line 1: said on stderr\n',
  });
});

test('counts suites and shows what failed', async () => {
  const options = workplace();
  expect(await seam(['model', 'test', '--base', 'model'], options)).toMatchInlineSnapshot(`
    {
      "status": 1,
      "stderr": "",
      "stdout": "uts  failed  1 of 2
    too_long
      # too_long: EXPECTATION FAILED at kernel/sys_test.c:7
    unit tests: 1 passed, 1 failed, 0 skipped
    2 scenarios: 2 equal, 0 not, 0 skipped
    ",
    }
  `);
  expect((await seam(['model', 'test', '--ktap', '--base', 'model'], options)).stdout).toMatch(
    /^KTAP version 1\n/,
  );
  const json = JSON.parse(
    (await seam(['model', 'test', 'uts', '--json', '--base', 'model'], options)).stdout,
  ) as unknown;
  expect(json).toMatchObject({
    ok: false,
    counts: { passed: 1, failed: 1, skipped: 0 },
    scenarios: null,
  });
});
