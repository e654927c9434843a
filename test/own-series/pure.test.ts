/** What the long runs over the series are made of. */
import { describe, expect, test } from 'vitest';
import { isTestObject, readCollected, readLoops } from './figures.ts';
import { isTest } from './laboratory.ts';
import { meaningful, numbers, sample, withoutLine } from './mutants.ts';

describe('mutants', () => {
  test('are the same for the same seed, and no line is taken twice', () => {
    const all = Array.from({ length: 50 }, (_, index) => index);
    expect(sample(all, 20, 7)).toEqual(sample(all, 20, 7));
    expect(sample(all, 20, 7)).not.toEqual(sample(all, 20, 8));
    expect(new Set(sample(all, 50, 7)).size).toBe(50);
    expect(sample(all, 99, 7)).toHaveLength(50);
  });

  test('are chosen by numbers from 0 to below 1, in all of that range', () => {
    const random = numbers(1);
    const seen = Array.from({ length: 10_000 }, () => random.next().value);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen)).toBeLessThan(1);
    const tenths = Map.groupBy(seen, (number) => Math.floor(number * 10));
    for (const share of tenths.values()) expect(Math.abs(share.length - 1000)).toBeLessThan(150);
  });

  test('lack one line', () => {
    expect(withoutLine('a\nb\nc\n', 2)).toBe('a\nc\n');
  });

  test('lack a line of code, not of comments or braces', () => {
    const text = '/* one\n * two */\nint x;\n{\n\treturn 1; /* three */\n}\n// four\n';
    expect([...meaningful('a.c', text)]).toEqual([3, 5]);
  });

  test('lack a line of Kconfig, not of help', () => {
    const text = 'config X\n\tbool "x"\n\thelp\n\t  Words.\n\n\t  More.\nconfig Y\n# no\n\tbool\n';
    expect([...meaningful('kernel/Kconfig', text)]).toEqual([1, 2, 7, 9]);
  });
});

test('tests are told from the kernel', () => {
  expect(['kernel/uts_test.c', 'tests/golden/a.trace', 'MAINTAINERS'].every(isTest)).toBe(true);
  expect(['kernel/utsname.c', 'kernel/Kbuild', 'include/linux/fs.h'].some(isTest)).toBe(false);
  expect(isTestObject('kernel/uts_test.o')).toBe(true);
  expect(isTestObject('kernel/utsname.o')).toBe(false);
});

describe('figures', () => {
  test('of loops', () => {
    const text =
      'uname           10000 calls       94 ns each\nfork/exit        1000 calls     1 ns each\n';
    expect(readLoops(text)).toEqual([
      { name: 'uname', calls: 10_000 },
      { name: 'fork/exit', calls: 1000 },
    ]);
  });

  test('of callgrind', () => {
    expect(readCollected('==1== Collected : 12345\n')).toBe(12_345);
    expect(() => readCollected('valgrind: no such file')).toThrow('did not count');
  });
});
