/**
 * Fifth step: code is taken apart into pieces that the parser can read by themselves. Outside of
 * functions these are declarations, in functions simple statements and the conditions of the others.
 * Where the shape of one is no C, the parser gets the declaration or function as it is, and the whole
 * file where it is not clear where those end.
 */
import { type Brackets, matchBrackets } from './brackets.ts';
import { BYTE } from './code-text.ts';
import { condense } from './condense.ts';
import { FunctionBody } from './function-body.ts';
import type { Grammar } from './grammar.ts';
import { KIND } from './node-kinds.ts';
import { type Outermost, divide } from './outermost.ts';
import { Plan } from './plan.ts';
import { type Shape, shapeOf } from './shape.ts';
import type { Visitor } from './walk.ts';

/** Tell of the syntax of `code`. Positions count its bytes. */
export function visitCode(grammar: Grammar, code: Uint8Array, visitor: Visitor): void {
  const shape = shapeOf(code);
  const brackets = shape === null ? null : matchBrackets(shape.bytes, shape.length);
  const all = shape === null || brackets === null ? null : divide(shape, brackets);
  if (shape === null || brackets === null || all === null) {
    visitWhole(grammar, code, visitor);
    return;
  }
  grammar.known.makeRoom();
  const reader = new PieceReader(grammar, shape, brackets, visitor);
  for (const each of all)
    if (!reader.read(each)) visitAsItIs(grammar, code, partOf(shape, each), visitor);
}

/** The same, without taking it apart. */
export function visitWhole(grammar: Grammar, code: Uint8Array, visitor: Visitor): void {
  visitAsItIs(grammar, code, { from: 0, to: code.length, behind: '' }, visitor);
}

/** The parser gets the text at full length: in errors it weighs what it skips by that. */
function visitAsItIs(grammar: Grammar, code: Uint8Array, part: Part, visitor: Visitor): void {
  const { from, to, behind } = part;
  const { condensed, places } = condense(code.subarray(from, to));
  const tree = grammar.parser.parse(condensed + behind);
  if (tree === null) {
    visitor.enter(KIND.ERROR, from, to);
    visitor.leave();
    return;
  }
  try {
    grammar.walk(tree, {
      enter: (kind, start, end) =>
        visitor.enter(kind, from + (places[start] ?? 0), from + (places[end] ?? 0)),
      leave: () => visitor.leave(),
    });
  } finally {
    tree.delete();
  }
}

/** A part of the code, and what the parser is to find behind it. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly behind: string;
}

function partOf({ bytes, starts, ends }: Shape, { start, end }: Outermost): Part {
  // Errors at the end of a text are others than those before its end, which this is not.
  const isWhole = bytes[end - 1] === BYTE.semicolon || bytes[end - 1] === BYTE.right;
  return { from: starts[start] ?? 0, to: ends[end - 1] ?? 0, behind: isWhole ? ';' : '' };
}

class PieceReader {
  readonly #visitor: Visitor;
  readonly #plan: Plan;
  readonly #body: FunctionBody;

  constructor({ known }: Grammar, shape: Shape, brackets: Brackets, visitor: Visitor) {
    this.#visitor = visitor;
    this.#plan = new Plan(known, shape);
    this.#body = new FunctionBody(shape, brackets, this.#plan);
  }

  /** False, and nothing has been told, when it has something that is no C. */
  read(each: Outermost): boolean {
    this.#plan.clear();
    const isC = each.body === -1 ? this.#planDeclaration(each) : this.#planFunction(each);
    if (isC) this.#plan.tell(this.#visitor);
    return isC;
  }

  #planDeclaration({ start, end }: Outermost): boolean {
    return this.#plan.add('declaration', start, end);
  }

  #planFunction({ start, body, end }: Outermost): boolean {
    if (!this.#plan.add('head', start, body)) return false;
    this.#plan.enterBlock(body);
    if (!this.#body.read(body + 1, end - 1)) return false;
    // The block, and the function.
    this.#plan.leave();
    this.#plan.leave();
    return true;
  }
}
