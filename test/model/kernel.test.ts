/** One build of the modelled kernel: unit tests, scenarios, bad input, failing allocations. */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seam } from '../cli/seam.ts';
import { type Kernel, MISSING, SOURCE, build, make, readKtap, run } from './kernel.ts';

const AREAS = ['fs', 'ipc', 'kernel', 'mm', 'net'];
const scenarios = globSync('tests/scenarios/*/*.scn', { cwd: SOURCE }).toSorted();

describe.skipIf(MISSING.length > 0)('the modelled kernel', () => {
  let kernel: Kernel;

  beforeAll(() => {
    kernel = build();
  });
  afterAll(() => kernel?.[Symbol.dispose]());

  const play = (input: string | Uint8Array) => run(kernel.vmlinux, [], { input });

  test('passes its unit tests', () => {
    const { status, stdout } = run(kernel.vmlinux, ['kunit']);
    expect(stdout.split('\n')[0]).toBe('KTAP version 1');
    const { passed, failed } = readKtap(stdout);
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(50);
    expect(status).toBe(0);
  });

  test('gives the same bytes each time', () => {
    const argv = ['run', 'tests/scenarios/kernel/wait4.scn'];
    expect(run(kernel.vmlinux, argv)).toEqual(run(kernel.vmlinux, argv));
    expect(run(kernel.vmlinux, ['kunit'])).toEqual(run(kernel.vmlinux, ['kunit']));
  });

  test('has scenarios of all areas, each with a trace of a real kernel', () => {
    const names = scenarios.map((path) => path.replace('tests/scenarios/', '').slice(0, -4));
    expect([...new Set(names.map((name) => name.split('/')[0]))]).toEqual(
      expect.arrayContaining(AREAS),
    );
    expect(names.length).toBeGreaterThanOrEqual(60);
    for (const name of names) {
      expect(readFileSync(join(SOURCE, 'tests/golden', `${name}.trace`), 'utf8')).toMatch(
        /^# Linux \d+\.\d+\.\S+ \w+\n./,
      );
    }
  });

  test('does in each scenario what a real kernel did', () => {
    const { status, stdout, stderr } = make(kernel.directory, 'W=1', 'goldencheck');
    expect(stdout + stderr).toMatch(/^(?: .*\n)*\d+ scenarios: \d+ equal, 0 not, 0 skipped\n$/);
    expect(status).toBe(0);
  });

  describe('the comparison of traces', () => {
    const compare = (golden: string, differences = 'Documentation/differences.rst') =>
      run(
        'scripts/tracecheck.sh',
        [kernel.vmlinux, golden, differences, 'tests/scenarios/kernel/wait4.scn'],
        { env: { ALL: '1' } },
      );
    const copy = (): string => {
      const golden = join(kernel.directory, 'golden');
      rmSync(golden, { recursive: true, force: true });
      cpSync(join(SOURCE, 'tests/golden'), golden, { recursive: true });
      return golden;
    };

    test('sees a line that differs', () => {
      const golden = copy();
      const trace = join(golden, 'kernel/wait4.trace');
      writeFileSync(trace, readFileSync(trace, 'utf8').replace('ECHILD', 'EPERM'));
      const { status, stdout } = compare(golden);
      expect(status).toBe(1);
      expect(stdout).toContain('differs  kernel/wait4\n');
      expect(stdout).toContain('    -init wait4 -1 0 = -1 EPERM\n');
      expect(stdout).toContain('    +init wait4 -1 0 = -1 ECHILD\n');
      expect(stdout).toContain('1 scenarios: 0 equal, 1 not, 0 skipped\n');
    });

    test('sees that a trace is missing', () => {
      const golden = copy();
      rmSync(join(golden, 'kernel/wait4.trace'));
      const { status, stdout } = compare(golden);
      expect(status).toBe(1);
      expect(stdout).toContain('missing  kernel/wait4: no trace of a real kernel\n');
    });

    test('honours the differences that are listed, and no stale ones', () => {
      const list = join(kernel.directory, 'differences.rst');
      writeFileSync(
        list,
        '- ``kernel/wait4``: ``init wait4 -1 0 = -1 ECHILD`` for ``init wait4 -1 0 = -1 EPERM``: test\n',
      );
      const golden = copy();
      const trace = join(golden, 'kernel/wait4.trace');
      const real = readFileSync(trace, 'utf8');
      writeFileSync(
        trace,
        real
          .replaceAll('init wait4 -1 0 = -1 ECHILD', 'init wait4 -1 0 = -1 EPERM')
          .replace(/(CLONE_NEWUTS.*) = c\n/, '$1 = -1 EINVAL\n'),
      );
      expect(compare(golden, list)).toMatchObject({ status: 0, stderr: '' });
      writeFileSync(trace, real.replace(/(CLONE_NEWUTS.*) = c\n/, '$1 = -1 EINVAL\n'));
      writeFileSync(list, '- ``kernel/wait4``: ``init nothing`` for ``init something``: test\n');
      const { status, stdout } = compare(golden, list);
      expect(status).toBe(1);
      expect(stdout).toContain('    kernel/wait4\tinit nothing\n');
    });
  });

  describe('a wrong scenario', () => {
    test.for([
      ['init getpidd', "<stdin>:1: unknown system call 'getpidd'"],
      ['\n# x\ninit getpid 1', "<stdin>:3: 'getpid' takes 0 arguments, not 1"],
      ['init wait4 -1', "<stdin>:1: 'wait4' takes 2 arguments, not 1"],
      ['a getpid', "<stdin>:1: unknown task 'a'"],
      ['init', "<stdin>:1: a system call is missing after 'init'"],
      ['init wait4 nobody 0', "<stdin>:1: unknown name 'nobody'"],
      ['init sethostname "a', '<stdin>:1: text is not closed'],
      ['init sethostname "\\q" 1', '<stdin>:1: unknown escape in text'],
      ['init fork', "<stdin>:1: a name for the new task is missing: '-> NAME'"],
      ['init fork -> init', "<stdin>:1: there is a task 'init' already"],
      ['init getpid\0', '<stdin>:1: NUL byte'],
      ['pause', "<stdin>:1: 'pause' takes a number of milliseconds"],
      ['pause -5', "<stdin>:1: 'pause' takes a number of milliseconds up to an hour"],
      ['need CAP_FLY', "<stdin>:1: 'CAP_FLY' is no capability, no option, and not HARDWARE"],
      ['need CONFIG_FLY', "<stdin>:1: no scenario can need 'CONFIG_FLY'"],
      [
        'init fork -> a\ninit wait4 a 0',
        "<stdin>:2: 'init' waits in 'wait4' and nothing will wake it",
      ],
      [
        'init fork -> a\ninit wait4 a 0\ninit getpid',
        "<stdin>:2: 'init' waits in 'wait4' and nothing will wake it",
      ],
      ['init fork -> a\na exit 0\na getpid', "<stdin>:3: task 'a' has ended"],
      [`init getpid ${'x'.repeat(600)}`, '<stdin>:1: line is too long'],
    ])('%j', ([input, message]) => {
      const { status, stderr } = play(input as string);
      expect(stderr).toBe(`${message}\n`);
      expect(status).toBe(2);
    });

    test('names the file that is not there', () => {
      expect(run(kernel.vmlinux, ['run', 'no.scn'])).toEqual({
        status: 2,
        stdout: '',
        stderr: "error: cannot open 'no.scn': No such file or directory\n",
      });
    });
  });

  test('takes any bytes for a scenario, and does not crash', () => {
    const words = 'init a fork wait4 kill -> " \\x | -1 0x7fffffffffffffff SIGKILL # pause need : ,'
      .split(' ')
      .concat(['\n', '\n', ' ', ' ', '\0', '\r', '\xff']);
    let seed = 1;
    // Numerical Recipes' generator: the same inputs on each run.
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (let round = 0; round < 300; round++) {
      const input = Array.from({ length: 1 + random(40) }, () => words[random(words.length)]);
      const { status, stderr } = play(input.join(random(2) ? ' ' : ''));
      expect([0, 2], `${JSON.stringify(input)}: ${stderr}`).toContain(status);
      expect(stderr).toMatch(/^(?:<stdin>:\d+: [^\n]+\n)?$/);
    }
  });

  test('survives that any allocation fails', () => {
    const { status, stdout } = run(kernel.vmlinux, [
      '--fail-nth',
      'run',
      'tests/scenarios/kernel/wait4.scn',
    ]);
    expect(stdout).toMatch(/^\d{2,} allocations failed in turn, 0 badly\n$/);
    expect(status).toBe(0);
  });

  test(
    'loses nothing and crashes nowhere when an allocation fails, known bugs apart',
    {
      timeout: 240_000,
    },
    () => {
      const { status, stdout } = make(kernel.directory, 'W=1', 'failcheck');
      expect(stdout).toMatch(
        /^(?:known {4}\w+: \d+ allocations\n)+\d{4,} .* 0 badly, \d+ by known bugs\n$/,
      );
      expect(status).toBe(0);
    },
  );

  describe('the sweep of failing allocations', () => {
    const sweep = (known: string) => {
      const texts = join(kernel.directory, 'known');
      mkdirSync(texts, { recursive: true });
      writeFileSync(join(texts, 'dup.rst'), known);
      return run(
        'scripts/sweep.sh',
        [kernel.vmlinux, texts, 'tests/scenarios/kernel/unshare.scn'],
        { env: { ALL: '1' } },
      );
    };

    test('reports what no entry names', () => {
      const { status, stdout } = sweep(':Fails in: ``no_such_function()``\n');
      expect(status).toBe(1);
      expect(stdout).toMatch(/^bad {6}kernel\/unshare: allocation 2 in dup_fd\(\) < .*signal 11$/m);
      expect(stdout).toContain('stale    dup: no allocation fails badly by it\n');
    });

    test('says by which entry it passed over', () => {
      const { stdout } = sweep(':Fails in: ``dup_fd()``\n');
      expect(stdout).toMatch(/^known {4}dup: [1-9]\d* allocations$/m);
      expect(stdout).not.toContain('unshare');
    });
  });

  test('has the globals of Documentation/globals.rst, at file scope, in these files', () => {
    const table = readFileSync(join(SOURCE, 'Documentation/globals.rst'), 'utf8');
    const rows = [...table.matchAll(/^``(\w+)`` +(\S+\.c) +\S/gm)];
    expect(rows).toHaveLength(120);
    const missing = rows.filter(([, name, file = '']) => {
      const { stdout } = run('nm', [join(kernel.directory, file.replace(/c$/, 'o'))]);
      const symbol = new RegExp(`^[0-9a-f]+ [bdr] (?:per_cpu__)?${name}$`, 'im');
      const source = readFileSync(join(SOURCE, file), 'utf8');
      return !symbol.test(stdout) || !new RegExp(`^(?![\t /*}]).*\\b${name}\\b`, 'm').test(source);
    });
    expect(missing.map(([line]) => line)).toEqual([]);
  });

  test('has the globals that its source has', async () => {
    const options = ['--base', SOURCE, '--objects', kernel.directory];
    const { status, stdout } = await seam(['globals', ...options]);
    expect(stdout).toMatch(/^(\d+) of \1 writable symbols found in the source/m);
    expect(stdout).toContain(' 0 missing without a reason\n');
    expect(status).toBe(0);
  });

  test('has twelve loops to measure', () => {
    const { status, stdout } = run(kernel.vmlinux, ['bench']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(12);
    expect(status).toBe(0);
  });

  test('runs the loops in namespaces that it has, and in no others', () => {
    const bench = (flags: string) =>
      run(kernel.vmlinux, ['--append', `bench.unshare=${flags}`, 'bench', 'stat']);
    expect(bench('0x20000')).toMatchObject({ status: 0, stderr: '' });
    expect(bench('0x4000000')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'error: unshare(0x4000000) fails with error 22\n',
    });
  });
});
