import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../tools/check/types.ts';
import { findSandbox } from '../../tools/check/sandbox.ts';
import { scratch } from '../cli/seam.ts';
import { TWO, shell, step, steps } from './planted/probe.ts';
import { workshop } from './planted/workshop.ts';

/** Verdict and reason of the step for each patch. */
function probes({ patches }: CheckReport): string[] {
  const results = patches.flatMap((patch) => patch.results);
  const own = results.filter((result) => result.step === 'probe');
  return own.map(({ verdict, reason }) => (reason === null ? verdict : `${verdict}: ${reason}`));
}

describe('a command', { timeout: 120_000 }, () => {
  test.each([
    ['that fails', 'exit 3', 'failed: status 3'],
    ['that says it cannot be tested', 'exit 125', 'skipped: the command says it cannot be tested'],
    ['that dies', 'kill -SEGV $$', 'error: killed by SIGSEGV'],
    ['whose compiler dies, as a shell tells it', 'exit 139', 'error: status 139'],
  ])('%s', async (_, script, expected) => {
    // Not on the base: what fails there is not the patch's fault.
    const { report } = workshop(TWO.slice(0, 1), shell(`[ "$SEAM_NUMBER" = 0 ] || ${script}`));
    expect(probes((await report()).report)).toEqual([expected]);
  });

  test('that takes too long is stopped, and is no answer for later', async () => {
    const { report } = workshop(TWO.slice(0, 1), shell('sleep 600', 'timeout = 1'));
    const first = await report();
    expect(first.status).toBe(1);
    expect(probes(first.report)).toEqual(['timed-out: stopped after 1 s']);
    const again = await report();
    const asked = again.report.patches[0]?.results.find((each) => each.step === 'probe');
    expect(asked?.cached).toBe(false);
  });

  test.each([
    ['memory', 'memory = 64', 'exec perl -e \'$x = "x" x 200_000_000; sleep 600\''],
    ['output', 'output = 1', 'yes & sleep 600'],
    ['processes', 'processes = 5', 'for i in 1 2 3 4 5 6 7 8; do sleep 600 & done; wait'],
  ])('that takes too much %s is stopped', async (what, limit, script) => {
    const { report } = workshop(TWO.slice(0, 1), shell(script, 'timeout = 100', limit));
    expect(probes((await report()).report)).toEqual([`error: too much ${what}`]);
  });

  test('gets a home of its own and few variables', async () => {
    const { check, home } = workshop(TWO, shell('env; ls -A "$HOME" "$TMPDIR"; : > "$HOME/left"'));
    const secrets = { SSH_AUTH_SOCK: '/run/agent', GITHUB_TOKEN: 'secret', LD_PRELOAD: '' };
    const { stdout } = await check(['--json'], { env: secrets });
    const { patches } = JSON.parse(stdout) as CheckReport;
    const digest = patches[1]?.results.find((result) => result.step === 'probe')?.log ?? '';
    const log = readFileSync(
      join(home, 'cache/seam/store/cas', digest.slice(0, 2), digest),
      'utf8',
    );
    const names = log.split('\n').flatMap((line) => /^([A-Za-z_]+)=/.exec(line)?.[1] ?? []);
    expect(names).toContain('SEAM_TREE');
    expect(names.filter((name) => /TOKEN|AUTH|PRELOAD/.test(name))).toEqual([]);
    expect(log).toContain(`HOME=${home}/cache/seam/work/`);
    expect(log).not.toContain('left');
  });

  test.runIf(findSandbox(process.env['PATH']).prefix.length > 0)('has no network', async () => {
    const { check, home } = workshop(TWO.slice(0, 1), shell('cat /proc/net/dev; exit 0'));
    const { stdout } = await check(['--json']);
    const { patches } = JSON.parse(stdout) as CheckReport;
    const digest = patches[0]?.results.find((result) => result.step === 'probe')?.log ?? '';
    const log = readFileSync(
      join(home, 'cache/seam/store/cas', digest.slice(0, 2), digest),
      'utf8',
    );
    const devices = log.split('\n').flatMap((line) => /^ *(\w+):/.exec(line)?.[1] ?? []);
    expect(
      devices.filter((name) => !/^(?:lo|.*tunl0|gre.*|erspan0|ip.*|sit0)$/.test(name)),
    ).toEqual([]);
  });

  test('that is not there is an error that names the step', async () => {
    const { check } = workshop(TWO, step(['no-such-compiler', '-c']));
    expect(await check([])).toMatchInlineSnapshot(`
      {
        "status": 2,
        "stderr": "error: step 'probe' needs 'no-such-compiler', which is not here
      hint: install it, or leave the step out: --skip probe
      ",
        "stdout": "",
      }
    `);
  });

  test('whose setup fails is an error that says so', async () => {
    const { check } = workshop(
      TWO,
      step(['true'], 'setup = ["sh", "-c", "echo no config; exit 1"]'),
    );
    const { status, stderr } = await check([]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: the setup of step 'probe' fails: no config\n/);
  });
});

const program = fileURLToPath(new URL('../../tools/seam', import.meta.url));

/** How a program becomes able to mount, and whether it does here. */
const MOUNTING = ['--map-root-user', '--mount', '--'];
const MOUNTS =
  spawnSync('unshare', [...MOUNTING, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** A check on a disk with little space, and again when there is some; what the store is then. */
const ON_SMALL_DISK = `
mount -t tmpfs -o size=8m tmpfs "$XDG_CACHE_HOME" || exit 9
dd if=/dev/zero of="$XDG_CACHE_HOME/ballast" bs=4k count=$((2048 - FREE)) status=none
"$PROGRAM" "$@" >first 2>&1
echo $? >>first
rm "$XDG_CACHE_HOME/ballast"
"$PROGRAM" cache verify --json >verified
"$PROGRAM" "$@" --json >second
`;

/** Pages of 4 KiB go to the directory of the build. */
const writing = (pages: number): string =>
  `dd if=/dev/zero of="$SEAM_BUILD/object" bs=4k count=${pages}`;
const WRITES = shell(writing(512));
const COPIES = steps({
  make: { script: writing(120), artifacts: ['object'] },
  probe: { script: 'test -s object', after: 'make' },
});

describe.runIf(MOUNTS)('a full disk', { timeout: 120_000 }, () => {
  test.each([
    // Pages of 4 KiB.
    ['for the tree', 5, WRITES, /no space left on device/],
    ['for what the command writes', 200, WRITES, /no space left on device/],
    ['for copies of it', 200, COPIES, /cannot copy artifact 'object': .*no space left on device/],
  ])('too small %s: no patch is blamed, and the store stays whole', (_, free, config, said) => {
    const { home, env, argv } = workshop(TWO, config);
    mkdirSync(env.XDG_CACHE_HOME);
    const script = ['sh', '-c', ON_SMALL_DISK, 'sh', ...argv];
    const { status } = spawnSync('unshare', [...MOUNTING, ...script], {
      cwd: home,
      env: {
        ...process.env,
        ...env,
        PROGRAM: program,
        FREE: String(free),
        NODE_COMPILE_CACHE: join(home, 'compiled'),
      },
    });
    expect(status).toBe(0);
    const first = readFileSync(join(home, 'first'), 'utf8');
    expect(first).toMatch(said);
    expect(first).not.toMatch(/failed|introduced/);
    expect(JSON.parse(readFileSync(join(home, 'verified'), 'utf8'))).toMatchObject({
      damaged: [],
    });
    const second = JSON.parse(readFileSync(join(home, 'second'), 'utf8')) as CheckReport;
    expect(probes(second)).toEqual(['passed', 'passed']);
  });
});

describe('a check that is stopped', { timeout: 120_000 }, () => {
  /** Waits in the tree after the second patch as long as there is a file `hold`. */
  const HOLD = `#!/bin/sh
here=$(dirname "$0")
echo "$SEAM_NUMBER" >> "$here/asked"
if [ "$SEAM_NUMBER" = 2 ] && [ -e "$here/hold" ]; then
	setsid sh -c 'trap "" TERM; while :; do sleep 1; done' "$here" &
	echo $! > "$here/daemon.new" && mv "$here/daemon.new" "$here/daemon"
	sleep 600
fi
`;

  test.runIf(existsSync('/proc/self/environ'))(
    'takes its children along, and goes on where it was',
    async () => {
      const tools = scratch({ probe: HOLD, hold: '' });
      chmodSync(join(tools, 'probe'), 0o755);
      const { home, env, argv, report } = workshop(TWO, step([join(tools, 'probe')]));
      const child = spawn(program, argv, {
        cwd: home,
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      while (!existsSync(join(tools, 'daemon'))) await wait(20);
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      const daemon = readFileSync(join(tools, 'daemon'), 'utf8').trim();
      while (existsSync(`/proc/${daemon}`)) await wait(20);
      expect(readdirSync(join(home, 'cache/seam/work'))).toEqual([]);
      rmSync(join(tools, 'hold'));
      expect((await report()).status).toBe(0);
      expect(readFileSync(join(tools, 'asked'), 'utf8')).toBe('0\n1\n2\n2\n');
    },
  );
});
