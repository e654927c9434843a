/**
 * Running git on a repository that is not trusted: nothing in it, and nothing in the caller's
 * environment, may make git run another program, ask a question or look elsewhere.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { SeamError } from '../../errors.ts';
import type { Bytes } from '../../patch/types.ts';
import { findProgram } from '../../programs.ts';

/** Environment variables, as the process got them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where git is; null when it is not installed. */
export function findGit(env: Env): string | null {
  return findProgram('git', env['PATH']);
}

/** What a pipe takes at once. */
const PIPE_SIZE = 65536;

/** Settings that keep a repository's own configuration from running programs. */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.alternateRefsCommand=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/**
 * The caller's environment without git's own variables: GIT_DIR and its kin would lead git to
 * another repository. `GIT_ALLOW_PROTOCOL` names no transport, so a partial clone cannot fetch.
 */
export function gitEnvironment(env: Env, ceiling: string | null): Record<string, string> {
  const own = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && !pair[0].startsWith('GIT_'),
  );
  return {
    ...Object.fromEntries(own),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    LANGUAGE: '',
    ...(ceiling === null ? {} : { GIT_CEILING_DIRECTORIES: ceiling }),
  };
}

/** How a short run of git ended. */
export interface GitResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** git in one directory. */
export class Git {
  readonly cwd: string;
  readonly #program: string;
  readonly #env: Record<string, string>;
  readonly #signal: AbortSignal | undefined;

  /** `ceiling` keeps git from finding a repository above that directory. */
  constructor(
    program: string,
    cwd: string,
    env: Env,
    options: { ceiling?: string; signal?: AbortSignal | undefined } = {},
  ) {
    this.#program = program;
    this.cwd = cwd;
    this.#env = gitEnvironment(env, options.ceiling ?? null);
    this.#signal = options.signal;
  }

  /** Start git with all three streams as pipes; `detached`, it outlives a kill of our process group. */
  start(args: readonly string[], detached = false): ChildProcessWithoutNullStreams {
    return spawn(this.#program, [...SETTINGS, ...args], {
      cwd: this.cwd,
      env: this.#env,
      stdio: 'pipe',
      detached,
      signal: this.#signal,
    });
  }

  /** Run git to its end as `run` does, whatever becomes of us: for steps that must not be cut short. */
  async finish(args: readonly string[]): Promise<GitResult> {
    const child = this.start(args, true);
    child.stdin.end();
    return ending(child, args);
  }

  /**
   * Run git to its end, feeding `input`. A status other than zero is a value, not an error. Where
   * `onOutput` takes the output as it comes, `stdout` stays empty.
   */
  async run(
    args: readonly string[],
    input?: Iterable<Bytes> | AsyncIterable<Bytes>,
    onOutput?: (piece: Buffer) => void,
  ): Promise<GitResult> {
    const child = this.start(args);
    const ended = ending(child, args, onOutput);
    if (input !== undefined) await feed(child, input);
    child.stdin.end();
    return ended;
  }
}

/** Write until the child has it all or has closed its end: then its exit status tells why. */
async function feed(
  child: ChildProcessWithoutNullStreams,
  input: Iterable<Bytes> | AsyncIterable<Bytes>,
): Promise<void> {
  for await (const piece of gathered(input)) {
    if (child.stdin.destroyed) return;
    if (child.stdin.write(piece)) continue;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        child.stdin.off('drain', done).off('close', done);
        resolve();
      };
      child.stdin.on('drain', done).on('close', done);
    });
  }
}

/** The same bytes in pieces worth a system call each. */
async function* gathered(input: Iterable<Bytes> | AsyncIterable<Bytes>): AsyncGenerator<Buffer> {
  let pieces: Bytes[] = [];
  let size = 0;
  for await (const piece of input) {
    pieces.push(piece);
    size += piece.length;
    if (size < PIPE_SIZE) continue;
    yield Buffer.concat(pieces, size);
    pieces = [];
    size = 0;
  }
  yield Buffer.concat(pieces, size);
}

async function ending(
  child: ChildProcessWithoutNullStreams,
  args: readonly string[],
  onOutput?: (piece: Buffer) => void,
): Promise<GitResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', onOutput ?? ((piece: Buffer) => stdout.push(piece)));
  child.stderr.on('data', (piece: Buffer) => stderr.push(piece));
  // EPIPE after an early exit says less than the exit status and the message on stderr.
  child.stdin.on('error', () => {});
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(notRun(cause, args)));
    child.on('close', (code, signal) => {
      const killed = signal === null ? '' : `killed by ${signal}\n`;
      resolve({
        status: code ?? 128,
        stdout: Buffer.concat(stdout),
        stderr: killed + Buffer.concat(stderr).toString(),
      });
    });
  });
}

/** git could not be started; or the caller has aborted, which stays what it is. */
export function notRun(cause: Error, args: readonly string[]): Error {
  if (cause.name === 'AbortError') return cause;
  return new SeamError('git-not-run', `cannot run 'git ${args[0] ?? ''}': ${cause.message}`, {
    kind: 'environment',
    hint: 'seam doctor',
    cause,
  });
}

/** The message of a failed git, without its `fatal: `. */
export function gitMessage(stderr: string): string {
  const line = stderr.split('\n').find((text) => /^(fatal|error): /.test(text)) ?? stderr;
  return line.replace(/^(fatal|error): /, '').trim();
}
