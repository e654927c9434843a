/** Configurations of the modelled kernel: all that Kconfig allows build, all else is refused. */
import {
  chmodSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Kernel,
  MISSING,
  SOURCE,
  build,
  buildDirectory,
  make,
  readKtap,
  run,
} from './kernel.ts';

/** Plays all scenarios; what a configuration has no part for is skipped and named. */
function expectTraces({ directory, vmlinux }: Kernel): void {
  if (!/^CONFIG_SCENARIO=y$/m.test(readFileSync(join(directory, '.config'), 'utf8'))) return;
  const { status, stdout } = run('scripts/tracecheck.sh', [
    vmlinux,
    'tests/golden',
    'Documentation/differences.rst',
    ...globSync('tests/scenarios/*/*.scn', { cwd: SOURCE }).toSorted(),
  ]);
  expect(stdout).toMatch(/^(?:skipped .*\n)*\d+ scenarios: \d+ equal, 0 not, \d+ skipped\n$/);
  expect(status).toBe(0);
}

describe.skipIf(MISSING.length > 0)('configuration', () => {
  const directory = (): string => {
    const path = buildDirectory();
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };

  test.for([
    ['allnoconfig', ''],
    ['allyesconfig', ''],
    ['randconfig', 'KCONFIG_SEED=1'],
    ['randconfig', 'KCONFIG_SEED=2'],
    ['randconfig', 'KCONFIG_SEED=3'],
  ] as const)('%s %s builds without warnings and passes its tests', ([target, seed]) => {
    using kernel = build(target, ...(seed ? [seed] : []));
    expectTraces(kernel);
    const { status, stdout, stderr } = run(kernel.vmlinux, ['kunit']);
    const hasTests = !stderr.includes('this kernel has no unit tests');
    expect(readKtap(stdout).failed).toEqual([]);
    expect(status).toBe(hasTests ? 0 : 2);
  });

  test.for([
    ['CONFIG_NR_CPUS=99', 'CONFIG_NR_CPUS=99 refused: not in the range 1 to 32'],
    ['CONFIG_NO_SUCH=y', 'no option is called CONFIG_NO_SUCH'],
    ['nonsense', "cannot read 'nonsense'"],
    [
      '# CONFIG_KUNIT is not set\nCONFIG_LIB_KUNIT_TEST=y',
      'CONFIG_LIB_KUNIT_TEST=y refused: it depends on KUNIT, which is not so',
    ],
  ])('%j is refused', ([config, why]) => {
    const path = directory();
    writeFileSync(join(path, '.config'), `${config}\n`);
    const { status, stderr } = make(path);
    const line = (config as string).split('\n').length;
    expect(status).toBe(2);
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      `${path}/.config:${line}: ${why}`,
      `error: ${path}/.config: 1 line refused`,
      'hint: make olddefconfig',
    ]);
    expect(stderr).not.toContain('No such file');
  });

  test('a first build makes the configuration once, however many jobs there are', () => {
    const path = directory();
    const { status, stdout } = make(path, '-j4', 'SAN=1', 'need-config');
    expect(stdout).toBe('  HOSTCC  scripts/kconfig/conf\n');
    expect(status).toBe(0);
  });

  test('a missing compiler is named, and what to install', () => {
    const path = directory();
    const programs = join(path, 'bin');
    mkdirSync(programs);
    for (const program of ['sh', 'make', 'mkdir', 'sed', 'test', 'cat']) {
      const { stdout } = run('sh', ['-c', `command -v ${program}`]);
      const at = stdout.trim();
      if (at.startsWith('/')) symlinkSync(at, join(programs, program));
    }
    const { status, stderr } = run('make', [`O=${path}/build`], { env: { PATH: programs } });
    expect(status).toBe(2);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      "error: no C compiler: 'cc' is not there",
      'hint: apt-get install gcc make   (or name another: make CC=clang)',
    ]);
  });

  test('HOST must be one of two', () => {
    const path = directory();
    const hostrun = join(path, 'hostrun');
    writeFileSync(hostrun, '#!/bin/sh\n');
    chmodSync(hostrun, 0o755);
    const { status, stderr } = run('scripts/hostcheck.sh', ['moon', hostrun, '', path]);
    expect(status).toBe(2);
    expect(stderr).toBe("error: no such HOST: 'moon'\nhint: HOST=native or HOST=uml\n");
  });
});
