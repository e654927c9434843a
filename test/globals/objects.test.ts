import { describe, expect, test } from 'vitest';
import { type Objects, compareWithObjects } from '../../tools/globals/census.ts';
import { allHold, parseConfiguration } from '../../tools/globals/conditions.ts';
import { readSymbols } from '../../tools/globals/elf.ts';
import { SeamError } from '../../tools/errors.ts';
import { elfObject } from './elf-object.ts';
import { inventoryOf } from './facts.ts';

const FORMS = [
  { wide: true, little: true },
  { wide: true, little: false },
  { wide: false, little: true },
  { wide: false, little: false },
];

const SYMBOLS = [
  { name: 'counter', section: 1, size: 8 },
  { name: 'table', section: 2 },
  { name: 'zeroed.12', section: 3 },
  { name: 'function', section: 4, type: 2 },
  { name: 'note', section: 5 },
  { name: 'tentative', section: 0xfff2 },
  { name: 'elsewhere', section: 0, type: 0 },
  { name: 'label', section: 1, type: 0, size: 0 },
];

describe('symbols of an object', () => {
  test.each(FORMS)('%j', (form) => {
    expect(readSymbols(elfObject(SYMBOLS, form), 'a.o')).toEqual([
      { name: 'counter', section: '.data', size: 8, writable: true },
      { name: 'table', section: '.rodata', size: 4, writable: false },
      { name: 'zeroed.12', section: '.bss', size: 4, writable: true },
      { name: 'tentative', section: '', size: 4, writable: true },
      { name: 'label', section: '.data', size: 0, writable: true },
    ]);
  });

  test.each([
    ['empty', Buffer.alloc(0), 'is no ELF file'],
    ['text', Buffer.from('int x;\n'.repeat(20)), 'is no ELF file'],
  ])('%s', (_name, bytes, message) => {
    expect(() => readSymbols(bytes, 'a.o')).toThrow(`object file 'a.o' ${message}`);
  });

  /** Names, or what is said of the file; any other error is thrown. */
  const read = (bytes: Buffer): string => {
    try {
      return `read ${readSymbols(bytes, 'a.o').length}`;
    } catch (error) {
      if (error instanceof SeamError) return error.code;
      throw error;
    }
  };
  const whole = elfObject(SYMBOLS, { wide: true, little: true });

  test('cut off anywhere, it is named, unless only padding is gone', () => {
    const answers = Array.from({ length: whole.length }, (_, end) => read(whole.subarray(0, end)));
    expect(new Set(answers)).toEqual(new Set(['bad-object', 'read 5']));
    expect(answers.lastIndexOf('bad-object')).toBeGreaterThan(whole.length - 32);
  });

  test('with any byte changed, it ends', () => {
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = 0xff;
      expect(read(bytes)).toMatch(/^bad-object$|^read [0-9]+$/);
    }
  });
});

describe('conditions', () => {
  const configuration = parseConfiguration(
    '# CONFIG_OFF is not set\nCONFIG_SMP=y\nCONFIG_EXT4=m\nCONFIG_HZ=250\nCONFIG_NAME="x"\n',
  );
  test.each([
    ['defined(CONFIG_SMP)', true],
    ['!(defined(CONFIG_SMP))', false],
    ['defined(CONFIG_OFF)', false],
    ['defined(CONFIG_EXT4)', false],
    ['defined(CONFIG_EXT4_MODULE)', true],
    ['IS_ENABLED(CONFIG_EXT4)', true],
    ['IS_BUILTIN(CONFIG_EXT4)', false],
    ['CONFIG_HZ > 100', true],
    ['CONFIG_HZ == 1000', false],
    ['CONFIG_HZ >= 0xfa', true],
    ['CONFIG_OFF', false],
    ['defined(CONFIG_SMP) && !defined(CONFIG_OFF)', true],
    ['defined(CONFIG_OFF) || (defined CONFIG_SMP)', true],
    ['defined(__GNUC__)', null],
    ['defined(__GNUC__) || defined(CONFIG_SMP)', true],
    ['defined(__GNUC__) && defined(CONFIG_OFF)', false],
    ['MAX_NUMNODES > 1', null],
    ['BITS(3) == 2', null],
    ['((', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(allHold([text], configuration)).toBe(expected);
  });

  test('all have to hold', () => {
    expect(allHold([], configuration)).toBe(true);
    expect(allHold(['X', 'defined(CONFIG_OFF)'], configuration)).toBe(false);
    expect(allHold(['X', 'defined(CONFIG_SMP)'], configuration)).toBeNull();
  });
});

describe('source against objects', () => {
  const symbol = (name: string, writable = true, section = '.data') => ({
    name,
    section,
    size: 4,
    writable,
  });

  async function compare(files: Readonly<Record<string, string>>, objects: Objects, config = '') {
    const inventory = await inventoryOf(files);
    const found = compareWithObjects(inventory, objects, parseConfiguration(config));
    return {
      found: found.found,
      confirmed: found.confirmed,
      symbols: found.missedSymbols.map((each) => [each.symbol.name, each.because]),
      variables: found.missedVariables.map((each) => [each.variable.name, each.because]),
    };
  }

  test('they agree', async () => {
    const source =
      'int x;\nconst int c = 1;\nDEFINE_PER_CPU(int, p);\nint f(void) { static int n; return n++; }\n';
    const symbols = ['x', 'p', 'n.3'].map((name) => symbol(name));
    expect(await compare({ 'a.c': source }, new Map([['a.c', symbols]]))).toEqual({
      found: 3,
      confirmed: 3,
      symbols: [],
      variables: [],
    });
  });

  test('what the one has and the other has not', async () => {
    const answer = await compare(
      { 'a.c': 'int here;\nint nowhere;\n', 'not-built.c': 'int other;\n' },
      new Map([['a.c', [symbol('here'), symbol('unknown'), symbol('__UNIQUE_ID_x1')]]]),
    );
    expect(answer).toEqual({
      found: 1,
      confirmed: 1,
      symbols: [
        ['unknown', null],
        ['__UNIQUE_ID_x1', '__UNIQUE_ID'],
      ],
      variables: [['nowhere', null]],
    });
  });

  test.each([
    ['#ifdef CONFIG_OFF\nint x;\n#endif\n', 'not in this configuration'],
    ['DEFINE_SPINLOCK(x);\n', 'empty without CONFIG_SMP'],
    ['static int x;\n', 'never used, dropped by the compiler'],
    ['static int x = 5;\nint f(void) { return x; }\n', 'never written, a constant to the compiler'],
    [
      '#ifdef SOMETHING\nint x;\n#endif\n',
      'under a condition that the configuration does not tell',
    ],
    ['static int x;\nvoid f(void) { x = 1; }\n', 'all its uses were dropped by the compiler'],
    ['int x;\n', null],
  ])('%j', async (source, because) => {
    const { variables } = await compare({ 'a.c': source }, new Map([['a.c', []]]));
    expect(variables).toEqual([['x', because]]);
  });

  test('a variable that is read-only in the object', async () => {
    const object = [symbol('x', false, '.rodata')];
    const { variables } = await compare({ 'a.c': 'static int x;\n' }, new Map([['a.c', object]]));
    expect(variables).toEqual([['x', "read-only in the object, in '.rodata'"]]);
  });

  test('a file that includes C files is compared together with them', async () => {
    const files = {
      'k/all.c': '#include "one.c"\n#ifdef CONFIG_TWO\n#include "two.c"\n#endif\n',
      'k/one.c': 'int one;\n',
      'k/two.c': 'int two;\n',
    };
    const objects = new Map([['k/all.c', [symbol('one')]]]);
    expect(await compare(files, objects)).toMatchObject({ found: 1, variables: [] });
    expect(await compare(files, objects, 'CONFIG_TWO=y\n')).toMatchObject({
      variables: [['two', null]],
    });
  });
});
