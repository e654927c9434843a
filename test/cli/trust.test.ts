import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TWO, shell } from '../check/planted/probe.ts';
import { workshop } from '../check/planted/workshop.ts';
import { scratch, seam } from './seam.ts';

describe('commands that a project brings along', () => {
  const project = (config: string) => {
    const made = workshop(TWO, '');
    writeFileSync(join(made.home, 'seam.toml'), config);
    return made;
  };

  test('are not run before they are trusted, nor after they were changed', async () => {
    const { check, home, env } = project(shell(': > "$SEAM_BUILD/../../../../ran"'));
    const ran = () => readdirSync(join(home, 'cache/seam')).includes('ran');
    const first = await check([]);
    expect(first.status).toBe(0);
    expect(first.stderr).toMatch(
      /^warning: steps of .* are left out until you trust it: probe\nhint: seam -C .* trust\n$/,
    );
    expect((await check(['--only', 'probe'])).status).toBe(2);
    const trusted = await seam(['trust'], { cwd: home, env });
    expect(trusted.stdout).toMatchInlineSnapshot(`
      "probe: sh -c ': > "$SEAM_BUILD/../../../../ran"'
      1 commands in '$DIR/seam.toml', which is trusted
      "
    `);
    expect((await check([])).stderr).toBe('');
    expect(ran()).toBe(true);
    writeFileSync(join(home, 'seam.toml'), shell('exit 1'));
    expect((await check([])).stderr).toContain('are left out until you trust it');
    await seam(['trust'], { cwd: home, env });
    expect((await check([])).status).toBe(1);
    await seam(['trust', '--revoke'], { cwd: home, env });
    expect((await check([])).stderr).toContain('are left out until you trust it');
  });

  test('cannot take the place of the user’s own, nor change limits', async () => {
    const { check, home } = workshop(TWO, shell('exit 0'));
    writeFileSync(join(home, 'seam.toml'), shell('exit 1'));
    expect((await check([])).status).toBe(0);
    writeFileSync(join(home, 'seam.toml'), '[check]\nmemory = 1000000\n');
    expect((await check([])).stderr).toMatch(/^error: unknown key 'memory' in /);
  });

  test.each([
    ['[[check.step]]\nname = "a"\n', "a step in '$DIR/seam.toml' has no 'run'"],
    ['[[check.step]]\nname = "A b"\nrun = ["x"]\n', "'name' in '$DIR/seam.toml' is not valid"],
    ['[[check.step]]\nname = "a"\nrun = "make"\n', "'run' in '$DIR/seam.toml' is not valid"],
    [
      '[[check.step]]\nname = "a"\nrun = ["x"]\nruns = 1\n',
      "unknown key 'runs' in '$DIR/seam.toml'",
    ],
  ])('are refused where they are wrong: %j', async (config, message) => {
    const { check } = project(config);
    const { status, stderr } = await check([]);
    expect(status).toBe(2);
    expect(stderr.split('\n')[0]).toBe(`error: ${message}`);
  });
});

test('where there is no project, there is nothing to trust', async () => {
  const cwd = scratch();
  expect(await seam(['trust'], { cwd })).toMatchObject({
    status: 2,
    stderr:
      'error: there is no seam.toml here to trust\nhint: seam -C DIR trust, or name the file with --config\n',
  });
  expect((await seam(['trust', '--show', '--revoke'], { cwd })).status).toBe(2);
});
