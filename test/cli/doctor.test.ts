import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch, seam } from './seam.ts';

/** A directory with real, small programs in it. */
function programs(
  bodies: Readonly<Record<string, string>>,
  also: Record<string, string> = {},
): string {
  const files = Object.entries(bodies).map(([name, body]) => [
    `bin/${name}`,
    `#!/bin/sh\n${body}\n`,
  ]);
  const directory = scratch({ ...(Object.fromEntries(files) as Record<string, string>), ...also });
  for (const name of Object.keys(bodies)) chmodSync(join(directory, 'bin', name), 0o755);
  return directory;
}

test('a machine with what is required', async () => {
  const cwd = programs({ gcc: 'echo gcc 13.2.0', make: 'echo GNU Make 4.4.1', perl: 'exit 3' });
  expect(await seam(['doctor'], { cwd, env: { PATH: join(cwd, 'bin') } })).toMatchSnapshot();
});

test('a machine with nothing at all', async () => {
  expect(await seam(['doctor', '-q'], { env: { PATH: '' } })).toMatchSnapshot();
  const { status, stdout } = await seam(['doctor', '--json'], { env: { PATH: '' } });
  const { ready, tools } = JSON.parse(stdout) as { ready: boolean; tools: { path: null }[] };
  expect({ status, ready }).toEqual({ status: 1, ready: false });
  expect(tools.every((tool) => tool.path === null)).toBe(true);
});

test('a program of the current directory is never run', async () => {
  const cwd = programs({ cc: 'echo cc 6.6.6' });
  const { stdout } = await seam(['doctor', '-C', 'bin'], { cwd, env: { PATH: '.::bin' } });
  expect(stdout).not.toContain('6.6.6');
});

test('what a program prints cannot reach the terminal raw', async () => {
  const cwd = programs({ cc: `printf '1.0\\033[31m'`, make: 'echo 4.4' });
  const { stdout } = await seam(['doctor'], { cwd, env: { PATH: join(cwd, 'bin') } });
  expect(stdout).toMatch(/^ok +cc +1\.0 /m);
  expect(stdout).not.toContain('\x1b');
});

test("checkpatch.pl is found through the user's own configuration", async () => {
  const cwd = programs({ 'checkpatch.pl': 'echo Version: 0.32; exit 1' });
  const path = join(cwd, 'bin/checkpatch.pl');
  const home = scratch({ 'seam/config.toml': `[tools]\n"checkpatch.pl" = "${path}"\n` });
  const { stdout } = await seam(['doctor'], { cwd, env: { PATH: '', XDG_CONFIG_HOME: home } });
  expect(stdout).toMatch(/^ok +checkpatch\.pl +0\.32 +\$DIR\/bin\/checkpatch\.pl$/m);
});
