/** A series that comes back from a branch on which it was edited. */
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { gitVersion } from '../patch/oracle.ts';
import { EXAMPLE } from './example.ts';
import { git, repository } from './repository.ts';
import { scratch, seam } from './seam.ts';

const EMPTY = 'utsname/gethostname-empty-buffer.patch';
const INTRODUCE = 'utsname/introduce-utsname.patch';
const CONVERT = 'utsname/convert-system-calls.patch';
const QUEUES = 'ipc/message-queues.patch';

describe.skipIf(gitVersion === null)('seam import --replace', () => {
  let repo = '';
  let cwd = '';
  const pick = (...numbers: readonly number[]): void => {
    const all = git(repo, 'rev-list', '--reverse', 'main..topic').split('\n');
    for (const number of numbers) {
      const commit = all[number - 1] ?? '';
      git(repo, 'cherry-pick', commit);
      git(repo, 'notes', '--ref=seam', 'copy', '-f', commit, 'HEAD');
    }
  };
  const replace = async (...more: readonly string[]) =>
    seam(['import', '--replace', `${repo}@main..edited`, '--series', 'patches', ...more], { cwd });
  const held = (name: string): string => readFileSync(join(cwd, 'patches', name), 'latin1');

  beforeEach(async () => {
    repo = repository();
    cwd = scratch();
    cpSync(`${EXAMPLE}/patches`, join(cwd, 'patches'), { recursive: true });
    const argv = ['export', '--branch', 'topic', '--base', repo, '--series', 'patches'];
    expect((await seam(argv, { cwd })).status).toBe(0);
    git(repo, 'checkout', '-q', '-b', 'edited', 'main');
  });

  test('nothing changed, nothing is written', async () => {
    pick(1, 2, 3, 4, 5);
    expect(await replace()).toEqual({
      status: 0,
      stderr: '',
      stdout: '5 patches: 5 unchanged, 0 changed, 0 new, 0 removed\n',
    });
    for (const name of ['series', EMPTY, INTRODUCE, CONVERT, QUEUES])
      expect(held(name)).toBe(readFileSync(`${EXAMPLE}/patches/${name}`, 'latin1'));
  });

  test('patches that were edited, made, moved and dropped', async () => {
    pick(5, 1, 2);
    appendFileSync(join(repo, 'README'), 'edited\n');
    git(repo, 'add', 'README');
    git(repo, 'commit', '-q', '--amend', '--no-edit');
    const edited = git(repo, 'rev-parse', 'HEAD');
    const [, second = ''] = git(repo, 'rev-list', '--reverse', 'main..topic').split('\n');
    git(repo, 'notes', '--ref=seam', 'copy', second, edited);
    writeFileSync(join(repo, 'new'), 'new\n');
    git(repo, 'add', 'new');
    git(repo, 'commit', '-q', '-m', 'lib: a new file');
    // As a rebase does that stops at a commit, and has another one made.
    git(repo, 'notes', '--ref=seam', 'copy', edited, 'HEAD');
    pick(3);
    expect((await replace()).stdout).toBe(
      [
        `changed  ${INTRODUCE}`,
        'new      utsname/lib-a-new-file.patch',
        'removed  utsname/uts-namespace.patch',
        '5 patches: 3 unchanged, 1 changed, 1 new, 1 removed; in another order',
        '',
      ].join('\n'),
    );
    expect(held('series')).toContain(`${INTRODUCE}\nutsname/lib-a-new-file.patch\n${CONVERT}\n`);
    expect(held('series')).toContain('# The names that uname(2) shows');
    expect(held(INTRODUCE)).toContain('+edited');
    expect(held(CONVERT)).toBe(readFileSync(`${EXAMPLE}/patches/${CONVERT}`, 'latin1'));
    expect(existsSync(join(cwd, 'patches/utsname/uts-namespace.patch'))).toBe(false);
    const tree = git(repo, 'rev-parse', 'edited^{tree}');
    const apply = ['apply', '-q', '--base', `${repo}@main`, '--series', 'patches'];
    expect((await seam(apply, { cwd })).stdout).toContain(`tree ${tree}`);
  });

  test('a folder whose last patch goes, goes too; --json', async () => {
    pick(1, 2, 3, 4);
    rmSync(join(cwd, 'patches/ipc/cover.md'));
    expect(JSON.parse((await replace('--json')).stdout)).toMatchObject({
      schema: 'seam/import/1',
      added: [],
      changed: [],
      removed: [QUEUES],
      reordered: false,
    });
    expect(existsSync(join(cwd, 'patches/ipc'))).toBe(false);
  });

  test('a range without commits does not empty the series', async () => {
    const { status, stderr } = await replace();
    expect(status).toBe(2);
    expect(stderr).toContain('nothing would be left');
    expect(held('series')).toBe(readFileSync(`${EXAMPLE}/patches/series`, 'latin1'));
  });

  test('there is no place to choose', async () => {
    expect(await replace('--after', INTRODUCE)).toMatchObject({ status: 2, stdout: '' });
  });
});
