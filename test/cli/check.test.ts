import { expect, test } from 'vitest';
import { ON_EXAMPLE, onFile, stepOnFile } from './example.ts';
import { scratch, seam } from './seam.ts';

const check = async (...argv: readonly string[]) => seam(['check', ...ON_EXAMPLE, ...argv]);

test('a series without any configuration is read: how it applies, and what it says', async () => {
  expect(await check()).toMatchSnapshot();
});

test('-v tells notes, too', async () => {
  expect((await check('-v')).stdout).toMatchSnapshot();
});

test('--json', async () => {
  const { status, stdout } = await check('--json', '4');
  expect(status).toBe(0);
  const document = JSON.parse(stdout) as Record<string, unknown>;
  expect(document).toMatchObject({
    schema: 'seam/check/1',
    series: { patches: 5 },
    shard: null,
    steps: ['apply', 'lint'],
    patches: [{ number: 4, name: 'utsname/uts-namespace.patch' }],
    counts: { patches: 1, good: 1, notes: 1 },
  });
});

test('patches, shards and steps can be chosen', async () => {
  const names = ({ stdout }: { readonly stdout: string }): string[] =>
    stdout.split('\n').flatMap((line) => /^\d+  (\S+)/.exec(line)?.[1] ?? []);
  expect(names(await check('2..3'))).toEqual([
    'utsname/introduce-utsname.patch',
    'utsname/convert-system-calls.patch',
  ]);
  const parts = await Promise.all(
    ['1/3', '2/3', '3/3'].map(async (shard) => check('--shard', shard)),
  );
  expect(parts.map((part) => names(part).length)).toEqual([2, 1, 2]);
  expect((await check('--only', 'lint')).stdout.split('\n')[0]).toMatch(/patch +lint$/);
  expect((await check('--skip', 'lint')).stdout.split('\n')[0]).toMatch(/patch +apply$/);
});

test.each([
  ['a step that nobody has', ['--only', 'lnit']],
  ['a shard that is none', ['--shard', '3/2']],
  ['checkpatch without a script', ['--only', 'checkpatch']],
  ['a script that is not there', ['--checkpatch', 'checkpatch.pl']],
  ['a script that is another', ['--checkpatch', '/dev/null']],
  ['a baseline that is not there', ['--baseline', 'absent']],
  ['nowhere to write to', ['--accept']],
  ['a report that cannot be written', ['--junit', 'absent/x']],
])('%s', async (_, argv) => {
  const { status, stderr } = await check('-q', ...argv);
  expect(status).toBe(2);
  expect(stderr).toMatchSnapshot();
});

test('a patch that does not apply is to blame, those behind it are not', async () => {
  const mail = (name: string, diff: string): string =>
    `From: A <a@example.com>\nSubject: [PATCH] f: ${name}\n\nWhy.\n\nSigned-off-by: A <a@example.com>\n---\n${diff}`;
  const series = scratch({
    series: 'one.patch\ntwo.patch\nthree.patch\n',
    'one.patch': mail('one', stepOnFile('01')),
    'two.patch': mail('two', stepOnFile('02')),
    'three.patch': mail('three', stepOnFile('23')),
  });
  const base = scratch({ f: '0\n' });
  expect(await seam(['check', '--base', base, '--series', series])).toMatchSnapshot();
});

test('offsets are notes; what fits in two places is a warning', async () => {
  const hunk = '@@ -2,3 +2,3 @@\n a\n-b\n+B\n c\n';
  const series = scratch({ series: 'one.patch\n', 'one.patch': `--- a/f\n+++ b/f\n${hunk}` });
  const argv = (f: string) => [
    'check',
    '--base',
    scratch({ f }),
    '--series',
    series,
    '--only',
    'apply',
    '-v',
  ];
  const offset = await seam(argv('1\n2\n3\na\nb\nc\n4\n'));
  expect(offset.status).toBe(0);
  expect(offset.stdout).toContain(
    'note: f:4: hunk 1 stands 2 lines below its place [apply/offset]',
  );
  const ambiguous = await seam(argv('1\n2\n3\na\nb\nc\n4\na\nb\nc\n'));
  expect(ambiguous.status).toBe(1);
  expect(ambiguous.stdout).toContain('warning: f:4: hunk 1 fits at 2 places [apply/ambiguous]');
});

test('--exec is run behind every patch, a second one where the first has passed', async () => {
  const series = scratch(onFile('01', '12', '23'));
  const argv = ['check', '--base', scratch({ f: '0\n' }), '--series', series, '--skip', 'lint'];
  const commands = ['-x', 'test "$(cat f)" != 2 || { echo f.c:7: error: two; false; }'];
  const after = ['--exec', 'echo $SEAM_NUMBER is $(cat f) >&2; test -d "$SEAM_BUILD"'];
  const { status, stdout, stderr } = await seam([...argv, ...commands, ...after]);
  expect({ status, stdout, stderr }).toMatchSnapshot();
  expect((await seam([...argv, '--only', 'exec', '--exec', 'test -f f'])).status).toBe(0);
});

test('a tree that nothing builds is not said to build', async () => {
  const base = scratch({ f: '0\n' });
  const series = scratch(onFile('01'));
  const argv = ['check', '--base', base, '--series', series];
  expect((await seam(argv)).stderr).toContain('nothing is built');
  expect((await seam([...argv, '--only', 'apply'])).stderr).toBe('');
  expect((await seam([...argv, '--exec', 'true'])).stderr).toBe('');
});

test('what does not apply is not good, whatever was asked', async () => {
  const series = scratch(onFile('01', '02', '23'));
  const argv = ['check', '--base', scratch({ f: '0\n' }), '--series', series, '-x', 'true'];
  const { status, stdout } = await seam([...argv, '--only', 'exec']);
  expect(status).toBe(1);
  expect(stdout).toContain('3 patches: 1 good, 1 bad, 1 not tried');
  expect((await seam([...argv, '--only', 'lint'])).stdout).not.toContain('apply');
});
