import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProjectConfig, readUserTools } from '../../tools/commands/config.ts';
import { scratch, seam } from './seam.ts';

test.each(['seam.toml', '.seam.toml'])(
  '%s is found up to the root of the repository',
  async (name) => {
    const root = scratch({ [name]: 'base = "tree"\n', 'a/b/x': '' });
    mkdirSync(join(root, '.git'));
    expect(await readProjectConfig(join(root, 'a/b'), undefined)).toEqual({
      file: join(root, name),
      base: 'tree',
      series: undefined,
    });
  },
);

test('the nearest file counts', async () => {
  const root = scratch({
    'seam.toml': 'base = "far"',
    'a/seam.toml': 'base = "near"',
    '.git/x': '',
  });
  expect(await readProjectConfig(join(root, 'a'), undefined)).toMatchObject({ base: 'near' });
});

test('a file above the repository, or above a directory that is in none, has no say', async () => {
  const root = scratch({
    'seam.toml': 'base = "x"',
    'repo/.git/x': '',
    'repo/a/x': '',
    'bare/x': '',
  });
  expect(await readProjectConfig(join(root, 'repo/a'), undefined)).toBeUndefined();
  expect(await readProjectConfig(join(root, 'bare'), undefined)).toBeUndefined();
});

test.each([
  ['a key with a slip', 'seires = "x"\n'],
  ['a key like no other', 'commands = ["rm"]\n'],
  ['a program, which a tree may not name', '[tools]\nmake = "/tmp/x"\n'],
  ['a value of the wrong type', 'base = 3\n'],
  ['no TOML', 'base = \n'],
])('%s is refused', async (_, text) => {
  expect(await seam(['doctor'], { cwd: scratch({ 'seam.toml': text }) })).toMatchSnapshot();
});

test("the user's own file names tools by absolute path", async () => {
  const home = scratch({ 'seam/config.toml': '[tools]\n"checkpatch.pl" = "/src/checkpatch.pl"\n' });
  expect(await readUserTools({ XDG_CONFIG_HOME: home })).toEqual({
    'checkpatch.pl': '/src/checkpatch.pl',
  });
  const wrong = scratch({ '.config/seam/config.toml': '[tools]\nsparse = "bin/sparse"\n' });
  await expect(readUserTools({ HOME: wrong })).rejects.toMatchObject({
    code: 'config-invalid',
    data: { key: 'tools.sparse', reason: 'must be an absolute path' },
  });
});
