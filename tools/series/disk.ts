/** The one file of this folder that touches the disk: writing an export. Reading goes through `io.ts`. */
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { SeamError } from '../errors.ts';
import { checkPath, encodePath } from '../patch/path.ts';
import type { Bytes } from '../patch/types.ts';
import { printable } from './document.ts';
import type { Exported } from './export.ts';

function absent(error: unknown): null {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
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
