import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBase, isCommitStore } from '../../tools/tree/base.ts';
import { findGit } from '../../tools/tree/git/command.ts';
import type { CommitStore, TreeStore } from '../../tools/tree/types.ts';
import { git } from '../patch/oracle.ts';
import { FILES, ask, repository, scratch, series, writeFiles } from './repository.ts';

const WITH_GIT = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
const NO_GIT = { PATH: '' };
const STEPS = [
  { 'kernel/fork.c': 'int fork(int);\n', 'kernel/new dir/"odd" name\u00e9.c': 'x\n' },
  { 'kernel/sched/core.c': null, 'include/linux/sched.h': '' },
  { 'kernel/fork.c': 'int fork(long);\n', 'a\udcffb': 'invalid UTF-8 in the name\n' },
];
const PATHS = [...Object.keys(FILES), ...STEPS.flatMap((step) => Object.keys(step))];

/** Both stores behind one interface: every test runs with git and with PATH emptied. */
describe.each([
  ['git', WITH_GIT],
  ['isomorphic-git', NO_GIT],
] as const)('a repository read by %s', (kind, env) => {
  async function open(dir: string, spec = dir): Promise<CommitStore> {
    const store = await openBase(spec, { cwd: dir, env });
    expect(store.kind).toBe(kind);
    if (!isCommitStore(store)) throw new Error('not a repository');
    return store;
  }

  test('has the files of HEAD, committed or not', async () => {
    const dir = repository();
    symlinkSync('kernel/fork.c', join(dir, 'link'));
    chmodSync(join(dir, 'Makefile'), 0o755);
    git(dir, ['add', '-A']);
    git(dir, ['commit', '-q', '-m', 'modes']);
    writeFiles(dir, { 'kernel/fork.c': 'not committed\n' });
    const store = await open(dir);
    const tree = await store.load([...PATHS, 'link', 'link/x', 'none']);
    expect(store.commit).toBe(ask(dir, 'rev-parse', 'HEAD'));
    expect(tree.id).toBe(ask(dir, 'rev-parse', 'HEAD^{tree}'));
    expect(tree.get('Makefile')?.mode).toBe(0o100755);
    expect(tree.get('link')?.mode).toBe(0o120000);
    expect(tree.get('link/x')).toBeNull();
    expect(tree.get('none')).toBeNull();
    expect(tree.kind('kernel/sched')).toBe('directory');
    expect([...tree.siblings('kernel/x')].sort()).toEqual(['fork.c', 'sched', 'sched.h']);
    const id = tree.get('kernel/fork.c')?.id ?? '';
    const blobs = await store.blobs([id, tree.get('link')?.id ?? '', id]);
    expect(Buffer.from(blobs.get(id) ?? []).toString()).toBe(FILES['kernel/fork.c']);
    expect(blobs.size).toBe(2);
    await store.close();
  });

  test.each([
    ['HEAD~1', 'HEAD~1'],
    ['v1', 'v1^{commit}'],
    ['light', 'light'],
    ['other', 'other'],
    ['refs/heads/other', 'other'],
    ['v1^', 'HEAD~1'],
    ['HEAD^^{commit}', 'HEAD~1'],
    ['@~', 'HEAD~1'],
  ])('opens DIR@%s, packed or not', async (rev, meaning) => {
    const dir = repository();
    writeFiles(dir, { Makefile: 'two:\n' });
    git(dir, ['commit', '-q', '-a', '-m', 'two']);
    git(dir, ['tag', '-a', '-m', 'one', 'v1']);
    git(dir, ['tag', 'light']);
    git(dir, ['branch', 'other', 'HEAD~1']);
    const expected = ask(dir, 'rev-parse', meaning);
    const loose = await open(dir, `${dir}@${rev}`);
    expect(loose.commit).toBe(expected);
    await loose.close();
    git(dir, ['gc', '-q']);
    const packed = await open(dir, `${dir}@${rev}`);
    expect(packed.commit).toBe(expected);
    expect((await packed.load(PATHS)).id).toBe(ask(dir, 'rev-parse', `${meaning}^{tree}`));
    await packed.close();
  });

  test('opens an abbreviated id, and finds blobs by theirs', async () => {
    const dir = repository();
    const head = ask(dir, 'rev-parse', 'HEAD');
    const store = await open(dir, `${dir}@${head.slice(0, 8)}`);
    expect(store.commit).toBe(head);
    const blob = ask(dir, 'rev-parse', 'HEAD:Makefile');
    expect(await store.findBlob(blob.slice(0, 9))).toMatchObject({ id: blob });
    expect(await store.findBlob(blob)).toMatchObject({ id: blob });
    expect(await store.findBlob(head.slice(0, 9))).toBeNull();
    expect(await store.findBlob('ffffffff')).toBeNull();
    expect(await store.findBlob('HEAD')).toBeNull();
    await store.close();
  });

  test('takes a series of commits that git finds nothing wrong with', async () => {
    const dir = repository();
    const store = await open(dir);
    const { commits, blobs } = series(await store.load(PATHS), STEPS);
    const ids = await store.write('refs/heads/topic/a', null, commits, blobs);
    expect(await store.resolve('refs/heads/topic/a')).toBe(ids.at(-1));
    await store.close();
    expect(ask(dir, 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(ask(dir, 'rev-list', '--reverse', 'main..topic/a').split('\n')).toEqual(ids);
    expect(ids.map((id) => ask(dir, 'rev-parse', `${id}^{tree}`))).toEqual(
      commits.map((commit) => commit.tree.id),
    );
    expect(ask(dir, 'show', 'topic/a:kernel/fork.c')).toBe('int fork(long);');
    expect(ask(dir, 'diff', '--name-status', 'main', 'topic/a')).toBe(
      [
        String.raw`A	"a\377b"`,
        'M\tinclude/linux/sched.h',
        'M\tkernel/fork.c',
        String.raw`A	"kernel/new dir/\"odd\" name\303\251.c"`,
        'D\tkernel/sched/core.c',
      ].join('\n'),
    );
    expect(ask(dir, 'for-each-ref', '--format=%(refname)')).toBe(
      'refs/heads/main\nrefs/heads/topic/a',
    );
  });

  test('takes more objects than git unpacks', async () => {
    const dir = repository();
    const store = await open(dir);
    const steps = Array.from({ length: 120 }, (_, i) => ({
      'kernel/fork.c': `${'int fork(void);\n'.repeat(i)}#define N ${i}\n`,
      [`kernel/sub${i % 7}/file${i}.c`]: `${i}\n`,
    }));
    const { commits, blobs } = series(await store.load(['kernel/fork.c']), steps);
    const ids = await store.write('refs/heads/long', null, commits, blobs);
    await store.close();
    expect(ask(dir, 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(ask(dir, 'rev-list', '--count', 'main..long')).toBe('120');
    expect(ask(dir, 'rev-parse', 'long')).toBe(ids.at(-1));
  });

  test('moves a branch only from where it is expected', async () => {
    const dir = repository();
    const head = ask(dir, 'rev-parse', 'HEAD');
    git(dir, ['branch', 'topic']);
    const store = await open(dir);
    const { commits, blobs } = series(await store.load(PATHS), STEPS);
    const write = async (expected: string | null) =>
      store.write('refs/heads/topic', expected, commits, blobs);
    await expect(write(null)).rejects.toThrow("branch 'topic' exists already");
    await expect(write('1'.repeat(40))).rejects.toThrow(`branch 'topic' is at ${head} instead`);
    expect(ask(dir, 'rev-parse', 'topic')).toBe(head);
    const ids = await write(head);
    expect(ask(dir, 'rev-parse', 'topic')).toBe(ids.at(-1));
    await expect(write(head)).rejects.toMatchObject({ code: 'branch-moved' });
    await store.close();
  });

  test('refuses a branch that a work tree is on', async () => {
    const dir = repository();
    const other = join(scratch(), 'linked');
    git(dir, ['worktree', 'add', '-q', '-b', 'linked', other]);
    const rebased = join(scratch(), 'rebased');
    git(dir, ['worktree', 'add', '-q', '-b', 'rebased', rebased]);
    const gitDir = ask(rebased, 'rev-parse', '--absolute-git-dir');
    git(rebased, ['checkout', '-q', '--detach']);
    mkdirSync(join(gitDir, 'rebase-merge'));
    writeFileSync(join(gitDir, 'rebase-merge/head-name'), 'refs/heads/rebased\n');
    writeFileSync(join(dir, '.git/BISECT_START'), 'bisected\n');
    const store = await open(dir);
    const head = store.commit;
    for (const [branch, place] of [
      ['main', dir],
      ['linked', other],
      ['rebased', rebased],
      ['bisected', dir],
    ] as const) {
      await expect(store.write(`refs/heads/${branch}`, head, [], new Map())).rejects.toMatchObject({
        code: 'branch-checked-out',
        data: { place },
      });
    }
    await store.close();
    expect(ask(dir, 'rev-parse', 'main')).toBe(head);
  });

  test('moves the default branch of a bare repository', async () => {
    const dir = scratch();
    git(dir, ['clone', '-q', '--bare', repository(), join(dir, 'bare')]);
    const bare = join(dir, 'bare');
    const store = await open(bare);
    const { commits, blobs } = series(await store.load(PATHS), STEPS);
    const ids = await store.write('refs/heads/main', store.commit, commits, blobs);
    await store.close();
    expect(ask(bare, 'rev-parse', 'HEAD')).toBe(ids.at(-1));
  });

  test.each([
    'main',
    'refs/tags/v1',
    'refs/heads/',
    'refs/heads/a..b',
    'refs/heads/-x',
    'refs/heads/a b',
    'refs/heads/.a',
    'refs/heads/a.lock',
    'refs/heads/a\nb',
    'refs/heads/../x',
    'refs/heads/a/',
  ])('refuses the branch name %j', async (branch) => {
    const store = await open(repository());
    await expect(store.write(branch, null, [], new Map())).rejects.toMatchObject({
      code: 'bad-branch-name',
      kind: 'usage',
    });
    await store.close();
  });

  test('says which lock is in the way, and leaves the branch', async () => {
    const dir = repository();
    git(dir, ['branch', 'topic']);
    const head = ask(dir, 'rev-parse', 'HEAD');
    const lock = join(dir, '.git/refs/heads/topic.lock');
    writeFileSync(lock, '');
    const store = await open(dir);
    const { commits, blobs } = series(await store.load(PATHS), STEPS);
    await expect(store.write('refs/heads/topic', head, commits, blobs)).rejects.toMatchObject({
      kind: 'environment',
      hint: expect.stringContaining('lock'),
    });
    await store.close();
    expect(existsSync(lock)).toBe(true);
    expect(ask(dir, 'rev-parse', 'topic')).toBe(head);
  });

  test('that uses SHA-256 is refused', async () => {
    const dir = repository(FILES, '--object-format=sha256');
    await expect(openBase(dir, { cwd: dir, env })).rejects.toMatchObject({
      code: 'object-format',
      message: expect.stringContaining('is a sha256 repository'),
    });
  });

  test('that lacks an object says which', async () => {
    const dir = repository();
    const id = ask(dir, 'rev-parse', 'HEAD:kernel/fork.c');
    rmSync(join(dir, '.git/objects', id.slice(0, 2), id.slice(2)));
    const store = await open(dir);
    const tree = await store.load(PATHS);
    await expect(store.blobs([tree.get('kernel/fork.c')?.id ?? ''])).rejects.toMatchObject({
      code: 'object-missing',
      kind: 'environment',
      message: expect.stringContaining(`has no blob '${id}'`),
    });
    const makefile = tree.get('Makefile')?.id ?? '';
    expect((await store.blobs([makefile])).size).toBe(1);
    await store.close();
  });

  test.each(['none', 'main..main', 'v9^{tree}', 'main:Makefile', 'ffffff'])(
    'has no commit called %j',
    async (rev) => {
      const dir = repository();
      await expect(openBase(`${dir}@${rev}`, { cwd: dir, env })).rejects.toMatchObject({
        code: 'revision-not-found',
        kind: 'user',
      });
    },
  );

  test.each(['--help', '-x', 'a\nb', '', 'a\0'])('refuses the revision %j', async (rev) => {
    const dir = repository();
    await expect(openBase(`${dir}@${rev}`, { cwd: dir, env })).rejects.toMatchObject({
      code: 'bad-revision',
      kind: 'usage',
    });
  });

  test('whose HEAD is not born says so', async () => {
    const dir = scratch();
    git(dir, ['init', '-q']);
    await expect(openBase(dir, { cwd: dir, env })).rejects.toThrow("'HEAD' names no commit");
  });
});

test('both stores give the same commits', async () => {
  const ids: (readonly string[])[] = [];
  const dir = repository();
  for (const [name, env] of [
    ['git', WITH_GIT],
    ['isomorphic-git', NO_GIT],
  ] as const) {
    const store = (await openBase(dir, { cwd: dir, env })) as CommitStore;
    expect(store.kind).toBe(name);
    const { commits, blobs } = series(await store.load(PATHS), STEPS);
    ids.push(await store.write(`refs/heads/${name}`, null, commits, blobs));
    await store.close();
  }
  expect(ids[0]).toEqual(ids[1]);
});

describe('what a repository brings along', () => {
  async function roundTrip(dir: string, env: NodeJS.ProcessEnv): Promise<TreeStore> {
    const store = (await openBase(dir, { cwd: dir, env })) as CommitStore;
    const { commits, blobs } = series(await store.load(PATHS), STEPS);
    await store.write('refs/heads/out', null, commits, blobs);
    await store.blobs([ask(dir, 'rev-parse', 'HEAD:Makefile')]);
    await store.close();
    return store;
  }

  test('is not run: hooks, fsmonitor, a git of its own', async () => {
    const dir = repository();
    const trap = join(dir, 'trapped');
    const script = `#!/bin/sh\ntouch '${trap}'\nexit 1\n`;
    writeFileSync(join(dir, 'git'), script, { mode: 0o755 });
    for (const hook of ['reference-transaction', 'post-update', 'pre-auto-gc']) {
      writeFileSync(join(dir, '.git/hooks', hook), script, { mode: 0o755 });
    }
    ask(dir, 'config', 'core.fsmonitor', join(dir, 'git'));
    ask(dir, 'config', 'core.sshCommand', join(dir, 'git'));
    await roundTrip(dir, { ...WITH_GIT, PATH: `:.:${process.env['PATH'] ?? ''}` });
    expect(existsSync(trap)).toBe(false);
  });

  test('is not found through relative entries of PATH', () => {
    const dir = scratch();
    writeFileSync(join(dir, 'git'), '#!/bin/sh\n', { mode: 0o755 });
    const inside = relative(process.cwd(), dir);
    expect(findGit({ PATH: `${inside}::.` })).toBeNull();
    expect(findGit({ PATH: `${inside}:${dir}` })).toBe(join(dir, 'git'));
    expect(findGit({})).toBeNull();
  });

  test('and the environment of the caller leads nowhere else', async () => {
    const dir = repository();
    const wrong = repository({ other: 'x\n' });
    const env = {
      ...WITH_GIT,
      GIT_DIR: join(wrong, '.git'),
      GIT_WORK_TREE: wrong,
      GIT_OBJECT_DIRECTORY: join(wrong, '.git/objects'),
      GIT_INDEX_FILE: '/nonexistent',
      GIT_NAMESPACE: 'x',
      GIT_TRACE: join(wrong, 'trace'),
    };
    await roundTrip(dir, env);
    expect(ask(dir, 'rev-parse', '-q', '--verify', 'out')).toMatch(/^[0-9a-f]{40}$/);
    expect(existsSync(join(wrong, 'trace'))).toBe(false);
  });

  test('does not replace objects', async () => {
    const dir = repository();
    const [one, two] = ['HEAD:Makefile', 'HEAD:kernel/fork.c'].map((name) =>
      ask(dir, 'rev-parse', name),
    );
    ask(dir, 'replace', one ?? '', two ?? '');
    const store = await openBase(dir, { cwd: dir, env: WITH_GIT });
    const blobs = await store.blobs([one ?? '']);
    expect(Buffer.from(blobs.get(one ?? '') ?? []).toString()).toBe(FILES['Makefile']);
    await store.close();
  });

  test('a partial clone is not filled up over the network', async () => {
    const origin = repository();
    ask(origin, 'config', 'uploadpack.allowFilter', 'true');
    ask(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const dir = join(scratch(), 'partial');
    git('/', ['clone', '-q', '--no-checkout', '--filter=blob:none', `file://${origin}`, dir]);
    const store = await openBase(dir, { cwd: dir, env: WITH_GIT });
    const tree = await store.load(PATHS);
    await expect(store.blobs([tree.get('Makefile')?.id ?? ''])).rejects.toMatchObject({
      kind: 'environment',
      hint: expect.stringContaining('fetch --refetch'),
    });
    await store.close();
    // The question was a fair one: git itself would have got the blob.
    expect(ask(dir, 'cat-file', 'blob', 'HEAD:Makefile')).toBe('all:');
  });
});

describe('a base is', () => {
  const env = WITH_GIT;

  test('a revision where there is no such directory', async () => {
    const dir = repository();
    const store = await openBase('main', { cwd: join(dir, 'kernel'), env });
    expect(store).toMatchObject({ kind: 'git', label: `${dir}@main` });
    await store.close();
  });

  test('a plain directory inside a repository', async () => {
    const dir = repository();
    const store = await openBase('kernel', { cwd: dir, env });
    expect(store).toMatchObject({ kind: 'directory', label: join(dir, 'kernel'), commit: null });
    expect((await store.load(['fork.c'])).id).toBe(ask(dir, 'rev-parse', 'HEAD:kernel'));
  });

  test('a work tree of another repository, or a directory with an at sign', async () => {
    const dir = repository();
    const linked = join(scratch(), 'a@b');
    git(dir, ['worktree', 'add', '-q', '--detach', linked]);
    for (const spec of [linked, `${linked}@HEAD`, `${linked}@HEAD@{0}`]) {
      const store = await openBase(spec, { cwd: '/', env });
      expect(store).toMatchObject({ kind: 'git', commit: ask(dir, 'rev-parse', 'HEAD') });
      await store.close();
    }
    await expect(openBase(linked, { cwd: '/', env: NO_GIT })).rejects.toMatchObject({
      code: 'needs-git',
      message: expect.stringContaining('is a linked work tree'),
    });
  });

  test.each([
    ['nothing', 'base-not-found', "'nothing' is neither a directory nor a revision"],
    ['kernel@v1', 'not-a-repository', "kernel' is not the top of a git repository"],
    ['Makefile', 'base-not-found', "'Makefile' is neither a directory nor a revision"],
    ['-x', 'base-not-found', "'-x' is neither a directory nor a revision"],
  ])('not %j', async (spec, code, message) => {
    const dir = repository();
    await expect(openBase(spec, { cwd: dir, env })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('not a repository that belongs to another user', async () => {
    const dir = repository();
    const store = openBase(dir, { cwd: dir, env: { ...env, PATH: ownedByOther(dir) } });
    await expect(store).rejects.toMatchObject({
      code: 'unsafe-repository',
      hint: `git config --global --add safe.directory '${dir}'`,
    });
  });
});

/** A PATH with a git that believes the repository to be somebody else's: git's own test switch. */
function ownedByOther(dir: string): string {
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  const script = '#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 PATH=/usr/bin:/bin exec git "$@"\n';
  writeFileSync(join(bin, 'git'), script, { mode: 0o755 });
  expect(readFileSync(join(bin, 'git'), 'utf8')).toBe(script);
  return bin;
}
