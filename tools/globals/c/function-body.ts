/** Takes the body of a function apart: simple statements, and the conditions of the others. */
import { type Brackets, isOpening } from './brackets.ts';
import { BYTE, isWordByte } from './code-text.ts';
import type { Role } from './known-shapes.ts';
import { OpenStatements, WAITS } from './open-statements.ts';
import type { Plan } from './plan.ts';
import type { Shape } from './shape.ts';

/** Returned in place of where the next statement begins: this is none. */
const NONE = -1;

/** What begins with these words waits for something. */
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['if', WAITS.branch],
  ['switch', WAITS.statement],
  ['while', WAITS.statement],
  ['for', WAITS.loop],
]);

export class FunctionBody {
  readonly #shape: Shape;
  readonly #brackets: Brackets;
  readonly #plan: Plan;
  readonly #open: OpenStatements;

  constructor(shape: Shape, brackets: Brackets, plan: Plan) {
    this.#shape = shape;
    this.#brackets = brackets;
    this.#plan = plan;
    this.#open = new OpenStatements(() => plan.leave());
  }

  /** Plan what stands in [start, end), between the braces. Whether all of it is C. */
  read(start: number, end: number): boolean {
    this.#open.clear();
    for (let at = start; at < end;) {
      at = this.#statement(at);
      if (at === NONE) return false;
    }
    this.#open.passElse();
    return this.#open.isEmpty;
  }

  /** Read what begins at `at`, up to the statement in it if there is one. */
  #statement(at: number): number {
    const { bytes, text } = this.#shape;
    const byte = bytes[at] ?? 0;
    const end = isWordByte[byte] === 1 ? this.#endOfWord(at) : at;
    const word = text.slice(at, end);
    if (word === 'else') return this.#else(end);
    this.#open.passElse();
    if (this.#open.waits === WAITS.while) return word === 'while' ? this.#endOfDo(at, end) : NONE;
    if (byte === BYTE.left) return this.#block(at);
    if (byte === BYTE.right) return this.#endOfBlock(at);
    return this.#worded(word, at, end);
  }

  #worded(word: string, at: number, end: number): number {
    const waits = CONTROLS.get(word);
    if (waits !== undefined) return this.#control(at, end, waits);
    if (word === 'case' || word === 'default') return this.#case(at);
    if (word === 'do') {
      this.#open.begin(WAITS.do);
      return this.#skipBlank(end);
    }
    if (word === '' || this.#shape.bytes[end] !== BYTE.colon) return this.#simple(at);
    this.#open.begin(WAITS.statement);
    return end + 1;
  }

  #endOfWord(start: number): number {
    let end = start + 1;
    while (isWordByte[this.#shape.bytes[end] ?? 0] === 1) end += 1;
    return end;
  }

  #skipBlank(at: number): number {
    return this.#shape.bytes[at] === BYTE.space ? at + 1 : at;
  }

  #else(end: number): number {
    if (this.#open.waits !== WAITS.else) return NONE;
    this.#open.close();
    this.#open.begin(WAITS.statement);
    return this.#skipBlank(end);
  }

  #block(at: number): number {
    this.#open.begin(WAITS.block);
    this.#plan.enterBlock(at);
    return at + 1;
  }

  #endOfBlock(at: number): number {
    if (this.#open.needsStatement || this.#open.isEmpty) return NONE;
    this.#open.close();
    this.#plan.leave();
    this.#open.end();
    return at + 1;
  }

  /** `if (…)`, `for (…)` and their like, up to the statement that follows. */
  #control(at: number, end: number, waits: number): number {
    const close = this.#condition(at, end, waits === WAITS.loop ? 'loop' : 'condition');
    if (close !== NONE) this.#open.begin(waits);
    return close;
  }

  /** Returns the place behind the brackets that follow the word. Of a loop, that is read as well. */
  #condition(at: number, end: number, role: Role): number {
    if (this.#shape.bytes[end] !== BYTE.open) return NONE;
    const close = (this.#brackets[end] ?? 0) + 1;
    return this.#plan.add(role, role === 'loop' ? at : end, close) ? close : NONE;
  }

  /** `while (…);` behind `do`. */
  #endOfDo(at: number, end: number): number {
    const close = this.#condition(at, end, 'condition');
    if (close === NONE || this.#shape.bytes[close] !== BYTE.semicolon) return NONE;
    this.#open.close();
    this.#open.end();
    return close + 1;
  }

  #case(at: number): number {
    const colon = this.#find(BYTE.colon, at);
    return colon !== NONE && this.#plan.add('case', at, colon + 1) ? colon + 1 : NONE;
  }

  #simple(at: number): number {
    const end = this.#find(BYTE.semicolon, at) + 1;
    if (end === 0) return NONE;
    const isC = this.#open.needsStatement
      ? this.#plan.addStatement(at, end)
      : this.#plan.add('statement', at, end);
    if (!isC) return NONE;
    this.#open.end();
    return end;
  }

  /** The next such byte outside of brackets, before the block ends. */
  #find(sought: number, from: number): number {
    const { bytes } = this.#shape;
    for (let at = from; ; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === sought) return at;
      if (byte === BYTE.right) return NONE;
      if (isOpening(byte)) at = this.#brackets[at] ?? at;
    }
  }
}
