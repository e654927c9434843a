import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitVersion } from '../patch/oracle.ts';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { git, repository } from './repository.ts';
import { scratch, seam } from './seam.ts';

test('an mbox on standard output', async () => {
  const { stdout, status } = await seam(['export', '--mbox', '-', '2', ...ON_EXAMPLE]);
  expect(status).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
    From: Seam Project <series@seam.invalid>
    Date: Tue, 1 Aug 2006 10:05:00 +0400
    Subject: [PATCH] utsname: introduce utsname()

    system_utsname is one global that every task shares. Give its readers an
    accessor that still returns the global, so that they can be converted one
    by one and the body of the accessor be changed at the end.

    Signed-off-by: Seam Project <series@seam.invalid>
    ---
     include/linux/utsname.h | 6 ++++++
     1 file changed, 6 insertions(+)

    diff --git a/include/linux/utsname.h b/include/linux/utsname.h
    index 6d928b1..9f9bf9e 100644
    --- a/include/linux/utsname.h
    +++ b/include/linux/utsname.h
    @@ -12,4 +12,10 @@ struct new_utsname {
     
     extern struct new_utsname system_utsname;
     
    +/* The names that the caller sees. */
    +static inline struct new_utsname *utsname(void)
    +{
    +	return &system_utsname;
    +}
    +
     #endif /* _LINUX_UTSNAME_H */
    -- 
    seam

    "
  `);
});

test('a quilt directory is the same quilt directory', async () => {
  const cwd = scratch();
  expect(await seam(['export', '--quilt', 'out', ...ON_EXAMPLE], { cwd })).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "6 files in out
    ",
    }
  `);
  for (const name of ['series', 'ipc/message-queues.patch', 'utsname/uts-namespace.patch']) {
    expect(readFileSync(join(cwd, 'out', name))).toEqual(
      readFileSync(`${EXAMPLE}/patches/${name}`),
    );
  }
});

test('a maildir reads back as the series', async () => {
  const cwd = scratch();
  await seam(['export', '--maildir', 'mail', ...ON_EXAMPLE], { cwd });
  expect(readdirSync(join(cwd, 'mail')).sort()).toEqual(['cur', 'new', 'tmp']);
  const { stdout } = await seam(['apply', '-q', '--base', `${EXAMPLE}/base`, '--series', 'mail'], {
    cwd,
  });
  expect(stdout).toBe('5 patches: 5 clean\ntree 5dde9b1b1123f00589225853c7887d0e4234c372\n');
});

test('what is there is not written over without --force', async () => {
  const cwd = scratch({ 'out.mbox': 'mine\n' });
  expect((await seam(['export', '--mbox', 'out.mbox', ...ON_EXAMPLE], { cwd })).stderr)
    .toMatchInlineSnapshot(`
    "error: '$DIR/out.mbox' exists already
    hint: name an empty directory, or write over it with --force
    "
  `);
  expect(readFileSync(join(cwd, 'out.mbox'), 'utf8')).toBe('mine\n');
  expect(
    (await seam(['export', '--force', '--mbox', 'out.mbox', ...ON_EXAMPLE], { cwd })).status,
  ).toBe(0);
});

test.each([[[]], [['--mbox', 'a', '--quilt', 'b']]])('one form, not %j', async (options) => {
  const { status, stderr } = await seam(['export', ...options, ...ON_EXAMPLE]);
  expect({ status, stderr }).toMatchSnapshot();
});

describe.skipIf(gitVersion === null)('with git', () => {
  test('quilt to branch to quilt gives the same bytes, odd ones and comments included', async () => {
    const repo = repository();
    const cwd = scratch();
    cpSync(`${EXAMPLE}/patches`, join(cwd, 'patches'), { recursive: true });
    const odd = Buffer.concat([
      Buffer.from('Odd: \xff\r\n\n', 'latin1'),
      readFileSync(join(cwd, 'patches/ipc/message-queues.patch')).subarray(200),
    ]);
    writeFileSync(join(cwd, 'patches/ipc/message-queues.patch'), odd);
    writeFileSync(
      join(cwd, 'patches/series'),
      `${readFileSync(join(cwd, 'patches/series'), 'utf8')}   # the end  \n`,
    );
    const out = await seam(['export', '--branch', 'topic', '--base', repo, '--series', 'patches'], {
      cwd,
    });
    expect(out).toMatchObject({ status: 0, stderr: '' });
    expect(
      (await seam(['import', `${repo}@main..topic`, '--series', 'back'], { cwd })).status,
    ).toBe(0);
    const names = readdirSync(join(cwd, 'patches'), { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => /patch$|^series$/.test(name));
    expect(files).toHaveLength(6);
    for (const name of files) {
      expect(readFileSync(join(cwd, 'back', name))).toEqual(
        readFileSync(join(cwd, 'patches', name)),
      );
    }
  });

  test('git to mbox to git keeps trees, authors, dates and messages', async () => {
    const repo = repository();
    const cwd = scratch();
    await seam([
      'apply',
      '-q',
      '--base',
      repo,
      '--series',
      `${EXAMPLE}/patches`,
      '--branch',
      'one',
    ]);
    await seam(['export', '--mbox', 'm', '--series', `${repo}@main..one`], { cwd });
    await seam(['apply', '-q', '--base', repo, '--series', 'm', '--branch', 'two'], { cwd });
    const log = (branch: string): string => git(repo, 'log', '--format=%T %an %ae %ad %B', branch);
    expect(log('two')).toBe(log('one'));
    git(repo, 'checkout', '-q', '-b', 'three', 'main');
    git(repo, 'am', '-q', join(cwd, 'm'));
    expect(log('three')).toBe(log('one'));
  });

  test('a patch that does not apply leaves no branch', async () => {
    const repo = repository();
    const outcome = await seam([
      'export',
      '--branch',
      'topic',
      '--base',
      repo,
      '--series',
      `${EXAMPLE}/patches`,
      '3..',
    ]);
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toMatch(/does not apply/);
    expect(git(repo, 'branch', '--list', 'topic')).toBe('');
  });
});
