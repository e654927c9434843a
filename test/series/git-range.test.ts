import { describe, expect, test } from 'vitest';
import { readDiffering, readGitRange } from '../../tools/series/git-range.ts';
import { io, put, run, scratch } from './support.ts';

/** A repository with the branches `one` and `two` on `base`, each commit a message and files. */
function repository(branches: Record<string, readonly (readonly [string, object])[]>): string {
  const dir = scratch();
  run(['git', 'init', '-q', '-b', 'base', dir], '/');
  const commit = (message: string, files: object): void => {
    put(dir, files as Record<string, string>);
    run(['git', 'add', '-A'], dir);
    run(['git', 'commit', '-q', '--allow-empty', '-m', message], dir);
  };
  commit('base', { a: 'a\n', b: 'b\n', c: 'c\n' });
  for (const [branch, commits] of Object.entries(branches)) {
    run(['git', 'checkout', '-q', '-b', branch, 'base'], dir);
    for (const [message, files] of commits) commit(message, files);
  }
  return dir;
}

async function differing(dir: string): Promise<{ subjects: string[]; read: string[] }[]> {
  const place = (branch: string) => ({ range: `base..${branch}`, directory: dir });
  const both = await readDiffering([place('one'), place('two')], io);
  const whole = [
    await readGitRange('base..one', dir, io),
    await readGitRange('base..two', dir, io),
  ];
  return both.map((patches, side) => {
    // What was read is what it would be in any case, and everything has its header.
    for (const [index, patch] of patches.entries()) {
      expect(patch.header).toEqual(whole[side]?.[index]?.header);
      expect([patch.name, patch.commit]).toEqual([
        whole[side]?.[index]?.name,
        whole[side]?.[index]?.commit,
      ]);
    }
    const read = patches.filter(({ files }) => files.length > 0);
    return {
      subjects: patches.map(({ header }) => header.subject),
      read: read.map(({ header }) => header.subject),
    };
  });
}

describe('two ranges as far as they differ', () => {
  test('what is alike is not read, wherever it stands', async () => {
    const dir = repository({
      one: [
        ['first', { a: '1\n' }],
        ['second', { b: '2\n' }],
        ['third', { c: '3\n' }],
      ],
      two: [
        ['third', { c: '3\n' }],
        ['first', { a: '1\n' }],
        ['second', { b: 'two\n' }],
        ['fourth', { d: '4\n' }],
      ],
    });
    expect(await differing(dir)).toEqual([
      { subjects: ['first', 'second', 'third'], read: ['second'] },
      { subjects: ['third', 'first', 'second', 'fourth'], read: ['second', 'fourth'] },
    ]);
  });

  test('two commits of one message are read: which is which is not told by it', async () => {
    const dir = repository({
      one: [['same', { a: '1\n' }]],
      two: [
        ['same', { a: '1\n' }],
        ['same', { b: '2\n' }],
      ],
    });
    expect((await differing(dir)).map(({ read }) => read)).toEqual([['same'], ['same', 'same']]);
  });

  test('the same change on other contents is read, and so is another message', async () => {
    const dir = repository({
      one: [
        ['edit', { a: '1\na\n' }],
        ['words', { b: '2\n' }],
      ],
      two: [
        ['before', { a: 'a\nz\n' }],
        ['edit', { a: '1\na\nz\n' }],
        ['other words', { b: '2\n' }],
      ],
    });
    expect((await differing(dir)).map(({ read }) => read)).toEqual([
      ['edit', 'words'],
      ['before', 'edit', 'other words'],
    ]);
  });

  test('nothing of equal ranges; an empty one has nothing', async () => {
    const dir = repository({ one: [['x', { a: 'x\n' }]], two: [] });
    expect((await differing(dir)).map(({ read }) => read)).toEqual([['x'], []]);
    const place = { range: 'base..one', directory: dir };
    const both = await readDiffering([place, place], io);
    expect(both.map((patches) => patches.map(({ files }) => files.length))).toEqual([[0], [0]]);
  });
});
