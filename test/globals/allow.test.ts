import { describe, expect, test } from 'vitest';
import { AllowFinder, parseAllowList } from '../../tools/globals/allow.ts';
import { watchGlobals } from '../../tools/globals/ratchet.ts';
import { inventoryOf } from './facts.ts';

describe('the list', () => {
  test('comments, blank lines, blanks around', () => {
    const text = '# what stays\n\n  uts_sem \t shared: one lock\nkernel/a.c:x  boot:  once \n';
    expect(parseAllowList(text)).toEqual({
      lines: [
        { line: 3, name: 'uts_sem', reason: 'shared', why: 'one lock' },
        { line: 4, name: 'kernel/a.c:x', reason: 'boot', why: 'once' },
      ],
      faults: [],
    });
  });

  test.each([
    ['x', 'no-reason'],
    ['x  ', 'no-reason'],
    ['x because', 'no-reason'],
    ['x shared:', 'no-reason'],
    ['x shared:   ', 'no-reason'],
    ['x mood: today', 'no-reason'],
    ['x constructor: what every object has', 'no-reason'],
    ['x boot: a\nx boot: b', 'repeated'],
  ])('%j', (text, kind) => {
    const { faults } = parseAllowList(text);
    expect(faults.map((each) => [each.kind, each.name])).toEqual([[kind, 'x']]);
  });

  test('a star is any characters, and nothing else is special', () => {
    const finder = new AllowFinder(parseAllowList('*_test.c:*  test: t\na.c:x  boot: b\n'));
    expect(finder.find('kernel/fork_test.c:f.n')?.line).toBe(1);
    expect(finder.find('a.c:x')?.line).toBe(2);
    expect(finder.find('kernel/fork_testXc:f')).toBeNull();
    expect(finder.find('kernel/fork_test.h')).toBeNull();
  });

  test('an exact line goes before a star', () => {
    const finder = new AllowFinder(parseAllowList('a*  test: t\nab  boot: b\n'));
    expect(finder.find('ab')?.reason).toBe('boot');
  });
});

describe('the ratchet', () => {
  const watch = async (source: string, list: string): Promise<string[]> =>
    watchGlobals(await inventoryOf({ 'a.c': source }), list).map(
      ({ rule, path, line, message }) => `${rule} ${path}:${line} ${message}`,
    );

  test('what can be written needs a line, what cannot does not', async () => {
    const source = 'int x;\nconst int y = 1;\nstatic int __initdata z;\nstatic int s;\n';
    expect(await watch(source, 'x boot: b\n')).toEqual([
      "globals/unlisted a.c:4 'a.c:s' is global and writable, and not in 'Documentation/globals.allow'",
    ]);
  });

  test('the instance that exists from boot needs none', async () => {
    const source = 'struct uts_namespace init_uts_ns;\nstruct uts_namespace *other;\nint init_x;\n';
    expect((await watch(source, '')).map((each) => each.split("'")[1])).toEqual([
      'other',
      'init_x',
    ]);
  });

  test('lines without a variable, a reason, or a need', async () => {
    const list = 'x boot: b\nx boot: b\ny boot: b\nz\nc boot: b\nq* boot: b\n';
    expect(await watch('int x;\nconst int c = 1;\nint z;\n', list)).toEqual([
      "globals/unlisted a.c:3 'z' is global and writable, and not in 'Documentation/globals.allow'",
      "globals/repeated Documentation/globals.allow:2 'x' is listed twice",
      "globals/no-reason Documentation/globals.allow:4 'z' is listed without a reason",
      "globals/no-symbol Documentation/globals.allow:3 there is no writable global 'y'",
      "globals/no-symbol Documentation/globals.allow:5 'c' cannot be written and needs no line",
      "globals/no-symbol Documentation/globals.allow:6 there is no writable global 'q*'",
    ]);
  });

  test('a file that is not read as a whole is told, since it may hide anything', async () => {
    expect(await watch('int f(void)\n{\n\t@ @;\n}\n', '')).toEqual([
      'globals/unread a.c:3 globals of this file are not known: it cannot be read as a whole',
    ]);
  });
});
