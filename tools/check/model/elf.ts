/**
 * Sizes in 64-bit ELF files, as far as a comparison of builds needs them. Format: System V ABI, ELF-64
 * Object File Format 1.5, little-endian. Pure.
 */

const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
const SYMTAB = 2;
const WRITE = 1n;
const ALLOC = 2n;
const FUNCTION = 2;

interface Section {
  readonly type: number;
  readonly flags: bigint;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

/** Bytes in memory when the program runs. */
export interface MemorySize {
  /** Instructions and what else is only read. */
  readonly text: number;
  /** What is written to, with zeros that the file does not hold. */
  readonly data: number;
}

/** Bytes of all sections that are in memory when the program runs; null if `file` is no ELF-64. */
export function memorySize(file: Buffer): MemorySize | null {
  const sections = sectionsOf(file);
  if (sections === null) return null;
  const sizes = { text: 0, data: 0 };
  for (const { flags, size } of sections)
    if ((flags & ALLOC) !== 0n) sizes[(flags & WRITE) === 0n ? 'text' : 'data'] += size;
  return sizes;
}

/** Bytes of each function by name; those of the same name (static ones) together. */
export function functionSizes(file: Buffer): Map<string, number> {
  const sizes = new Map<string, number>();
  const sections = sectionsOf(file) ?? [];
  for (const { type, offset, size, link } of sections) {
    const names = sections[link];
    if (type !== SYMTAB || names === undefined) continue;
    for (let at = offset; at + 24 <= offset + size; at += 24) {
      const bytes = Number(file.readBigUInt64LE(at + 16));
      if ((file.readUInt8(at + 4) & 15) !== FUNCTION || bytes === 0) continue;
      const name = textAt(file, names.offset + file.readUInt32LE(at));
      sizes.set(name, (sizes.get(name) ?? 0) + bytes);
    }
  }
  return sizes;
}

function sectionsOf(file: Buffer): Section[] | null {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const start = Number(file.readBigUInt64LE(0x28));
  const entry = file.readUInt16LE(0x3a);
  return Array.from({ length: file.readUInt16LE(0x3c) }, (_, index) => {
    const at = start + index * entry;
    return {
      type: file.readUInt32LE(at + 4),
      flags: file.readBigUInt64LE(at + 8),
      offset: Number(file.readBigUInt64LE(at + 24)),
      size: Number(file.readBigUInt64LE(at + 32)),
      link: file.readUInt32LE(at + 40),
    };
  });
}

function textAt(file: Buffer, at: number): string {
  return file.toString('latin1', at, file.indexOf(0, at));
}
