/**
 * Runs one command to its end: an argument vector, never a shell; in a process group of its own,
 * which goes down as a whole; output to a file, so that nothing fills a pipe or the memory.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunEnd } from '../../bisect/answer.ts';
import { SeamError } from '../../errors.ts';
import { JOB_VARIABLE, signalJob, usageOf } from './processes.ts';

/** Signals that are sent here. */
export type Signals = 'SIGTERM' | 'SIGKILL';

/** How long a stopped command may take to leave by itself, in ms. */
const GRACE_MS = 500;

/** How often what a command takes is looked at, in ms. */
const WATCH_MS = 250;

export interface RunOptions {
  readonly cwd: string;
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Name of the job, by which what it starts is found again; no other job's name begins with it. */
  readonly job: string;
  /** File that gets standard output and standard error, in the order in which they were written. */
  readonly output: string;
  /** Seconds after which the command is stopped; null for never. */
  readonly timeout: number | null;
  /** Stops the command and makes `run` throw its reason. */
  readonly signal: AbortSignal;
  /** What it may take of the machine; everything if absent. */
  readonly limits?: Limits;
}

/** What a command with all its processes may take of the machine. */
export interface Limits {
  /** Bytes of memory. */
  readonly memory: number;
  readonly processes: number;
  /** Bytes of output. */
  readonly output: number;
}

/**
 * Run `command` and wait for it. Whatever it leaves running is killed before this returns. Throws a
 * `SeamError` if it cannot be started.
 */
export async function run(command: readonly string[], options: RunOptions): Promise<RunEnd> {
  options.signal.throwIfAborted();
  const output = openSync(options.output, 'w', 0o600);
  try {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...options.env, [JOB_VARIABLE]: options.job },
      detached: true,
      stdio: ['ignore', output, output],
    });
    return await watch(child, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw startError(command, error);
  } finally {
    closeSync(output);
  }
}

async function watch(child: ChildProcess, options: RunOptions): Promise<RunEnd> {
  const { job, timeout, signal } = options;
  const stopping = new AbortController();
  const ended = ending(child);
  const late = timeout === null ? null : AbortSignal.timeout(timeout * 1000);
  const greed = watchLimits(options);
  const causes = AbortSignal.any([signal, greed.signal, ...(late === null ? [] : [late])]);
  const stop = (): void => void stopJob(child, job, stopping.signal);
  causes.addEventListener('abort', stop, { once: true });
  try {
    const end = await ended;
    signal.throwIfAborted();
    if (greed.exceeded() !== null) return { kind: 'exceeded', what: greed.exceeded() ?? 'memory' };
    return late?.aborted === true ? { kind: 'timed-out', seconds: timeout ?? 0 } : end;
  } finally {
    greed.end();
    causes.removeEventListener('abort', stop);
    stopping.abort();
    // The tree is about to change under whatever is left.
    if (child.pid !== undefined) signalJob(child.pid, job, 'SIGKILL');
  }
}

/**
 * Looks at what the job takes, as long as it runs. Limits of the kernel's own (setrlimit) count each
 * process by itself, or all of a user's, and an address space is no memory: sanitizers reserve
 * terabytes of it.
 */
function watchLimits({ job, output, limits }: RunOptions) {
  const controller = new AbortController();
  let exceeded: keyof Limits | null = null;
  const look = (): void => {
    if (limits === undefined || exceeded !== null) return;
    const taken = {
      ...usageOf(job),
      output: statSync(output, { throwIfNoEntry: false })?.size ?? 0,
    };
    for (const what of ['memory', 'processes', 'output'] as const)
      if (taken[what] > limits[what]) exceeded = what;
    if (exceeded !== null) controller.abort();
  };
  const timer = limits === undefined ? undefined : setInterval(look, WATCH_MS);
  return {
    signal: controller.signal,
    exceeded: (): keyof Limits | null => exceeded,
    end: (): void => clearInterval(timer),
  };
}

/** Ask to leave, then make it: a build cleans up after itself when it is asked. */
async function stopJob(child: ChildProcess, job: string, done: AbortSignal): Promise<void> {
  if (child.pid === undefined) return;
  signalJob(child.pid, job, 'SIGTERM');
  try {
    await wait(GRACE_MS, undefined, { signal: done });
    signalJob(child.pid, job, 'SIGKILL');
  } catch {
    // It left in time.
  }
}

function ending(child: ChildProcess): Promise<RunEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      if (signal === null) resolve({ kind: 'exited', status: status ?? 0 });
      else resolve({ kind: 'signalled', signal });
    });
  });
}

function startError(command: readonly string[], cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  const [program = ''] = command;
  if (typeof code !== 'string') return cause;
  const why = code === 'ENOENT' ? 'not found' : code === 'EACCES' ? 'not executable' : code;
  return new SeamError('command-not-started', `cannot run '${program}': ${why}`, {
    kind: 'environment',
    cause,
    data: { command, code },
    hint: program.includes('/')
      ? 'the command runs in the patched tree: name a script of your own by its absolute path'
      : `give a program in PATH, or for a line of shell: -- sh -c '${program} …'`,
  });
}

/** The last `size` bytes of a file, or fewer, from the start of a line if that is not too far. */
export function tailOf(file: string, size: number): Buffer {
  const fd = openSync(file, 'r');
  try {
    const length = fstatSync(fd).size;
    const start = Math.max(0, length - size);
    const bytes = Buffer.alloc(length - start);
    readSync(fd, bytes, 0, bytes.length, start);
    const line = start === 0 ? 0 : bytes.indexOf(0x0a) + 1;
    return bytes.subarray(line);
  } finally {
    closeSync(fd);
  }
}
