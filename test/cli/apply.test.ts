import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitVersion } from '../patch/oracle.ts';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { git, repository } from './repository.ts';
import { scratch, seam } from './seam.ts';

const EXAMPLE_TREE = '5dde9b1b1123f00589225853c7887d0e4234c372';
describe('seam apply', () => {
  test('prints a line for each patch and the final tree, and writes nothing', async () => {
    const outcome = await seam(['apply', ...ON_EXAMPLE]);
    expect(outcome).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "1  utsname/gethostname-empty-buffer.patch  clean
      2  utsname/introduce-utsname.patch         clean
      3  utsname/convert-system-calls.patch      clean
      4  utsname/uts-namespace.patch             clean
      5  ipc/message-queues.patch                clean
      5 patches: 5 clean
      tree 5dde9b1b1123f00589225853c7887d0e4234c372
      ",
      }
    `);
    expect(outcome.stdout).toContain(EXAMPLE_TREE);
  });

  test('on a terminal', async () => {
    expect(await seam(['apply', '--color', 'always', ...ON_EXAMPLE], { terminal: true }))
      .toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "[2m1[22m  utsname/gethostname-empty-buffer.patch  [32mclean[39m
      [2m2[22m  utsname/introduce-utsname.patch         [32mclean[39m
      [2m3[22m  utsname/convert-system-calls.patch      [32mclean[39m
      [2m4[22m  utsname/uts-namespace.patch             [32mclean[39m
      [2m5[22m  ipc/message-queues.patch                [32mclean[39m
      5 patches: 5 clean
      tree 5dde9b1b1123f00589225853c7887d0e4234c372
      ",
      }
    `);
  });

  test('--json carries name, verdict and tree of every patch', async () => {
    const document = JSON.parse((await seam(['apply', '--json', ...ON_EXAMPLE])).stdout) as {
      schema: string;
      patches: { name: string; verdict: string; tree: string }[];
      tree: string;
    };
    expect(document.schema).toBe('seam/apply/1');
    expect(document.patches.map(({ verdict }) => verdict)).toEqual(Array(5).fill('clean'));
    expect(document.patches.at(-1)?.tree).toBe(document.tree);
    expect(document.tree).toBe(EXAMPLE_TREE);
  });

  test('--to and patch ranges choose', async () => {
    const { stdout } = await seam(['apply', '-q', '--to', '2', ...ON_EXAMPLE]);
    expect(stdout).toMatch(/^2 patches: 2 clean\n/);
    expect((await seam(['apply', '-q', '..introduce-utsname', ...ON_EXAMPLE])).stdout).toBe(stdout);
  });

  test('a patch that does not fit is explained, the rest skipped, status 1', async () => {
    const base = scratch({
      Makefile: '',
      'kernel/sys.c': readFileSync(`${EXAMPLE}/base/kernel/sys.c`, 'utf8').replace(
        'len < 0)',
        'len < 1)',
      ),
    });
    expect(await seam(['apply', '--base', base, '--series', `${EXAMPLE}/patches`]))
      .toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "",
        "stdout": "1  utsname/gethostname-empty-buffer.patch  conflict
      2  utsname/introduce-utsname.patch         skipped   because of 1
      3  utsname/convert-system-calls.patch      skipped   because of 1
      4  utsname/uts-namespace.patch             skipped   because of 1
      5  ipc/message-queues.patch                skipped   because of 1
      patch 'utsname/gethostname-empty-buffer.patch' does not apply
        kernel/sys.c: hunk 1 of 1 does not fit at line 14
          nearest: line 14, 6 of 7 lines match, line 17 is the first that differs
            patch: '\\tif (len < 0)'
            file:  '\\tif (len < 1)'
      5 patches: 1 conflict, 4 skipped
      tree 5d44a7d3c1c2e9608208d284c57bce325a508160
      ",
      }
    `);
  });

  test('what is in the tree already is said, and passed over on request', async () => {
    const base = scratch();
    await seam(['apply', '-q', '--to', '1', ...ON_EXAMPLE, '--output', join(base, 'one')]);
    const on = ['--base', join(base, 'one'), '--series', `${EXAMPLE}/patches`];
    expect(await seam(['apply', ...on])).toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "",
        "stdout": "1  utsname/gethostname-empty-buffer.patch  already applied
      2  utsname/introduce-utsname.patch         skipped          because of 1
      3  utsname/convert-system-calls.patch      skipped          because of 1
      4  utsname/uts-namespace.patch             skipped          because of 1
      5  ipc/message-queues.patch                skipped          because of 1
      patch 'utsname/gethostname-empty-buffer.patch' is in the tree already: its reverse applies, it does not
      5 patches: 1 already applied, 4 skipped
      tree 70be12d1e242377dedd62f99619c96fba1d4ba92
      ",
      }
    `);
    expect((await seam(['apply', '-q', '--skip-applied', ...on])).status).toBe(0);
  });

  test('--output writes the tree and nothing else', async () => {
    const directory = scratch();
    const outcome = await seam(['apply', '-q', '--output', 'out', ...ON_EXAMPLE], {
      cwd: directory,
    });
    expect(outcome).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "5 patches: 5 clean
      tree 5dde9b1b1123f00589225853c7887d0e4234c372
      5 files in out
      ",
      }
    `);
    expect(readFileSync(join(directory, 'out/kernel/utsname.c'), 'utf8')).toContain('init_uts_ns');
    expect(existsSync(join(directory, 'out/init'))).toBe(false);
    expect((await seam(['apply', '--output', 'out', ...ON_EXAMPLE], { cwd: directory })).stderr)
      .toMatchInlineSnapshot(`
      "error: '$DIR/out' is not empty
      hint: name a directory that does not exist yet
      "
    `);
  });

  test('--reverse takes the series back', async () => {
    const directory = scratch();
    await seam(['apply', '-q', '--output', 'out', ...ON_EXAMPLE], { cwd: directory });
    const back = await seam(
      [
        'apply',
        '-q',
        '--reverse',
        '--base',
        'out',
        '--series',
        `${EXAMPLE}/patches`,
        '--output',
        'back',
      ],
      { cwd: directory },
    );
    expect(back.status).toBe(0);
    expect(
      execFileSync('diff', ['-r', `${EXAMPLE}/base`, join(directory, 'back')], {
        encoding: 'utf8',
      }),
    ).toBe('');
  });

  test.each([
    ['no base', ['apply', '--series', `${EXAMPLE}/patches`]],
    ['no series', ['apply', '--base', `${EXAMPLE}/base`]],
    ['two targets', ['apply', ...ON_EXAMPLE, '--branch', 'x', '--output', 'y']],
    ['a branch of a directory', ['apply', ...ON_EXAMPLE, '--branch', 'x']],
    ['a patch that is not there', ['apply', ...ON_EXAMPLE, '--to', 'introduce-utsnam.patch']],
  ])('usage: %s', async (_, argv) => {
    const { status, stderr } = await seam(argv);
    expect(status).toBe(2);
    expect(stderr.replaceAll(EXAMPLE, '$EXAMPLE')).toMatchSnapshot();
  });
});

describe.skipIf(gitVersion === null)('seam apply --branch', () => {
  test('one commit for each patch, with its author, date and message; the same ids every time', async () => {
    const base = repository();
    const argv = ['apply', '--base', base, '--series', `${EXAMPLE}/patches`];
    const outcome = await seam([...argv, '-q', '--branch', 'topic']);
    expect(outcome).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "5 patches: 5 clean
      tree 5dde9b1b1123f00589225853c7887d0e4234c372
      branch topic: 5 commits, b0008ef4eea3
      ",
      }
    `);
    expect(git(base, 'rev-parse', 'topic^{tree}')).toBe(EXAMPLE_TREE);
    expect(git(base, 'log', '--format=%an <%ae> %ai %s', 'main..topic')).toMatchInlineSnapshot(`
      "Seam Project <series@seam.invalid> 2006-08-01 10:20:00 +0400 ipc: count message queues where their limit is
      Seam Project <series@seam.invalid> 2006-08-01 10:15:00 +0400 utsname: let the names belong to a namespace
      Seam Project <series@seam.invalid> 2006-08-01 10:10:00 +0400 utsname: convert the system calls to utsname()
      Seam Project <series@seam.invalid> 2006-08-01 10:05:00 +0400 utsname: introduce utsname()
      Seam Project <series@seam.invalid> 2006-08-01 10:00:00 +0400 sys: refuse an empty buffer in gethostname()"
    `);
    const id = git(base, 'rev-parse', 'topic');
    await seam([...argv, '--branch', 'again']);
    expect(git(base, 'rev-parse', 'again')).toBe(id);
    expect(git(base, 'fsck', '--strict')).toBe('');
    expect(git(base, 'status', '--porcelain')).toBe('');
  });

  test('an existing branch is replaced only with --force, one that is checked out never', async () => {
    const base = repository();
    const argv = ['apply', '-q', '--base', base, '--series', `${EXAMPLE}/patches`];
    git(base, 'branch', 'topic');
    expect((await seam([...argv, '--branch', 'topic'])).stderr).toMatchInlineSnapshot(`
      "error: branch 'topic' exists
      hint: choose another name, or replace it with --force
      "
    `);
    expect((await seam([...argv, '--branch', 'topic', '--force'])).status).toBe(0);
    expect((await seam([...argv, '--branch', 'main', '--force'])).stderr.replaceAll(base, '$BASE'))
      .toMatchInlineSnapshot(`
      "error: branch 'main' is checked out at '$BASE'
        branch: refs/heads/main
      hint: give another branch name, or first: git -C '$BASE' switch --detach
      "
    `);
  });

  test('the committer is the author unless the environment names one', async () => {
    const base = repository();
    const env = {
      GIT_COMMITTER_NAME: 'C',
      GIT_COMMITTER_EMAIL: 'c@seam.invalid',
      GIT_COMMITTER_DATE: '1700000000 +0000',
    };
    await seam(
      ['apply', '-q', '--base', base, '--series', `${EXAMPLE}/patches`, '--branch', 'topic'],
      { env },
    );
    expect(git(base, 'log', '-1', '--format=%an %cn %ct', 'topic')).toBe(
      'Seam Project C 1700000000',
    );
  });
});
