/** Runs compilers and the like: programs of the machine, whose output is short and kept in memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { RunEnd } from '../../bisect/answer.ts';
import { JOB_VARIABLE, signalJob } from '../runner/processes.ts';

/** What a program said and how it ended. */
export interface ToolEnd {
  readonly end: RunEnd | { readonly kind: 'missing'; readonly program: string };
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly cwd: string;
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Name of the job, by which what it starts is found again. */
  readonly job: string;
  readonly input?: string;
  /** Seconds after which it is stopped. */
  readonly timeout: number;
  /** Stops it and makes `runTool` throw its reason. */
  readonly signal: AbortSignal;
}

/** More than this of an output, in bytes, is thrown away. */
const MOST_OUTPUT = 1 << 20;

/** Run `command` to its end. A program that is not there is an end, too. */
export async function runTool(command: readonly string[], options: ToolOptions): Promise<ToolEnd> {
  options.signal.throwIfAborted();
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.env, [JOB_VARIABLE]: options.job },
    detached: true,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const late = AbortSignal.timeout(options.timeout * 1000);
  const causes = AbortSignal.any([options.signal, late]);
  const stop = (): void => {
    if (child.pid !== undefined) signalJob(child.pid, options.job, 'SIGKILL');
  };
  causes.addEventListener('abort', stop, { once: true });
  // What does not read its input is no fault of ours.
  child.stdin?.on('error', () => {}).end(options.input);
  const outputs = [collect(child.stdout), collect(child.stderr)] as const;
  try {
    const end = await ending(child, program);
    options.signal.throwIfAborted();
    const [stdout, stderr] = outputs.map((read) => read());
    const ended = late.aborted ? ({ kind: 'timed-out', seconds: options.timeout } as const) : end;
    return { end: ended, stdout: stdout ?? '', stderr: stderr ?? '' };
  } finally {
    causes.removeEventListener('abort', stop);
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const parts: Buffer[] = [];
  let size = 0;
  stream?.on('data', (part: Buffer) => {
    if (size < MOST_OUTPUT) parts.push(part.subarray(0, MOST_OUTPUT - size));
    size += part.length;
  });
  return () => Buffer.concat(parts).toString('utf8');
}

async function ending(child: ChildProcess, program: string): Promise<ToolEnd['end']> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT' || error.code === 'EACCES';
      if (missing) resolve({ kind: 'missing', program });
      else reject(error);
    });
    child.once('close', (status, signal) => {
      if (signal === null) resolve({ kind: 'exited', status: status ?? 0 });
      else resolve({ kind: 'signalled', signal });
    });
  });
}
