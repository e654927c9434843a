/** Whose a left-over is: names that tell whether the process that made them still runs. */
import { hash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Process ids mean something on one host and in one pid namespace only: two containers that share a
 * disk must not take each other for dead.
 */
function processSpace(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // No such thing outside of Linux.
  }
  return hash('sha1', `${hostname()} ${namespace}`).slice(0, 8);
}

/** What a left-over's name carries: `<space>-<pid>`. */
export function ownerTag(): string {
  // oxlint-disable-next-line no-restricted-globals -- the process's own id is no input of a result
  return `${processSpace()}-${process.pid}`;
}

/** Whether the process that made a name with this tag is known to be gone. */
export function ownerIsGone(tag: string): boolean {
  const [space, pid] = tag.split('-');
  if (space !== processSpace() || !/^[1-9]\d*$/.test(pid ?? '')) return false;
  try {
    // oxlint-disable-next-line no-restricted-globals -- signal 0 only asks whether it lives
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
