import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ON_EXAMPLE, onFile } from './example.ts';
import { scratch, seam } from './seam.ts';

/** A script of a user: bad where every one of its arguments occurs in the tree. */
const PROBE = `#!/bin/sh
echo "$SEAM_NUMBER $SEAM_PATCH" >> "$(dirname "$0")/asked"
for word; do grep -rqs -- "$word" . || exit 0; done
echo "all of '$*' are there"
exit 1
`;

function home(script = PROBE): string {
  const directory = scratch({ probe: script });
  chmodSync(join(directory, 'probe'), 0o755);
  return directory;
}

function bisect(cwd: string, options: readonly string[], ...command: readonly string[]) {
  return seam(['bisect', ...ON_EXAMPLE, ...options, '--', ...command], { cwd });
}

function asked(cwd: string): number {
  const file = join(cwd, 'asked');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
}

describe('seam bisect', () => {
  test('names the patch, and asks nothing a second time', async () => {
    const cwd = home();
    const first = await bisect(cwd, [], join(cwd, 'probe'), 'uts_namespace');
    expect(first).toMatchSnapshot();
    const runs = asked(cwd);
    const again = await bisect(cwd, ['-q', '-j', '2'], join(cwd, 'probe'), 'uts_namespace');
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toContain('5 answers: 0 runs, 5 cached');
    expect(asked(cwd)).toBe(runs);
    await bisect(cwd, ['--rerun'], join(cwd, 'probe'), 'uts_namespace');
    expect(asked(cwd)).toBe(2 * runs);
  });

  test('another environment is another question, another terminal is not', async () => {
    const cwd = home();
    const argv = ['bisect', '-q', ...ON_EXAMPLE, '--', join(cwd, 'probe'), 'uts_namespace'];
    await seam(argv, { cwd });
    const terminal = await seam(argv, { cwd, env: { TERM: 'vt100', COLUMNS: '80' } });
    expect(terminal.stdout).toContain('0 runs');
    const flags = await seam(argv, { cwd, env: { CFLAGS: '-O0' } });
    expect(flags.stdout).toContain('5 answers: 5 runs\n');
    writeFileSync(join(cwd, 'probe'), `${PROBE}# changed\n`);
    expect((await seam(argv, { cwd })).stdout).toContain('5 answers: 5 runs\n');
  });

  test('as few runs as can be: ends believed, and only patches that touch a path', async () => {
    const cwd = home();
    const probe = [join(cwd, 'probe'), 'uts_namespace'];
    const found = 'patch 4 of 5 is the first that breaks it\n  utsname/uts-namespace.patch\n';
    const trusting = await bisect(cwd, ['-q', '--rerun', '--trust-ends'], ...probe);
    expect(trusting.stdout).toContain(found);
    expect(trusting.stdout).toContain('3 answers: 3 runs\n');
    // The patches that can be to blame are 2, which makes the file, and 4: one cut, and both ends.
    const path = ['--touching', 'include/linux/utsname.h'];
    const near = await bisect(cwd, ['-q', '--rerun', ...path], ...probe);
    expect(near.stdout).toContain(found);
    expect(near.stdout).toContain('3 answers: 3 runs\n');
    const both = await bisect(
      cwd,
      ['-q', '--rerun', '--trust-ends', '--touching', 'include/'],
      ...probe,
    );
    expect(both.stdout).toContain('1 answer: 1 run\n');
    // Told something wrong, it finds the ends wrong, or another patch.
    const wrong = await bisect(cwd, ['-q', '--touching', 'ipc'], join(cwd, 'probe'), 'gethostname');
    expect(wrong.stdout).toContain('the command is bad at both ends');
  });

  test('--json', async () => {
    const cwd = home();
    const { stdout } = await bisect(cwd, ['--json'], join(cwd, 'probe'), 'uts_namespace');
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document).toMatchObject({
      schema: 'seam/bisect/1',
      goal: 'breaks',
      ends: { first: 0, last: 5 },
      touching: [],
      trusted: false,
      result: { kind: 'found', position: 4, patch: 'utsname/uts-namespace.patch' },
    });
    expect((document['answers'] as { where: string }[]).map(({ where }) => where)).toEqual(
      '5 0 2 3 4'.split(' '),
    );
  });

  test('several workers, a clean directory each time, and several runs give the same patch', async () => {
    const cwd = home();
    for (const options of [['-j', '3'], ['--clean'], ['--repeat', '3']]) {
      const { stdout } = await bisect(
        cwd,
        ['-q', '--rerun', ...options],
        join(cwd, 'probe'),
        'uts_namespace',
      );
      expect(stdout).toMatch(/^patch 4 of 5 is the first that breaks it\n/);
    }
  });

  test('--first-that-fixes', async () => {
    const { status, stdout } = await bisect(
      home(),
      ['-q', '--first-that-fixes'],
      'grep',
      '-q',
      'uts_namespace',
      'include/linux/utsname.h',
    );
    expect({ status, stdout }).toMatchSnapshot();
  });

  test('a log goes on where it ended', async () => {
    const cwd = home();
    await bisect(cwd, ['-q', '--log', 'log'], join(cwd, 'probe'), 'uts_namespace');
    const log = readFileSync(join(cwd, 'log'), 'utf8').replaceAll(cwd, '$DIR');
    const rest = log.split('\n').slice(0, -3).join('\n');
    expect(rest).toContain(
      'bad 5dde9b1b1123f00589225853c7887d0e4234c372 5 ipc/message-queues.patch',
    );
    writeFileSync(join(cwd, 'log'), `${rest}\nbad 5d`);
    const before = asked(cwd);
    const options = ['-q', '--rerun', '--replay', 'log', '--log', '-', '--bad', '5'];
    const { stdout } = await bisect(cwd, options, join(cwd, 'probe'), 'uts_namespace');
    expect(stdout).toContain('5 answers: 2 runs, 3 replayed');
    expect(stdout.slice(stdout.indexOf('# seam bisect log'))).toBe(log);
    expect(asked(cwd)).toBe(before + 2);
  });

  test('--subset: patches that only together break', async () => {
    const cwd = home();
    const { status, stdout } = await bisect(
      cwd,
      ['-q', '--subset'],
      join(cwd, 'probe'),
      'ns->msg_ctlmni',
      'len <= 0',
    );
    expect({ status, stdout }).toMatchSnapshot();
  });

  test.each<[title: string, status: number, options: string[], command: string[]]>([
    ['good at both ends', 1, [], ['true']],
    ['bad at both ends', 1, [], ['sh', '-c', 'echo no such board; exit 1']],
    ['the other way round', 1, [], ['grep', '-q', 'uts_namespace', 'include/linux/utsname.h']],
    ['an end that cannot be tested', 1, [], ['sh', '-c', 'exit 125']],
    [
      'trees that cannot be tested',
      1,
      [],
      ['sh', '-c', 'case $SEAM_NUMBER in 2|3) exit 125;; 4|5) exit 1;; esac'],
    ],
    ['a command that hangs', 1, ['--timeout', '1'], ['sleep', '60']],
    ['no such program', 2, [], ['no-such-program']],
    ['no such program, says the shell', 2, [], ['sh', '-c', 'no-such-program 2> /dev/null']],
    ['a program that is not one', 2, [], ['./Makefile']],
    ['a command that crashes', 2, [], ['sh', '-c', 'kill -SEGV $$']],
    ['an empty range', 2, ['--good', '3', '--bad', '3'], ['true']],
    ['ends the wrong way round', 2, ['--good', '3', '--bad', '1'], ['true']],
    ['no command', 2, [], []],
    ['a log that is none', 2, ['--replay', '/dev/null/x'], ['true']],
    ['two searches', 2, ['--subset', '--first-that-fixes'], ['true']],
    ['a path that no patch touches', 2, ['--touching', 'sound'], ['true']],
    ['sets of a part', 2, ['--touching', 'ipc', '--subset'], ['true']],
  ])('%s', async (_, status, options, command) => {
    const outcome = await bisect(scratch(), ['-q', ...options], ...command);
    expect(outcome.status).toBe(status);
    expect(outcome).toMatchSnapshot();
  });

  test('a log with a broken line says which', async () => {
    const cwd = scratch({ log: '# seam bisect log, version 1\nbad 12\n' });
    const { status, stderr } = await bisect(cwd, ['--replay', 'log'], 'true');
    expect({ status, stderr }).toMatchInlineSnapshot(`
      {
        "status": 2,
        "stderr": "error: 'log' line 2 is no answer
      hint: a line is: good|bad|skip TREE-ID
      ",
      }
    `);
  });

  test('a series that does not apply: what can be searched is said', async () => {
    const series = scratch(onFile('01', '12', '13'));
    const base = scratch({ f: '0\n' });
    const argv = ['bisect', '-q', '--base', base, '--series', series];
    expect(await seam([...argv, '--', 'true'])).toMatchSnapshot();
    const part = await seam([...argv, '--bad', '2', '--', 'grep', '-q', '[01]', 'f']);
    expect(part).toMatchObject({ status: 0, stderr: '' });
    expect(part.stdout).toMatch(/^patch 2 of 3 is the first that breaks it\n/);
  });

  test('a flaky command: a failure counts, and how sure the answer is gets said', async () => {
    // Fails in every third run on bad trees.
    const cwd = home(`#!/bin/sh
n=$(cat "$0.count" 2> /dev/null || echo 0); echo $((n + 1)) > "$0.count"
grep -rqs uts_namespace . || exit 0
[ $((n % 3)) -ne 2 ]
`);
    const { status, stdout } = await bisect(cwd, ['-q', '--repeat', '6'], join(cwd, 'probe'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^patch 4 of 5 is the first that breaks it\n/);
    const [, confidence] = /confidence ([\d.]+) %/.exec(stdout) ?? [];
    expect(Number(confidence)).toBeGreaterThan(50);
    expect(Number(confidence)).toBeLessThan(100);
  });

  test('neither base nor home is touched, and nothing is left but answers', async () => {
    const cwd = home();
    const base = scratch({ f: '0\n' });
    const series = scratch(onFile('01'));
    const command = 'echo x > "$HOME/x"; mktemp > /dev/null; v=$(cat f); echo y > f; [ $v = 0 ]';
    const argv = ['bisect', '-q', '--base', base, '--series', series, '--', 'sh', '-c', command];
    expect((await seam(argv, { cwd })).status).toBe(0);
    expect(readdirSync(base)).toEqual(['f']);
    expect(readFileSync(join(base, 'f'), 'utf8')).toBe('0\n');
    expect(readdirSync(join(cwd, 'no-home'))).toEqual(['.cache']);
    expect(readdirSync(join(cwd, 'no-home/.cache/seam/work'))).toEqual([]);
  });
});

describe('a bisect that is stopped', () => {
  const program = fileURLToPath(new URL('../../tools/seam', import.meta.url));
  /** Waits in the tree after patch 2 as long as there is a file `hold`, with a daemon beside it. */
  const HOLD = `#!/bin/sh
here=$(dirname "$0")
echo "$SEAM_NUMBER" >> "$here/asked"
if [ "$SEAM_NUMBER" = 2 ] && [ -e "$here/hold" ]; then
	setsid sh -c 'trap "" TERM; while :; do sleep 1; done' "$here" &
	echo $! > "$here/daemon.new" && mv "$here/daemon.new" "$here/daemon"
	sleep 600
fi
! grep -rqs uts_namespace .
`;

  async function begin(signal: NodeJS.Signals) {
    const cwd = home(HOLD);
    writeFileSync(join(cwd, 'hold'), '');
    const env = { ...process.env, XDG_CACHE_HOME: join(cwd, 'cache') };
    const argv = ['bisect', '-q', ...ON_EXAMPLE, '--', join(cwd, 'probe')];
    const child = spawn(program, argv, { cwd, env, stdio: 'ignore' });
    const ended = new Promise((resolve) => {
      child.on('exit', (status, killed) => resolve(killed ?? status));
    });
    while (!existsSync(join(cwd, 'daemon'))) await wait(20);
    const daemon = Number(readFileSync(join(cwd, 'daemon'), 'utf8'));
    child.kill(signal);
    const end = await ended;
    const resume = () => spawnSync(program, argv, { cwd, env, encoding: 'utf8' });
    return { cwd, end, daemon, resume };
  }

  async function isGone(pid: number): Promise<boolean> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (!existsSync(`/proc/${pid}`)) return true;
      await wait(20);
    }
    return false;
  }

  test.runIf(existsSync('/proc/self/environ'))(
    'by an interrupt takes all its children along, daemons too, and leaves no directory',
    async () => {
      const { cwd, end, daemon } = await begin('SIGINT');
      expect(end).toBe(130);
      expect(await isGone(daemon)).toBe(true);
      expect(readdirSync(join(cwd, 'cache/seam/work'))).toEqual([]);
    },
  );

  test('by a kill goes on from the answers that it had', async () => {
    const { cwd, end, daemon, resume } = await begin('SIGKILL');
    expect(end).toBe('SIGKILL');
    spawnSync('rm', [join(cwd, 'hold')]);
    const { status, stdout } = resume();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^patch 4 of 5 is the first that breaks it\n/);
    expect(stdout).toContain('5 answers: 3 runs, 2 cached');
    expect(readFileSync(join(cwd, 'asked'), 'utf8')).toBe('5\n0\n2\n2\n3\n4\n');
    expect(readdirSync(join(cwd, 'cache/seam/work'))).toEqual([]);
    // Without /proc only the process group is known, and that of a killed run is not.
    expect(!existsSync('/proc/self/environ') || (await isGone(daemon))).toBe(true);
  });
});
