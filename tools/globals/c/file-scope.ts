/** Macros at file scope: those that define variables or functions, and those that do something to names. */
import type { Before } from './before.ts';
import { BYTE, type CodeText, type Range, isWordStart } from './code-text.ts';
import type { Effort } from './effort.ts';
import { type LocalMacros, expand, splitArguments } from './expand.ts';
import { type Definer, FUNCTION_DEFINER } from './macros.ts';
import type { Notes } from './notes.ts';
import { blank } from './trivia.ts';

/** `word(`, the place behind the word, and that of its bracket. */
export interface Call {
  readonly word: string;
  readonly at: number;
  readonly end: number;
  readonly open: number;
}

/** Words that begin a type. */
export const TYPE_WORDS: ReadonlySet<string> = new Set(
  'struct union enum const unsigned signed long int short char void volatile'.split(' '),
);

/** Every rewrite returns where to go on, or -1 when it is none of that sort. */
export class FileScope {
  readonly #source: CodeText;
  readonly #before: Before;
  readonly #notes: Notes;
  readonly #macros: LocalMacros;
  readonly #effort: Effort;

  constructor(
    source: CodeText,
    before: Before,
    notes: Notes,
    { macros, effort }: { readonly macros: LocalMacros; readonly effort: Effort },
  ) {
    this.#source = source;
    this.#before = before;
    this.#notes = notes;
    this.#macros = macros;
    this.#effort = effort;
  }

  /** A macro of the file's own that is a whole declaration: read later, as what it stands for. */
  expand({ word, at, open }: Call): number {
    const { storage, isBare, wordAt } = this.#before;
    if (!this.#macros.has(word) || (!isBare && storage === '')) return -1;
    const { code } = this.#source;
    const { values, end } = splitArguments(this.#source.text, open);
    this.#effort.spend(end - open);
    const next = this.#source.skip(end);
    const byte = code[next] ?? 0;
    if (byte !== BYTE.semicolon && isWordStart[byte] !== 1 && next < code.length) return -1;
    const text = expand({ macros: this.#macros, effort: this.#effort }, word, values);
    if (text === '') return -1;
    const declaration = `${storage} ${text};`.replace(/\s+/g, ' ');
    this.#notes.expansions.push({ at, word, text: declaration });
    const stop = byte === BYTE.semicolon ? next + 1 : end;
    blank(code, storage === '' ? at : wordAt, stop);
    this.#before.passByte(BYTE.semicolon);
    return stop;
  }

  /** A macro that is known to define a variable, at file scope or in a function. */
  define(call: Call, definer: Definer): number {
    const { word, at, end, open } = call;
    const { code, text } = this.#source;
    const close = this.#source.closing(open);
    const ranges = this.#source.argumentsIn(open, close);
    const name = ranges[definer.name];
    if (name === undefined || !/^\w+(?:\s*\[[^\]]*\])*$/.test(text.slice(...name))) return -1;
    const type = definer.typeArgument === undefined ? undefined : ranges[definer.typeArgument];
    const length = type === undefined ? undefined : this.#lengthIn(type);
    this.#notes.definers.set(name[0], { word, definer, array: length !== undefined });
    if (type !== undefined) blank(code, at, end);
    // `struct worker_pool [2]` stands before the name, where C has the length behind it.
    if (length !== undefined) blank(code, ...length);
    this.#openUp(call, close, ranges, [name, type]);
    this.#before.passWord(word);
    // Type and name are read on: they may hold attributes.
    return open + 1;
  }

  /** `word(…)` outside of all braces, with nothing or a storage class before it. */
  rewrite(call: Call): number {
    const { storage, isBare } = this.#before;
    const stored = storage !== '' && storage !== 'inline';
    if (!isBare && !stored) return -1;
    const { word, at, open } = call;
    const { code } = this.#source;
    const close = this.#source.closing(open);
    const next = this.#source.skip(close + 1);
    const byte = code[next] ?? 0;
    if (FUNCTION_DEFINER.test(word) && (byte === BYTE.left || byte === BYTE.semicolon))
      return this.#function(call, close);
    if (byte === BYTE.left || TYPE_WORDS.has(word)) return -1;
    if (byte === BYTE.equals || (stored && byte === BYTE.semicolon))
      return this.#guess(call, close);
    const ends = byte === BYTE.semicolon || isWordStart[byte] === 1 || next >= code.length;
    if (!isBare || !ends) return -1;
    this.#notes.fileMacros.push({ at, word, names: this.#source.namesIn(open, close) });
    const stop = byte === BYTE.semicolon ? next + 1 : close + 1;
    blank(code, at, stop);
    this.#before.passByte(BYTE.semicolon);
    return stop;
  }

  /** `static UNKNOWN_DEFINER(x, …);` defines something, by all appearance its first argument. */
  #guess(call: Call, close: number): number {
    const { word, open } = call;
    const ranges = this.#source.argumentsIn(open, close);
    const [name] = ranges;
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(this.#source.text.slice(...name))) return -1;
    this.#notes.definers.set(name[0], { word, definer: null, array: false });
    this.#openUp(call, close, ranges, [name]);
    this.#before.passWord(word);
    return close + 1;
  }

  /** `SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)`: a return type, a name, typed parameters. */
  #function({ word, end, open }: Call, close: number): number {
    const { code, text } = this.#source;
    const [name, ...parameters] = this.#source.argumentsIn(open, close);
    if (name === undefined) return -1;
    if (parameters.length === 0) {
      // One byte is missing for the empty brackets: the name moves by one.
      const head = `${text.slice(...name)}()`;
      blank(code, end - 1, close + 1);
      code.set(Buffer.from(head, 'latin1'), close + 1 - head.length);
      this.#before.passByte(BYTE.close);
      return close + 1;
    }
    code[open] = 32;
    for (const [index, [start]] of parameters.entries()) {
      const comma = this.#source.commaBefore(start);
      if (index === 0) code[comma] = BYTE.open;
      else if (index % 2 === 1) code[comma] = 32;
    }
    this.#before.passWord(word);
    // Name and parameters are read on: they may hold attributes.
    return open + 1;
  }

  /** Blank the brackets and commas of a call, and all arguments but those that are kept. */
  #openUp(
    { word, open }: Call,
    close: number,
    ranges: readonly Range[],
    kept: readonly (Range | undefined)[],
  ): void {
    const { code } = this.#source;
    code[open] = 32;
    code[close] = 32;
    const dropped = ranges.filter((range) => !kept.includes(range));
    for (const [index, range] of ranges.entries()) {
      if (index > 0) code[this.#source.commaBefore(range[0])] = 32;
      if (dropped.includes(range)) blank(code, ...range);
    }
    // Uses in what is dropped: a work item's function, a timer's data.
    const names = dropped.flatMap((range) => this.#source.namesIn(...range));
    const [first] = names;
    if (first !== undefined && this.#before.depth === 0)
      this.#notes.fileMacros.push({ at: first.at, word, names });
  }

  /** The brackets at the end of a type. */
  #lengthIn([start, end]: Range): Range | undefined {
    const open = this.#source.text.slice(start, end).search(/(?:\[[^\]]*\]\s*)+$/);
    return open === -1 ? undefined : [start + open, end];
  }
}
