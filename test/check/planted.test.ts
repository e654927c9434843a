import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseKtap } from '../../tools/check/ktap.ts';
import type { CheckReport } from '../../tools/check/types.ts';
import { FAULTS } from './planted/faults.ts';
import { type Edit, append, makeSeries, replace } from './planted/series.ts';
import { TREE } from './planted/tree.ts';
import { MISSING, rulesOf, workshop } from './planted/workshop.ts';

/** Four patches with nothing to be said of them. */
const GOOD: readonly Edit[] = ['first', 'second', 'third', 'fourth'].map((name) => ({
  name: `${name}-comment`,
  files: { [`kernel/${name}.c`]: append(`/* The ${name}. */\n`) },
}));

/** Faults that are told without a compiler, whose words differ from version to version. */
const SHOWN: readonly Edit[] = [
  ...GOOD.slice(0, 1),
  ...FAULTS.filter(({ name }) => ['white-space-at-the-end', 'nobody-signs'].includes(name)),
  { name: 'break-a-test', files: { 'init/main.c': replace('queue.most == 4', 'queue.most == 5') } },
];

/** Steps that are kept, times configurations. */
const CELLS = 4 * 2 + 2;

function known({ patches }: CheckReport): number {
  return patches.flatMap((patch) => patch.results).filter(({ cached }) => cached).length;
}

function write(directory: string, edits: readonly Edit[]): void {
  for (const [name, content] of Object.entries(makeSeries(TREE, edits)))
    writeFileSync(join(directory, name), content);
}

describe.skipIf(MISSING.length > 0)('a series on a small kernel', { timeout: 300_000 }, () => {
  test('every planted fault is found, and no other patch is blamed', async () => {
    const { report } = workshop(FAULTS);
    const found = await report('-j2');
    expect(found.status).toBe(1);
    const blamed = FAULTS.map(({ name, severity }) => [
      name,
      rulesOf(found.report, name, severity),
    ]);
    expect(blamed).toEqual(FAULTS.map(({ name, rules }) => [name, rules]));
    for (const { name, config } of FAULTS.filter((fault) => fault.config !== undefined)) {
      const patch = found.report.patches.find((each) => each.name === `${name}.patch`);
      const where = patch?.results.filter(({ findings }) => findings.length > 0);
      expect([name, where?.map((result) => result.config)]).toEqual([name, [config]]);
    }
  });

  test('a series without a fault: nothing is found, and nothing is done twice', async () => {
    const { report, series } = workshop(GOOD);
    const first = await report();
    expect(first.status).toBe(0);
    const results = first.report.patches.flatMap((patch) => patch.results);
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['passed']));
    expect(results.flatMap(({ findings, fixed }) => [...findings, ...fixed])).toEqual([]);
    const again = await report();
    expect(known(again.report)).toBe(GOOD.length * CELLS);
    // The text of a patch is no part of its tree.
    const reworded = GOOD.map((edit, index) =>
      index === 1 ? { ...edit, body: 'Other words.\n' } : edit,
    );
    write(series, reworded);
    expect(known((await report()).report)).toBe(GOOD.length * CELLS);
  });

  test('after a change in the middle only what comes behind it is done again', async () => {
    const { report, series } = workshop(GOOD);
    await report();
    const changed = GOOD.map((edit, index) =>
      index === 2
        ? { ...edit, files: { 'kernel/third.c': append('/* Third, in other words. */\n') } }
        : edit,
    );
    write(series, changed);
    const again = await report();
    expect(again.status).toBe(0);
    const known = again.report.patches.map(
      ({ results }) => results.filter((each) => each.cached).length,
    );
    expect(known).toEqual([CELLS, CELLS, 0, 0]);
  });

  test('the table, the explanations and all files', async () => {
    const { check, home } = workshop(SHOWN);
    const forms = ['junit', 'sarif', 'ktap', 'markdown', 'events'];
    const { status, stdout } = await check(forms.flatMap((form) => [`--${form}`, form]));
    expect(status).toBe(1);
    expect(stdout.replaceAll(/, \d+ known before/g, '')).toMatchSnapshot('text');
    const ktap = parseKtap(readFileSync(join(home, 'ktap'), 'utf8'));
    expect(ktap.problems).toEqual([]);
    expect(ktap.tests.map((each) => each.status)).toEqual(['passed', 'failed', 'failed', 'failed']);
    expect(readFileSync(join(home, 'markdown'), 'utf8')).toMatchSnapshot('markdown');
    const events = readFileSync(join(home, 'events'), 'utf8').trimEnd().split('\n');
    const kinds = events.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(kinds.filter((kind) => kind === 'answer')).toHaveLength(5 * CELLS);
    expect(kinds.filter((kind) => kind === 'patch')).toHaveLength(4);
  });

  test('what is accepted does not fail', async () => {
    const { check, home } = workshop(FAULTS.filter(({ rules }) => /space/.test(rules.join())));
    expect((await check(['--only', 'lint'])).status).toBe(1);
    expect((await check(['--only', 'lint', '--baseline', 'ok', '--accept'])).status).toBe(0);
    expect(readFileSync(join(home, 'ok'), 'utf8')).toMatchSnapshot();
    const after = await check(['--only', 'lint', '--baseline', 'ok']);
    expect(after.status).toBe(0);
    expect(after.stdout).toContain('2 accepted');
  });

  test('--plan does nothing, and says what is known', async () => {
    const { check } = workshop(GOOD.slice(0, 1));
    const before = await check(['--plan']);
    expect(before.stdout).toMatch(/\n20 answers: 0 known, 20 to find out\n$/);
    await check(['--only', 'tests']);
    const after = await check(['--plan']);
    expect(after.stdout).toMatch(/\n20 answers: 8 known, 12 to find out\n$/);
  });

  test('a fault that only the left-overs of an earlier tree have is not believed', async () => {
    // The first patch leaves a file in the build directory over which the second one stumbles.
    const { report } = workshop([
      {
        name: 'leave-a-file',
        files: { Makefile: replace("\t@echo '  LD ", "\t@touch $(O)/left-over\n\t@echo '  LD ") },
      },
      {
        name: 'stumble-over-it',
        files: {
          Makefile: replace('\t@touch $(O)/left-over\n', '\t@test ! -e $(O)/left-over\n'),
          'kernel/quota.c': append('/* Built again. */\n'),
        },
      },
    ]);
    expect((await report('--only', 'build')).status).toBe(0);
  });
});
