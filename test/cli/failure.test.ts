import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SeamError } from '../../tools/errors.ts';
import { reportFailure, toSeamError } from '../../tools/report/failure.ts';
import { Report } from '../../tools/report/report.ts';

function shown(error: unknown, json = false): { stdout: string; stderr: string } {
  const streams = { stdout: '', stderr: '' };
  const to = (name: 'stdout' | 'stderr') => ({
    write: (text: unknown) => void (streams[name] += String(text)),
  });
  const report = new Report({
    stdout: to('stdout'),
    stderr: to('stderr'),
    now: () => new Date(0),
    quiet: true,
    verbose: false,
    color: { stdout: false, stderr: false },
    columns: 100,
  });
  reportFailure(toSeamError(error), report, json);
  return streams;
}

test('facts are printed unless the message tells them', () => {
  const error = new SeamError('x', "no patch 'a.patch' in 'series'", {
    data: { patch: 'a.patch', line: 3, near: ['b.patch', 'c.patch'], none: undefined },
    hint: 'seam series',
  });
  expect(shown(error)).toEqual({
    stdout: '',
    stderr:
      "error: no patch 'a.patch' in 'series'\n  line: 3\n  near: b.patch, c.patch\nhint: seam series\n",
  });
});

test('nothing from outside reaches the terminal raw', () => {
  const error = new SeamError('x', 'bad \x1b[2J', { data: { line: '\x07' }, hint: 'rm \u202e' });
  expect(shown(error).stderr).toBe('error: bad \\x1b[2J\n  line: \\x07\nhint: rm \\u202e\n');
});

test('an error of the system is an answer about the machine, not a defect', () => {
  let caught: unknown;
  try {
    readFileSync('/no/such/file');
  } catch (error) {
    caught = error;
  }
  expect(toSeamError(caught)).toMatchObject({
    kind: 'environment',
    exitStatus: 2,
    message: "cannot open '/no/such/file': no such file or directory",
  });
});

test('what nobody foresaw is a defect, shown with where it happened and what to do', () => {
  const { stderr } = shown(new TypeError('x is not a function'));
  expect(stderr).toMatch(/^error: x is not a function\n {2}at .*failure\.test\.ts/);
  expect(stderr).toMatch(/\nhint: this is a defect in Seam: please report it .*'seam doctor'\n$/);
  expect(toSeamError('thrown text')).toMatchObject({ exitStatus: 3, message: 'thrown text' });
});

test('with --json a defect is a document too, and the trace stays on standard error', () => {
  const { stdout, stderr } = shown(new TypeError('x'), true);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'seam/error/1',
    code: 'defect',
    message: 'x',
  });
  expect(stderr).toContain('  at ');
});
