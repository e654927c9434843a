/**
 * The one file of this folder that touches the disk: `SeriesIo` over real files and tools, and
 * writing an export. git is passed in, since how to run it safely is the work of tree/.
 */
import { spawn } from 'node:child_process';
import type { Dirent, Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { SeamError } from '../errors.ts';
import { checkPath, encodePath } from '../patch/path.ts';
import type { Bytes } from '../patch/types.ts';
import { printable } from './document.ts';
import type { Exported } from './export.ts';
import type { SeriesIo } from './io.ts';
import { concat } from './text.ts';

/** Read real files; `git` runs git, `env` is what unpacking tools get. */
export function diskIo(
  git: SeriesIo['git'],
  env: Readonly<Record<string, string | undefined>>,
): SeriesIo {
  return {
    git,
    read: readLimited,
    kind: async (path) => kindOf(await stat(encodePath(path)).catch(absent)),
    list: async (path) =>
      (await readdir(encodePath(path), { withFileTypes: true })).map(entryName).sort(),
    unpack: (command, input, limit) => unpack(command, input, limit, env),
  };
}

function entryName(entry: Dirent): string {
  return entry.name;
}

function kindOf(found: Stats | null): 'file' | 'directory' | null {
  if (found === null) return null;
  if (found.isDirectory()) return 'directory';
  // A pipe such as /dev/fd/63 (`<(git format-patch …)`) reads like a file.
  return found.isFile() || found.isFIFO() || found.isCharacterDevice() ? 'file' : null;
}

function absent(error: unknown): null {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

async function readLimited(path: string, limit: number): Promise<Bytes> {
  const file = await open(encodePath(path), 'r').catch((error: unknown) => {
    throw new SeamError('file-unreadable', `cannot read '${printable(path)}': ${codeOf(error)}`, {
      data: { path },
      cause: error,
    });
  });
  try {
    const parts: Bytes[] = [];
    let size = 0;
    for await (const chunk of file.createReadStream({
      autoClose: false,
      highWaterMark: 1024 * 1024,
    }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit)
        throw new SeamError(
          'file-too-large',
          `'${printable(path)}' is larger than ${limit} bytes`,
          { data: { path, limit } },
        );
      parts.push(chunk);
    }
    return concat(parts);
  } finally {
    await file.close();
  }
}

type Env = Readonly<Record<string, string | undefined>>;

function unpack(
  [program = '', ...args]: readonly string[],
  input: Bytes,
  limit: number,
  env: Env,
): Promise<Bytes | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    const parts: Bytes[] = [];
    let size = 0;
    let talk = '';
    child.on('error', (error) => (codeOf(error) === 'ENOENT' ? resolve(null) : reject(error)));
    // A tool that stops reading early has failed already; its status tells.
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (chunk: Buffer) => (talk = (talk + chunk.toString()).slice(0, 2000)));
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) parts.push(chunk);
      else child.kill('SIGKILL');
    });
    child.on('close', (status) => {
      if (size > limit) reject(new Error(`more than ${limit} bytes come out`));
      else if (status === 0) resolve(concat(parts));
      else reject(new Error(talk.split('\n', 1)[0] || `'${program}' failed`));
    });
    child.stdin.end(input);
  });
}

export interface WriteOptions {
  /** Replace files that are there already. Without it nothing is written when one is. */
  readonly force?: boolean;
}

/**
 * Write an export below `directory`: each file in full under another name first, then renamed, the
 * files that name others (`series`) last. Symbolic links on the way are refused, so nothing lands
 * outside. Files that are the same already stay untouched.
 */
export async function writeExport(
  directory: string,
  exported: Exported,
  options: WriteOptions = {},
): Promise<void> {
  for (const { name } of exported.files) await checkTarget(directory, name, options);
  await mkdir(directory, { recursive: true });
  for (const name of exported.directories) await makeDirectory(directory, name);
  for (const { name, bytes } of exported.files) await writeFile(directory, name, bytes);
}

async function checkTarget(directory: string, name: string, options: WriteOptions): Promise<void> {
  const reason = checkPath(name);
  if (reason !== null)
    throw new SeamError('export-unsafe-path', `'${printable(name)}' ${reason}`, {
      data: { path: name },
    });
  const parts = name.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const path = `${directory}/${parts.slice(0, depth).join('/')}`;
    const found = await lstat(encodePath(path)).catch(absent);
    if (found === null) return;
    const last = depth === parts.length;
    if (found.isSymbolicLink()) throw blocked(path, 'is a symbolic link');
    if (!last && !found.isDirectory())
      throw blocked(path, 'is in the way: a directory is needed there');
    if (last && found.isDirectory()) throw blocked(path, 'is a directory');
    if (last && options.force !== true) throw blocked(path, 'exists already');
  }
}

function blocked(path: string, reason: string): SeamError {
  return new SeamError('export-blocked', `'${printable(path)}' ${reason}`, {
    data: { path },
    ...(reason === 'exists already'
      ? { hint: 'name an empty directory, or write over it with --force' }
      : {}),
  });
}

async function makeDirectory(directory: string, name: string): Promise<void> {
  if (name !== '') await mkdir(encodePath(`${directory}/${name}`), { recursive: true });
}

async function writeFile(directory: string, name: string, bytes: Bytes): Promise<void> {
  await makeDirectory(directory, name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '');
  const target = encodePath(`${directory}/${name}`);
  const slash = name.lastIndexOf('/') + 1;
  const temporary = encodePath(
    `${directory}/${name.slice(0, slash)}.seam-${name.slice(slash).slice(0, 100)}.tmp`,
  );
  // `wx`: neither a link nor a file that someone left there is written through.
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o666);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, target).catch(async (error: unknown) => {
    await rm(temporary, { force: true });
    throw error;
  });
}
