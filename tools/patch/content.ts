/** What git says about a file's content as a whole. */

import { createHash } from 'node:crypto';
import type { Bytes } from './types.ts';

/** git looks for a NUL byte in so much of a file to tell whether it is binary. */
const BINARY_PROBE = 8000;

/** Whether git takes the content for binary and does not show its lines. */
export function isBinary(content: Bytes): boolean {
  return content.subarray(0, BINARY_PROBE).includes(0);
}

/** git's name for a file's content: 40 digits, zeros for a file that does not exist. */
export function blobId(content: Bytes | null): string {
  if (content === null) return '0'.repeat(40);
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
