/** Objects and flags of configurations, compared with what make says of them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeVariables, readKbuild } from '../../tools/kbuild/kbuild-read.ts';
import { MISSING, SOURCE, make, run } from '../model/kernel.ts';
import { openModel } from './model-tree.ts';

vi.setConfig({ testTimeout: 240_000 });

function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'seam-kbuild-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Objects in link order and the words of their commands, by `make -n`. */
function commands(directory: string, words: readonly string[]) {
  const { stdout, status, stderr } = make(directory, ...words, 'V=1', '-n', 'vmlinux');
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.replaceAll(`${directory}/`, '').split('\n');
  const compile = lines.filter((line) => line.startsWith('cc ') && / -c -o /.test(line));
  const link = lines.find((line) => line.startsWith('cc ') && / -o vmlinux /.test(line)) ?? '';
  return { compile, link };
}

describe.skipIf(MISSING.length > 0)('the modelled kernel', () => {
  test.each([
    ['defconfig', {}],
    ['allnoconfig', { SAN: '1' }],
    ['allyesconfig', { W: '1' }],
    ['randconfig', { W: '1', KCONFIG_SEED: '2' }],
    ['randconfig', { KCONFIG_SEED: '77' }],
  ] as const)('%s %j', async (target, variables) => {
    const directory = place();
    const words = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    expect(make(directory, target, ...words).status).toBe(0);
    const theirs = commands(directory, words);
    const autoConf = readFileSync(join(directory, 'include/config/auto.conf'), 'latin1');
    const { KCONFIG_SEED: _, ...rest } = variables as Record<string, string>;
    const { units, linkFlags } = await (await openModel(SOURCE, place())).rules(autoConf, rest);
    const ours = units.map(
      ({ object, source, flags }) => `cc ${flags.join(' ')} -c -o ${object} ${source}`,
    );
    const plain = (line: string): string =>
      line
        .replace(/ -MMD -MP -MF \S+/, '')
        .replaceAll(/ +/g, ' ')
        .trim();
    expect(ours).toEqual(theirs.compile.map(plain));
    const objects = units.map(({ object }) => object);
    expect(plain(`cc ${linkFlags.join(' ')} -o vmlinux ${objects.join(' ')}`)).toBe(
      plain(theirs.link),
    );
  });

  test('the compiler reads no file of the tree that was not foreseen', async () => {
    const directory = place();
    expect(make(directory, 'allyesconfig').status).toBe(0);
    expect(make(directory, '-n').status).toBe(0);
    const header = `${directory}/include/generated/autoconf.h`;
    const autoConf = readFileSync(join(directory, 'include/config/auto.conf'), 'latin1');
    const model = await openModel(SOURCE, place());
    const { units } = await model.rules(autoConf, {});
    expect(units.length).toBeGreaterThan(150);
    const missed = units.flatMap(({ source, flags, search }) => {
      const words = flags.map((flag) => (flag.endsWith('/autoconf.h') ? header : flag));
      const { stdout, status, stderr } = run('cc', [...words, '-MM', source]);
      if (status !== 0) throw new Error(stderr);
      const read = stdout
        .replace(/^\S+:/, '')
        .replaceAll('\\\n', ' ')
        .trim()
        .split(/\s+/)
        .map(normalize);
      const known = new Set(model.tree.reach(source, search).closure.paths);
      const unforeseen = read.filter((path) => !path.startsWith('/') && !known.has(path));
      return unforeseen.map((path) => `${source}: ${path}`);
    });
    expect(missed).toEqual([]);
  });
});

describe.skipIf(MISSING.length > 0)('made-up Kbuild files', () => {
  const word = fc.constantFrom('a.o', 'b.o', 'c.o', 'sub/', 'x.y');
  const value = fc.oneof(
    fc.constantFrom('$(CONFIG_A)', '$(CONFIG_B)', '${CONFIG_C}', 'y', ''),
    fc.constantFrom(
      '$(if $(CONFIG_A),$(CONFIG_B))',
      '$(if $(CONFIG_B)$(CONFIG_C),y,n)',
      '$(or $(CONFIG_B),$(CONFIG_A))',
      '$(and $(CONFIG_A),$(CONFIG_C))',
      '$(filter y,$(CONFIG_A) $(CONFIG_B))',
      '$(filter-out n, $(CONFIG_A))',
      '$(strip  $(CONFIG_A) )',
    ),
  );
  const line = fc
    .tuple(
      value,
      fc.constantFrom('+=', ':=', '='),
      fc.array(fc.oneof(word, fc.constantFrom('$(if $(CONFIG_A),d.o,e.o)', '\\\n e.o', '# rest'))),
    )
    .map(([name, operator, words]) => `obj-${name} ${operator} ${words.join(' ')}`);
  const condition = fc.constantFrom(
    'ifeq ($(CONFIG_A),y)',
    'ifneq ($(CONFIG_A), $(CONFIG_B))',
    'ifdef CONFIG_C',
    'ifndef CONFIG_B',
  );
  const block = fc
    .tuple(
      condition,
      fc.array(line, { maxLength: 2 }),
      fc.option(fc.constantFrom('else', 'else ifeq ($(CONFIG_B),y)')),
      line,
    )
    .map(([first, lines, other, last]) =>
      [first, ...lines, ...(other === null ? [] : [other, last]), 'endif'].join('\n'),
    );
  const file = fc
    .array(fc.oneof(line, block, fc.constant('# a remark')), { maxLength: 6 })
    .map((lines) => `${lines.join('\n')}\n`);
  const configuration = fc
    .subarray(['CONFIG_A=y', 'CONFIG_B=y', 'CONFIG_C=3'])
    .map((lines) => `${lines.join('\n')}\n`);

  test('give the objects that make gives', () => {
    const directory = place();
    let readable = 0;
    fc.assert(
      fc.property(file, file, configuration, (top, sub, autoConf) => {
        const files = new Map([
          ['Kbuild', top],
          ['sub/Kbuild', sub.replaceAll('sub/', 'f.o')],
        ]);
        const ours = readKbuild((path) => files.get(path) ?? null, makeVariables(autoConf));
        if (ours.kind === 'unreadable') return;
        readable += 1;
        expect(ours.objects).toEqual(theirs(directory, files, autoConf));
      }),
      { numRuns: 60 },
    );
    expect(readable).toBeGreaterThan(30);
  });

  /** By the lines of the model's Makefile that read Kbuild files. */
  function theirs(
    directory: string,
    files: ReadonlyMap<string, string>,
    autoConf: string,
  ): string[] {
    const [, rules = ''] =
      /^(objs :=\ndefine read-kbuild\n[^]*?\nendef\n)/m.exec(
        readFileSync(join(SOURCE, 'Makefile'), 'utf8'),
      ) ?? [];
    const makefile = `${autoConf}${rules}$(eval $(call read-kbuild,))\n$(info $(objs))\nall:;@:\n`;
    for (const [path, text] of [...files, ['Makefile', makefile] as const]) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const { stdout, stderr } = spawnSync('make', ['-rR'], {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    if (stderr !== '') throw new Error(stderr);
    return stdout.trim().split(/\s+/).filter(Boolean);
  }
});

test.each([
  ['ccflags-y += -Os', "'ccflags-y' is set"],
  ['obj-y += $(wildcard *.o)', "the function 'wildcard'"],
  ['obj-y += $(shell echo x.o)', "the function 'shell'"],
  ['obj-y += $(LIST)', "the variable 'LIST'"],
  ['include ../other.mk', "'include ../other.mk'"],
  ['$(eval CFLAGS += -Os)', "'$(eval CFLAGS += -Os)'"],
  ['x.o: y.o', "'x.o: y.o'"],
  ['\t@echo', 'a recipe'],
  ['obj-y += gone/', 'no such file'],
  ['ifdef CONFIG_A', "'endif' is missing"],
])('%j has to be read by make', (text, reason) => {
  const answer = readKbuild((path) => (path === 'Kbuild' ? `${text}\n` : null), new Map());
  expect(answer).toMatchObject({ kind: 'unreadable', reason });
});
