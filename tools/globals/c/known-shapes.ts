/** Syntax of shapes: what the parser made of each is kept, so that it sees every shape once. */
import type { Parser } from 'web-tree-sitter';
import { ByteTable } from './byte-table.ts';
import { EventTape } from './event-tape.ts';
import { KIND } from './node-kinds.ts';
import type { Shape } from './shape.ts';
import type { Visitor, Walk } from './walk.ts';

/** What a piece of code is, which says what has to stand around it to be parsed. */
export type Role = 'declaration' | 'head' | 'statement' | 'condition' | 'loop' | 'case';

interface Around {
  readonly before: string;
  readonly behind: string;
  /** Nodes that are none of the piece's: the root, and a block. */
  readonly above: number;
}

const IN_BLOCK = { before: '{', above: 2 } as const;

const AROUND: Readonly<Record<Role, Around>> = {
  declaration: { before: '', behind: '', above: 1 },
  head: { before: '', behind: '{}', above: 1 },
  statement: { ...IN_BLOCK, behind: '}' },
  condition: { before: '{if', behind: ';}', above: 2 },
  loop: { ...IN_BLOCK, behind: ';}' },
  case: { ...IN_BLOCK, behind: ';}' },
};

/** In place of a place on the tape: the shape is no C, or has nothing in it that matters. */
export const [NO_C, NOTHING] = [-1, -2] as const;
/** The least of all these numbers. */
const FIRST = NOTHING;
/** Characters: what is longer hardly comes again. */
const LONGEST = 300;
/** Numbers on a tape: 32 MB. */
const MOST = 8 << 20;

export class KnownShapes {
  readonly #parser: Parser;
  readonly #walk: Walk;
  readonly #most: number;
  readonly #tape = new EventTape();
  /** Places on the tape, counted from `FIRST`. */
  readonly #known: Readonly<Record<Role, ByteTable>> = {
    declaration: new ByteTable(),
    head: new ByteTable(),
    statement: new ByteTable(),
    condition: new ByteTable(),
    loop: new ByteTable(),
    case: new ByteTable(),
  };

  /** All is forgotten between two files when `most` numbers are on the tape. */
  constructor(parser: Parser, walk: Walk, most = MOST) {
    this.#parser = parser;
    this.#walk = walk;
    this.#most = most;
  }

  /** Called between two files: places that were told before mean nothing from here on. */
  makeRoom(): void {
    if (this.#tape.length < this.#most) return;
    this.#tape.clear();
    for (const known of Object.values(this.#known)) known.clear();
  }

  /**
   * The place of what is known of [start, end) of a shape, or `NO_C`. A head is left open: the block
   * of its function follows. So is a loop, which may bind names in the statement that follows.
   */
  find({ text, bytes }: Shape, role: Role, start: number, end: number): number {
    const known = this.#known[role];
    const found = known.find(bytes, start, end);
    if (found !== -1) return found + FIRST;
    const place = this.#parse(text.slice(start, end), role);
    if (end - start <= LONGEST) known.add(bytes, start, end, place - FIRST);
    return place;
  }

  isDeclaration(place: number): boolean {
    return place >= 0 && this.#tape.kindAt(place) === KIND.declaration;
  }

  tell(place: number, base: number, shape: Shape, visitor: Visitor): void {
    this.#tape.tell(place, base, shape, visitor);
  }

  #parse(text: string, role: Role): number {
    const { before, behind, above } = AROUND[role];
    const tree = this.#parser.parse(before + text + behind);
    if (tree === null) return NO_C;
    try {
      if (tree.rootNode.hasError) return NO_C;
      this.#tape.begin(above, before.length);
      this.#walk(tree, this.#tape);
    } finally {
      tree.delete();
    }
    if (!this.#open(role)) return NO_C;
    return this.#tape.kindAt() === -1 ? NOTHING : this.#tape.end();
  }

  /** Whether what was recorded could be left open, where it has to be. */
  #open(role: Role): boolean {
    const tape = this.#tape;
    if (role === 'loop') {
      if (tape.kindAt() !== KIND.for_statement) return false;
      tape.reopen();
    } else if (role === 'head') {
      if (tape.kindAt() !== KIND.function_definition) return false;
      tape.reopen();
      return tape.takeBack(KIND.compound_statement);
    }
    return true;
  }
}
