/**
 * Which compiler this is: the digest of every program and library that can change what it makes. A
 * digest of contents, so that two machines with the same packages share results. What it took to find
 * out is kept with the stamps of the files, so that the next run only looks at those.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { findProgram } from '../../programs.ts';
import { runTool, type ToolEnd } from './process.ts';
import { actionKey, sha256 } from '../store.ts';
import type { ActionStore } from '../types.ts';

/** A compiler that can be used. */
export interface Toolchain {
  /** What `$(CC)` is. */
  readonly cc: string;
  /** Digest of all that it consists of. */
  readonly identity: string;
}

export interface ToolContext {
  readonly store: ActionStore;
  readonly env: Readonly<Record<string, string>>;
  /** A directory in which nothing matters. */
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** What was found out, as it is kept. */
interface Known {
  readonly version: string;
  readonly files: readonly (readonly [path: string, stamp: string, digest: string])[];
}

/** Programs that a compiler driver starts. */
const PROGRAMS = ['cc1', 'as', 'ld', 'collect2'];
/** What is linked to every program, or loaded with it. */
const RUNTIME = [
  'crt1.o',
  'Scrt1.o',
  'crti.o',
  'crtn.o',
  'crtbegin.o',
  'crtbeginS.o',
  'crtend.o',
  'crtendS.o',
  'libc.so',
  'libc.so.6',
  'libc_nonshared.a',
  'libgcc.a',
  'libgcc_s.so.1',
  'libm.so.6',
  'libasan.so',
  'libubsan.so',
  'libasan_preinit.o',
  'ld-linux-x86-64.so.2',
  'libclang_rt.asan-x86_64.a',
  'libclang_rt.asan_static-x86_64.a',
];

/** The compiler called `cc`; null when it is not installed. */
export async function findToolchain(cc: string, context: ToolContext): Promise<Toolchain | null> {
  const program = findProgram(cc, context.env['PATH']);
  if (program === null) return null;
  const path = realpathSync(program);
  const key = actionKey({ action: 'toolchain', version: 2, cc, path, stamp: stampOf(path) });
  const known = context.store.result(key) as Known | null;
  const current = known?.files.every(([file, stamp]) => stampOf(file) === stamp) === true;
  const found = current && known !== null ? known : await examine(program, path, context);
  if (found !== known) context.store.keep(key, found);
  const digests = found.files.map(([file, , digest]) => [nameOf(file), digest]);
  return { cc, identity: sha256(JSON.stringify([found.version, digests])) };
}

async function examine(program: string, path: string, context: ToolContext): Promise<Known> {
  const { stderr: version } = await ask([program, '-v'], context);
  const files = new Set([path]);
  const add = async (option: string, name: string): Promise<void> => {
    const { stdout } = await ask([program, `${option}=${name}`], context);
    const answer = stdout.trim();
    const file = answer.includes('/') ? answer : findProgram(answer, context.env['PATH']);
    if (file !== null && stampOf(file) !== null) files.add(realpathSync(file));
  };
  for (const name of PROGRAMS) await add('-print-prog-name', name);
  const programs = [...files];
  for (const name of RUNTIME) await add('-print-file-name', name);
  for (const each of programs)
    for (const library of await librariesOf(each, context)) files.add(library);
  const entries = [...files].sort().map((file) => {
    return [file, stampOf(file) ?? '', sha256(readFileSync(file))] as const;
  });
  return { version, files: entries };
}

/** Shared libraries that a program loads; none where that cannot be told. */
async function librariesOf(program: string, context: ToolContext): Promise<string[]> {
  const { stdout } = await ask(['ldd', program], context);
  const found = [...stdout.matchAll(/(?:=>|^)\s*(\/\S+) \(0x/gm)].map(([, file = '']) => file);
  return found.filter((file) => stampOf(file) !== null).map((file) => realpathSync(file));
}

async function ask(command: readonly string[], context: ToolContext): Promise<ToolEnd> {
  const { cwd, env, signal } = context;
  return runTool(command, { cwd, env, signal, job: 'toolchain', timeout: 60 });
}

/** What tells that a file was replaced; null when there is none. */
function stampOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true ? `${stat.size} ${stat.mtimeMs} ${stat.ino}` : null;
}

/** Where a library lies differs from machine to machine. */
function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
