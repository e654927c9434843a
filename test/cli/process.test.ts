/** The few things that only a real process can show. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VERSION } from '../../tools/version.ts';
import { scratch } from './seam.ts';

const command = fileURLToPath(new URL('../../tools/seam', import.meta.url));

function run(argv: readonly string[], env: NodeJS.ProcessEnv = process.env, file = command) {
  return spawnSync(file, argv, { encoding: 'utf8', env, cwd: scratch() });
}

test('the command runs from anywhere, also through a link', () => {
  expect(run(['--version'])).toMatchObject({ status: 0, stdout: `seam ${VERSION}\n`, stderr: '' });
  const link = join(scratch(), 'seam');
  symlinkSync(command, link);
  expect(run(['--version'], process.env, link)).toMatchObject({ status: 0 });
});

test('the command runs where PATH is empty', () => {
  const { status, stdout } = run(['doctor'], { HOME: scratch(), PATH: '' });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^missing +cc/m);
});

test('compiled code is kept in the own cache directory of the user only', () => {
  const cache = scratch();
  const temporary = scratch();
  run(['help'], { ...process.env, XDG_CACHE_HOME: cache, TMPDIR: temporary });
  expect(existsSync(join(cache, 'seam', 'compiled'))).toBe(true);
  expect(existsSync(join(temporary, 'node-compile-cache'))).toBe(false);
});

test('a reader who has seen enough is no error', () => {
  const script = '"$0" man | head -n 1; echo "${PIPESTATUS[0]}"';
  const { stdout, stderr } = spawnSync('bash', ['-c', script, command], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^\.TH SEAM 1 .*\n(0|141)\n$/);
});

test('an interrupt stops the child first and ends with 130', async () => {
  const directory = scratch();
  const slow = join(directory, 'cc');
  const started = join(directory, 'started');
  writeFileSync(
    slow,
    `#!/bin/sh\necho $$ > ${started}.new\nmv ${started}.new ${started}\nexec sleep 60\n`,
  );
  chmodSync(slow, 0o755);
  const path = `${directory}:${process.env['PATH'] ?? ''}`;
  const child = spawn(command, ['doctor'], {
    stdio: 'ignore',
    env: { ...process.env, PATH: path },
  });
  const ended = new Promise((resolve) => {
    child.on('exit', (status, signal) => resolve({ status, signal }));
  });
  while (!existsSync(started)) await wait(10);
  child.kill('SIGINT');
  expect(await ended).toEqual({ status: 130, signal: null });
  const pid = Number(readFileSync(started, 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
