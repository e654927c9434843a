/**
 * Patches that were split or put together: found by which lines the patches without partner share
 * with others. A piece belongs to a whole when most of it is made of the whole's lines, and a whole
 * was split when at least two pieces together hold most of it.
 */
import type { ChangedLine } from './text.ts';

/** Lines that a patch adds and removes, with how often; lines that say nothing left out. */
export type LineBag = ReadonlyMap<string, number>;

/** A patch of one version and the patches of the other that it is spread over. */
export interface Spread {
  readonly whole: number;
  readonly pieces: readonly number[];
}

/** Share of a piece that must come from the whole, and of the whole that its pieces must hold. */
const MOST_OF_PIECE = 0.5;
const MOST_OF_WHOLE = 0.6;
/** Fewer lines than this are no piece. */
const LEAST = 2;

/** Braces, blank lines and the like stand everywhere and tie nothing to anything. */
const TELLING = /[A-Za-z0-9_].*[A-Za-z0-9_].*[A-Za-z0-9_]/;

/** The telling lines of a patch. */
export function lineBag(lines: readonly ChangedLine[]): LineBag {
  const bag = new Map<string, number>();
  for (const line of lines) {
    if (!TELLING.test(line.text)) continue;
    const key = keyOf(line);
    bag.set(key, (bag.get(key) ?? 0) + 1);
  }
  return bag;
}

function keyOf({ path, op, text }: ChangedLine): string {
  return `${path}\0${op}${text.replace(/\s+/g, ' ').trim()}`;
}

/** Bags by the index of their patch. */
export type Bags = ReadonlyMap<number, LineBag>;

/**
 * Patches of one version (`wholes`) that the other one has in pieces. `partner` gives their index
 * there or -1; pieces are patches there that are nobody's partner, and the whole's own partner.
 */
export function findSpreads(wholes: Bags, pieces: Bags, partner: Int32Array): Spread[] {
  const taken = new Set(partner);
  const free = [...pieces].filter(([index]) => !taken.has(index));
  const index = indexBags(free);
  return [...wholes].flatMap(([at, whole]): Spread[] => {
    const own = partner[at] ?? -1;
    const found = [...sharedWith(without(whole, pieces.get(own)), index)]
      .filter(([piece, shared]) => isPiece(shared, sizeOf(pieces.get(piece))))
      .map(([piece]) => piece);
    const all = [...(own === -1 ? [] : [own]), ...found].sort((a, b) => a - b);
    if (all.length < 2) return [];
    const held = covered(
      whole,
      all.flatMap((piece) => pieces.get(piece) ?? []),
    );
    return held >= MOST_OF_WHOLE * sizeOf(whole) ? [{ whole: at, pieces: all }] : [];
  });
}

/** What is left of a patch when its partner's lines are taken out. */
function without(whole: LineBag, own: LineBag | undefined): LineBag {
  if (own === undefined) return whole;
  const left = [...whole].map(([key, count]) => [key, count - (own.get(key) ?? 0)] as const);
  return new Map(left.filter(([, count]) => count > 0));
}

function isPiece(shared: number, size: number): boolean {
  return shared >= LEAST && shared >= MOST_OF_PIECE * size;
}

function sizeOf(bag: LineBag | undefined): number {
  let size = 0;
  for (const count of bag?.values() ?? []) size += count;
  return size;
}

function indexBags(bags: readonly (readonly [number, LineBag])[]) {
  const index = new Map<string, { piece: number; count: number }[]>();
  for (const [piece, bag] of bags) {
    for (const [key, count] of bag) {
      const list = index.get(key);
      if (list === undefined) index.set(key, [{ piece, count }]);
      else list.push({ piece, count });
    }
  }
  return index;
}

function sharedWith(
  whole: LineBag,
  index: ReadonlyMap<string, readonly { piece: number; count: number }[]>,
): Map<number, number> {
  const shared = new Map<number, number>();
  for (const [key, own] of whole) {
    for (const { piece, count } of index.get(key) ?? [])
      shared.set(piece, (shared.get(piece) ?? 0) + Math.min(own, count));
  }
  return shared;
}

/** How many of the whole's lines the pieces hold between them. */
function covered(whole: LineBag, pieces: readonly LineBag[]): number {
  let held = 0;
  for (const [key, own] of whole) {
    const there = pieces.reduce((sum, piece) => sum + (piece.get(key) ?? 0), 0);
    held += Math.min(own, there);
  }
  return held;
}
