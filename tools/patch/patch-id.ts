/**
 * The name of a change, whatever lines it stands at and however its files are ordered: the id that
 * `git patch-id --stable` prints (git 2.39 and later). Two patches with the same id make the same
 * change; white space, line numbers and object ids do not count.
 */

import { createHash, type Hash } from 'node:crypto';
import { headerLines } from './format.ts';
import type { Bytes, FilePatch } from './types.ts';

const ID_LENGTH = 20;

/**
 * The id of a patch, 40 hexadecimal digits; null when it changes no file. Plain unified diffs, which
 * git passes over, get the id that the same change has in git's form.
 */
export function patchId(files: readonly FilePatch[]): string | null {
  if (files.length === 0) return null;
  const sum = new Uint8Array(ID_LENGTH);
  let hash = createHash('sha1');
  let previous: FilePatch | null = null;
  const flush = (): void => {
    add(sum, hash.digest());
    hash = createHash('sha1');
  };
  for (const file of files.map(inGitForm)) {
    // Only a file with hunks is closed off when the next one begins; a bare header joins it.
    if (previous !== null && previous.hunks.length > 0) flush();
    hashHeader(hash, file, previous?.binary ?? null);
    hashHunks(hash, file);
    if (file.binary !== null) flush();
    previous = file;
  }
  flush();
  return Buffer.from(sum).toString('hex');
}

function inGitForm(file: FilePatch): FilePatch {
  if (file.format === 'git') return file;
  return {
    ...file,
    format: 'git',
    rawOldName: null,
    rawNewName: null,
    oldMode: file.change === 'delete' ? (file.oldMode ?? 0o100644) : file.oldMode,
    newMode: file.change === 'create' ? (file.newMode ?? 0o100644) : file.newMode,
  };
}

function hashHeader(hash: Hash, file: FilePatch, binaryBefore: FilePatch['binary']): void {
  for (const line of headerLines(file)) {
    if (line.startsWith('index ') || line.startsWith('Binary files ')) continue;
    // git still skips binary data when it meets the line that ends it.
    if (line.startsWith('diff --git ') && binaryBefore !== null) continue;
    hash.update(line.replace(/[ \t\r\n]/g, ''), 'latin1');
  }
  if (file.binary !== null) hash.update(`${file.oldId ?? ''}${file.newId ?? ''}`);
}

function hashHunks(hash: Hash, { hunks }: FilePatch): void {
  for (const { lines } of hunks) {
    for (const { op, text } of lines) {
      if (op !== ' ') hash.update(op);
      hash.update(visible(text));
    }
  }
}

/** The line without white space, and only up to a NUL: git handles it as a C string. */
function visible(text: Bytes): Bytes {
  const nul = text.indexOf(0);
  return text
    .subarray(0, nul === -1 ? text.length : nul)
    .filter((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

/** Add the hashes of the files as little-endian numbers: a sum has no order. */
function add(sum: Uint8Array, digest: Uint8Array): void {
  let carry = 0;
  for (let at = 0; at < ID_LENGTH; at++) {
    carry += (sum[at] ?? 0) + (digest[at] ?? 0);
    sum[at] = carry & 0xff;
    carry >>= 8;
  }
}
