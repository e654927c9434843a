import { describe, expect, test } from 'vitest';
import { countKtap, parseKtap } from '../../tools/check/ktap.ts';

const NESTED = `KTAP version 1
1..2
    KTAP version 1
    # Subtest: list
    1..2
    ok 1 list_add
    # list_del: EXPECTATION FAILED at lib/list_test.c:20
    not ok 2 list_del
# list: pass:1 fail:1 skip:0 total:2
not ok 1 list
    KTAP version 1
    # Subtest: idr
    1..1
    ok 1 idr_alloc # SKIP no memory
ok 2 idr
`;

test('nested results, with what was said before them', () => {
  const { tests, problems } = parseKtap(NESTED);
  expect(problems).toEqual([]);
  expect(tests.map(({ name, status }) => [name, status])).toEqual([
    ['list', 'failed'],
    ['idr', 'passed'],
  ]);
  expect(tests[0]?.tests[1]).toMatchObject({
    name: 'list_del',
    status: 'failed',
    log: ['    # list_del: EXPECTATION FAILED at lib/list_test.c:20'],
  });
  expect(tests[1]?.tests[0]).toMatchObject({
    status: 'skipped',
    directive: 'SKIP',
    reason: 'no memory',
  });
  expect(countKtap(tests)).toEqual({ passed: 1, failed: 1, skipped: 1 });
});

test('a console that stamps every line', () => {
  const stamped = NESTED.split('\n')
    .map((line) => `[    0.060000] ${line}`)
    .join('\n');
  expect(countKtap(parseKtap(`[    0.050000] Linux version 6.1\n${stamped}`).tests)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1,
  });
});

describe('single lines', () => {
  test.each([
    ['ok 1 - a', 'a', 'passed', null],
    ['ok 1 a', 'a', 'passed', null],
    ['ok', '', 'passed', null],
    ['not ok 1 a', 'a', 'failed', null],
    ['not ok 1 a # TODO later', 'a', 'passed', 'TODO'],
    ['not ok 1 a # TIMEOUT 5 seconds', 'a', 'failed', 'TIMEOUT'],
    ['ok 1 # SKIP', '', 'skipped', 'SKIP'],
    ['ok 1 a #1 of many', 'a #1 of many', 'passed', null],
  ])('%s', (line, name, status, directive) => {
    expect(parseKtap(`TAP version 14\n1..1\n${line}\n`)).toMatchObject({
      tests: [{ name, status, directive }],
      problems: [],
    });
  });
});

describe('runs that ended badly', () => {
  test.each([
    ['nothing at all', '', ['no test results found']],
    ['fewer than planned', 'KTAP version 1\n1..3\nok 1 a\n', ['the run planned 3 tests and has 1']],
    [
      'cut inside a suite',
      'KTAP version 1\n1..2\n    # Subtest: s\n    1..2\n    ok 1 a\nKernel panic\n',
      [
        's planned 2 tests and has 1',
        'the run planned 2 tests and has 0',
        'the run ends without the result of its last test',
      ],
    ],
    [
      'a number skipped',
      'KTAP version 1\n1..2\nok 1 a\nok 3 c\n',
      ['the run has result 3 where 2 was due'],
    ],
    [
      'ok above a failure',
      'KTAP version 1\n1..1\n    1..1\n    not ok 1 a\nok 1 s\n',
      ["'s' says ok above a test that failed"],
    ],
  ])('%s', (_, text, problems) => {
    expect(parseKtap(text).problems).toEqual(problems);
  });

  test('what the kernel said last is kept', () => {
    expect(parseKtap('KTAP version 1\n1..2\nok 1 a\nKernel panic - not syncing\n').log).toEqual([
      'Kernel panic - not syncing',
    ]);
  });
});
