import { describe, expect, test } from 'vitest';
import { ClosureFinder, type SourceFiles, relevant } from '../../tools/kbuild/closure.ts';
import { scan } from '../../tools/kbuild/scan.ts';

function includes(text: string): string[] {
  return scan(text).includes.map(({ name, how }) => `${how} ${name}`);
}

describe('includes', () => {
  test.each([
    ['#include "a.h"', ['quoted a.h']],
    ['#include <a/b.h> /* why */', ['angled a/b.h']],
    ['  #  include\t"a.h"', ['quoted a.h']],
    ['/* first */ #include "a.h"', ['quoted a.h']],
    ['/*\n * long\n */#include "a.h"', ['quoted a.h']],
    ['#inc\\\nlude "a.h"', ['quoted a.h']],
    ['#include \\\n<a.h>', ['angled a.h']],
    ['%:include <a.h>', ['angled a.h']],
    ['#include_next <a.h>', ['next a.h']],
    ['#if 0\n#include "never.h"\n#endif', ['quoted never.h']],
    ['#if __has_include(<a.h>)\n#endif', ['angled a.h']],
    ['#if defined(__has_include) && __has_include("a.h")\n#endif', ['quoted a.h']],
    ['// #include "a.h"', []],
    ['/* \\*/ x */ #include "a.h"', []],
    ['const char *s = "\\\n#include <a.h>";', []],
    ["char c = '\"';\n#include <a.h>\nchar d = '\"';", ['angled a.h']],
    ["#error don't\n#include <a.h>\n#error can't", ['angled a.h']],
    ['x = a #include "a.h"', []],
  ])('%j', (text, expected) => {
    expect(includes(text)).toEqual(expected);
    expect(scan(text).whole).toBeNull();
  });

  test.each([
    ['#define H <a.h>\n#include H', 'an include names a macro'],
    ['#include CONCAT(a, .h)', 'an include names a macro'],
    ['#if __has_include(H)\n#endif', 'an include names a macro'],
    ['asm(".incbin \\"data.bin\\"");', 'the assembler reads a file'],
    ['#define IN ".include \\"a.s\\""', 'the assembler reads a file'],
  ])('%j may read anything', (text, why) => {
    expect(scan(text).whole).toBe(why);
  });

  test('the time of day is seen, but not in comments and strings', () => {
    expect(scan('char *s = __DATE__;').timed).toBe(true);
    expect(scan('/* __TIME__ */ char *s = "__TIME__";').timed).toBe(false);
  });
});

describe('CONFIG symbols', () => {
  const symbols = ['CONFIG_NET', 'CONFIG_NETFILTER', 'CONFIG_SMP', 'CONFIG_X_CONFIG_SMP'];
  test.each([
    ['#ifdef CONFIG_SMP', ['CONFIG_SMP']],
    ['#if IS_ENABLED(CONFIG_NET) && x', ['CONFIG_NET', 'CONFIG_NETFILTER']],
    ['int MY_CONFIG_SMP;', []],
    ['/* CONFIG_SMP */ "CONFIG_SMP"', []],
    ['#define IS(x) CONFIG_##x', symbols],
    ['#define IS(x, y) CONFIG_NE##x', ['CONFIG_NET', 'CONFIG_NETFILTER']],
    ['PASTE(CON, FIG_SMP)', symbols],
    ['CONFIG_\\\nSMP', ['CONFIG_SMP']],
  ])('%j', (text, expected) => {
    expect(relevant(symbols, new Set(scan(text).mentions))).toEqual(expected);
  });
});

describe('closures', () => {
  function treeOf(files: Readonly<Record<string, string>>, hasLinks = false): SourceFiles {
    return {
      has: (path) => Object.hasOwn(files, path),
      scan: (path) => scan(files[path] ?? ''),
      paths: () => Object.keys(files).sort(),
      hasLinks,
    };
  }
  const search = { folders: ['arch/include', 'include'], forced: ['include/all.h'], closed: true };
  const files = {
    'a/a.c': '#include "own.h"\n#include <x.h>\n#include "../b/b.h"',
    'a/own.h': '#include "own.h"\n#include <deep/y.h>',
    'b/b.h': '#include "near.h"',
    'b/near.h': '',
    'include/near.h': '',
    'include/x.h': '#include "sub.h"',
    'include/sub.h': '',
    'include/deep/y.h': '#include "../sub.h"\n#include <absent.h>',
    'include/all.h': '',
    'other.h': '',
  };

  test('everything in reach, and nothing else', () => {
    const { paths, outside, whole } = new ClosureFinder(treeOf(files), search).closure('a/a.c');
    expect(paths).toEqual([
      'a/a.c',
      'a/own.h',
      'b/b.h',
      'b/near.h',
      'include/all.h',
      'include/deep/y.h',
      'include/sub.h',
      'include/x.h',
    ]);
    expect({ outside, whole }).toEqual({ outside: false, whole: null });
  });

  test('a new file can stand in the way of another', () => {
    const more = { ...files, 'arch/include/x.h': '' };
    const { paths } = new ClosureFinder(treeOf(more), search).closure('a/a.c');
    expect(paths).toContain('arch/include/x.h');
    expect(paths).not.toContain('include/x.h');
  });

  test('an unknown file is looked for outside where that is allowed', () => {
    const open = { ...search, closed: false };
    expect(new ClosureFinder(treeOf(files), open).closure('a/a.c').outside).toBe(true);
    expect(new ClosureFinder(treeOf(files), open).closure('b/b.h').outside).toBe(false);
  });

  test('what cannot be told, and symbolic links, make it the whole tree', () => {
    const macro = { ...files, 'include/x.h': '#include ANY' };
    const all = new ClosureFinder(treeOf(macro), search).closure('a/a.c');
    expect(all.paths).toEqual(Object.keys(files).sort());
    expect(all.whole).toBe('include/x.h: an include names a macro');
    const linked = new ClosureFinder(treeOf(files, true), search).closure('b/b.h');
    expect(linked.whole).toBe('the tree has symbolic links');
  });
});
