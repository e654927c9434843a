/** Builds and runs the modelled kernel, each build in a temporary directory of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SOURCE = fileURLToPath(new URL('../../kernel-model', import.meta.url));

export interface Outcome {
  /** The exit status, or the name of the signal that ended the program. */
  readonly status: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a program to its end, in the model's folder. */
export function run(
  program: string,
  argv: readonly string[],
  { input = '', env = {} }: RunOptions = {},
): Outcome {
  const { status, signal, stdout, stderr, error } = spawnSync(program, argv, {
    cwd: SOURCE,
    input,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    // A make above this one must not lend its flags.
    env: { ...process.env, MAKEFLAGS: undefined, LC_ALL: 'C', ...env },
  });
  if (error) throw error;
  return { status: status ?? signal, stdout, stderr };
}

/** Whether a program is installed. */
export function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** What the model cannot be built without, as far as it is missing. */
export const MISSING: readonly string[] = ['make', 'cc', 'nm'].filter(
  (program) => !isThere(program),
);

/** Runs make for a build in `directory`. */
export function make(directory: string, ...argv: readonly string[]): Outcome {
  return run('make', ['-j2', `O=${directory}`, ...argv]);
}

/** A directory for a build; the caller removes it. */
export function buildDirectory(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'seam-model-')));
}

/** A kernel configured by the targets of make named in `configuration`, and how to forget it. */
export interface Kernel {
  readonly directory: string;
  readonly vmlinux: string;
  readonly [Symbol.dispose]: () => void;
}

/** Builds a kernel; any warning of the compiler is an error. */
export function build(configuration = 'defconfig', ...argv: readonly string[]): Kernel {
  const directory = buildDirectory();
  for (const target of [configuration, 'vmlinux']) {
    const { status, stdout, stderr } = make(directory, 'W=1', target, ...argv);
    if (status !== 0 || (target === 'vmlinux' && stderr !== '')) {
      rmSync(directory, { recursive: true });
      throw new Error(`make ${target} in ${configuration}: ${status}\n${stdout}${stderr}`);
    }
  }
  return {
    directory,
    vmlinux: join(directory, 'vmlinux'),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The cases of a KTAP text that did not pass, and how many did. */
export function readKtap(text: string): { readonly passed: number; readonly failed: string[] } {
  const lines = text.split('\n').map((line) => line.trim());
  return {
    passed: lines.filter((line) => /^ok \d+ /.test(line)).length,
    failed: lines.filter((line) => /^not ok \d+ /.test(line)),
  };
}
