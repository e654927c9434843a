import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bashCompletion } from '../../tools/commands/completion/bash.ts';
import { fishCompletion } from '../../tools/commands/completion/fish.ts';
import { zshCompletion } from '../../tools/commands/completion/zsh.ts';
import { VERBS } from '../../tools/commands/registry.ts';
import { type AnyVerb, defineVerb, entry } from '../../tools/commands/types.ts';
import { scratch, seam } from './seam.ts';

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;
const fixture = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** Beside the real verbs, a family and options that no real verb may have yet. */
const family = ['keep', 'drop'].map((word) =>
  defineVerb({
    name: `stash ${word}`,
    group: 'read',
    summary: `it's a [test]: ${word}`,
    description: ['For tests.'],
    arguments: [{ name: 'place', summary: 'where', kind: 'directory' }],
    options: {
      format: { type: 'choice', short: 'F', value: 'F', choices: ['dot', 'svg'], summary: 'how' },
      output: { type: 'text', value: 'FILE', kind: 'file', summary: 'where to' },
    },
    examples: [[`seam stash ${word}`, word]],
  }),
);
const verbs: readonly AnyVerb[] = [
  ...VERBS,
  ...family.map((verb) => entry(verb, () => Promise.resolve({ run: () => 0 }))),
];

interface Case {
  readonly typed: readonly string[];
  readonly offered: readonly string[];
}

const cases: readonly Case[] = [
  { typed: ['doc'], offered: ['doctor'] },
  { typed: ['completion', ''], offered: ['bash', 'fish', 'zsh'] },
  { typed: ['doctor', '--verb'], offered: ['--verbose'] },
  { typed: ['doctor', '--color', 'a'], offered: ['always', 'auto'] },
  { typed: ['--color', 'auto', 'doc'], offered: ['doctor'] },
  { typed: ['--color', 'n'], offered: ['never'] },
  { typed: ['stash', ''], offered: ['drop', 'keep'] },
  { typed: ['stash', 'keep', '--format', ''], offered: ['dot', 'svg'] },
  { typed: ['stash', 'keep', '--format', 'svg', '--form'], offered: ['--format'] },
  { typed: ['stash', 'keep', 'in'], offered: ['inner dir'] },
  { typed: ['stash', 'keep', '--output', 'fi'], offered: ['file.txt'] },
  { typed: ['doctor', '--config', 'fi'], offered: ['file.txt'] },
];

function place(script: string): { cwd: string; file: string } {
  const cwd = scratch({ 'inner dir/x': '', 'file.txt': '' });
  const file = join(scratch(), '_seam');
  writeFileSync(file, script);
  return { cwd, file };
}

describe.skipIf(!has('bash'))('bash', () => {
  const offer = (typed: readonly string[]): string[] => {
    const { cwd, file } = place(bashCompletion(verbs));
    const args = [fixture('complete.bash'), file, 'seam', ...typed];
    const { stdout, stderr } = spawnSync('bash', args, { cwd, encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .toSorted();
  };

  test.each(cases)('seam $typed', ({ typed, offered }) => expect(offer(typed)).toEqual(offered));

  test('values after an equals sign, which readline makes a word', () => {
    expect(offer(['doctor', '--color', '=', 'a'])).toEqual(['always', 'auto']);
    expect(offer(['doctor', '--color', '='])).toEqual(['always', 'auto', 'never']);
    expect(offer(['--color', '=', 'auto', 'doc'])).toEqual(['doctor']);
  });

  test.skipIf(!has('shellcheck'))('shellcheck finds nothing', () => {
    const { file } = place(bashCompletion(verbs));
    const { stdout } = spawnSync('shellcheck', ['-s', 'bash', file], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  test.each(cases)('seam $typed', ({ typed, offered }) => {
    const { cwd, file } = place(fishCompletion(verbs));
    const line = ['seam', ...typed].join(' ');
    const script = `source ${file}; complete -C ${JSON.stringify(line)}`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, HOME: cwd },
    });
    expect(stderr).toBe('');
    const found = stdout.split('\n').flatMap((entry_) => entry_.split('\t')[0] || []);
    // A directory is offered with its slash.
    expect(found.map((word) => word.replace(/\/$/, '')).toSorted()).toEqual(offered);
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  test('the script has no syntax errors', () => {
    const { file } = place(zshCompletion(verbs));
    expect(spawnSync('zsh', ['-n', file], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test.each([
    ['seam doctor --color=', ['always', 'auto', 'never']],
    ['seam completion ', ['bash', 'fish', 'zsh']],
    ['seam stash keep --format=', ['dot', 'svg']],
    ['seam --color never stash ', ['drop', 'keep']],
  ])('%s', (line, offered) => {
    const { cwd, file } = place(zshCompletion(verbs));
    const last = offered.at(-1) ?? '';
    const typed = spawnSync('zsh', ['-f', fixture('complete.zsh'), join(file, '..'), line, last], {
      cwd,
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, HOME: cwd, TERM: 'dumb' },
    });
    for (const word of offered) expect(typed.stdout).toContain(word);
  });
});

test('the verb prints the script of the shell that was asked for', async () => {
  const { status, stdout, stderr } = await seam(['completion', 'bash']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(bashCompletion(VERBS));
  expect((await seam(['completion', 'zsh'])).stdout).toBe(zshCompletion(VERBS));
  expect((await seam(['completion', 'fish'])).stdout).toBe(fishCompletion(VERBS));
});
