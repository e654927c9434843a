/**
 * Made-up trees and configurations: the compiler reads no file that the scan did not foresee, and sees no
 * CONFIG symbol beside those that the scan says are mentioned.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ClosureFinder, relevant } from '../../tools/kbuild/closure.ts';
import { autoconfHeader } from '../../tools/kbuild/kconfig-files.ts';
import { scan } from '../../tools/kbuild/scan.ts';
import { isThere } from '../model/kernel.ts';

vi.setConfig({ testTimeout: 240_000 });

const SYMBOLS = ['CONFIG_A', 'CONFIG_AB', 'CONFIG_B', 'CONFIG_C'];
const HEADERS = [
  'include/x.h',
  'include/y.h',
  'include/sub/z.h',
  'arch/x.h',
  'lib/y.h',
  'lib/own.h',
];
const SEARCH = { folders: ['arch', 'include'], forced: [], closed: true };

const name = fc.constantFrom('<x.h>', '<y.h>', '<sub/z.h>', '"own.h"', '"y.h"', '"../arch/x.h"');
const symbol = fc.constantFrom(...SYMBOLS);
const include = fc.oneof(
  name.map((each) => `#include ${each}`),
  name.map((each) => `# /* why */ include\\\n ${each} // so`),
  name.map((each) => `#define H ${each}\n#include H\n#undef H`),
);
const condition = fc.oneof(
  symbol.map((each) => `#ifdef ${each}`),
  symbol.map((each) => `#if defined(${each}) && ${each} > 0`),
  symbol.map((each) => `#if IS_SET(${each.slice('CONFIG_'.length)})`),
  fc.constantFrom('#if 0', '#if __has_include("own.h")', '#if __has_include(<sub/z.h>)'),
);
const code = fc.oneof(
  symbol.map((each) => `value = ${each};`),
  symbol.map((each) => `value = PASTE(CONFIG_, ${each.slice('CONFIG_'.length)});`),
  symbol.map((each) => `value = PASTE(CON, ${each.slice('CON'.length)});`),
  symbol.map((each) => `text = "${each}"; /* ${each} */`),
  fc.constantFrom('c = \'"\'; // "', 'text = "/*";', 'text = "//";', "#error don't"),
);
const statement = fc.oneof(include, code, fc.constant('#pragma once'));
const lines = fc
  .array(
    fc.oneof(
      statement,
      fc
        .tuple(condition, fc.array(statement, { maxLength: 2 }), fc.option(statement, { nil: '' }))
        .map(([first, inner, other]) => [first, ...inner, '#else', other, '#endif'].join('\n')),
    ),
    { maxLength: 4 },
  )
  .map((all) => `${all.join('\n')}\n`);
const macros = fc.subarray([
  '#define PASTE_(a, b) a ## b\n#define PASTE(a, b) PASTE_(a, b)\n',
  '#define IS_SET(option) defined(CONFIG_ ## option)\n',
]);
const tree = fc
  .tuple(
    macros,
    lines,
    fc.subarray(HEADERS, { minLength: 4 }),
    fc.array(lines, { minLength: 6, maxLength: 6 }),
  )
  .map(([top, source, present, texts]) => {
    const headers = present.map((path, index) => [path, `#pragma once\n${texts[index]}`] as const);
    return new Map([['lib/a.c', top.join('') + source], ...headers]);
  });
const configuration = fc.uniqueArray(fc.tuple(symbol, fc.constantFrom('1', '7')), {
  selector: ([each]) => each,
});

interface Seen {
  readonly text: string;
  readonly read: readonly string[];
}

/** What the preprocessor makes of the tree in `directory`, and what it read. */
function preprocess(directory: string, header: string): Seen {
  writeFileSync(join(directory, 'autoconf.h'), header);
  const flags = [
    '-nostdinc',
    '-Iarch',
    '-Iinclude',
    '-include',
    'autoconf.h',
    '-MD',
    '-MF',
    'deps',
  ];
  const { stdout } = spawnSync('cc', [...flags, '-E', '-P', 'lib/a.c'], {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  // Where an include leads nowhere the compiler gives up, and says nothing of what it read.
  const file = join(directory, 'deps');
  const deps = existsSync(file) ? readFileSync(file, 'utf8').replace(/^[^:]*:/, '') : '';
  rmSync(file, { force: true });
  return {
    text: stdout,
    read: deps.replaceAll('\\\n', ' ').trim().split(/\s+/).filter(Boolean).map(normalize),
  };
}

describe.skipIf(!isThere('cc'))('the compiler', () => {
  test('reads nothing that was not foreseen', () => {
    const place = mkdtempSync(join(tmpdir(), 'seam-scan-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    let reached = 0;
    fc.assert(
      fc.property(tree, configuration, (files, definitions) => {
        const directory = join(place, 'tree');
        rmSync(directory, { recursive: true, force: true });
        for (const [path, text] of files) {
          mkdirSync(dirname(join(directory, path)), { recursive: true });
          writeFileSync(join(directory, path), text);
        }
        const paths = [...files.keys()].sort();
        const source = {
          has: (path: string) => files.has(path),
          scan: (path: string) => scan(files.get(path) ?? ''),
          paths: () => paths,
          hasLinks: false,
        };
        const closure = new ClosureFinder(source, SEARCH).closure('lib/a.c');
        const visible = new Set(relevant(SYMBOLS, closure.mentions));
        const all = preprocess(directory, autoconfHeader(definitions));
        const unforeseen = all.read.filter(
          (path) => path !== 'autoconf.h' && !closure.paths.includes(path),
        );
        expect(unforeseen).toEqual([]);
        const some = definitions.filter(([each]) => visible.has(each));
        expect(preprocess(directory, autoconfHeader(some))).toEqual(all);
        if (all.read.length > 2) reached += 1;
      }),
      { numRuns: 60 },
    );
    expect(reached).toBeGreaterThan(10);
  });
});
