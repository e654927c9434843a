/** Symbols of an object file, as far as a census of variables needs them: name, section, size. */
import {
  type ElfFile,
  type ElfSection,
  SHF_ALLOC,
  SHF_EXECINSTR,
  SHF_WRITE,
  SHN_COMMON,
  STT_COMMON,
  STT_NOTYPE,
  STT_OBJECT,
  openElf,
} from '../elf.ts';
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

function dataSymbols(elf: ElfFile): DataSymbol[] {
  const found: DataSymbol[] = [];
  for (const symbol of elf.symbols()) {
    const section = elf.sections[symbol.section];
    const common = symbol.section === SHN_COMMON || symbol.type === STT_COMMON;
    const data = common || (section !== undefined && isData(symbol.type, section));
    const name = data ? elf.text(symbol.nameAt) : '';
    if (name === '') continue;
    found.push({
      name,
      section: common || section === undefined ? '' : elf.sectionName(section),
      size: symbol.size,
      writable: common || ((section?.flags ?? 0) & SHF_WRITE) !== 0,
    });
  }
  return found;
}

/** Variables have a type of their own; labels that assembler code sets have none. */
function isData(type: number, { flags }: ElfSection): boolean {
  if ((flags & SHF_ALLOC) === 0 || (flags & SHF_EXECINSTR) !== 0) return false;
  return type === STT_OBJECT || type === STT_NOTYPE;
}

/** Data symbols of an object file; throws when it is none. */
export function readSymbols(bytes: Buffer, name: string): DataSymbol[] {
  try {
    const elf = openElf(bytes);
    if (elf !== null) return dataSymbols(elf);
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
