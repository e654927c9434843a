import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAULTS } from '../check/planted/faults.ts';
import { MISSING, rulesOf, workshop } from '../check/planted/workshop.ts';
import type { CheckReport } from '../../tools/check/types.ts';
import { ON_EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

async function merge(cwd: string, files: readonly string[], ...options: readonly string[]) {
  return seam(['merge', ...files, ...options], { cwd });
}

describe('reports that do not belong together', () => {
  test('are refused', async () => {
    const { stdout } = await seam(['check', ...ON_EXAMPLE, '--json']);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    const other = { ...report, base: { label: 'other', commit: '0'.repeat(40) } };
    const shorter = { ...report, series: { source: 'x', patches: 4 } };
    const cwd = scratch({
      one: stdout,
      other: JSON.stringify(other),
      shorter: JSON.stringify(shorter),
      foreign: '{"schema": "seam/apply/1"}',
      broken: '{"schema": ',
    });
    const refused = ['other', 'shorter', 'foreign', 'broken', 'absent'];
    const said = [];
    for (const file of refused) said.push((await merge(cwd, ['one', file])).stderr);
    expect(said).toMatchSnapshot();
    expect((await merge(cwd, ['one'])).status).toBe(0);
  });
});

describe.skipIf(MISSING.length > 0)('shards', { timeout: 300_000 }, () => {
  test('shards, joined, say what one check says', async () => {
    const { check, home, report } = workshop(FAULTS.slice(0, 8));
    const whole = await report();
    const parts = ['1/3', '2/3', '3/3'];
    for (const [index, shard] of parts.entries()) {
      const { stdout } = await check(['--json', '--shard', shard]);
      writeFileSync(join(home, `part-${index}.json`), stdout);
    }
    const files = parts.map((_, index) => `part-${index}.json`);
    const merged = await merge(home, files, '--json');
    expect(merged.status).toBe(1);
    const joined = JSON.parse(merged.stdout) as CheckReport;
    const blamed = (each: CheckReport) =>
      each.patches.map(({ name }) => [name, rulesOf(each, name.replace('.patch', ''))]);
    expect(blamed(joined)).toEqual(blamed(whole.report));
    expect((await merge(home, files.slice(1))).stderr).toMatch(
      /3 of 8 patches are in none of the reports/,
    );
    expect((await merge(home, [...files, 'part-1.json'])).stderr).toMatch(/^error: patch 4 is in/);
    expect((await merge(home, files.slice(1), '--partial')).status).toBe(1);
  });
});
