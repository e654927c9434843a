/** Finding and stopping everything that a command has started. */
import { readFileSync, readdirSync } from 'node:fs';
import type { Signals } from './runner.ts';

/** Of all systems that Seam's Node 24 exists for. */
const PAGE_SIZE = 4096;

/** Environment variable by which what a command started is known, wherever it went. */
export const JOB_VARIABLE = 'SEAM_JOB';

/**
 * Send `signal` to the process group `leader` and, on Linux, to every process of ours that carries
 * the job's variable in its environment: a daemon leaves the group and its parent, but keeps that.
 * Out of reach is only what replaces its environment. Returns whether there was anyone to signal.
 */
export function signalJob(leader: number, job: string, signal: Signals): boolean {
  const group = send(-leader, signal);
  return processesOf(job).reduce((found, pid) => send(pid, signal) || found, group);
}

/** Ids of the processes of jobs whose names begin with `job`. Empty where there is no `/proc`. */
function processesOf(job: string): number[] {
  const wanted = Buffer.from(`${JOB_VARIABLE}=${job}`);
  return numbersIn('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`).includes(wanted);
    } catch {
      // Gone meanwhile, or of another user.
      return false;
    }
  });
}

/** How many processes a job has, and their memory in bytes; shared pages count for each of them. */
export function usageOf(job: string): { readonly processes: number; readonly memory: number } {
  const pages = processesOf(job).map((pid) => {
    try {
      // proc_pid_statm(5): the second number is the resident set.
      return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return {
    processes: pages.length,
    memory: PAGE_SIZE * pages.reduce((sum, each) => sum + each, 0),
  };
}

/** Kill what jobs of that beginning have left, of which no process group is known any more. */
export function killJobs(job: string): void {
  for (const pid of processesOf(job)) send(pid, 'SIGKILL');
}

function numbersIn(directory: string): number[] {
  try {
    return readdirSync(directory)
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function send(pid: number, signal: Signals): boolean {
  try {
    // oxlint-disable-next-line no-restricted-globals -- sending a signal has no other door
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
