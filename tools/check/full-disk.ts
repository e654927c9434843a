/** A disk without space, as programs tell it: the machine's fault and not the tree's. Pure. */

/** `strerror` of ENOSPC in the C locale, which is the one that commands get. */
export const FULL_DISK = 'No space left on device';

/** Whether a program that failed says that it could not write. */
export function isFullDisk(output: string): boolean {
  return /(?:^|: )(?:No space left on device|Disk quota exceeded)$/m.test(output);
}
