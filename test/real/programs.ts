/** The real command, and the programs that it is compared with. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The command as users start it. */
export const SEAM = resolve(import.meta.dirname, '../../tools/seam');

/** An environment in which no setting of the user's or the machine's changes what programs do. */
export const NEUTRAL: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? `${process.env['HOME'] ?? ''}/.cache`,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_COMMITTER_NAME: 'C O Mitter',
  GIT_COMMITTER_EMAIL: 'committer@example.com',
  GIT_AUTHOR_NAME: 'A U Thor',
  GIT_AUTHOR_EMAIL: 'author@example.com',
  LC_ALL: 'C',
  TZ: 'UTC',
};

export interface Run {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: Uint8Array | string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Run a program to its end; how it ended is a value. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Run {
  const done = spawnSync(program, args, {
    cwd: options.cwd,
    input: options.input,
    env: { ...NEUTRAL, ...options.env },
    maxBuffer: 1 << 30,
  });
  if (done.error !== undefined) throw done.error;
  return { status: done.status ?? 128, stdout: done.stdout, stderr: done.stderr.toString() };
}

/** What a program prints. Throws when it fails. */
export function output(program: string, args: readonly string[], options: RunOptions = {}): string {
  const done = run(program, args, options);
  if (done.status === 0) return done.stdout.toString('latin1');
  throw new Error(`${program} ${args.join(' ')}: status ${done.status}\n${done.stderr}`);
}

/** What git prints in a directory, without the last line feed. */
export function git(cwd: string, ...args: readonly string[]): string {
  return output('git', args, { cwd }).replace(/\n$/, '');
}

/** Whether `program` can be run at all. */
export function installed(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** A bare repository that borrows all objects of `repository`. */
export function borrow(repository: string, into: string): string {
  output('git', ['clone', '--quiet', '--bare', '--shared', repository, into]);
  return into;
}

/** Everything that a commit says, except for who committed it when. */
const ALL = '--format=%T%n%an <%ae> %ad%n%B%x00';

/** The commits of a range, oldest first, as text to be compared. */
export function commitsOf(repository: string, range: string): string[] {
  const log = git(repository, 'log', '--reverse', '--date=raw', ALL, range, '--');
  return log.split('\0').slice(0, -1);
}
