import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { netDiff } from '../../tools/apply/net.ts';
import { formatStat } from '../../tools/patch/stat-graph.ts';
import { formatSummary } from '../../tools/patch/stat.ts';
import { type Files, apply, treeOf } from './small-tree.ts';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

/** Commit each state on top of the one before; their diffs, and what git counts over all. */
function inGit(states: readonly Files[]): { diffs: string[]; stat: string } {
  const dir = mkdtempSync(join(tmpdir(), 'seam-net-'));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@e', ...args], {
      cwd: dir,
      encoding: 'latin1',
    });
  try {
    git('init', '-q', '-b', 'main');
    for (const state of states) {
      git('rm', '-rqf', '--ignore-unmatch', '.');
      for (const [path, content] of Object.entries(state)) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), String(content), 'latin1');
      }
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', 'state');
    }
    const range = states.slice(1).map((_, index) => `HEAD~${states.length - 2 - index}`);
    return {
      diffs: range.map((to) => git('diff', '-M', `${to}^`, to)),
      stat: git('diff', '-M', '--stat=72', '--summary', `HEAD~${states.length - 1}`, 'HEAD'),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

describe('what patches change together', () => {
  const base = { 'a/once.c': lines(40), 'a/twice.c': lines(60), 'gone.c': lines(9), keep: 'k\n' };
  const edited = base['a/twice.c'].replace('line 30\n', 'another 30\n');
  const after = { ...base, 'a/once.c': lines(42), 'a/twice.c': edited, 'new.c': 'new\n' };
  const { 'gone.c': _gone, ...rest } = after;

  test.each<[string, Files[]]>([
    ['files that one patch changes, makes or removes', [base, after, rest]],
    ['a file that two patches change', [base, after, { ...after, 'a/twice.c': `0\n${edited}` }]],
    ['a change that is taken back', [base, after, { ...after, 'a/twice.c': base['a/twice.c'] }]],
    ['a file that comes and goes', [base, after, { ...after, 'x.c': 'x\n' }, after]],
    ['a file that is moved and then changed', [base, moved(base), changed(moved(base))]],
  ])('%s: as git counts it', async (_what, states) => {
    const { diffs, stat } = inGit(states);
    const [first = {}] = states;
    const { verdicts, blobs } = await apply(first, diffs);
    const before = await treeOf(first).load();
    const net = netDiff(before, verdicts, blobs);
    expect(formatStat(net, { width: 72 }) + formatSummary(net)).toBe(stat);
  });
});

function moved({ 'gone.c': content, ...others }: Record<string, string>): Record<string, string> {
  return { ...others, 'here.c': content ?? '' };
}

function changed({ 'here.c': content, ...others }: Record<string, string>): Record<string, string> {
  return { ...others, 'here.c': `${content ?? ''}more\n` };
}
