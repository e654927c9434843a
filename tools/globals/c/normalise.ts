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
import { Before, NO_CALL } from './before.ts';
import { BYTE, CodeText, isWordByte, isWordStart } from './code-text.ts';
import type { Effort } from './effort.ts';
import type { LocalMacros } from './expand.ts';
import { type Call, FileScope, TYPE_WORDS } from './file-scope.ts';
import { ATTRIBUTE_WORDS, DEFINER_OF, LOOP_OVER_MEMBERS, NOT_EXPRESSION } from './macros.ts';
import { Notes } from './notes.ts';
import { blank } from './trivia.ts';

const TYPE_ARGUMENT =
  /(?:(?:const|volatile|unsigned|signed|long|int|short|char|void|(?:struct|union|enum)\s+\w+)\b\s*)+[*\s]*(?=[,)])/y;

/** Rewrites `code`; `macros` are those of the file itself. Returns what the rewriting takes away. */
export function normalise(code: Uint8Array, macros: LocalMacros, effort: Effort): Notes {
  return new Normaliser(new CodeText(code, effort), macros, effort).run();
}

class Normaliser {
  readonly #source: CodeText;
  readonly #before = new Before();
  readonly #notes = new Notes();
  readonly #fileScope: FileScope;

  constructor(source: CodeText, macros: LocalMacros, effort: Effort) {
    this.#source = source;
    this.#fileScope = new FileScope(source, this.#before, this.#notes, { macros, effort });
  }

  run(): Notes {
    const { code } = this.#source;
    for (let at = 0; at < code.length;) {
      const byte = code[at] ?? 0;
      if (byte <= 32) at += 1;
      else if (isWordStart[byte] === 1) at = this.#word(at);
      else if (isWordByte[byte] === 1) at = this.#number(at);
      else {
        if (byte === BYTE.dot) this.#range(at);
        this.#before.passPunctuation(byte);
        at += 1;
      }
    }
    return this.#notes;
  }

  /** `case 1 ... 5:` is GNU's; an operator in its place gives an expression of the same names. */
  #range(at: number): void {
    const ellipsis = !this.#before.isBehindSeparator && this.#source.text.startsWith('...', at);
    if (ellipsis && this.#before.depth > 0) this.#source.overwrite(at, at + 3, '+');
  }

  #number(at: number): number {
    this.#before.passByte(BYTE.zero);
    return this.#endOfWord(at);
  }

  #endOfWord(at: number): number {
    const { code } = this.#source;
    let end = at + 1;
    while (isWordByte[code[end] ?? 0] === 1) end += 1;
    return end;
  }

  /** Handle the word at `at`; returns where to go on. */
  #word(at: number): number {
    const end = this.#endOfWord(at);
    const word = this.#source.text.slice(at, end);
    if (ATTRIBUTE_WORDS.has(word)) return this.#attribute(at, end, word);
    const open = this.#source.skip(end);
    let handled = -1;
    if (this.#source.code[open] === BYTE.open) handled = this.#call({ word, at, end, open });
    else if (this.#before.depth > 0 && TYPE_WORDS.has(word) && this.#before.startsArgument)
      handled = this.#typeArgument(at);
    else if (word === '__auto_type') this.#source.overwrite(at, end, 'int');
    if (handled !== -1) return handled;
    this.#before.passWord(word, at);
    return end;
  }

  /** `__aligned(8)` with its bracket, `__user` without. */
  #attribute(at: number, end: number, word: string): number {
    const next = this.#source.skip(end);
    // `__init (*x)` is no argument, `__attribute__((…))` is one.
    const isOpen = this.#source.code[next] === BYTE.open;
    const takes = isOpen && (end === next || word.startsWith('__attribute'));
    const stop = takes ? this.#source.closing(next) + 1 : end;
    this.#notes.attributes.push({ at, word: takes ? this.#source.text.slice(at, stop) : word });
    blank(this.#source.code, at, stop);
    return stop;
  }

  /** `word(` at `at`; -1 when nothing is special about it. */
  #call(call: Call): number {
    const { word, at, end, open } = call;
    if (word === 'typeof' || word === '__typeof__' || word === '__typeof') {
      const close = this.#source.closing(open);
      this.#source.overwrite(at, close + 1, 'int');
      this.#before.passWord('int');
      return close + 1;
    }
    if (this.#before.isOutside) {
      const handled = this.#fileScope.expand(call);
      if (handled !== -1) return handled;
    }
    const definer = DEFINER_OF.get(word);
    if (definer !== undefined && this.#before.startsDeclaration)
      return this.#fileScope.define(call, definer);
    const members = NOT_EXPRESSION.get(word);
    if (members !== undefined) this.#dropArguments(open, members);
    else if (LOOP_OVER_MEMBERS.test(word)) this.#dropArguments(open, [-1]);
    if (word === 'offsetof') blank(this.#source.code, at, end);
    if (this.#before.depth === 0)
      return this.#before.isOutside ? this.#fileScope.rewrite(call) : -1;
    return this.#statement(call);
  }

  #typeArgument(at: number): number {
    TYPE_ARGUMENT.lastIndex = at;
    const found = TYPE_ARGUMENT.exec(this.#source.text)?.[0];
    if (found === undefined) return -1;
    this.#source.overwrite(at, at + found.length, '0');
    this.#before.passByte(BYTE.zero);
    return at + found.length;
  }

  /** A macro that stands where a statement begins, before a block or another statement: a loop. */
  #statement({ word, at, end, open }: Call): number {
    if (NO_CALL.has(word) || !this.#before.startsSomething) return -1;
    const byte = this.#source.code[this.#source.skip(this.#source.closing(open) + 1)] ?? 0;
    // `do { … } while_each_thread(p, t);` ends a loop.
    const ends = this.#before.endsBlock && word.startsWith('while_');
    if (byte !== BYTE.left && isWordStart[byte] !== 1 && !ends) return -1;
    if (end - at >= 5) this.#source.overwrite(at, end, 'while');
    else if (end - at >= 2) this.#source.overwrite(at, end, 'if');
    this.#before.passWord(word);
    return end;
  }

  #dropArguments(open: number, which: readonly number[]): void {
    const ranges = this.#source.argumentsIn(open, this.#source.closing(open));
    for (const index of which) {
      const range = ranges.at(index);
      if (range !== undefined && range[0] < range[1]) this.#source.overwrite(...range, '0');
    }
  }
}
