/**
 * The base-85 alphabet of git's binary patches, as `git apply` reads it: four bytes become five
 * digits, most significant first. A short last group is filled with zero bytes; how many bytes
 * count is said elsewhere (the letter that opens a line of a binary patch).
 */

import type { Bytes } from './types.ts';

const ALPHABET =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

const DIGIT_OF: Int8Array = digitTable();

function digitTable(): Int8Array {
  const table = new Int8Array(256).fill(-1);
  for (let digit = 0; digit < ALPHABET.length; digit++) table[ALPHABET.charCodeAt(digit)] = digit;
  return table;
}

/** Digits for `bytes`; the length of the result is a multiple of five. */
export function encodeBase85(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    let group =
      (bytes[at] ?? 0) * 0x1000000 +
      (((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    let digits = '';
    for (let n = 0; n < 5; n++) {
      digits = ALPHABET.charAt(group % 85) + digits;
      group = Math.floor(group / 85);
    }
    text += digits;
  }
  return text;
}

/**
 * Decode the digits at `start` of `source` into `length` bytes. Null when a character is no digit,
 * a group is above 2^32 - 1 or the source is too short.
 */
export function decodeBase85(source: Bytes, start: number, length: number): Bytes | null {
  const result = new Uint8Array(length);
  let from = start;
  for (let at = 0; at < length; at += 4) {
    let group = 0;
    for (let n = 0; n < 5; n++) {
      const digit = DIGIT_OF[source[from++] ?? 0] ?? -1;
      if (digit < 0) return null;
      group = group * 85 + digit;
    }
    if (group > 0xffffffff) return null;
    for (let n = 0; n < 4 && at + n < length; n++) result[at + n] = group >>> (24 - 8 * n);
  }
  return result;
}
