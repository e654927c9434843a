/** Taking the network away from commands, where this machine lets us. */
import { spawnSync } from 'node:child_process';
import { findProgram } from '../programs.ts';

export interface Sandbox {
  /** What to put before a command; it starts the command in its own place, so that signals arrive. */
  readonly prefix: readonly string[];
  /** Whether the network is off, in words. */
  readonly network: string;
}

const PATIENCE_MS = 5000;

/**
 * The strongest that works here: a network namespace with nothing in it (unshare(1) of util-linux),
 * made with root's rights or, where the kernel allows that, those of a user namespace.
 */
export function findSandbox(path: string | undefined): Sandbox {
  const unshare = findProgram('unshare', path);
  if (unshare === null) return { prefix: [], network: 'on: unshare is not installed' };
  for (const options of [['--net'], ['--map-current-user', '--net']]) {
    const trial = spawnSync(unshare, [...options, '--', 'true'], {
      stdio: 'ignore',
      timeout: PATIENCE_MS,
      env: { PATH: path },
    });
    if (trial.status === 0) return { prefix: [unshare, ...options, '--'], network: 'off' };
  }
  return { prefix: [], network: 'on: this machine allows no network namespaces' };
}
