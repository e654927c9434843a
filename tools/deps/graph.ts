/** Questions about a graph: what is needed in the end, which orders are legal, which edges say something new. */
import type { Edge, Graph } from './types.ts';

/** Edges by the patch that depends. */
export function edgesFrom(graph: Graph): readonly (readonly Edge[])[] {
  const rows: Edge[][] = Array.from({ length: graph.size }, () => []);
  for (const edge of graph.edges) rows[edge.from]?.push(edge);
  return rows;
}

/** Edges by the patch that is depended on. */
export function edgesTo(graph: Graph): readonly (readonly Edge[])[] {
  const rows: Edge[][] = Array.from({ length: graph.size }, () => []);
  for (const edge of graph.edges) rows[edge.to]?.push(edge);
  return rows;
}

/** The patches `start` and all that they need, directly or not, in series order. */
export function closure(graph: Graph, start: Iterable<number>): number[] {
  const rows = edgesFrom(graph);
  const seen = new Set(start);
  for (const patch of seen) {
    for (const { to, kind } of rows[patch] ?? []) if (kind === 'needs') seen.add(to);
  }
  return [...seen].sort((a, b) => a - b);
}

/** The patches `start` and all that cannot do without them, directly or not, in series order. */
export function dependents(graph: Graph, start: Iterable<number>): number[] {
  const rows = edgesTo(graph);
  const seen = new Set(start);
  for (const patch of seen) {
    for (const { from, kind } of rows[patch] ?? []) if (kind === 'needs') seen.add(from);
  }
  return [...seen].sort((a, b) => a - b);
}

/**
 * The edges that lead from the later patch `from` to `to`, one after the other, as few as possible;
 * null when `from` may come before `to`.
 */
export function chain(graph: Graph, from: number, to: number): readonly Edge[] | null {
  const rows = edgesFrom(graph);
  const reached = new Map<number, Edge | null>([[from, null]]);
  for (const patch of reached.keys()) {
    for (const edge of rows[patch] ?? []) if (!reached.has(edge.to)) reached.set(edge.to, edge);
  }
  const edges: Edge[] = [];
  let edge = reached.get(to);
  if (edge === undefined) return null;
  for (; edge !== null && edge !== undefined; edge = reached.get(edge.from)) edges.unshift(edge);
  return edges;
}

/** The edges without those that follow from others: `a → c` where `a → b → c`. */
export function reduced(graph: Graph): Graph {
  const words = Math.ceil(graph.size / 32);
  const reach: Uint32Array[] = [];
  const edges: Edge[] = [];
  for (const [patch, row] of edgesFrom(graph).entries()) {
    const own = new Uint32Array(words);
    // The nearest first: what it reaches is said by it.
    for (const edge of row.toSorted((a, b) => b.to - a.to)) {
      if (((own[edge.to >> 5] ?? 0) >>> (edge.to & 31)) & 1) continue;
      edges.push(edge);
      const theirs = reach[edge.to];
      for (let word = 0; word < words; word += 1)
        own[word] = (own[word] ?? 0) | (theirs?.[word] ?? 0);
      own[edge.to >> 5] = (own[edge.to >> 5] ?? 0) | (1 << (edge.to & 31));
    }
    reach[patch] = own;
  }
  return { size: graph.size, edges: edges.sort((a, b) => a.from - b.from || a.to - b.to) };
}

/**
 * An order that keeps every patch behind those that it depends on. `pick` is asked for a number from
 * 0 to below its argument each time that several patches could come next; 0 gives the series order.
 */
export function legalOrder(graph: Graph, pick: (count: number) => number): number[] {
  const waits = edgesFrom(graph).map((row) => row.length);
  const rows = edgesTo(graph);
  const ready = waits.flatMap((count, patch) => (count === 0 ? [patch] : []));
  const order: number[] = [];
  while (ready.length > 0) {
    const [patch = 0] = ready.splice(pick(ready.length), 1);
    order.push(patch);
    for (const { from } of rows[patch] ?? []) {
      const left = (waits[from] ?? 0) - 1;
      waits[from] = left;
      if (left === 0) insert(ready, from);
    }
  }
  return order;
}

/** Keeps the ready ones in series order, so that the answer depends on `pick` alone. */
function insert(ready: number[], patch: number): void {
  const at = ready.findIndex((other) => other > patch);
  ready.splice(at === -1 ? ready.length : at, 0, patch);
}
