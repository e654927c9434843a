/** What commands get of the user's environment. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandEnvironment } from '../../tools/check/commands/environment.ts';
import { scratch } from '../cli/seam.ts';

/** Somebody at home in a new directory, with these programs. */
function user(...programs: readonly string[]) {
  const home = scratch();
  const path = join(home, 'bin');
  mkdirSync(path);
  for (const name of programs) writeFileSync(join(path, name), '#!/bin/sh\n', { mode: 0o755 });
  return { HOME: home, PATH: path };
}

test.each([
  ['what a build needs', { CROSS_COMPILE: 'arm-' }, [], { CROSS_COMPILE: 'arm-' }],
  ['no token', { GITHUB_TOKEN: 'secret', SSH_AUTH_SOCK: '/s' }, [], {}],
  ['what the user lets through', { BOARD: 'x', LAMP: 'y' }, ['BOARD'], { BOARD: 'x' }],
])('%s', (_what, given, passed, wanted) => {
  const env = user();
  const got = commandEnvironment({ ...env, ...given }, passed);
  expect(got).toEqual({ PATH: env.PATH, LC_ALL: 'C.UTF-8', ...wanted });
});

test('ccache is told where the files of the user are, and not to run the preprocessor', () => {
  const env = user('ccache');
  expect(commandEnvironment(env, [])).toMatchObject({
    CCACHE_DIR: join(env.HOME, '.cache/ccache'),
    CCACHE_NOHASHDIR: '1',
    CCACHE_DEPEND: '1',
  });
  mkdirSync(join(env.HOME, '.ccache'));
  expect(commandEnvironment(env, [])).toMatchObject({ CCACHE_DIR: join(env.HOME, '.ccache') });
});

test('what the user wants of ccache holds', () => {
  const env = { ...user('ccache'), CCACHE_DIR: '/fast', CCACHE_NODEPEND: '1' };
  const got = commandEnvironment(env, []);
  expect(got).toMatchObject({ CCACHE_DIR: '/fast', CCACHE_NODEPEND: '1' });
  expect(got).not.toHaveProperty('CCACHE_DEPEND');
});
