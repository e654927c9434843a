/** Comparing on a base that has moved. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from './repository.ts';
import { scratch, seam } from './seam.ts';

const LINES = Array.from({ length: 40 }, (_, n) => `line ${n};`);
const SERIES: readonly (readonly [subject: string, at: number, to: string])[] = [
  ['one', 10, 'first;'],
  ['two', 30, 'second;'],
];

/** Branches v1, on main, and v2, on a main that has changed two lines above the first patch. */
function moved(last = 'second;'): string {
  const dir = scratch();
  git(dir, 'init', '-q', '-b', 'main');
  const commit = (message: string, lines: readonly string[]): void => {
    writeFileSync(join(dir, 'f.c'), `${lines.join('\n')}\n`);
    git(dir, 'add', 'f.c');
    git(dir, 'commit', '-q', '-m', message);
  };
  const stack = (branch: string, from: readonly string[], end: string): void => {
    git(dir, 'checkout', '-q', '-b', branch, 'main');
    const lines = [...from];
    for (const [subject, at, to] of SERIES) {
      lines[at] = subject === 'two' ? end : to;
      commit(subject, lines);
    }
  };
  commit('base', LINES);
  git(dir, 'tag', 'old');
  stack('v1', LINES, 'second;');
  git(dir, 'checkout', '-q', 'main');
  const next = LINES.with(8, 'moved;');
  commit('moved', next);
  stack('v2', next, last);
  return dir;
}

async function kinds(cwd: string, ...args: readonly string[]): Promise<string[]> {
  const { stdout } = await seam(['range-diff', '--json', '-s', ...args], { cwd });
  const { entries } = JSON.parse(stdout) as { entries: { kind: string }[] };
  return entries.map(({ kind }) => kind);
}

describe('a base that has moved', () => {
  test('makes no difference between ranges of commits', async () => {
    const cwd = moved();
    const ranges = ['old..v1', 'main..v2'];
    expect(await kinds(cwd, '--raw', ...ranges)).toEqual(['context', 'unchanged']);
    expect(await kinds(cwd, ...ranges)).toEqual(['unchanged', 'unchanged']);
    const { stderr } = await seam(['range-diff', '-v', ...ranges], { cwd });
    expect(stderr).toBe(
      "compared on '$DIR@main': 2 of 2 old and 2 of 2 new patches apply to it\n2 patches: 2 unchanged\n",
    );
  });

  test('hides nothing that a patch does', async () => {
    expect(await kinds(moved('third;'), 'old..v1', 'main..v2')).toEqual(['unchanged', 'changed']);
  });

  test('is told apart from the patches by --base, whatever they were read from', async () => {
    const cwd = moved();
    for (const [name, range] of [
      ['v1', 'old..v1'],
      ['v2', 'main..v2'],
    ] as const) {
      mkdirSync(join(cwd, 'mail'), { recursive: true });
      writeFileSync(
        join(cwd, 'mail', `${name}.mbox`),
        execFileSync('git', ['format-patch', '--stdout', '--base', range.split('..')[0]!, range], {
          cwd,
        }),
      );
    }
    const mails = ['mail/v1.mbox', 'mail/v2.mbox'];
    expect(await kinds(cwd, '--raw', ...mails)).toEqual(['context', 'unchanged']);
    expect(await kinds(cwd, '--base', 'main', ...mails)).toEqual(['unchanged', 'unchanged']);
    // The mails name their base, and the repository around has it.
    expect(await kinds(cwd, ...mails)).toEqual(['unchanged', 'unchanged']);
    // Elsewhere nobody knows that commit.
    const elsewhere = scratch();
    expect(await kinds(elsewhere, ...mails.map((mail) => join(cwd, mail)))).toEqual([
      'context',
      'unchanged',
    ]);
  });

  test("is git's own business with --format git", async () => {
    const cwd = moved();
    const ranges = ['old..v1', 'main..v2'];
    const { stdout } = await seam(['range-diff', '--format', 'git', ...ranges], { cwd });
    const theirs = git(cwd, '-c', 'core.abbrev=12', 'range-diff', '--no-color', ...ranges);
    expect(stdout).toBe(`${theirs}\n`);
  });

  test('that the new version does not apply to changes nothing', async () => {
    const cwd = moved();
    const other = scratch({ 'f.c': 'something else\n' });
    expect(await kinds(cwd, '--base', other, 'old..v1', 'main..v2')).toEqual([
      'context',
      'unchanged',
    ]);
  });
});
