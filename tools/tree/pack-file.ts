/**
 * New objects on disk. Many become a pack with its index, as git keeps them after a fetch; few become
 * loose objects, as after a commit. Each file is there whole or not at all, and git sees a pack only
 * when its index is there, which comes last. git itself removes what a killed run leaves (`tmp_*`).
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { writeLoose } from './loose.ts';
import { type NewObject, packEntries, packHeader } from './pack.ts';
import { type PackedObject, packIndex } from './pack-index.ts';

/** From this many objects on git keeps a received pack as it is (`fetch.unpackLimit`). */
const PACK_LIMIT = 100;
/** Bytes gathered for one write. */
const CHUNK = 1 << 20;

/** Write objects into the repository whose common directory is `gitDir`. */
export async function writeObjects(gitDir: string, objects: readonly NewObject[]): Promise<void> {
  if (objects.length >= PACK_LIMIT) writePackFile(join(gitDir, 'objects', 'pack'), objects);
  else for (const { type, content } of objects) await writeLoose(gitDir, type, content);
}

/** Write a pack and its index into `directory`. */
function writePackFile(directory: string, objects: readonly NewObject[]): void {
  mkdirSync(directory, { recursive: true });
  const temporary = join(directory, `tmp_pack_${randomBytes(6).toString('hex')}`);
  const index = `${temporary}_idx`;
  try {
    const { packed, checksum } = writeContent(temporary, objects);
    const file = openSync(index, 'wx', 0o444);
    finish(file, [packIndex(packed, checksum)]);
    const name = join(directory, `pack-${checksum.toString('hex')}`);
    renameSync(temporary, `${name}.pack`);
    renameSync(index, `${name}.idx`);
  } catch (error) {
    rmSync(temporary, { force: true });
    rmSync(index, { force: true });
    throw error;
  }
}

function writeContent(path: string, objects: readonly NewObject[]) {
  const file = openSync(path, 'wx', 0o444);
  const sum = createHash('sha1');
  const packed: PackedObject[] = [];
  let waiting: Buffer[] = [];
  let [size, offset] = [0, 0];
  const add = (bytes: Buffer): void => {
    sum.update(bytes);
    waiting.push(bytes);
    size += bytes.length;
    offset += bytes.length;
    if (size < CHUNK) return;
    writeAll(file, waiting);
    [waiting, size] = [[], 0];
  };
  add(packHeader(objects.length));
  for (const { id, bytes } of packEntries(objects)) {
    packed.push({ id, offset, crc: crc32(bytes) });
    add(bytes);
  }
  const checksum = sum.digest();
  finish(file, [...waiting, checksum]);
  return { packed, checksum };
}

/** Write the rest and have it on disk before the file gets its name. */
function finish(file: number, pieces: readonly Buffer[]): void {
  try {
    writeAll(file, pieces);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, pieces: readonly Buffer[]): void {
  const bytes = Buffer.concat(pieces);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
