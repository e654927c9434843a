/** The commands of `Documentation/known-bugs` show what the texts say, and each test fails that a text names. */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseKtap } from '../../tools/check/ktap.ts';
import { MISSING, SOURCE, buildDirectory, make, run } from './kernel.ts';

interface Bug {
  /** The name of the text. */
  readonly name: string;
  /** `suite.case` of the unit test that fails for as long as the bug is there. */
  readonly unitTest: string | undefined;
  readonly command: string;
  /** Lines of output, in which `...` stands for anything. */
  readonly output: readonly string[];
}

/** A text in reStructuredText with one `$ command` and what it prints. */
function readBug(name: string, text: string): Bug {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('\t$ '));
  if (at === -1) throw new Error(`${name} shows no command`);
  const block = lines.slice(at).filter((line) => line.startsWith('\t'));
  const shown = block.map((line) => line.slice(1));
  const end = shown.indexOf('END') + 1 || 1;
  return {
    name,
    unitTest: /^:Test: ``(.*)``$/m.exec(text)?.[1],
    command: shown.slice(0, end).join('\n').slice(2),
    output: shown.slice(end),
  };
}

/** `...` as a line stands for any number of lines, within a line for any text. */
function pattern(output: readonly string[]): RegExp {
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const lines = output.map((line) =>
    line === '...' ? '(?:.*\\n)*' : `${line.split('...').map(escape).join('.*')}\\n`,
  );
  return new RegExp(`^${lines.join('')}$`);
}

const TEXTS = join(SOURCE, 'Documentation/known-bugs');
const bugs = readdirSync(TEXTS).map((file) =>
  readBug(file.replace(/\.rst$/, ''), readFileSync(join(TEXTS, file), 'utf8')),
);

test('there are 25 of them', () => {
  expect(bugs).toHaveLength(25);
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

  test.for(bugs)('$name', ({ command, output, unitTest }) => {
    const { stdout } = run('sh', ['-c', `cd '${directory}'\nexec 2>&1\n${command}\n`]);
    expect(stdout).toMatch(pattern(output));
    if (unitTest === undefined) return;
    const checked = run(join(directory, 'san/vmlinux'), ['kunit', unitTest]);
    expect(checked.stderr).not.toContain('no test fits');
    expect(checked.status).not.toBe(0);
  });

  test('a unit test is marked when a text names it', () => {
    const { stdout } = run(join(directory, 'san/vmlinux'), ['kunit']);
    const marked = parseKtap(stdout).tests.flatMap(({ name: suite, tests }) =>
      tests.filter(({ reason }) => reason === 'known bug').map(({ name }) => `${suite}.${name}`),
    );
    const named = bugs.flatMap(({ unitTest }) => unitTest ?? []);
    expect(marked.sort()).toEqual(named.sort());
  });
});
