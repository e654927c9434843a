/**
 * Symbols of an object file, as far as a census of variables needs them: name, section, size. Format:
 * System V gABI 4.1, chapter 4 (ELF header, sections, symbol table), for 32 and 64 bits in either
 * byte order.
 */
import { SeamError } from '../errors.ts';

/** A symbol that stands for data. */
export interface DataSymbol {
  readonly name: string;
  /** Empty for a common symbol, which gets its place when it is linked. */
  readonly section: string;
  /** Bytes. */
  readonly size: number;
  /** Of a section that the program may write to. */
  readonly writable: boolean;
}

const [SHT_SYMTAB, SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR] = [2, 1, 2, 4] as const;
const [STT_NOTYPE, STT_OBJECT, STT_COMMON] = [0, 1, 5] as const;
const SHN_COMMON = 0xfff2;

interface Section {
  readonly name: number;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
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

class ElfReader {
  readonly #bytes: Buffer;
  readonly #little: boolean;
  readonly #layout: (typeof LAYOUT)[32 | 64];
  readonly #wide: boolean;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#wide = bytes[4] === 2;
    this.#little = bytes[5] === 1;
    this.#layout = LAYOUT[this.#wide ? 64 : 32];
  }

  symbols(): DataSymbol[] {
    const { shoff, shentsize } = this.#layout;
    const start = this.#word(shoff);
    const [size, count, names] = [0, 2, 4].map((more) => this.#half(shentsize + more));
    const sections = Array.from({ length: count ?? 0 }, (_, index) =>
      this.#section(start + index * (size ?? 0)),
    );
    const nameTable = sections[names ?? 0];
    const nameOf = ({ name }: Section): string => this.#string((nameTable?.offset ?? 0) + name);
    return sections
      .filter(({ type }) => type === SHT_SYMTAB)
      .flatMap((table) => this.#table(table, sections, nameOf));
  }

  #section(at: number): Section {
    const { flags, offset, size, link } = this.#layout.section;
    return {
      name: this.#int(at),
      type: this.#int(at + 4),
      flags: this.#word(at + flags),
      offset: this.#word(at + offset),
      size: this.#word(at + size),
      link: this.#int(at + link),
    };
  }

  #table(
    { offset, size, link }: Section,
    sections: readonly Section[],
    nameOf: (section: Section) => string,
  ): DataSymbol[] {
    const { symbol } = this.#layout;
    const strings = sections[link]?.offset ?? 0;
    const found: DataSymbol[] = [];
    for (let at = offset; at + symbol.length <= offset + size; at += symbol.length) {
      const type = (this.#bytes[at + symbol.info] ?? 0) & 15;
      const index = this.#half(at + symbol.shndx);
      const section = sections[index];
      const common = index === SHN_COMMON || type === STT_COMMON;
      const data = common || (section !== undefined && isData(type, section));
      const name = data ? this.#string(strings + this.#int(at)) : '';
      if (name === '') continue;
      const writable = common || ((section?.flags ?? 0) & SHF_WRITE) !== 0;
      const bytes = this.#word(at + symbol.size);
      found.push({
        name,
        section: common || section === undefined ? '' : nameOf(section),
        size: bytes,
        writable,
      });
    }
    return found;
  }

  #half(at: number): number {
    return this.#little ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }
  #int(at: number): number {
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }
  #word(at: number): number {
    if (!this.#wide) return this.#int(at);
    return Number(this.#little ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at));
  }
  #string(at: number): string {
    const end = this.#bytes.indexOf(0, at);
    return this.#bytes.toString('latin1', at, end === -1 ? at : end);
  }
}

/** Variables have a type of their own; labels that assembler code sets have none. */
function isData(type: number, { flags }: Section): boolean {
  if ((flags & SHF_ALLOC) === 0 || (flags & SHF_EXECINSTR) !== 0) return false;
  return type === STT_OBJECT || type === STT_NOTYPE;
}

/** Data symbols of an object file; throws when it is none. */
export function readSymbols(bytes: Buffer, name: string): DataSymbol[] {
  const magic = bytes.length >= 52 && bytes.readUInt32BE(0) === 0x7f_45_4c_46;
  try {
    if (magic) return new ElfReader(bytes).symbols();
  } catch (cause) {
    throw notElf(name, 'is damaged', cause);
  }
  throw notElf(name, 'is no ELF file', undefined);
}

function notElf(name: string, what: string, cause: unknown): SeamError {
  return new SeamError('bad-object', `object file '${name}' ${what}`, {
    data: { file: name },
    ...(cause === undefined ? {} : { cause }),
  });
}
