/** Commands by way of a shell, as if they were started directly. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Starter } from '../../tools/check/model/starter.ts';
import { scratch } from '../cli/seam.ts';

let open: Starter[] = [];
afterEach(() => {
  for (const starter of open) starter.close();
  open = [];
});

function starterIn(cwd: string): Starter {
  const env = { PATH: process.env['PATH'] ?? '', WORD: 'a  b' };
  const starter = new Starter({ cwd, env, job: `test-${process.pid}/${open.length}` });
  open.push(starter);
  return starter;
}

const limits = { timeout: 200, signal: new AbortController().signal };

test('words, environment and directory arrive as they are', async () => {
  const cwd = scratch();
  const starter = starterIn(cwd);
  const words = ["it's", '$(exit 3)', 'a\nb', '', '*', String.raw`\n`];
  const script = `printf '<%s>' "$WORD" "$PWD" "$@" >&2`;
  const { end, stderr } = await starter.run(['sh', '-c', script, 'sh', ...words], limits);
  expect(end).toEqual({ kind: 'exited', status: 0 });
  expect(stderr).toBe(['a  b', cwd, ...words].map((word) => `<${word}>`).join(''));
});

test.each([
  ['exit 0', { kind: 'exited', status: 0 }],
  ['exit 7', { kind: 'exited', status: 7 }],
  ['kill -SEGV $$', { kind: 'signalled', signal: 'SIGSEGV' }],
  ['kill -KILL $$', { kind: 'signalled', signal: 'SIGKILL' }],
  // The shell that starts it: all is lost, but not for the next.
  ['kill -KILL $PPID', { kind: 'signalled', signal: 'SIGKILL' }],
])('%s', async (script, end) => {
  const starter = starterIn(scratch());
  expect((await starter.run(['sh', '-c', script], limits)).end).toEqual(end);
  const next = await starter.run(['sh', '-c', 'echo next >&2'], limits);
  expect(next).toEqual({ end: { kind: 'exited', status: 0 }, stderr: 'next\n' });
});

test('a program that is not there', async () => {
  const { end } = await starterIn(scratch()).run(['no-such-program', 'x'], limits);
  expect(end).toEqual({ kind: 'missing', program: 'no-such-program' });
});

test('of much output the start is kept, and standard input is empty', async () => {
  const starter = starterIn(scratch());
  const script =
    'cat; i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); printf "%0100d\\n" $i; done >&2';
  const { end, stderr } = await starter.run(['sh', '-c', script], limits);
  expect(end).toEqual({ kind: 'exited', status: 0 });
  expect(stderr.length).toBe(1 << 20);
  expect(stderr.startsWith(`${'1'.padStart(100, '0')}\n`)).toBe(true);
  expect(await starter.run(['true'], limits)).toMatchObject({ stderr: '' });
});

test('what takes too long is stopped, with all that it has started', async () => {
  const cwd = scratch();
  const starter = starterIn(cwd);
  const script = 'setsid sh -c "kill -STOP \\$\\$; touch late"; touch late';
  const { end } = await starter.run(['sh', '-c', script], { ...limits, timeout: 0.2 });
  expect(end).toEqual({ kind: 'timed-out', seconds: 0.2 });
  expect(existsSync(join(cwd, 'late'))).toBe(false);
  expect((await starter.run(['true'], limits)).end).toEqual({ kind: 'exited', status: 0 });
});

test('an abort is thrown', async () => {
  const cwd = scratch();
  const controller = new AbortController();
  const starter = starterIn(cwd);
  const running = starter
    .run(['sh', '-c', 'touch begun; kill -STOP $$'], { ...limits, signal: controller.signal })
    .then(String, String);
  await vi.waitUntil(() => existsSync(join(cwd, 'begun')), { timeout: 20_000 });
  controller.abort(new Error('stopped'));
  expect(await running).toBe('Error: stopped');
});
