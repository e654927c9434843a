import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { seam } from './seam.ts';

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;

test('the page names every part that a reader looks for, and its date can be fixed', async () => {
  const { status, stdout } = await seam(['man'], { env: { SOURCE_DATE_EPOCH: '86400' } });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\.TH SEAM 1 1970-01-02 /);
  const headings = stdout.match(/(?<=^\.SH ").*(?="$)/gm);
  expect(headings).toEqual(expect.arrayContaining(['NAME', 'SYNOPSIS', 'EXIT STATUS', 'FILES']));
  expect((await seam(['man'])).stdout).toMatch(/^\.TH SEAM 1 2026-01-02 /);
});

test.skipIf(!has('mandoc'))('mandoc finds nothing to complain about', async () => {
  const { stdout } = await seam(['man']);
  const lint = spawnSync('mandoc', ['-Tlint', '-Wall'], { input: stdout, encoding: 'utf8' });
  expect(lint.stdout + lint.stderr).toBe('');
  expect(lint.status).toBe(0);
});

test.skipIf(!has('groff'))('groff finds nothing to complain about', async () => {
  const { stdout } = await seam(['man']);
  const roff = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: stdout, encoding: 'utf8' });
  expect(roff.stderr).toBe('');
  expect(roff.stdout).toContain('doctor');
});
