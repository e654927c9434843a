/**
 * Starts compilers from a small process. Forking Seam itself takes longer with every megabyte that it
 * has in memory, and nothing else is done meanwhile; a shell that reads one command line after the
 * other forks in no time. The README has the figures.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:os';
import type { RunEnd } from '../../bisect/answer.ts';
import { JOB_VARIABLE, signalJob } from '../runner/processes.ts';
import type { ToolEnd } from './process.ts';

export interface StarterOptions {
  readonly cwd: string;
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Name of the job, by which what it starts is found again. */
  readonly job: string;
}

export interface StartLimits {
  /** Seconds after which the command is stopped. */
  readonly timeout: number;
  /** Stops it and makes `run` throw its reason. */
  readonly signal: AbortSignal;
}

/** How a command ended and what it said on standard error; standard output goes nowhere. */
export type Started = Pick<ToolEnd, 'end' | 'stderr'>;

/** More than this of an output, in bytes, is thrown away. */
const MOST_OUTPUT = 1 << 20;
/** What a shell says of a program that it cannot start. */
const NOT_FOUND = new Set([126, 127]);
/** What a shell adds to the number of the signal that has ended a program. */
const SIGNALLED = 128;

/** Runs one command at a time. */
export class Starter {
  readonly #options: StarterOptions;
  #shell: ChildProcess | null = null;

  constructor(options: StarterOptions) {
    this.#options = options;
  }

  /** Run `command` to its end. A program that is not there is an end, too. */
  async run(command: readonly string[], { timeout, signal }: StartLimits): Promise<Started> {
    signal.throwIfAborted();
    const shell = (this.#shell ??= this.#open());
    const late = AbortSignal.timeout(timeout * 1000);
    const causes = AbortSignal.any([signal, late]);
    const stop = (): void => {
      if (shell.pid !== undefined) signalJob(shell.pid, this.#options.job, 'SIGKILL');
    };
    causes.addEventListener('abort', stop, { once: true });
    try {
      const { status, stderr } = await ask(shell, command);
      signal.throwIfAborted();
      const end: ToolEnd['end'] = late.aborted
        ? { kind: 'timed-out', seconds: timeout }
        : endOf(status, command[0] ?? '');
      return { end, stderr };
    } finally {
      causes.removeEventListener('abort', stop);
      if (causes.aborted || shell.exitCode !== null || shell.signalCode !== null)
        this.#shell = null;
    }
  }

  /** Let the shell go; the next command gets a new one. */
  close(): void {
    this.#shell?.stdin?.end();
    this.#shell = null;
  }

  #open(): ChildProcess {
    const { cwd, env, job } = this.#options;
    const shell = spawn('sh', [], {
      cwd,
      env: { ...env, [JOB_VARIABLE]: job },
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    // Its end is seen by whoever waits for an answer.
    shell.on('error', () => {}).stdin?.on('error', () => {});
    return shell;
  }
}

/** `status` is null when the shell ended before the command did. */
interface Answer {
  readonly status: number | null;
  readonly stderr: string;
}

/** Have the shell run `command`; a line that nothing else can print says that it is done. */
async function ask(shell: ChildProcess, command: readonly string[]): Promise<Answer> {
  const mark = `\n${randomBytes(16).toString('hex')} `;
  const heard = new Output(mark);
  const done = Promise.withResolvers<Answer>();
  const hear = (part: Buffer): void => {
    const status = heard.add(part);
    if (status !== null) done.resolve({ status, stderr: heard.text });
  };
  const leave = (): void => done.resolve({ status: null, stderr: heard.text });
  shell.stderr?.on('data', hear);
  shell.once('error', leave).once('close', leave);
  if (shell.exitCode !== null || shell.signalCode !== null) leave();
  const words = command.map(quoted).join(' ');
  shell.stdin?.write(`${words} </dev/null >/dev/null\necho "${mark}$?" >&2\n`);
  const answer = await done.promise;
  shell.stderr?.off('data', hear);
  shell.off('error', leave).off('close', leave);
  return answer;
}

/** The start of what is printed, and its end, in which the mark is looked for. */
class Output {
  readonly #mark: string;
  readonly #parts: Buffer[] = [];
  #size = 0;
  #tail = '';

  constructor(mark: string) {
    this.#mark = mark;
  }

  /** The status behind the mark; null as long as there is none. */
  add(part: Buffer): number | null {
    if (this.#size < MOST_OUTPUT) this.#parts.push(part.subarray(0, MOST_OUTPUT - this.#size));
    this.#size += part.length;
    this.#tail = (this.#tail + part.toString('latin1')).slice(-2 * this.#mark.length);
    const at = this.#tail.indexOf(this.#mark);
    const [, status] =
      at === -1 ? [] : (/^(\d+)\n/.exec(this.#tail.slice(at + this.#mark.length)) ?? []);
    return status === undefined ? null : Number(status);
  }

  get text(): string {
    const all = Buffer.concat(this.#parts).toString('utf8');
    const at = all.indexOf(this.#mark);
    return at === -1 ? all : all.slice(0, at);
  }
}

function endOf(status: number | null, program: string): RunEnd | ToolEnd['end'] {
  if (status === null) return { kind: 'signalled', signal: 'SIGKILL' };
  if (NOT_FOUND.has(status)) return { kind: 'missing', program };
  if (status < SIGNALLED) return { kind: 'exited', status };
  const number = status - SIGNALLED;
  const names = Object.entries(constants.signals) as [NodeJS.Signals, number][];
  const [name] = names.find(([, value]) => value === number) ?? [];
  return name === undefined ? { kind: 'exited', status } : { kind: 'signalled', signal: name };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
