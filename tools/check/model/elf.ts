/** Sizes in the ELF files of a build, as far as a comparison of builds needs them. Pure. */
import { type ElfFile, SHF_ALLOC, SHF_WRITE, STT_FUNC, openElf } from '../../elf.ts';

/** Bytes in memory when the program runs. */
export interface MemorySize {
  /** Instructions and what else is only read. */
  readonly text: number;
  /** What is written to, with zeros that the file does not hold. */
  readonly data: number;
}

/** Bytes of all sections that are in memory when the program runs; null if `file` is none of the model's. */
export function memorySize(file: Buffer): MemorySize | null {
  const elf = openModelElf(file);
  if (elf === null) return null;
  const sizes = { text: 0, data: 0 };
  for (const { flags, size } of elf.sections)
    if ((flags & SHF_ALLOC) !== 0) sizes[(flags & SHF_WRITE) === 0 ? 'text' : 'data'] += size;
  return sizes;
}

/** Bytes of each function by name; those of the same name (static ones) together. */
export function functionSizes(file: Buffer): Map<string, number> {
  const sizes = new Map<string, number>();
  const elf = openModelElf(file);
  if (elf === null) return sizes;
  for (const { type, size, nameAt } of elf.symbols()) {
    if (type !== STT_FUNC || size === 0) continue;
    const name = elf.text(nameAt);
    sizes.set(name, (sizes.get(name) ?? 0) + size);
  }
  return sizes;
}

/** The modelled kernel is a program of 64-bit little-endian machines. */
function openModelElf(file: Buffer): ElfFile | null {
  const elf = openElf(file);
  return elf?.bits === 64 && elf.littleEndian ? elf : null;
}
