/**
 * Walks a syntax tree where the parser keeps it, in the memory of its WebAssembly. The way that the
 * library offers, a cursor, crosses into WebAssembly several times for each node, which takes longer
 * than parsing does. Layouts are those of tree-sitter: of subtrees in its `subtree.h`, which may
 * change with its version, of languages in `tree_sitter/parser.h`, which does with the ABI's. Who
 * walks here has to make sure that a cursor sees the same (`grammar.ts`).
 */
import type { Tree } from 'web-tree-sitter';
import type { Visitor } from './walk.ts';

/** Where a subtree is told, 8 bytes: a small leaf itself, of all else the address. */
const SLOT = 8;
const LEAF = { symbol: 1, padding: 6, size: 7 } as const;
const LEAF_FLAGS = { isLeaf: 1, visible: 2, extra: 8 } as const;
/** The slots of a node's children come right before it. */
const NODE = { padding: 4, size: 16, children: 36, symbol: 40, flags: 44, production: 66 } as const;
const NODE_FLAGS = { visible: 1, extra: 4 } as const;
const LANGUAGE = {
  symbolCount: 4,
  aliasCount: 8,
  aliasWidth: 36,
  publicSymbols: 76,
  aliases: 84,
} as const;
/** The symbol of what is no C; it is in no table. */
const ERROR = 65_535;

/** The parser's memory. The views are others once it has grown. */
export interface Memory {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAPU32: Uint32Array;
}

/** A node whose children are being visited. All that counts text counts its bytes, in UTF-16. */
interface Level {
  /** Of the next child, and how many there are from there on. */
  slot: number;
  left: number;
  /** Where the child before ended. */
  end: number;
  /** Address of the next child's other name; 0 when no child has one. */
  alias: number;
  told: boolean;
  readonly above: Level | null;
  below: Level | null;
}

function levelBelow(above: Level | null): Level {
  return { slot: 0, left: 0, end: 0, alias: 0, told: false, above, below: null };
}

export class SyntaxMemory {
  readonly #memory: Memory;
  /** Its views while a tree is walked. The library's own object is slow to ask, and it has many nodes. */
  #bytes: Uint8Array = new Uint8Array();
  #words: Uint16Array = new Uint16Array();
  #longs: Uint32Array = new Uint32Array();
  readonly #publicKinds: Uint8Array;
  readonly #top = levelBelow(null);
  #visitor: Visitor = { enter: () => undefined, leave: () => undefined };
  /** Index into `NODES` by the symbols that are in subtrees. */
  #kinds = new Uint8Array();
  #language = 0;

  /** `kinds` has the index into `NODES` by the symbols that the library tells. */
  constructor(memory: Memory, kinds: Uint8Array) {
    this.#memory = memory;
    this.#publicKinds = kinds;
  }

  walk({ rootNode: { id: root } }: Tree, visitor: Visitor): void {
    const { HEAPU8: bytes, HEAPU16: words, HEAPU32: longs } = this.#memory;
    this.#bytes = bytes;
    this.#words = words;
    this.#longs = longs;
    // A tree begins with the slot of its root, and its language follows.
    this.#learn(longs[(root + SLOT) >> 2] ?? 0);
    this.#visitor = visitor;
    let at = Object.assign(this.#top, { slot: root, left: 1, end: 0, alias: 0 });
    for (;;) {
      if (at.left === 0) {
        if (at.told) visitor.leave();
        if (at.above === null) return;
        at = at.above;
        continue;
      }
      const { slot } = at;
      const head = bytes[slot] ?? 0;
      at.slot = slot + SLOT;
      at.left -= 1;
      if ((head & LEAF_FLAGS.isLeaf) === 0) at = this.#node(at, slot);
      else this.#leaf(at, slot, head);
    }
  }

  #leaf(at: Level, slot: number, head: number): void {
    const bytes = this.#bytes;
    const start = at.end + (bytes[slot + LEAF.padding] ?? 0);
    at.end = start + (bytes[slot + LEAF.size] ?? 0);
    const alias = (head & LEAF_FLAGS.extra) === 0 ? this.#alias(at) : 0;
    if (alias === 0 && (head & LEAF_FLAGS.visible) === 0) return;
    this.#tellLeaf(alias === 0 ? (bytes[slot + LEAF.symbol] ?? 0) : alias, start, at.end);
  }

  #tellLeaf(symbol: number, start: number, end: number): void {
    const kind = this.#kinds[symbol] ?? 0;
    if (kind === 0) return;
    this.#visitor.enter(kind, start >> 1, end >> 1);
    this.#visitor.leave();
  }

  /** Returns the level on which the walk goes on. */
  #node(at: Level, slot: number): Level {
    const words = this.#words;
    const longs = this.#longs;
    const node = longs[slot >> 2] ?? 0;
    const flags = this.#bytes[node + NODE.flags] ?? 0;
    const before = at.end;
    const start = before + (longs[(node + NODE.padding) >> 2] ?? 0);
    at.end = start + (longs[(node + NODE.size) >> 2] ?? 0);
    const alias = (flags & NODE_FLAGS.extra) === 0 ? this.#alias(at) : 0;
    const told = alias !== 0 || (flags & NODE_FLAGS.visible) !== 0;
    const symbol = alias === 0 ? (words[(node + NODE.symbol) >> 1] ?? 0) : alias;
    const children = longs[(node + NODE.children) >> 2] ?? 0;
    if (children === 0) {
      if (told) this.#tellLeaf(symbol, start, at.end);
      return at;
    }
    if (told) this.#visitor.enter(this.#kinds[symbol] ?? 0, start >> 1, at.end >> 1);
    const below = (at.below ??= levelBelow(at));
    below.slot = node - children * SLOT;
    below.left = children;
    below.end = before;
    below.alias = this.#aliasesOf(words[(node + NODE.production) >> 1] ?? 0);
    below.told = told;
    return below;
  }

  /** The other name of the next child, 0 if it has none. */
  #alias(at: Level): number {
    if (at.alias === 0) return 0;
    const alias = this.#words[at.alias >> 1] ?? 0;
    at.alias += 2;
    return alias;
  }

  #aliasesOf(production: number): number {
    if (production === 0) return 0;
    const width = this.#words[(this.#language + LANGUAGE.aliasWidth) >> 1] ?? 0;
    return (this.#longs[(this.#language + LANGUAGE.aliases) >> 2] ?? 0) + 2 * production * width;
  }

  #learn(language: number): void {
    if (language === this.#language) return;
    const words = this.#words;
    const value = (at: number): number => this.#longs[(language + at) >> 2] ?? 0;
    const symbols = value(LANGUAGE.publicSymbols) >> 1;
    this.#kinds = new Uint8Array(ERROR + 1);
    for (let id = value(LANGUAGE.symbolCount) + value(LANGUAGE.aliasCount) - 1; id >= 0; id -= 1)
      this.#kinds[id] = this.#publicKinds[words[symbols + id] ?? 0] ?? 0;
    this.#kinds[ERROR] = this.#publicKinds[ERROR] ?? 0;
    this.#language = language;
  }
}
