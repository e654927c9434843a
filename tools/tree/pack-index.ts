/** The index of a pack, by which git finds an object in it (gitformat-pack(5), version 2). Pure. */
import { createHash } from 'node:crypto';
import type { ObjectId } from './types.ts';

/** Where an object lies in the pack, and the CRC-32 of its bytes there. */
export interface PackedObject {
  readonly id: ObjectId;
  readonly offset: number;
  readonly crc: number;
}

const MAGIC = [0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2];
/** Offsets from here on stand in a table of their own, eight bytes each. */
const LARGE = 0x8000_0000;

/** The index of the pack that ends in `checksum`. */
export function packIndex(objects: readonly PackedObject[], checksum: Buffer): Buffer {
  const sorted = [...objects].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const large = sorted.filter(({ offset }) => offset >= LARGE);
  const offsets = sorted.map(({ offset }) =>
    offset < LARGE ? offset : LARGE + large.findIndex((other) => other.offset === offset),
  );
  const content = Buffer.concat([
    Buffer.from(MAGIC),
    words(fanOut(sorted)),
    Buffer.from(sorted.map(({ id }) => id).join(''), 'hex'),
    words(sorted.map(({ crc }) => crc)),
    words(offsets),
    ...large.map(({ offset }) => words([Math.floor(offset / 2 ** 32), offset % 2 ** 32])),
    checksum,
  ]);
  return Buffer.concat([content, createHash('sha1').update(content).digest()]);
}

/** For each first byte, how many ids begin with it or a smaller one. */
function fanOut(sorted: readonly PackedObject[]): number[] {
  const counts = Array.from({ length: 256 }, () => 0);
  for (const { id } of sorted) {
    const first = Number.parseInt(id.slice(0, 2), 16);
    counts[first] = (counts[first] ?? 0) + 1;
  }
  let sum = 0;
  return counts.map((count) => (sum += count));
}

/** Numbers as four bytes each, most significant first. */
function words(numbers: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4);
  return bytes;
}
