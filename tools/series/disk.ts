/** The one file of this folder that touches the disk: writing an export. Reading goes through `io.ts`. */
import { lstat, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { SeamError } from '../errors.ts';
import { checkPath, encodePath } from '../patch/path.ts';
import type { Bytes } from '../patch/types.ts';
import { printable } from './document.ts';
import type { Exported } from './export.ts';
import type { NamedBytes } from './types.ts';

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
 * outside.
 */
export async function writeExport(
  directory: string,
  exported: Exported,
  options: WriteOptions = {},
): Promise<void> {
  for (const { name } of exported.files) await checkTarget(directory, name, options);
  await mkdir(directory, { recursive: true });
  for (const name of exported.directories) await makeDirectory(directory, name);
  const folders = new Set(exported.files.map(({ name }) => folderOf(name)));
  for (const folder of folders) await makeDirectory(directory, folder);
  for (let at = 0; at < exported.files.length; at += TOGETHER)
    await writeFiles(directory, exported.files.slice(at, at + TOGETHER));
}

/** Remove files below `directory` and folders that this leaves empty. What is not there is no error. */
export async function removeFiles(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await checkTarget(directory, name, { force: true });
    await rm(encodePath(`${directory}/${name}`), { force: true });
    const folder = folderOf(name);
    if (folder !== '') await rmdir(encodePath(`${directory}/${folder}`)).catch(() => undefined);
  }
}

/** Files that wait for the disk at once: it takes hardly longer for many than for one. */
const TOGETHER = 64;

function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
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

/** Write all of them beside their places, and when every one is on the disk, rename them in order. */
async function writeFiles(directory: string, files: readonly NamedBytes[]): Promise<void> {
  const places = files.map(({ name, bytes }, index) => ({
    ...placesOf(directory, name, index),
    bytes,
  }));
  try {
    const written = places.map(async ({ temporary, bytes }) => writeSynced(temporary, bytes));
    // All have come to an end before anything is cleared away.
    for (const done of await Promise.allSettled(written))
      if (done.status === 'rejected') throw done.reason;
    for (const { temporary, target } of places) await rename(temporary, target);
  } catch (error) {
    for (const { temporary } of places) await rm(temporary, { force: true });
    throw error;
  }
}

/** `index` keeps files apart whose long names begin alike. */
function placesOf(
  directory: string,
  name: string,
  index: number,
): { target: Buffer; temporary: Buffer } {
  const slash = name.lastIndexOf('/') + 1;
  const hidden = `${name.slice(0, slash)}.seam-${index}-${name.slice(slash).slice(0, 100)}.tmp`;
  return {
    target: encodePath(`${directory}/${name}`),
    temporary: encodePath(`${directory}/${hidden}`),
  };
}

async function writeSynced(path: Buffer, bytes: Bytes): Promise<void> {
  // `wx`: neither a link nor a file that someone left there is written through.
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o666);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
