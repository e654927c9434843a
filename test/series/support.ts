/** What the tests of series/ share: real files and programs, and text as bytes. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SeamError } from '../../tools/errors.ts';
import type { Bytes } from '../../tools/patch/types.ts';
import type { SeriesIo } from '../../tools/series/io.ts';
import type { NamedBytes } from '../../tools/series/types.ts';

export const ENV = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A U Thor',
  GIT_AUTHOR_EMAIL: 'author@example.com',
  GIT_COMMITTER_NAME: 'C O Mitter',
  GIT_COMMITTER_EMAIL: 'committer@example.com',
  GIT_COMMITTER_DATE: '1200000000 +0000',
};

/** Run a program; its standard output. Throws when it fails. */
export function run(
  command: readonly string[],
  cwd: string,
  input?: Bytes | string,
  env: Record<string, string> = {},
): Bytes {
  const [program = '', ...args] = command;
  const done = spawnSync(program, args, {
    cwd,
    input,
    env: { ...ENV, ...env },
    maxBuffer: 1 << 30,
  });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0)
    throw new Error(`${command.join(' ')}: ${done.stdout.toString()}${done.stderr.toString()}`);
  return new Uint8Array(done.stdout);
}

/** Whether a program is installed: oracle tests are skipped by name when it is not. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version'], { env: ENV }).error === undefined;
}

/** A directory that goes away with the test. */
export function scratch(): string {
  const path = mkdtempSync(join(tmpdir(), 'seam-series-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function bytes(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

export function latin(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

export function text(content: Bytes): string {
  return Buffer.from(content).toString('utf8');
}

/** Bytes as text in which every byte shows, so that a difference is readable. */
export function raw(content: Bytes): string {
  return Buffer.from(content).toString('latin1');
}

/** Write files below a directory. */
export function put(dir: string, files: Readonly<Record<string, string | Bytes>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
}

/** Every file below a directory, by name, each byte one character. */
export function tree(dir: string): Record<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(dir, name)).isFile(),
  );
  return Object.fromEntries(names.sort().map((name) => [name, raw(readFileSync(join(dir, name)))]));
}

/** Exported files in the same shape. */
export function filesOf(files: readonly NamedBytes[]): Record<string, string> {
  const entries = files.map(({ name, bytes: content }): [string, string] => [name, raw(content)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The machine, as `openSeries` wants it. */
export const io: SeriesIo = {
  kind: async (path) => {
    if (!existsSync(path)) return null;
    return statSync(path).isDirectory() ? 'directory' : 'file';
  },
  read: async (path) => new Uint8Array(readFileSync(path)),
  list: async (path) => readdirSync(path).sort(),
  git: async (args, { cwd, stdin, onOutput }) => {
    const output = run(['git', ...args], cwd, stdin);
    if (onOutput === undefined) return output;
    // In pieces that end anywhere, as a pipe gives them.
    const size = Math.max(1, Math.floor(output.length / 7));
    for (let at = 0; at < output.length; at += size) onOutput(output.subarray(at, at + size));
    return new Uint8Array();
  },
  unpack: async ([program = '', ...args], input, limit) => {
    const done = spawnSync(program, args, { input, env: ENV, maxBuffer: limit });
    if (done.error !== undefined && 'code' in done.error && done.error.code === 'ENOENT')
      return null;
    if (done.error !== undefined) throw done.error;
    if (done.status !== 0) throw new Error(done.stderr.toString());
    return new Uint8Array(done.stdout);
  },
};

/** The SeamError that a call throws, as data to compare. */
export async function failure(action: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await action();
  } catch (error) {
    if (error instanceof SeamError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}
