/**
 * Third step: macros give way to the C that they stand for, as far as a grammar of C needs it, byte
 * for byte in place. What a macro at file scope does to names is noted, since the parser does not
 * see it any more.
 *
 *     static DEFINE_PER_CPU(struct rq, queue);   →  static                struct rq  queue ;
 *     SYSCALL_DEFINE2(kill, pid_t, pid, int, s)  →  SYSCALL_DEFINE2 kill( pid_t  pid, int  s)
 *     list_for_each_entry(p, &head, list) {      →  while              (p, &head, 0   ) {
 *     int __init setup(void)                     →  int        setup(void)
 */
import {
  ATTRIBUTE_WORDS,
  DEFINER_OF,
  type Definer,
  FUNCTION_DEFINER,
  LOOP_OVER_MEMBERS,
  NOT_EXPRESSION,
} from './macros.ts';
import { type LocalMacros, expand, splitArguments } from './expand.ts';
import { blank } from './trivia.ts';

/** An attribute that was blanked, or a definer that was rewritten, where it stood. */
export interface Mark {
  readonly at: number;
  readonly word: string;
}

/** A macro at file scope, `EXPORT_SYMBOL(x)`, with the names in its arguments. */
export interface FileMacro {
  readonly at: number;
  readonly word: string;
  readonly names: readonly { readonly at: number; readonly name: string }[];
}

export interface Normalised {
  readonly code: Uint8Array;
  readonly attributes: readonly Mark[];
  /** By the position of the name that they define. */
  readonly definers: ReadonlyMap<number, DefinerUse>;
  readonly fileMacros: readonly FileMacro[];
  readonly expansions: readonly Expansion[];
}

/** A macro at file scope that the file itself defines, with what it stands for. */
export interface Expansion {
  readonly at: number;
  readonly word: string;
  readonly text: string;
}

/** A macro that defines the variable whose name stands at a position. */
export interface DefinerUse {
  readonly word: string;
  readonly definer: Definer | null;
  /** Its type argument is that of an array. */
  readonly array: boolean;
}

const WORD = /[A-Za-z_]/;
const isWordByte = new Uint8Array(256).map((_, byte) =>
  /\w/.test(String.fromCharCode(byte)) ? 1 : 0,
);
const isWordStart = new Uint8Array(256).map((_, byte) =>
  WORD.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Words before a bracket that take a type, or that end no expression. */
const NO_CALL = new Set(
  'sizeof typeof __typeof__ __typeof return if while for switch else case do goto _Alignof __alignof__ alignof asm __asm__ _Generic'.split(
    ' ',
  ),
);
const TYPE_WORDS = new Set(
  'struct union enum const unsigned signed long int short char void volatile'.split(' '),
);
const STORAGE = new Set(['static', 'extern', 'const', 'inline', 'volatile']);
const TYPE_ARGUMENT =
  /(?:(?:const|volatile|unsigned|signed|long|int|short|char|void|(?:struct|union|enum)\s+\w+)\b\s*)+[*\s]*(?=[,)])/y;

const [OPEN, CLOSE, COMMA, SEMICOLON, LEFT, RIGHT, COLON, EQUALS, DOT] = [
  40, 41, 44, 59, 123, 125, 58, 61, 46,
] as const;
const ZERO = 48;
/** Stands for the last byte of any word. */
const A_WORD = 97;

export class Normaliser {
  readonly #code: Uint8Array;
  readonly #text: string;
  readonly #attributes: Mark[] = [];
  readonly #definers = new Map<number, DefinerUse>();
  readonly #fileMacros: FileMacro[] = [];
  readonly #expansions: Expansion[] = [];
  readonly #macros: LocalMacros;
  /** Depth of braces. */
  #depth = 0;
  /** For every open round bracket: whether it holds the arguments of a call. */
  #round: boolean[] = [];
  /** Last byte of code, and the last word if that byte ended one. */
  #last = SEMICOLON as number;
  #lastWord = '';
  #lastWordAt = 0;

  constructor(code: Uint8Array, macros: LocalMacros) {
    this.#code = code;
    this.#macros = macros;
    this.#text = Buffer.from(code.buffer, code.byteOffset, code.length).toString('latin1');
  }

  run(): Normalised {
    const code = this.#code;
    for (let at = 0; at < code.length;) {
      const byte = code[at] ?? 0;
      if (byte <= 32) at += 1;
      else if (isWordStart[byte] === 1) at = this.#word(at);
      else if (isWordByte[byte] === 1) at = this.#number(at);
      else {
        if (byte === DOT) this.#range(at);
        this.#punctuation(byte);
        at += 1;
      }
    }
    return {
      code,
      attributes: this.#attributes,
      definers: this.#definers,
      fileMacros: this.#fileMacros,
      expansions: this.#expansions,
    };
  }

  /** `case 1 ... 5:` is GNU's; an operator in its place gives an expression of the same names. */
  #range(at: number): void {
    const ellipsis =
      this.#last !== COMMA && this.#last !== OPEN && this.#text.startsWith('...', at);
    if (ellipsis && this.#depth > 0) this.#overwrite(at, at + 3, '+');
  }

  #punctuation(byte: number): void {
    if (byte === LEFT) this.#depth += 1;
    else if (byte === RIGHT) {
      this.#depth = Math.max(0, this.#depth - 1);
      if (this.#depth === 0) this.#round = [];
    } else if (byte === OPEN)
      this.#round.push(this.#last === A_WORD && !NO_CALL.has(this.#lastWord));
    else if (byte === CLOSE) this.#round.pop();
    else if (byte === SEMICOLON && this.#depth === 0) this.#round = [];
    this.#last = byte;
    this.#lastWord = '';
  }

  #number(at: number): number {
    let end = at + 1;
    while (isWordByte[this.#code[end] ?? 0] === 1) end += 1;
    this.#last = ZERO;
    this.#lastWord = '';
    return end;
  }

  /** Handle the word at `at`; returns where to go on. */
  #word(at: number): number {
    const code = this.#code;
    let end = at + 1;
    while (isWordByte[code[end] ?? 0] === 1) end += 1;
    const word = this.#text.slice(at, end);
    if (ATTRIBUTE_WORDS.has(word)) return this.#attribute(at, end, word);
    const next = this.#skip(end);
    if (code[next] === OPEN) {
      const handled = this.#call(at, end, next, word);
      if (handled !== -1) return handled;
    } else if (this.#depth > 0 && TYPE_WORDS.has(word) && this.#inArguments()) {
      const handled = this.#typeArgument(at);
      if (handled !== -1) return handled;
    } else if (word === '__auto_type') {
      this.#overwrite(at, end, 'int');
    }
    this.#last = A_WORD;
    this.#lastWord = word;
    this.#lastWordAt = at;
    return end;
  }

  /** `__aligned(8)` with its bracket, `__user` without. */
  #attribute(at: number, end: number, word: string): number {
    const next = this.#skip(end);
    // `__init (*x)` is no argument, `__attribute__((…))` is one.
    const takes = this.#code[next] === OPEN && (end === next || word.startsWith('__attribute'));
    const stop = takes ? this.#closing(next) + 1 : end;
    this.#attributes.push({ at, word: takes ? this.#text.slice(at, stop) : word });
    blank(this.#code, at, stop);
    return stop;
  }

  /** `word(` at `at`; -1 when nothing is special about it. */
  #call(at: number, end: number, open: number, word: string): number {
    if (word === 'typeof' || word === '__typeof__' || word === '__typeof') {
      const close = this.#closing(open);
      this.#overwrite(at, close + 1, 'int');
      this.#last = A_WORD;
      this.#lastWord = 'int';
      return close + 1;
    }
    const outside = this.#depth === 0 && this.#round.length === 0;
    if (outside && this.#macros.has(word)) {
      const handled = this.#expand(at, open, word);
      if (handled !== -1) return handled;
    }
    const definer = DEFINER_OF.get(word);
    if (definer !== undefined && this.#startsDeclaration()) {
      return this.#define(at, end, open, word, definer);
    }
    const members = NOT_EXPRESSION.get(word);
    if (members !== undefined) this.#dropArguments(open, members);
    else if (LOOP_OVER_MEMBERS.test(word)) this.#dropArguments(open, [-1]);
    if (word === 'offsetof') blank(this.#code, at, end);
    if (this.#depth === 0)
      return this.#round.length === 0 ? this.#fileScope(at, end, open, word) : -1;
    return this.#statement(at, end, open, word);
  }

  /** At the start of a declaration, or behind `static`. */
  #startsDeclaration(): boolean {
    return STORAGE.has(this.#lastWord) || this.#startsSomething();
  }

  #startsSomething(): boolean {
    const last = this.#last;
    if (last === SEMICOLON || last === LEFT || last === RIGHT || last === CLOSE) return true;
    return last === COLON || (this.#last === A_WORD && /^(?:else|do)$/.test(this.#lastWord));
  }

  /** In the brackets of a call, where an argument begins. */
  #inArguments(): boolean {
    return this.#round.at(-1) === true && (this.#last === COMMA || this.#last === OPEN);
  }

  #typeArgument(at: number): number {
    TYPE_ARGUMENT.lastIndex = at;
    const found = TYPE_ARGUMENT.exec(this.#text)?.[0];
    if (found === undefined) return -1;
    this.#overwrite(at, at + found.length, '0');
    this.#last = ZERO;
    this.#lastWord = '';
    return at + found.length;
  }

  /** A macro of the file's own that is a whole declaration: read later, as what it stands for. */
  #expand(at: number, open: number, word: string): number {
    const storage = STORAGE.has(this.#lastWord) ? this.#lastWord : '';
    const bare = this.#last === SEMICOLON || this.#last === RIGHT;
    if (!bare && storage === '') return -1;
    const { values, end } = splitArguments(this.#text, open);
    const next = this.#skip(end);
    const byte = this.#code[next] ?? 0;
    if (byte !== SEMICOLON && isWordStart[byte] !== 1 && next < this.#code.length) return -1;
    const text = expand(this.#macros, word, values);
    if (text === '') return -1;
    this.#expansions.push({ at, word, text: `${storage} ${text};`.replace(/\s+/g, ' ') });
    const stop = byte === SEMICOLON ? next + 1 : end;
    blank(this.#code, storage === '' ? at : this.#lastWordAt, stop);
    this.#last = SEMICOLON;
    this.#lastWord = '';
    return stop;
  }

  #define(at: number, end: number, open: number, word: string, definer: Definer): number {
    const close = this.#closing(open);
    const spans = this.#arguments(open, close);
    const name = spans[definer.name];
    if (name === undefined || !/^\w+(?:\s*\[[^\]]*\])*$/.test(this.#text.slice(...name))) return -1;
    const type = definer.typeArgument === undefined ? undefined : spans[definer.typeArgument];
    const length = type === undefined ? undefined : this.#lengthIn(...type);
    this.#definers.set(name[0], { word, definer, array: length !== undefined });
    if (type !== undefined) blank(this.#code, at, end);
    // `struct worker_pool [2]` stands before the name, where C has the length behind it.
    if (length !== undefined) blank(this.#code, ...length);
    this.#code[open] = 32;
    this.#code[close] = 32;
    for (const [index, span] of spans.entries()) {
      if (index > 0) this.#code[this.#commaBefore(span[0])] = 32;
      if (span !== name && span !== type) blank(this.#code, ...span);
    }
    this.#noteDropped(
      word,
      spans.filter((span) => span !== name && span !== type),
    );
    this.#last = A_WORD;
    this.#lastWord = word;
    // Type and name are read on: they may hold attributes.
    return open + 1;
  }

  /** The brackets at the end of a type. */
  #lengthIn(start: number, end: number): [number, number] | undefined {
    const open = this.#text.slice(start, end).search(/(?:\[[^\]]*\]\s*)+$/);
    return open === -1 ? undefined : [start + open, end];
  }

  /** Uses in arguments that are blanked: a work item's function, a timer's data. */
  #noteDropped(word: string, spans: readonly (readonly [number, number])[]): void {
    const names = spans.flatMap((span) => this.#names(...span));
    if (names.length > 0 && this.#depth === 0)
      this.#fileMacros.push({ at: names[0]?.at ?? 0, word, names });
  }

  /** `word(…)` outside of all braces, with nothing or a storage class before it. */
  #fileScope(at: number, end: number, open: number, word: string): number {
    const bare = this.#last === SEMICOLON || this.#last === RIGHT;
    const stored = STORAGE.has(this.#lastWord) && this.#lastWord !== 'inline';
    if (!bare && !stored) return -1;
    const close = this.#closing(open);
    const next = this.#skip(close + 1);
    const byte = this.#code[next] ?? 0;
    if (FUNCTION_DEFINER.test(word) && (byte === LEFT || byte === SEMICOLON))
      return this.#functionMacro(end, open, close, word);
    if (byte === LEFT || TYPE_WORDS.has(word)) return -1;
    const defines = byte === EQUALS || (stored && byte === SEMICOLON);
    if (defines) return this.#guess(open, close, word);
    const ends = byte === SEMICOLON || isWordStart[byte] === 1 || next >= this.#code.length;
    if (!bare || !ends) return -1;
    this.#fileMacros.push({ at, word, names: this.#names(open, close) });
    const stop = byte === SEMICOLON ? next + 1 : close + 1;
    blank(this.#code, at, stop);
    this.#last = SEMICOLON;
    return stop;
  }

  /** `static UNKNOWN_DEFINER(x, …);` defines something, by all appearance its first argument. */
  #guess(open: number, close: number, word: string): number {
    const spans = this.#arguments(open, close);
    const [name, ...rest] = spans;
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(this.#text.slice(...name))) return -1;
    this.#definers.set(name[0], { word, definer: null, array: false });
    this.#code[open] = 32;
    this.#code[close] = 32;
    for (const span of rest) {
      this.#code[this.#commaBefore(span[0])] = 32;
      blank(this.#code, ...span);
    }
    this.#noteDropped(word, rest);
    this.#last = A_WORD;
    this.#lastWord = word;
    return close + 1;
  }

  /** `SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)`: a return type, a name, typed parameters. */
  #functionMacro(end: number, open: number, close: number, word: string): number {
    const spans = this.#arguments(open, close);
    const [name, ...parameters] = spans;
    if (name === undefined) return -1;
    const code = this.#code;
    if (parameters.length === 0) {
      // One byte is missing for the empty brackets: the name moves by one.
      const text = this.#text.slice(...name);
      blank(code, end - 1, close + 1);
      code.set(Buffer.from(`${text}()`, 'latin1'), close - text.length - 1);
      this.#last = CLOSE;
      return close + 1;
    }
    code[open] = 32;
    for (const [index, span] of parameters.entries()) {
      const comma = this.#commaBefore(span[0]);
      if (index === 0) code[comma] = OPEN;
      else if (index % 2 === 1) code[comma] = 32;
    }
    this.#last = A_WORD;
    this.#lastWord = word;
    // Name and parameters are read on: they may hold attributes.
    return open + 1;
  }

  /** A macro that stands where a statement begins, before a block or another statement: a loop. */
  #statement(at: number, end: number, open: number, word: string): number {
    if (NO_CALL.has(word) || !this.#startsSomething()) return -1;
    const close = this.#closing(open);
    const byte = this.#code[this.#skip(close + 1)] ?? 0;
    // `do { … } while_each_thread(p, t);` ends a loop.
    const ends = this.#last === RIGHT && word.startsWith('while_');
    if (byte !== LEFT && isWordStart[byte] !== 1 && !ends) return -1;
    if (end - at >= 5) this.#overwrite(at, end, 'while');
    else if (end - at >= 2) this.#overwrite(at, end, 'if');
    this.#last = A_WORD;
    this.#lastWord = word;
    return end;
  }

  #dropArguments(open: number, which: readonly number[]): void {
    const spans = this.#arguments(open, this.#closing(open));
    for (const index of which) {
      const span = spans.at(index);
      if (span !== undefined && span[0] < span[1]) this.#overwrite(...span, '0');
    }
  }

  #names(start: number, end: number): { at: number; name: string }[] {
    const names: { at: number; name: string }[] = [];
    for (const found of this.#text.slice(start, end).matchAll(/(?<![\w.])[A-Za-z_]\w*/g))
      names.push({ at: start + found.index, name: found[0] });
    return names;
  }

  /** Write a word over a range, at its start; the rest becomes blank. */
  #overwrite(start: number, end: number, word: string): void {
    blank(this.#code, start, end);
    this.#code.set(Buffer.from(word, 'latin1').subarray(0, end - start), start);
  }

  #skip(at: number): number {
    let next = at;
    while (next < this.#code.length && (this.#code[next] ?? 0) <= 32) next += 1;
    return next;
  }

  /** The bracket that closes the one at `open`; the last byte when none does. */
  #closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.#code.length; at += 1) {
      const byte = this.#code[at];
      if (byte === OPEN) depth += 1;
      else if (byte === CLOSE && (depth -= 1) === 0) return at;
    }
    return this.#code.length - 1;
  }

  /** The arguments between two brackets, without the blanks around them. */
  #arguments(open: number, close: number): [number, number][] {
    const spans: [number, number][] = [];
    let [depth, start] = [0, open + 1];
    for (let at = open + 1; at <= close; at += 1) {
      const byte = this.#code[at] ?? 0;
      if (at === close || (byte === COMMA && depth === 0)) {
        spans.push(this.#trimmed(start, at));
        start = at + 1;
      } else if (byte === OPEN || byte === LEFT || byte === 91) depth += 1;
      else if (byte === CLOSE || byte === RIGHT || byte === 93) depth -= 1;
    }
    return spans;
  }

  #trimmed(start: number, end: number): [number, number] {
    let [from, to] = [start, end];
    while (from < to && (this.#code[from] ?? 0) <= 32) from += 1;
    while (to > from && (this.#code[to - 1] ?? 0) <= 32) to -= 1;
    return [from, to];
  }

  #commaBefore(at: number): number {
    let comma = at - 1;
    while (comma > 0 && this.#code[comma] !== COMMA) comma -= 1;
    return comma;
  }
}
