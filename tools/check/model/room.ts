/** A disk that is full is no fault of the tree's: nothing is said of it then. */
import { statfsSync } from 'node:fs';
import { SeamError } from '../../errors.ts';
import { isFullDisk } from '../full-disk.ts';
import { printable } from '../../report/printable.ts';

/** Bytes: with more than this a disk is not full, whatever a source lets the compiler say. */
const PLENTY = 256 << 20;
const CODES = new Set(['ENOSPC', 'EDQUOT']);

/** Throw if a compiler or a linker had no room in `directory`, by what it said. */
export function refuseNoRoom(directory: string, output: string): void {
  if (isFullDisk(output) && roomIn(directory) < PLENTY) throw diskFull(directory);
}

/** Throw if nothing more can be written to `directory`: a trace may have been cut short then. */
export function refuseFullDisk(directory: string): void {
  if (roomIn(directory) === 0) throw diskFull(directory);
}

/** What it means that a file could not be written to `directory`; other errors stay what they are. */
export function explainWriteError(error: unknown, directory: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  return CODES.has(code) ? diskFull(directory, error) : error;
}

function roomIn(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

function diskFull(directory: string, cause?: unknown): SeamError {
  return new SeamError('disk-full', `no space left for '${printable(directory)}'`, {
    kind: 'environment',
    hint: 'seam cache gc, or another place in XDG_CACHE_HOME',
    data: { directory },
    cause,
  });
}
