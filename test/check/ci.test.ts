/** The examples for CI: their own commands, run on a small project as the services run them. */
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scratch } from '../cli/seam.ts';
import { xmlElements } from './xml.ts';
import { append, makeSeries } from './planted/series.ts';

const BASE = { 'kernel/queue.c': 'int queue;\n' };
const root = new URL('../../', import.meta.url);

/** Five patches, the fourth of which nobody has signed. */
function project(): string {
  const edits = [1, 2, 3, 4, 5].map((number) => ({
    name: `comment-${number}`,
    trailers: number === 4 ? '' : 'Signed-off-by: A U Thor <author@example.com>\n',
    files: { 'kernel/queue.c': append(`/* ${number} */\n`) },
  }));
  const series = Object.entries(makeSeries(BASE, edits));
  const home = scratch({
    'base/kernel/queue.c': BASE['kernel/queue.c'],
    'seam.toml': 'base = "base"\nseries = "series"\n',
    ...Object.fromEntries(series.map(([name, content]) => [`series/${name}`, content])),
  });
  symlinkSync(fileURLToPath(new URL('tools', root)), join(home, 'tools'));
  return home;
}

/** The command of an example that calls the verb. */
function command(example: string, verb: string): string {
  const text = readFileSync(new URL(`tools/check/ci/${example}`, root), 'utf8');
  const line = text.split('\n').find((each) => each.includes(`seam ${verb} `)) ?? '';
  return line.replace(/^ *- (?:run: )?/, '');
}

function shell(cwd: string, script: string, variables: Readonly<Record<string, string>>): number {
  const { status } = spawnSync('sh', ['-ec', script], {
    cwd,
    env: { ...process.env, XDG_CONFIG_HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache'), ...variables },
  });
  return status ?? 128;
}

/** Run the example for two machines, and join what they found. */
function runExample(
  example: string,
  [index, total]: readonly [index: string, total: string],
  variables: Readonly<Record<string, string>> = {},
): string {
  const home = project();
  for (const shard of ['1', '2'])
    expect(shell(home, command(example, 'check'), { [index]: shard, [total]: '2' })).toBe(0);
  expect(shell(home, command(example, 'merge'), variables)).toBe(1);
  expect(readFileSync(join(home, 'check.md'), 'utf8')).toMatch(/^\*\*5 patches: 4 good, 1 bad;/);
  return home;
}

test('GitHub Actions', { timeout: 120_000 }, () => {
  const summary = { GITHUB_STEP_SUMMARY: 'check.md' };
  const home = runExample('github-actions.yml', ['SHARD', 'SHARDS'], summary);
  const sarif = JSON.parse(readFileSync(join(home, 'check.sarif'), 'utf8')) as {
    runs: { results: { ruleId: string }[] }[];
  };
  expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(['lint/sign-off']);
});

test('GitLab', { timeout: 120_000 }, () => {
  const home = runExample('gitlab-ci.yml', ['CI_NODE_INDEX', 'CI_NODE_TOTAL']);
  const elements = xmlElements(readFileSync(join(home, 'check.xml'), 'utf8'));
  expect(elements.filter(({ name }) => name === 'testcase')).toHaveLength(10);
});

test('a check that could not be made stops the job', { timeout: 120_000 }, () => {
  const home = project();
  const script = command('gitlab-ci.yml', 'check');
  expect(shell(home, script, { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '2' })).not.toBe(0);
});
