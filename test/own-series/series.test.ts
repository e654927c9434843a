/** The project's own series: it applies exactly, in all three ways, and keeps the rules of its form. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch, seam } from '../cli/seam.ts';
import { CHECKOUT } from '../checkout.ts';

const SERIES = join(CHECKOUT, 'series');
const NAMES = readFileSync(join(SERIES, 'series'), 'utf8')
  .split('\n')
  .filter((line) => /^[^#\s]/.test(line));

interface Applied {
  readonly tree: string;
  readonly patches: readonly { readonly name: string; readonly verdict: string }[];
}

async function applied(): Promise<Applied> {
  const { stdout } = await seam(['apply', '--json'], { cwd: CHECKOUT });
  return JSON.parse(stdout) as Applied;
}

test('every patch fits where it says', async () => {
  const { patches } = await applied();
  expect(patches.map(({ name }) => name)).toEqual(NAMES);
  expect(patches.filter(({ verdict }) => verdict !== 'clean')).toEqual([]);
});

/** The base in a repository of its own, and how to run a program there. */
function repository(): (program: string, ...args: readonly string[]) => string {
  const directory = scratch();
  cpSync(join(CHECKOUT, 'kernel-model'), directory, { recursive: true });
  const run = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, args, {
      cwd: directory,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        LC_ALL: 'C',
        QUILT_PATCHES: SERIES,
        QUILT_PC: join(directory, '.git/quilt'),
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_COMMITTER_NAME: 'C',
        GIT_COMMITTER_EMAIL: 'c@seam.invalid',
        GIT_AUTHOR_NAME: 'A',
        GIT_AUTHOR_EMAIL: 'a@seam.invalid',
      },
    }).trim();
  run('git', 'init', '-q');
  run('git', 'add', '-A', '--force');
  run('git', 'commit', '-q', '-m', 'base');
  return run;
}

test('git am arrives at the same tree', async () => {
  const run = repository();
  run('git', 'am', '-q', ...NAMES.map((name) => join(SERIES, name)));
  expect(run('git', 'rev-parse', 'HEAD^{tree}')).toBe((await applied()).tree);
});

const hasQuilt = spawnSync('quilt', ['--version'], { stdio: 'ignore' }).status === 0;

test.skipIf(!hasQuilt)(
  'quilt arrives there, too, without offset or fuzz',
  async () => {
    const run = repository();
    expect(run('quilt', '--quiltrc', '/dev/null', 'push', '-a')).not.toMatch(/offset|fuzz/i);
    run('git', 'add', '-A', '--force');
    expect(run('git', 'write-tree')).toBe((await applied()).tree);
  },
  600_000,
);

test.each(NAMES)('%s has the form of a patch for review', (name) => {
  const text = readFileSync(join(SERIES, name), 'utf8');
  const [head = '', diff = ''] = text.split('\n---\n', 2);
  const subject = /^Subject: (?:\[PATCH\] )?((?:.|\n )*)$/m.exec(head)?.[1]?.replaceAll('\n', '');
  expect(subject?.length).toBeLessThanOrEqual(65);
  expect(subject).toMatch(/^[a-z]\w*: \S/);
  expect(head).toMatch(/^From: Seam Project <series@seam\.invalid>$/m);
  expect(head).toMatch(/\nSigned-off-by: Seam Project <series@seam\.invalid>$/);
  expect(diff).not.toBe('');
});

test('every folder is a topic with a cover letter', () => {
  const folders = readdirSync(SERIES, { withFileTypes: true }).filter((each) => each.isDirectory());
  const topics = new Set(NAMES.map((name) => name.split('/')[0]));
  expect(new Set(folders.map(({ name }) => name))).toEqual(topics);
  for (const { name } of folders) expect(existsSync(join(SERIES, name, 'cover.md'))).toBe(true);
});
