/** Object files with a symbol table, made byte by byte, in any class and byte order. */

export interface TestSymbol {
  readonly name: string;
  /** Index of its section among `SECTIONS`; 0xfff2 is common, 0 undefined. */
  readonly section: number;
  /** 0 none, 1 object, 2 function. */
  readonly type?: number;
  readonly size?: number;
}

/** [name, type, flags]: progbits 1, symtab 2, strtab 3, nobits 8; write 1, alloc 2, execute 4. */
export const SECTIONS: readonly (readonly [string, number, number])[] = [
  ['', 0, 0],
  ['.data', 1, 3],
  ['.rodata', 1, 2],
  ['.bss', 8, 3],
  ['.text', 1, 6],
  ['.comment', 1, 0],
  ['.symtab', 2, 0],
  ['.strtab', 3, 0],
];

interface Form {
  readonly wide: boolean;
  readonly little: boolean;
}

class Writer {
  readonly #bytes: number[] = [];
  readonly #form: Form;
  constructor(form: Form) {
    this.#form = form;
  }
  get length(): number {
    return this.#bytes.length;
  }
  int(value: number, size: number): this {
    const bytes = Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** at) % 256);
    this.#bytes.push(...(this.#form.little ? bytes : bytes.toReversed()));
    return this;
  }
  /** An address or a size: 4 or 8 bytes by class. */
  word(value: number): this {
    return this.int(value, this.#form.wide ? 8 : 4);
  }
  raw(bytes: Iterable<number>): this {
    this.#bytes.push(...bytes);
    return this;
  }
  done(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

export function elfObject(symbols: readonly TestSymbol[], form: Form): Buffer {
  const strings = new Strings();
  for (const [name] of SECTIONS) strings.add(name);
  const table = new Writer(form);
  for (const { name, section, type = 1, size = 4 } of symbols) {
    const at = strings.add(name);
    if (form.wide) table.int(at, 4).int(type, 1).int(0, 1).int(section, 2).word(0).word(size);
    else table.int(at, 4).word(0).word(size).int(type, 1).int(0, 1).int(section, 2);
  }
  const headerSize = form.wide ? 64 : 52;
  const tableAt = headerSize;
  const stringsAt = tableAt + table.length;
  const sectionsAt = stringsAt + strings.bytes.length;
  const file = new Writer(form);
  file.raw([0x7f, 0x45, 0x4c, 0x46, form.wide ? 2 : 1, form.little ? 1 : 2, 1]);
  file.raw(new Uint8Array(9)).int(1, 2).int(0, 2).int(1, 4).word(0).word(0).word(sectionsAt);
  file
    .int(0, 4)
    .int(headerSize, 2)
    .int(0, 2)
    .int(0, 2)
    .int(form.wide ? 64 : 40, 2);
  file.int(SECTIONS.length, 2).int(SECTIONS.length - 1, 2);
  file.raw(table.done()).raw(strings.bytes);
  for (const [name, type, flags] of SECTIONS) {
    const [at, size] =
      type === 2
        ? [tableAt, table.length]
        : type === 3
          ? [stringsAt, strings.bytes.length]
          : [0, 0];
    file.int(strings.add(name), 4).int(type, 4).word(flags).word(0).word(at).word(size);
    file
      .int(type === 2 ? SECTIONS.length - 1 : 0, 4)
      .int(0, 4)
      .word(1)
      .word(0);
  }
  return file.done();
}

class Strings {
  readonly bytes: number[] = [0];
  readonly #known = new Map<string, number>([['', 0]]);
  add(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const at = this.bytes.length;
    this.bytes.push(...Buffer.from(`${text}\0`, 'latin1'));
    this.#known.set(text, at);
    return at;
  }
}
