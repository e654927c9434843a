/** Moving a ref under its lock file (gitrepository-layout(5)): the three calls that belong together. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export interface RefMove {
  /** Absolute path of the ref. */
  readonly file: string;
  /** What must be in it; null when it must not be there. */
  readonly seen: string | null;
  /** What is to be in it. */
  readonly next: string;
}

/** `changed`: it did not hold what it should. `refused`: why the lock could not be taken. */
export type RefMoved = 'moved' | 'changed' | { readonly refused: string };

export function moveUnderLock({ file, seen, next }: RefMove): RefMoved {
  const lock = `${file}.lock`;
  try {
    writeFileSync(lock, next, { flag: 'wx' });
  } catch (error) {
    return { refused: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
  if (contentOf(file) === seen) {
    renameSync(lock, file);
    return 'moved';
  }
  rmSync(lock, { force: true });
  return 'changed';
}

/** The whole of a small file, or null when it cannot be read. */
export function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}
