/**
 * Fourth step: the shape of code, which is all that syntax depends on. Names are one letter, numbers
 * one digit, strings are empty, all types that the grammar knows are `int`, blanks are gone where
 * they divide nothing. Few shapes are enough for much code: `spin_lock(&sem->lock);` and
 * `kfree(&it->name);` are both `a(&a->a);`.
 */
import { isWordByte, isWordStart, latin1, tableOf } from './code-text.ts';
import { grammarWord } from './grammar-words.ts';

const [SPACE, QUOTE, APOSTROPHE, ZERO, NINE, NAME] = [32, 34, 39, 48, 57, 97] as const;

export interface Shape {
  readonly text: string;
  readonly length: number;
  /** The text's characters, and more that mean nothing. Good until the next shape is made, as are all places. */
  readonly bytes: Uint8Array;
  /** For each of them, where in the code what it stands for begins. */
  readonly starts: Uint32Array;
  /** And where that ends. */
  readonly ends: Uint32Array;
}

/** No byte becomes more: of `''` comes `'0'`. */
const LONGEST = 2;

/** Null where a string does not end on its line, which leaves open what is code. */
export function shapeOf(code: Uint8Array): Shape | null {
  reserve(LONGEST * code.length + 1);
  const length = new Outline(code).draw();
  if (length === -1) return null;
  return { text: latin1(bytes.subarray(0, length)), bytes, length, starts, ends };
}

/** Of two bytes of one class, but for the first, a blank between them keeps two words or operators apart. */
const [NOTHING, WORD, OPERATOR] = [0, 1, 2] as const;
const classOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  // A string is another one behind a word that it touches.
  if (isWordByte[byte] === 1 || byte > 127 || byte === QUOTE || byte === APOSTROPHE) return WORD;
  return '()[]{},;'.includes(String.fromCharCode(byte)) ? NOTHING : OPERATOR;
});

/** Of whole numbers; the others stay as they are. */
const isDigit = tableOf(/[0-9a-fA-FxXuUlL]/);
const NUMBER = Uint8Array.of(ZERO);

class Outline {
  readonly #code: Uint8Array;
  #length = 0;
  /** Of the byte before. */
  #class: number = NOTHING;
  #isBehindBlank = false;

  constructor(code: Uint8Array) {
    this.#code = code;
  }

  /** Returns the length of what was drawn, or -1. */
  draw(): number {
    const code = this.#code;
    for (let at = 0; at < code.length;) {
      const byte = code[at] ?? 0;
      if (byte <= SPACE) {
        this.#isBehindBlank = true;
        at += 1;
      } else if (isWordByte[byte] === 1) at = this.#word(at, byte);
      else if (byte !== QUOTE && byte !== APOSTROPHE) {
        this.#put(byte, at, at + 1);
        at += 1;
      } else {
        at = this.#string(at, byte);
        if (at === -1) return -1;
      }
    }
    return this.#length;
  }

  #word(start: number, first: number): number {
    const code = this.#code;
    let isPlain = true;
    let end = start;
    for (let byte = first; isWordByte[byte] === 1; byte = code[end] ?? 0) {
      if (isDigit[byte] === 0) isPlain = false;
      end += 1;
    }
    const word = isWordStart[first] === 1 ? grammarWord(code, start, end) : NUMBER;
    if (word === null) this.#put(NAME, start, end);
    else if (word === NUMBER && !isPlain) this.#copy(code.subarray(start, end), start, end);
    else this.#copy(word, start, end);
    return end;
  }

  #copy(word: Uint8Array, start: number, end: number): void {
    for (let at = 0; at < word.length; at += 1) this.#put(word[at] ?? 0, start, end);
  }

  /** What was in it has been blanked before. A character has to be one. */
  #string(start: number, quote: number): number {
    const code = this.#code;
    let end = start + 1;
    while (code[end] === SPACE) end += 1;
    if (code[end] !== quote) return -1;
    this.#put(quote, start, start + 1);
    if (quote === APOSTROPHE) this.#put(ZERO, start + 1, end);
    this.#put(quote, end, end + 1);
    return end + 1;
  }

  /** A sign is a part of the number that it touches. */
  #needsBlank(kind: number, byte: number): boolean {
    if (kind === this.#class) return kind !== NOTHING;
    return this.#class === OPERATOR && byte >= ZERO && byte <= NINE;
  }

  #put(byte: number, start: number, end: number): void {
    const kind = classOf[byte] ?? NOTHING;
    if (this.#isBehindBlank) {
      if (this.#needsBlank(kind, byte)) {
        bytes[this.#length] = SPACE;
        starts[this.#length] = start;
        ends[this.#length] = start;
        this.#length += 1;
      }
      this.#isBehindBlank = false;
    }
    this.#class = kind;
    bytes[this.#length] = byte;
    starts[this.#length] = start;
    ends[this.#length] = end;
    this.#length += 1;
  }
}

/** Reused from file to file: fresh memory costs more than what is done with it. */
let bytes = new Uint8Array();
let starts = new Uint32Array();
let ends = new Uint32Array();

function reserve(size: number): void {
  if (bytes.length >= size) return;
  bytes = new Uint8Array(size);
  starts = new Uint32Array(size);
  ends = new Uint32Array(size);
}
