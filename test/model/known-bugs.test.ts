/** The commands of `Documentation/known-bugs.rst` show what that text says they show. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MISSING, SOURCE, buildDirectory, make, run } from './kernel.ts';

interface Example {
  /** The heading of the entry. */
  readonly bug: string;
  readonly command: string;
  /** Lines of output, in which `...` stands for anything. */
  readonly output: readonly string[];
}

/** The `$ command` blocks of a text in reStructuredText, each with the last heading above it. */
function readExamples(text: string): readonly Example[] {
  const lines = text.split('\n');
  const examples: Example[] = [];
  let bug = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (/^=+$/.test(lines[at + 1] ?? '')) bug = line;
    if (!line.startsWith('\t$ ')) continue;
    const block: string[] = [line.slice(3)];
    while (lines[at + 1]?.startsWith('\t')) block.push((lines[++at] ?? '').slice(1));
    const end = block.indexOf('END') + 1 || 1;
    examples.push({ bug, command: block.slice(0, end).join('\n'), output: block.slice(end) });
  }
  return examples;
}

/** `...` as a line stands for any number of lines, within a line for any text. */
function pattern(output: readonly string[]): RegExp {
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const lines = output.map((line) =>
    line === '...' ? '(?:.*\\n)*' : `${line.split('...').map(escape).join('.*')}\\n`,
  );
  return new RegExp(`^${lines.join('')}$`);
}

const text = readFileSync(join(SOURCE, 'Documentation/known-bugs.rst'), 'utf8');
const entries = [...text.matchAll(/^(A\d\d: .*)\n=+$/gm)].map(([, title]) => title);
const examples = readExamples(text);

test('each known bug is shown by a command', () => {
  expect(examples.map(({ bug }) => bug)).toEqual(entries);
});

describe.skipIf(MISSING.length > 0)('known bugs', () => {
  let directory = '';

  const build = (output: string, ...argv: readonly string[]): void => {
    const { status, stderr } = make(output, ...argv);
    if (status !== 0) throw new Error(`make ${argv.join(' ')}: ${stderr}`);
  };
  beforeAll(() => {
    directory = buildDirectory();
    const checked = join(directory, 'san');
    build(directory, 'defconfig');
    build(directory);
    build(checked, 'defconfig');
    run('sed', ['-i', 's/NR_CPUS=2/NR_CPUS=4/', join(checked, '.config')]);
    build(checked, 'SAN=1');
  }, 300_000);
  afterAll(() => {
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  test.for(examples)('$bug', { timeout: 60_000 }, ({ command, output }) => {
    const { stdout } = run('sh', ['-c', `cd '${directory}'\nexec 2>&1\n${command}\n`]);
    expect(stdout).toMatch(pattern(output));
  });
});
