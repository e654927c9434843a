import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { git, repository } from './repository.ts';
import { scratch, seam } from './seam.ts';

const still = <T extends { stdout: string }>(outcome: T): T => ({
  ...outcome,
  stdout: outcome.stdout.replaceAll(EXAMPLE, '$EXAMPLE'),
});

test('names, one a line, as quilt prints them', async () => {
  expect(await seam(['series', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "utsname/gethostname-empty-buffer.patch
    utsname/introduce-utsname.patch
    utsname/convert-system-calls.patch
    utsname/uts-namespace.patch
    ipc/message-queues.patch
    ",
    }
  `);
});

test('-v has numbers, sizes and subjects', async () => {
  expect((await seam(['series', '-v', ...ON_EXAMPLE])).stdout).toMatchInlineSnapshot(`
    "1  utsname/gethostname-empty-buffer.patch   +1 -1  sys: refuse an empty buffer in gethostname()
    2  utsname/introduce-utsname.patch          +6 -0  utsname: introduce utsname()
    3  utsname/convert-system-calls.patch       +5 -5  utsname: convert the system calls to utsname()
    4  utsname/uts-namespace.patch             +16 -7  utsname: let the names belong to a namespace
    5  ipc/message-queues.patch                +12 -5  ipc: count message queues where their limit is
    7 files changed, 40 insertions(+), 18 deletions(-)
    "
  `);
});

test('ranges and unique beginnings', async () => {
  expect((await seam(['series', '4..', ...ON_EXAMPLE])).stdout).toBe(
    'utsname/uts-namespace.patch\nipc/message-queues.patch\n',
  );
  expect((await seam(['series', 'message', '1', ...ON_EXAMPLE])).stdout).toBe(
    'utsname/gethostname-empty-buffer.patch\nipc/message-queues.patch\n',
  );
});

test('--json', async () => {
  expect(still(await seam(['series', '--json', '1', ...ON_EXAMPLE])).stdout).toMatchInlineSnapshot(`
    "{
      "schema": "seam/series/1",
      "origin": "quilt",
      "source": "$EXAMPLE/patches",
      "version": 1,
      "baseCommit": null,
      "patches": [
        {
          "number": 1,
          "name": "utsname/gethostname-empty-buffer.patch",
          "subject": "sys: refuse an empty buffer in gethostname()",
          "topic": "utsname",
          "strip": 1,
          "reverse": false,
          "commit": null,
          "files": 1,
          "added": 1,
          "deleted": 1
        }
      ]
    }
    "
  `);
});

test('an mbox on standard input is a series', async () => {
  const stdin = readFileSync(`${EXAMPLE}/patches/utsname/introduce-utsname.patch`);
  expect((await seam(['series', '--series', '-'], { stdin })).stdout).toMatchInlineSnapshot(`
    "0001-utsname-introduce-utsname.patch
    "
  `);
});

test("a range of commits is read by the git that the user's configuration names", async () => {
  const cwd = repository();
  git(cwd, 'commit', '-q', '--allow-empty', '-m', 'uts: nothing yet');
  const real = git(cwd, '--exec-path');
  const home = scratch({ git: `#!/bin/sh\nPATH=/usr/bin:/bin exec '${real}/git' "$@"\n` });
  chmodSync(join(home, 'git'), 0o755);
  const range = ['series', '-v', '--series', 'HEAD^..HEAD'];
  const without = await seam(range, { cwd, env: { PATH: '' } });
  expect(without).toMatchObject({ status: 2, stdout: '' });
  expect(without.stderr).toContain('without git');
  const config = scratch({ 'seam/config.toml': `[tools]\ngit = "${join(home, 'git')}"\n` });
  const named = await seam(range, { cwd, env: { PATH: '', XDG_CONFIG_HOME: config } });
  expect(named.stdout).toContain('uts: nothing yet');
});
