/** The build engine on a small kernel: what it says of trees, and what it does not do twice. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ModelEngine, isModel } from '../../tools/check/model/engine.ts';
import { toolEnvironment } from '../../tools/check/model/variant.ts';
import type { TreeFamily } from '../../tools/check/scratch.ts';
import { DiskStore } from '../../tools/check/store.ts';
import type { Outcome, Subject } from '../../tools/check/types.ts';
import { MISSING, isThere } from '../model/kernel.ts';
import { type Edit, SMALL, series } from './small-kernel.ts';

// Each test runs compilers, and others may want the processors, too.
vi.setConfig({ testTimeout: 240_000 });

function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'seam-engine-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

interface Setup {
  readonly directory?: string;
  /** Directory that comes first in PATH. */
  readonly programs?: string;
  readonly rerun?: boolean;
  readonly signal?: AbortSignal;
}

function engineFor(family: TreeFamily, setup: Setup = {}): ModelEngine {
  const directory = setup.directory ?? place();
  const path = [setup.programs, process.env['PATH']].filter(Boolean).join(':');
  return new ModelEngine(family, {
    store: new DiskStore(join(directory, 'store'), () => new Date()),
    env: toolEnvironment(path),
    parent: join(directory, 'work'),
    jobs: 2,
    prefix: [],
    rerun: setup.rerun ?? false,
    now: () => new Date(),
    signal: setup.signal ?? new AbortController().signal,
  });
}

const never = new AbortController().signal;

/** What `step` says of every tree of a series of edits. */
async function performAll(
  edits: readonly Edit[],
  step: string,
  config = 'def',
  setup: Setup = {},
): Promise<Outcome[]> {
  const { family, subjects } = await series(edits);
  const engine = engineFor(family, setup);
  const outcomes: Outcome[] = [];
  for (const subject of subjects) outcomes.push(await engine.perform(step, config, subject, never));
  await engine.close();
  return outcomes;
}

function writeProgram(directory: string, name: string, script: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** A directory with a `cc` that writes down what it compiles. */
function countingCompiler(directory: string): { programs: string; compiled: () => string[] } {
  const programs = join(directory, 'programs');
  const log = join(directory, 'compiled');
  rmSync(programs, { recursive: true, force: true });
  writeProgram(
    programs,
    'cc',
    `for w; do l=$w; done; case $l in *.c) echo $l >> ${log};; esac\nexec gcc "$@"`,
  );
  return {
    programs,
    compiled: () => {
      const lines = read(log).split('\n').filter(Boolean).sort();
      rmSync(log, { force: true });
      return lines;
    },
  };
}

describe.skipIf(MISSING.length > 0)('build', () => {
  test('what builds without a word passes, and its tests are run', async () => {
    const { family, subjects } = await series([]);
    const engine = engineFor(family);
    const [base] = subjects as [Subject];
    for (const { name, usual } of engine.steps) {
      const outcome = usual ? await engine.perform(name, 'def', base, never) : null;
      expect(outcome ?? { verdict: 'passed', observations: [] }).toMatchObject({
        verdict: 'passed',
        observations: [],
      });
    }
    await engine.close();
  });

  test('a warning is found in each tree that has it, with file and line', async () => {
    const warns = `${SMALL['lib/sum.c']}\nstatic int unused(void)\n{\n\treturn 1;\n}\n`;
    const outcomes = await performAll([{ 'lib/sum.c': warns }, { 'lib/twice.c': null }], 'build');
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
    const [before, after, later] = outcomes.map(({ observations }) => observations);
    expect(before).toEqual([]);
    expect(after).toMatchObject([
      { rule: 'build/warning', severity: 'warning', path: 'lib/sum.c', line: 8 },
    ]);
    expect(after?.[0]?.message).toMatch(/'unused' defined but not used \[-Wunused-function\]/);
    expect(later).toEqual(after);
  });

  test('what only one configuration compiles fails there alone', async () => {
    const edits = [{ 'lib/twice.c': 'int twice(int a)\n{\n\treturn a +;\n}\n' }];
    const [, def] = await performAll(edits, 'build', 'def');
    expect(def).toMatchObject({ verdict: 'passed', observations: [] });
    const [, all] = await performAll(edits, 'build', 'allyes');
    expect(all).toMatchObject({ verdict: 'failed', reason: '1 of 3 files do not compile' });
    expect(all?.observations.find(({ severity }) => severity === 'error')).toMatchObject({
      rule: 'build/error',
      path: 'lib/twice.c',
      line: 3,
    });
  });

  test('what does not link says who misses what', async () => {
    const [, outcome] = await performAll(
      [{ 'lib/Kbuild': 'obj-$(CONFIG_TWICE) += sum.o\n' }],
      'build',
    );
    expect(outcome).toMatchObject({ verdict: 'failed', reason: 'does not link' });
    expect(outcome?.observations).toContainEqual({
      rule: 'build/link',
      severity: 'error',
      path: 'arch/host/os/main.c',
      line: 10,
      message: "undefined reference to `sum'",
    });
  });

  test('an object without a source, and a Kconfig that cannot be read, are faults of the tree', async () => {
    const edits = [
      { 'lib/Kbuild': 'obj-y += none.o\n' },
      { 'lib/Kconfig': 'config A\n\tcolour "x"\n' },
    ];
    const [, none, bad] = await performAll(edits, 'build');
    expect(none).toMatchObject({ verdict: 'failed', reason: "no rule to make 'lib/none.o'" });
    expect(bad?.observations).toEqual([
      {
        rule: 'build/kconfig',
        severity: 'error',
        path: 'lib/Kconfig',
        line: 2,
        message: "unknown keyword 'colour'",
      },
    ]);
  });

  test('Kbuild and Makefiles that only make can read are read by make', async () => {
    const edits = [
      { 'lib/Kbuild': 'obj-y += $(patsubst %.x,%.o,sum.x)\nCFLAGS_KERNEL += -DBY_KBUILD\n' },
      {
        'lib/sum.c': SMALL['lib/sum.c']!.replace(
          '\n',
          '\n#ifdef BY_KBUILD\n#warning seen\n#endif\n',
        ),
      },
    ];
    const [, first, second] = await performAll(edits, 'build');
    expect(first).toMatchObject({ verdict: 'passed', observations: [] });
    expect(second?.observations).toMatchObject([{ path: 'lib/sum.c', line: 3 }]);
  });

  test('a Makefile that compiles in a way of its own is beyond the engine, and it says so', async () => {
    const own = SMALL['Makefile']!.replace('cmd-cc = $(CC)', 'cmd-cc = nice $(CC)');
    const [, outcome] = await performAll([{ Makefile: own }], 'build');
    expect(outcome).toMatchObject({
      verdict: 'error',
      reason: 'the Makefile compiles or links in a way of its own',
    });
  });

  test('a compiler that breaks down is no verdict on the patch, and is not remembered', async () => {
    const directory = place();
    const programs = join(directory, 'programs');
    writeProgram(programs, 'cc', 'case "$*" in *sum.c*) kill -SEGV $$;; esac\nexec gcc "$@"');
    const [base] = await performAll([], 'build', 'def', { directory, programs });
    expect(base).toMatchObject({ verdict: 'error', reason: 'lib/sum.c: cc was ended by SIGSEGV' });
    const [again] = await performAll([], 'build', 'def', { directory });
    expect(again?.verdict).toBe('passed');
  });

  test('without a compiler the step says so', async () => {
    const programs = place();
    const { family, subjects } = await series([]);
    const engine = new ModelEngine(family, {
      store: new DiskStore(join(programs, 'store'), () => new Date()),
      env: toolEnvironment(programs),
      parent: programs,
      jobs: 1,
      prefix: [],
      rerun: false,
      now: () => new Date(),
      signal: never,
    });
    const outcome = await engine.perform('build', 'def', subjects[0]!, never);
    expect(outcome).toMatchObject({ verdict: 'error', reason: "'cc' is not installed" });
  });
});

describe.skipIf(MISSING.length > 0)('tests', () => {
  test('a failed unit test and a trace that differs are found', async () => {
    const edits = [
      { 'include/linux/sum.h': SMALL['include/linux/sum.h']!.replace('a + b', 'a - b') },
    ];
    const [, unit] = await performAll(edits, 'kunit');
    expect(unit).toMatchObject({
      verdict: 'passed',
      observations: [{ rule: 'kunit/failed', severity: 'error', message: 'sum.two failed' }],
    });
    const [, traces] = await performAll(edits, 'scenarios');
    expect(traces?.observations).toEqual([
      {
        rule: 'scenarios/failed',
        severity: 'error',
        path: 'tests/scenarios/kernel/sum.scn',
        line: null,
        message: 'differs from a real kernel',
        detail: '--- a real kernel\n+++ the model\n-init sum = 4\n+init sum = 0',
      },
    ]);
  });

  test('a kernel that dies in its tests fails', async () => {
    const dies = 'int sum(int a, int b)\n{\n\treturn *(volatile int *)0 + a + b;\n}\n';
    const [, outcome] = await performAll(
      [{ 'lib/sum.c': `#include <linux/sum.h>\n${dies}` }],
      'kunit',
    );
    expect(outcome).toMatchObject({ verdict: 'failed' });
    expect(outcome?.observations[0]).toMatchObject({ rule: 'kunit/died', severity: 'error' });
    expect(outcome?.reason).toMatch(/^SIG(SEGV|ILL|TRAP) after 0 passed$/);
  });

  test('the sanitizers see what the tests do not', async () => {
    const text =
      '#include <linux/sum.h>\n\nint sum(int a, int b)\n{\n\tvolatile int x[2] = { a, b };\n\tint unused = x[b];\n\n\t(void)unused;\n\treturn x[0] + x[1];\n}\n';
    const [, plain] = await performAll([{ 'lib/sum.c': text }], 'scenarios');
    expect(plain).toMatchObject({ verdict: 'passed', observations: [] });
    const [base, outcome] = await performAll([{ 'lib/sum.c': text }], 'sanitize');
    expect(base).toMatchObject({ verdict: 'passed', observations: [] });
    expect(outcome?.observations.length).toBeGreaterThan(0);
    expect(outcome?.observations[0]?.detail).toMatch(/runtime error|AddressSanitizer/);
  });

  test('a configuration without tests is skipped', async () => {
    const [outcome] = await performAll([], 'kunit', 'allno');
    expect(outcome).toMatchObject({
      verdict: 'skipped',
      reason: 'this configuration has no unit tests',
    });
  });
});

describe.skipIf(MISSING.length > 0)('other looks at a build', () => {
  test('paranoid: make gives the same bytes', async () => {
    for (const config of ['def', 'allyes', 'rand-5', 'only-TWICE']) {
      const [outcome] = await performAll([], 'paranoid', config);
      expect(outcome).toMatchObject({ verdict: 'passed', observations: [] });
    }
  });

  test('paranoid: an object that is not what make gives is found', async () => {
    const directory = place();
    const programs = join(directory, 'programs');
    // Compiles to something else every time.
    writeProgram(programs, 'cc', 'exec gcc -DN=$$ "$@"');
    const edit = { 'lib/sum.c': `${SMALL['lib/sum.c']}\nextern int n;\nint n = N;\n` };
    const [, outcome] = await performAll([edit], 'paranoid', 'def', { directory, programs });
    const message = 'make makes something else of it';
    expect(outcome?.observations).toMatchObject([
      { rule: 'paranoid/differs', path: 'lib/sum.o', message },
      { rule: 'paranoid/differs', path: 'vmlinux', message },
    ]);
  });

  test('sizes of text and data, and of functions', async () => {
    const larger = SMALL['lib/sum.c']!.replace('add(a, b)', 'add(a, b) * 12345 / (b | 1)');
    const [base, after] = await performAll([{ 'lib/sum.c': larger }], 'size');
    const [before, now] = [base?.measures ?? {}, after?.measures ?? {}];
    expect(before['arch/host/os/main.o text']).toBeGreaterThan(0);
    expect(before['arch/host/os/main.o text']).toBe(now['arch/host/os/main.o text']);
    for (const name of ['lib/sum.o text', 'sum()'])
      expect(now[name]).toBeGreaterThan(before[name] ?? Infinity);
  });

  test.skipIf(!isThere('sparse'))(
    'sparse looks at the kernel, not at what has the C library',
    async () => {
      const edits = [
        { 'lib/sum.c': `${SMALL['lib/sum.c']}\nint *p(void);\nint *p(void)\n{\n\treturn 0;\n}\n` },
        {
          'arch/host/os/main.c': `${SMALL['arch/host/os/main.c']}\nint *p(void);\nint *p(void)\n{\n\treturn 0;\n}\n`,
          'lib/sum.c': SMALL['lib/sum.c']!,
        },
      ];
      const outcomes = await performAll(edits, 'sparse');
      expect(outcomes.map(({ observations }) => observations.length)).toEqual([0, 1, 0]);
      expect(outcomes[1]?.observations[0]).toMatchObject({
        rule: 'sparse/warning',
        path: 'lib/sum.c',
        line: 11,
        message: 'Using plain integer as NULL pointer',
      });
    },
  );

  test.skipIf(!isThere('clang'))('clang warns of what gcc does not', async () => {
    const edit = { 'lib/sum.c': SMALL['lib/sum.c']!.replace('return add', 'a = a;\n\treturn add') };
    const [, gcc] = await performAll([edit], 'build');
    expect(gcc).toMatchObject({ verdict: 'passed', observations: [] });
    const [base, clang] = await performAll([edit], 'clang');
    expect(base).toMatchObject({ verdict: 'passed', observations: [] });
    expect(clang?.observations).toMatchObject([
      { rule: 'clang/warning', path: 'lib/sum.c', line: 5 },
    ]);
  });

  test('a tree without a sweep has no faults to find', async () => {
    const [outcome] = await performAll([], 'faults');
    expect(outcome).toMatchObject({
      verdict: 'skipped',
      reason: 'the tree has no scripts/sweep.sh',
    });
  });
});

describe.skipIf(MISSING.length > 0)('nothing is done twice', () => {
  test('only what reaches a changed file is compiled, in each configuration that it matters to', async () => {
    const directory = place();
    const compiler = countingCompiler(directory);
    const setup = { directory, programs: compiler.programs };
    await performAll([], 'build', 'def', setup);
    expect(compiler.compiled()).toEqual(['arch/host/os/main.c', 'lib/sum.c']);
    // TWICE stands in a header of both; nothing mentions LOG, and main.c only KUNIT.
    await performAll([], 'build', 'allyes', setup);
    expect(compiler.compiled()).toEqual(['lib/sum.c', 'lib/twice.c']);
    await performAll([{ 'lib/twice.c': `${SMALL['lib/twice.c']}\n` }], 'build', 'def', setup);
    expect(compiler.compiled()).toEqual([]);
    await performAll(
      [{ 'include/linux/sum.h': `${SMALL['include/linux/sum.h']}\n` }],
      'build',
      'allyes',
      setup,
    );
    expect(compiler.compiled()).toEqual(['lib/sum.c', 'lib/twice.c']);
    await performAll([{ 'Documentation/x.rst': 'x' }], 'build', 'allyes', setup);
    expect(compiler.compiled()).toEqual([]);
  });

  test('a header that comes before another in the search is seen', async () => {
    const shadow = `${SMALL['include/linux/sum.h']}\n#warning shadow\n`;
    const [before, after] = await performAll(
      [{ 'arch/host/include/linux/sum.h': shadow }],
      'build',
    );
    expect(before?.observations).toEqual([]);
    expect(after?.observations[0]).toMatchObject({ path: 'arch/host/include/linux/sum.h' });
  });

  test('includes that name a macro are followed', async () => {
    const edits = [
      {
        'lib/sum.c': `#define H "linux/sum.h"\n#include H\n${SMALL['lib/sum.c']!.split('\n').slice(1).join('\n')}`,
      },
      { 'include/linux/sum.h': SMALL['include/linux/sum.h']!.replace('a + b', 'a - b') },
    ];
    const outcomes = await performAll(edits, 'kunit');
    expect(outcomes.map(({ reason }) => reason)).toEqual([null, null, null]);
    expect(outcomes.map(({ observations }) => observations.length)).toEqual([0, 0, 1]);
  });

  test('--rerun compiles again, and each file once', async () => {
    const directory = place();
    const compiler = countingCompiler(directory);
    const setup = { directory, programs: compiler.programs };
    await performAll([], 'build', 'def', setup);
    const edits = [{ 'Documentation/x.rst': 'x' }];
    compiler.compiled();
    await performAll(edits, 'build', 'def', { ...setup, rerun: true });
    expect(compiler.compiled()).toEqual(['arch/host/os/main.c', 'lib/sum.c']);
  });

  test('a forecast says what is done then', async () => {
    const directory = place();
    const edits = [
      { 'lib/twice.c': `${SMALL['lib/twice.c']}\n` },
      { 'include/linux/sum.h': `\n${SMALL['include/linux/sum.h']}` },
      { 'Documentation/x.rst': 'x' },
      { 'tests/scenarios/kernel/sum.scn': 'init sum\n\n' },
    ];
    const { family, subjects } = await series(edits);
    const said: string[] = [];
    for (const [position, subject] of subjects.entries()) {
      for (const step of ['build', 'kunit', 'scenarios', 'size', 'paranoid']) {
        const engine = engineFor(family, { directory });
        const forecast = await engine.forecast(step, 'def', subject);
        expect(await engine.perform(step, 'def', subject, never)).toMatchObject({
          verdict: 'passed',
          cached: forecast.cached,
        });
        await engine.close();
        said.push(`${position} ${step}: ${forecast.why}`);
      }
    }
    expect(said).toEqual([
      '0 build: make was never asked about these Makefiles',
      '0 kunit: never run on this program',
      '0 scenarios: never run on this program',
      '0 size: never done on this tree',
      '0 paranoid: never run on this program',
      '1 build: all of its parts are known',
      '1 kunit: all of its parts are known',
      '1 scenarios: all of its parts are known',
      '1 size: never done on this tree',
      '1 paranoid: never run on this program',
      '2 build: 1 file to compile',
      '2 kunit: never run on this program',
      '2 scenarios: never run on this program',
      '2 size: never done on this tree',
      '2 paranoid: never run on this program',
      '3 build: all of its parts are known',
      '3 kunit: all of its parts are known',
      '3 scenarios: all of its parts are known',
      '3 size: never done on this tree',
      '3 paranoid: never run on this program',
      '4 build: all of its parts are known',
      '4 kunit: all of its parts are known',
      '4 scenarios: never run on this program',
      '4 size: never done on this tree',
      '4 paranoid: never run on this program',
    ]);
  });

  test('a file that several forecasts need is to be compiled once', async () => {
    const directory = place();
    await performAll([], 'build', 'def', { directory });
    const edits = [{ 'lib/sum.c': `${SMALL['lib/sum.c']}\n` }, { 'Documentation/x.rst': 'x' }];
    const { family, subjects } = await series(edits);
    const engine = engineFor(family, { directory });
    const said: string[] = [];
    for (const subject of subjects.slice(1))
      said.push((await engine.forecast('build', 'def', subject)).why);
    await engine.close();
    expect(said).toEqual(['1 file to compile', 'after what comes before']);
  });

  test('a second run only reads', async () => {
    const directory = place();
    const first = await performAll([], 'kunit', 'def', { directory });
    const [second] = await performAll([], 'kunit', 'def', { directory, programs: place() });
    expect(first[0]?.cached).toBe(false);
    expect(second).toEqual({ ...first[0], cached: true });
  });

  test('what the store has lost is made again', async () => {
    const directory = place();
    await performAll([], 'build', 'def', { directory });
    rmSync(join(directory, 'store/cas'), { recursive: true });
    const [outcome] = await performAll([], 'kunit', 'def', { directory });
    expect(outcome).toMatchObject({ verdict: 'passed', observations: [] });
  });

  test('a store that cannot be written to costs only time', async () => {
    const directory = place();
    writeFileSync(join(directory, 'store'), 'a file where the directory should be');
    const [outcome] = await performAll([], 'build', 'def', { directory });
    expect(outcome).toMatchObject({ verdict: 'passed', cached: false });
  });

  test('an aborted run leaves nothing behind and is taken up again', async () => {
    const directory = place();
    const programs = join(directory, 'programs');
    const started = join(directory, 'started');
    writeProgram(
      programs,
      'cc',
      `case "$*" in *sum.c*) touch ${started}; kill -STOP $$;; esac\nexec gcc "$@"`,
    );
    const controller = new AbortController();
    const { family, subjects } = await series([]);
    const engine = engineFor(family, { directory, programs, signal: controller.signal });
    const running = engine.perform('build', 'def', subjects[0]!, controller.signal);
    const ended = running.then(String, String);
    await vi.waitUntil(() => existsSync(started), { timeout: 20_000 });
    controller.abort(new Error('stopped'));
    expect(await ended).toBe('Error: stopped');
    await engine.close();
    expect(readdirSync(join(directory, 'work'))).toEqual([]);
    const [outcome] = await performAll([], 'build', 'def', { directory });
    expect(outcome?.verdict).toBe('passed');
  });
});

test('other trees are none of its business', async () => {
  const [small] = (await series([])).subjects;
  const [other] = (await series([], { Kbuild: '', 'arch/host/defconfig': '' })).subjects;
  expect([small, other].map((subject) => isModel(subject!.tree))).toEqual([true, false]);
});

describe('configurations', () => {
  test('those with the same result are one', async () => {
    const { family, subjects } = await series([{ 'arch/host/defconfig': 'CONFIG_TWICE=y\n' }]);
    const engine = engineFor(family);
    const sets = ['def', 'allno', 'allyes', 'only-KUNIT'];
    const [base, after] = subjects as [Subject, Subject];
    expect(await engine.configurations(base.tree, sets)).toEqual(sets);
    expect(await engine.configurations(after.tree, sets)).toEqual(['def', 'allno', 'only-KUNIT']);
    expect(await engine.configurations(base.tree, ['each'])).toEqual([
      'without-KUNIT',
      'only-KUNIT',
      'without-SCENARIO',
      'only-SCENARIO',
      'without-TWICE',
      'only-TWICE',
    ]);
    await expect(engine.configurations(base.tree, ['some'])).rejects.toThrow(
      /no set of configurations/,
    );
  });
});
