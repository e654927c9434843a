/**
 * Chooses pairs so that together they gain most, no patch being in two: the assignment problem on a
 * sparse table. Each row takes the cheapest augmenting path (Dijkstra with potentials; Jonker and
 * Volgenant 1987, Computing 38:325). A row may stay alone at no gain, so every row can be placed.
 * Memory grows with the number of pairs, not with rows times columns.
 */

/** A pair that may be chosen. Gains are positive integers. */
export interface Pair {
  readonly row: number;
  readonly column: number;
  readonly gain: number;
}

/** By row, the column that it is given, or -1. */
export function assign(rows: number, columns: number, pairs: readonly Pair[]): Int32Array {
  const solver = new Solver(rows, columns, pairs);
  for (let row = 0; row < rows; row++) solver.place(row);
  return solver.columnOf;
}

class Solver {
  readonly columnOf: Int32Array;
  private readonly rowOf: Int32Array;
  private readonly edges: Pair[][];
  /** Prices that keep every pair's reduced cost from being negative. */
  private readonly rowPrice: Float64Array;
  private readonly columnPrice: Float64Array;

  constructor(rows: number, columns: number, pairs: readonly Pair[]) {
    this.columnOf = new Int32Array(rows).fill(-1);
    this.rowOf = new Int32Array(columns).fill(-1);
    this.edges = Array.from({ length: rows }, () => []);
    for (const pair of pairs) this.edges[pair.row]?.push(pair);
    this.rowPrice = new Float64Array(rows);
    this.columnPrice = new Float64Array(columns);
  }

  /** Give `row` a column, or leave it or another row on its path alone, whichever gains most. */
  place(row: number): void {
    const best = (this.edges[row] ?? []).map((pair) => -pair.gain - this.price(pair.column));
    this.rowPrice[row] = best.reduce((least, cost) => Math.min(least, cost), 0);
    const search = new Search(row);
    for (;;) {
      this.relax(search);
      const next = search.nearest();
      // Leaving the last row of the path alone is a way to end, too.
      if (next === null || search.alone <= next.distance) return this.stop(search, search.alone);
      search.settle(next);
      const holder = this.rowOf[next.column] ?? -1;
      if (holder === -1) {
        this.reprice(search, next.distance);
        return this.augment(search, next.column);
      }
      search.enter(holder, next.distance);
    }
  }

  private price(column: number): number {
    return this.columnPrice[column] ?? 0;
  }

  private relax(search: Search): void {
    const { row, distance } = search;
    const base = distance - (this.rowPrice[row] ?? 0);
    if (base < search.alone) {
      search.alone = base;
      search.aloneRow = row;
    }
    for (const { column, gain } of this.edges[row] ?? [])
      search.offer(column, base - gain - this.price(column), row);
  }

  private stop(search: Search, distance: number): void {
    this.reprice(search, distance);
    let row = search.aloneRow;
    let freed = this.columnOf[row] ?? -1;
    this.columnOf[row] = -1;
    while (freed !== -1 && row !== search.start) {
      row = search.parentOf(freed);
      const next = this.columnOf[row] ?? -1;
      this.give(row, freed);
      freed = next;
    }
  }

  private augment(search: Search, column: number): void {
    let free = column;
    for (;;) {
      const row = search.parentOf(free);
      const next = this.columnOf[row] ?? -1;
      this.give(row, free);
      if (row === search.start) return;
      free = next;
    }
  }

  private give(row: number, column: number): void {
    this.columnOf[row] = column;
    this.rowOf[column] = row;
  }

  private reprice(search: Search, distance: number): void {
    for (const [row, at] of search.rows)
      this.rowPrice[row] = (this.rowPrice[row] ?? 0) + distance - at;
    for (const [column, at] of search.settled)
      this.columnPrice[column] = this.price(column) - distance + at;
  }
}

interface Reached {
  readonly column: number;
  readonly distance: number;
}

/** One search for a path: which columns are reached, at what cost and from which row. */
class Search {
  readonly start: number;
  row: number;
  distance = 0;
  alone = Infinity;
  aloneRow: number;
  readonly rows = new Map<number, number>();
  readonly settled = new Map<number, number>();
  private readonly parents = new Map<number, number>();
  private readonly distances = new Map<number, number>();
  private readonly heap: Reached[] = [];

  constructor(start: number) {
    this.start = start;
    this.row = start;
    this.aloneRow = start;
    this.rows.set(start, 0);
  }

  enter(row: number, distance: number): void {
    this.row = row;
    this.distance = distance;
    this.rows.set(row, distance);
  }

  settle({ column, distance }: Reached): void {
    this.settled.set(column, distance);
  }

  parentOf(column: number): number {
    return this.parents.get(column) ?? this.start;
  }

  offer(column: number, distance: number, row: number): void {
    if (this.settled.has(column)) return;
    if (distance >= (this.distances.get(column) ?? Infinity)) return;
    this.distances.set(column, distance);
    this.parents.set(column, row);
    push(this.heap, { column, distance });
  }

  /** The column that is cheapest to reach, the first of equals; null when there is none left. */
  nearest(): Reached | null {
    for (;;) {
      const top = pop(this.heap);
      if (top === null || !this.settled.has(top.column)) return top;
    }
  }
}

function before(a: Reached, b: Reached): boolean {
  return a.distance < b.distance || (a.distance === b.distance && a.column < b.column);
}

function push(heap: Reached[], item: Reached): void {
  let at = heap.length;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || !before(item, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = item;
}

function pop(heap: Reached[]): Reached | null {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined) return null;
  if (heap.length === 0) return top;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (a === undefined) break;
    const [child, place] = b !== undefined && before(b, a) ? [b, left + 1] : [a, left];
    if (!before(child, last)) break;
    heap[at] = child;
    at = place;
  }
  heap[at] = last;
  return top;
}
