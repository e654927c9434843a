/** Finding programs, as a shell does but for one thing: a tree must not bring programs along. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Whether `file` can be run. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The program called `name` in `path`, the value of PATH; null when it is not installed. Only
 * absolute entries count: an empty or relative one would find what lies in the current directory.
 */
export function findProgram(name: string, path: string | undefined): string | null {
  const folders = (path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find((file) => isProgram(file)) ?? null;
}
