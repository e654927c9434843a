import { expect, test } from 'vitest';
import { scratch, seam } from './seam.ts';

test.each([
  ['an unknown verb', ['docter']],
  ['an unknown option', ['doctor', '--jsno']],
  ['an option without its value', ['doctor', '--color']],
  ['a value that is no choice', ['--color', 'blue', 'doctor']],
  ['a missing argument', ['completion']],
  ['an argument that is no choice', ['completion', 'tcsh']],
  ['too many arguments', ['doctor', 'now']],
  ['a directory that is not there', ['-C', 'nowhere', 'doctor']],
  ['a configuration that is not there', ['--config', 'x.toml', 'doctor']],
])('%s is refused', async (_, argv) => {
  expect(await seam(argv)).toMatchSnapshot();
});

test('errors are documents with --json, even where the command line cannot be parsed', async () => {
  const { status, stdout, stderr } = await seam(['docter', '--json']);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    schema: 'seam/error/1',
    code: 'usage-unknown-command',
    message: "unknown command 'docter'",
    hint: "did you mean 'doctor'?",
    data: {},
  });
});

test('a --json after -- is an argument', async () => {
  const { stdout, stderr } = await seam(['docter', '--', '--json']);
  expect(stdout).toBe('');
  expect(stderr).toContain("error: unknown command 'docter'");
});

test('seam alone shows what there is, as an error', async () => {
  const alone = await seam([]);
  const help = await seam(['--help']);
  expect(alone).toEqual({ status: 2, stdout: '', stderr: help.stdout });
  expect(help).toMatchSnapshot();
});

test('--version, alone and with other options', async () => {
  expect(await seam(['--version'])).toEqual({ status: 0, stdout: 'seam $VERSION\n', stderr: '' });
  expect(await seam(['-q', '--version'])).toMatchObject({ stdout: 'seam $VERSION\n' });
});

test('-C adds up, before and after the verb', async () => {
  const cwd = scratch({ 'a/b/seam.toml': 'bse = "x"\n' });
  expect(await seam(['-C', 'a', 'doctor', '-C', 'b'], { cwd })).toEqual({
    status: 2,
    stdout: '',
    stderr:
      "error: unknown key 'bse' in '$DIR/a/b/seam.toml'\n  known: base, series, check\nhint: did you mean 'base'?\n",
  });
});

test('what was cut short by a signal ends with 130', async () => {
  const signal = AbortSignal.abort();
  expect((await seam(['doctor'], { signal })).status).toBe(130);
});
