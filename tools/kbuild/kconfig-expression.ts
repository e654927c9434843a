/** Words and expressions of one line of Kconfig. */
import type { Expression } from './kconfig-types.ts';

/** Thrown while reading; `readKconfig` turns it into a value. */
export class LineFault extends Error {}

/** A place in a line, and what can be read from there. */
export class LineReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What is left, without the blanks before it. */
  get rest(): string {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at += 1;
    return this.#text.slice(this.#at);
  }

  /** Go over `text` if it comes next. */
  takes(text: string): boolean {
    if (!this.rest.startsWith(text)) return false;
    this.#at += text.length;
    return true;
  }

  /** The next word, or what stands in quotes; null when something else comes. */
  word(): string | null {
    const { rest } = this;
    if (rest.startsWith('"')) {
      const end = rest.indexOf('"', 1);
      if (end === -1) throw new LineFault('string is not closed');
      this.#at += end + 1;
      return rest.slice(1, end);
    }
    const [found = ''] = /^[A-Za-z0-9_\-/.]*/.exec(rest) ?? [];
    this.#at += found.length;
    return found === '' ? null : found;
  }

  expectEnd(): void {
    const { rest } = this;
    if (rest !== '' && !rest.startsWith('#')) throw new LineFault(`unexpected '${rest}'`);
  }

  expression(): Expression {
    let left = this.#conjunction();
    while (this.takes('||')) left = { op: 'or', left, right: this.#conjunction() };
    return left;
  }

  /** `if EXPRESSION`, where it may stand. */
  condition(): Expression | null {
    const before = this.#at;
    if (this.word() === 'if') return this.expression();
    this.#at = before;
    return null;
  }

  #conjunction(): Expression {
    let left = this.#comparison();
    while (this.takes('&&')) left = { op: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Expression {
    const left = this.#atom();
    const op = this.takes('=') ? 'equal' : this.takes('!=') ? 'unequal' : null;
    if (op === null) return left;
    return { op, left: nameOf(left), right: nameOf(this.#atom()) };
  }

  #atom(): Expression {
    if (this.takes('!')) return { op: 'not', of: this.#atom() };
    if (this.takes('(')) {
      const inner = this.expression();
      if (!this.takes(')')) throw new LineFault("')' is missing");
      return inner;
    }
    const name = this.word();
    if (name === null) throw new LineFault(`a symbol is missing at '${this.rest}'`);
    return { op: 'symbol', name };
  }
}

function nameOf(side: Expression): string {
  if (side.op === 'symbol') return side.name;
  throw new LineFault('only symbols can be compared');
}

/** Both; an absent one says nothing. */
export function both(left: Expression | null, right: Expression | null): Expression | null {
  return left === null ? right : right === null ? left : { op: 'and', left, right };
}

/** Whether it holds. `valueOf` gives the value of a symbol, or the text itself. */
export function holds(expression: Expression | null, valueOf: (name: string) => string): boolean {
  if (expression === null) return true;
  switch (expression.op) {
    case 'symbol':
      return valueOf(expression.name) === 'y';
    case 'not':
      return !holds(expression.of, valueOf);
    case 'and':
      return holds(expression.left, valueOf) && holds(expression.right, valueOf);
    case 'or':
      return holds(expression.left, valueOf) || holds(expression.right, valueOf);
    case 'equal':
      return valueOf(expression.left) === valueOf(expression.right);
    case 'unequal':
      return valueOf(expression.left) !== valueOf(expression.right);
  }
}

/** As a person would write it, with the parentheses that it needs. */
export function expressionText(expression: Expression): string {
  switch (expression.op) {
    case 'symbol':
      return expression.name;
    case 'not':
      return `!${expressionText(expression.of)}`;
    case 'and':
      return `${expressionText(expression.left)} && ${expressionText(expression.right)}`;
    case 'or':
      return `(${expressionText(expression.left)} || ${expressionText(expression.right)})`;
    case 'equal':
      return `${expression.left}=${expression.right}`;
    case 'unequal':
      return `${expression.left}!=${expression.right}`;
  }
}
