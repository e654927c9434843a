/**
 * Sections and symbols of ELF files, without a meaning: who reads them knows what counts. Format:
 * System V gABI 4.1, chapter 4 (ELF header, sections, symbol table), for 32 and 64 bits in either
 * byte order. Pure.
 */

/** Flags of a section (`sh_flags`). */
export const [SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR] = [1, 2, 4] as const;
/** Types of a symbol (the low half of `st_info`). */
export const [STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_COMMON] = [0, 1, 2, 5] as const;
/** In place of a section's index: the linker finds a place for it. */
export const SHN_COMMON = 0xfff2;

const MAGIC = 0x7f_45_4c_46;
/** The smaller of the two headers. */
const HEADER_SIZE = 52;
const SHT_SYMTAB = 2;

export interface ElfSection {
  /** Where its name stands, for `sectionName()`. */
  readonly nameAt: number;
  readonly type: number;
  readonly flags: number;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  readonly link: number;
}

export interface ElfSymbol {
  /** Where its name stands, for `text()`. */
  readonly nameAt: number;
  readonly type: number;
  /** Index of its section, or a number that is none, such as `SHN_COMMON`. */
  readonly section: number;
  /** Bytes. */
  readonly size: number;
}

/** Where fields are in the two classes of files: offsets in bytes. */
const LAYOUT = {
  32: {
    shoff: 32,
    shentsize: 46,
    section: { flags: 8, offset: 16, size: 20, link: 24 },
    symbol: { length: 16, info: 12, shndx: 14, size: 8 },
  },
  64: {
    shoff: 40,
    shentsize: 58,
    section: { flags: 8, offset: 24, size: 32, link: 40 },
    symbol: { length: 24, info: 4, shndx: 6, size: 16 },
  },
} as const;

/** Methods throw a `RangeError` where the file ends too early. */
export class ElfFile {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  readonly sections: readonly ElfSection[];
  readonly #bytes: Buffer;
  readonly #layout: (typeof LAYOUT)[32 | 64];
  /** Index of the section that holds the names of sections. */
  readonly #names: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.bits = bytes[4] === 2 ? 64 : 32;
    this.littleEndian = bytes[5] === 1;
    this.#layout = LAYOUT[this.bits];
    const { shoff, shentsize } = this.#layout;
    const start = this.#word(shoff);
    const size = this.#half(shentsize);
    this.sections = Array.from({ length: this.#half(shentsize + 2) }, (_, index) =>
      this.#section(start + index * size),
    );
    this.#names = this.#half(shentsize + 4);
  }

  /** All symbols, in the order of the file. */
  *symbols(): Generator<ElfSymbol> {
    const { length, info, shndx, size } = this.#layout.symbol;
    for (const table of this.sections) {
      if (table.type !== SHT_SYMTAB) continue;
      const strings = this.sections[table.link]?.offset;
      if (strings === undefined) continue;
      for (let at = table.offset; at + length <= table.offset + table.size; at += length)
        yield {
          nameAt: strings + this.#int(at),
          type: (this.#bytes[at + info] ?? 0) & 15,
          section: this.#half(at + shndx),
          size: this.#word(at + size),
        };
    }
  }

  sectionName({ nameAt }: ElfSection): string {
    return this.text((this.sections[this.#names]?.offset ?? 0) + nameAt);
  }

  /** What stands at `at`, up to the next zero, as Latin-1. */
  text(at: number): string {
    const end = this.#bytes.indexOf(0, at);
    return this.#bytes.toString('latin1', at, end === -1 ? at : end);
  }

  #section(at: number): ElfSection {
    const { flags, offset, size, link } = this.#layout.section;
    return {
      nameAt: this.#int(at),
      type: this.#int(at + 4),
      flags: this.#word(at + flags),
      offset: this.#word(at + offset),
      size: this.#word(at + size),
      link: this.#int(at + link),
    };
  }

  #half(at: number): number {
    return this.littleEndian ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }
  #int(at: number): number {
    return this.littleEndian ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }
  #word(at: number): number {
    if (this.bits === 32) return this.#int(at);
    return Number(
      this.littleEndian ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at),
    );
  }
}

/** Null if `bytes` is no ELF file; throws a `RangeError` when it is one and ends too early. */
export function openElf(bytes: Buffer): ElfFile | null {
  const isElf = bytes.length >= HEADER_SIZE && bytes.readUInt32BE(0) === MAGIC;
  return isElf ? new ElfFile(bytes) : null;
}
