import { describe, expect, test } from 'vitest';
import { isCommitStore, openBase } from '../../tools/tree/base.ts';
import type { CommitStore } from '../../tools/tree/types.ts';
import { git } from '../patch/oracle.ts';
import { ask, repository } from './repository.ts';

const REF = 'refs/notes/seam';
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe.each([
  ['git', { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' }],
  ['isomorphic-git', { PATH: '' }],
] as const)('notes written by %s', (_, env) => {
  async function open(dir: string): Promise<CommitStore> {
    const store = await openBase(dir, { cwd: dir, env });
    if (!isCommitStore(store)) throw new Error('not a repository');
    return store;
  }

  /** What git reads beside a commit, byte for byte. */
  const noteOf = (dir: string, commit: string): string =>
    Buffer.from(
      git(dir, ['cat-file', 'blob', ask(dir, 'notes', `--ref=${REF}`, 'list', commit)]),
    ).toString('latin1');

  test('any bytes, and the same commit every time', async () => {
    const [dir, again] = [repository(), repository()];
    const head = ask(dir, 'rev-parse', 'HEAD');
    const store = await open(dir);
    await store.annotate(REF, new Map([[head, bytes('\xff\0\r\n no end')]]));
    await store.close();
    expect(noteOf(dir, head)).toBe('\xff\0\r\n no end');
    const second = await open(again);
    await second.annotate(REF, new Map([[head, bytes('\xff\0\r\n no end')]]));
    await second.close();
    expect(ask(again, 'rev-parse', REF)).toBe(ask(dir, 'rev-parse', REF));
    expect(ask(dir, 'fsck', '--strict')).toBe('');
  });

  test('in place of one that is there, wherever git has put it', async () => {
    const dir = repository();
    const head = ask(dir, 'rev-parse', 'HEAD');
    const [first, second] = [head.slice(0, 2), head.slice(2, 4)];
    const other = `${head[0] === '1' ? '2' : '1'}${head.slice(1)}`;
    for (const path of [`${first}/${head.slice(2)}`, `${first}/${second}/${head.slice(4)}`]) {
      const blob = Buffer.from(git(dir, ['hash-object', '-w', '--stdin'], bytes('old\n')))
        .toString()
        .trim();
      const stream = `commit ${REF}\ncommitter a <a@x> 0 +0000\ndata 0\nM 644 ${blob} ${path}\nM 644 ${blob} ${other}\n`;
      git(dir, ['fast-import', '--quiet', '--force'], bytes(stream));
      const store = await open(dir);
      await store.annotate(REF, new Map([[head, bytes('new\n')]]));
      await store.close();
      expect(noteOf(dir, head)).toBe('new\n');
      expect(ask(dir, 'ls-tree', '-r', '--name-only', REF).split('\n').sort()).toEqual(
        [head, other].sort(),
      );
    }
  });

  test('nothing to write moves no ref', async () => {
    const dir = repository();
    const store = await open(dir);
    await store.annotate(REF, new Map());
    await store.close();
    expect(ask(dir, 'for-each-ref', 'refs/notes')).toBe('');
  });
});
