/** A run that is killed at any moment leaves the branch or the target as it was, or complete. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { git } from '../patch/oracle.ts';
import { ask, repository, scratch } from './repository.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** By this the processes that a fixture leaves behind are known. */
const MARK = `SEAM_KILL_TEST=${process.pid}`;

/** Whether something that a fixture started still runs. */
function left(): boolean {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.some((id) => {
    try {
      return readFileSync(`/proc/${id}/environ`, 'latin1').split('\0').includes(MARK);
    } catch {
      return false;
    }
  });
}

/**
 * Run a fixture; `after` milliseconds from `ready` on, kill it and all of its children. The one step
 * that takes a lock is not killed with the rest: it is waited for.
 */
async function run(args: readonly string[], after: number | null): Promise<number> {
  const child = spawn(process.execPath, args, {
    detached: true,
    env: { ...process.env, SEAM_KILL_TEST: String(process.pid) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const start = performance.now();
  if (after !== null) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, after))]);
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It was faster.
    }
  }
  await ended;
  const time = performance.now() - start;
  await vi.waitUntil(() => !left(), 60_000);
  return time;
}

const MOMENTS = 8;

test.each([
  ['git', process.env['PATH'] ?? ''],
  ['isomorphic-git', '/nonexistent'],
])(
  'a commit through %s',
  async (_, path) => {
    const dir = repository();
    git(dir, ['branch', 'out']);
    const args = [fixture('commit.ts'), dir, '60', path];
    const whole = await run(args, null);
    const ids = new Set([ask(dir, 'rev-parse', 'out')]);
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      git(dir, ['update-ref', 'refs/heads/out', 'main']);
      // Objects of the run before would make this one shorter.
      git(dir, ['-c', 'gc.reflogExpire=now', 'reflog', 'expire', '--expire=now', '--all']);
      git(dir, ['prune', '--expire=now']);
      git(dir, ['repack', '-a', '-d', '-q']);
      await run(args, (whole * moment) / (MOMENTS - 1));
      expect(existsSync(join(dir, '.git/refs/heads/out.lock'))).toBe(false);
      ids.add(ask(dir, 'rev-parse', 'out'));
      expect(ask(dir, 'fsck', '--no-dangling')).toBe('');
      expect(ask(dir, 'for-each-ref', '--format=%(refname)')).toBe(
        'refs/heads/main\nrefs/heads/out',
      );
      expect(readdirSync(join(dir, '.git')).filter((name) => /crash|seam/.test(name))).toEqual([]);
    }
    const [done] = ids;
    expect([...ids].filter((id) => id !== done)).toEqual([ask(dir, 'rev-parse', 'main')]);
    await run(args, null);
    expect(ask(dir, 'rev-parse', 'out^{tree}')).toBe(ask(dir, 'rev-parse', `${done}^{tree}`));
  },
  120_000,
);

test('an output directory', async () => {
  const dir = scratch();
  const count = 1500;
  const files = (target: string): number =>
    readdirSync(target, { recursive: true }).filter((name) => name.includes('/f')).length;
  const args = (name: string): string[] => [fixture('output.ts'), join(dir, name), String(count)];
  const whole = await run(args('whole'), null);
  let absent = 0;
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const name = `out${moment}`;
    await run(args(name), (whole * moment) / (MOMENTS - 1));
    if (!existsSync(join(dir, name))) {
      absent += 1;
      await run(args(name), null);
    }
    expect(files(join(dir, name))).toBe(count);
  }
  expect(absent).toBeGreaterThan(0);
  expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual([]);
});
