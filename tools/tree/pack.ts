/**
 * New objects as a pack, the form in which git takes objects from a stranger
 * (gitformat-pack(5), version 2). Versions of one file or directory become deltas against the
 * version before, so a long series costs little more than its patches. Pure.
 */
import { promisify } from 'node:util';
import { deflate, deflateSync } from 'node:zlib';
import { makeDelta } from '../patch/make-delta.ts';
import type { Bytes } from '../patch/types.ts';
import type { ObjectType } from './objects.ts';
import type { ObjectId } from './types.ts';

const deflateOnThread = promisify(deflate);

/** An object to write. Objects of one `lineage` are versions of one thing, oldest first. */
export interface NewObject {
  readonly id: ObjectId;
  readonly type: ObjectType;
  readonly content: Bytes;
  readonly lineage: string | null;
  /** The content as a zlib stream, where it was deflated before. */
  readonly deflated?: Buffer | undefined;
}

const TYPE_CODE: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };
const OFS_DELTA = 6;

/** Longest chain of deltas, git's own default: a reader must walk all of it. */
const MAX_DEPTH = 50;
/** Below this size there is next to nothing to gain by deflating. */
const STORE_LIMIT = 256;
/** Up to this size a small buffer for the result is enough, and cheaper. */
const SMALL = 2048;

/** The last version of a lineage: what the next one may be a delta against. */
interface Version {
  readonly content: Bytes;
  readonly offset: number;
  readonly depth: number;
}

/** The entries of the pack, in order: the first stands behind the header. Same objects, same bytes. */
export function* packEntries(
  objects: readonly NewObject[],
): Generator<{ readonly id: ObjectId; readonly bytes: Buffer }> {
  const versions = new Map<string, Version>();
  let offset = HEADER_SIZE;
  for (const object of objects) {
    const { id, content, lineage } = object;
    const before = lineage === null ? undefined : versions.get(lineage);
    const delta =
      before === undefined || before.depth >= MAX_DEPTH ? null : makeDelta(before.content, content);
    const base = delta === null ? undefined : before;
    if (lineage !== null) {
      versions.set(lineage, { content, offset, depth: base === undefined ? 0 : base.depth + 1 });
    }
    const data = delta ?? content;
    const type = base === undefined ? TYPE_CODE[object.type] : OFS_DELTA;
    const back = base === undefined ? [] : backOffset(offset - base.offset);
    const stream = (base === undefined ? object.deflated : undefined) ?? deflated(data);
    const bytes = Buffer.concat([entryHeader(type, data.length, back), stream]);
    yield { id, bytes };
    offset += bytes.length;
  }
}

const HEADER_SIZE = 12;

/** How a pack of `count` objects begins. */
export function packHeader(count: number): Buffer {
  const header = Buffer.alloc(HEADER_SIZE);
  header.write('PACK');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(count, 8);
  return header;
}

/** Type and inflated size, little-endian base 128 from four bits on; then where a delta's base is. */
function entryHeader(type: number, size: number, back: readonly number[]): Buffer {
  const bytes: number[] = [];
  let byte = (type << 4) | (size % 16);
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
  }
  return Buffer.from([...bytes, byte, ...back]);
}

/** Big-endian base 128 in which every byte but the last also counts one: no two forms are equal. */
function backOffset(distance: number): number[] {
  const bytes = [distance % 128];
  for (let rest = Math.floor(distance / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1;
    bytes.unshift((rest % 128) | 0x80);
  }
  return bytes;
}

/** Deflate content on another thread, ahead of the pack that it will be part of. */
export async function deflateAhead(content: Bytes): Promise<Buffer> {
  return deflateOnThread(content, { level: 1 });
}

/** A zlib stream of `data`: fast over small, the next `git gc` packs anew anyway. */
function deflated(data: Bytes): Buffer {
  if (data.length < STORE_LIMIT) return stored(data);
  return deflateSync(data, data.length < SMALL ? { level: 1, chunkSize: SMALL } : { level: 1 });
}

/** One stored block (RFC 1951, 3.2.4) between a zlib header and its checksum (RFC 1950). */
function stored(data: Bytes): Buffer {
  const bytes = Buffer.allocUnsafe(data.length + 11);
  bytes.set([0x78, 0x01, 0x01]);
  bytes.writeUInt16LE(data.length, 3);
  bytes.writeUInt16LE(data.length ^ 0xffff, 5);
  bytes.set(data, 7);
  let [low, high] = [1, 0];
  for (const byte of data) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  bytes.writeUInt16BE(high, data.length + 7);
  bytes.writeUInt16BE(low, data.length + 9);
  return bytes;
}
