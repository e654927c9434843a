/** Patches that are tied to one another, in rows: the parts of which a drawing is put together. */
import type { Node } from './drawing.ts';
import type { Edge } from './types.ts';

export interface Block {
  /** From top to bottom; what a patch depends on stands in an earlier row. */
  readonly rows: readonly (readonly Node[])[];
  /** Length of the longest row. */
  readonly columns: number;
}

/**
 * The blocks of `nodes`, in the order of their first patches; those that no edge ties to another of
 * `nodes` form the last. No row is longer than `columns`. `edges` are sorted by `from`.
 */
export function blocksOf(
  nodes: readonly Node[],
  edges: readonly Edge[],
  columns: number,
): readonly Block[] {
  const numbers = new Set(nodes.map(({ number }) => number));
  const inside = edges
    .map(({ from, to }) => ({ from: from + 1, to: to + 1 }))
    .filter(({ from, to }) => numbers.has(from) && numbers.has(to));
  const groups = [...grouped(nodes, inside).values()];
  const tied = groups.filter(({ length }) => length > 1);
  const alone = groups.filter(({ length }) => length === 1).flat();
  return [
    ...tied.map((group) => block(arranged(group, inside, columns))),
    ...(alone.length === 0 ? [] : [block(broken(alone, columns))]),
  ];
}

/** Numbers of patches, from 1. */
interface Tie {
  readonly from: number;
  readonly to: number;
}

function block(rows: readonly (readonly Node[])[]): Block {
  return { rows, columns: Math.max(...rows.map(({ length }) => length)) };
}

/** Connected components, by a number that all of one share. */
function grouped(nodes: readonly Node[], ties: readonly Tie[]): Map<number, Node[]> {
  const leader = new Map(nodes.map(({ number }) => [number, number]));
  const find = (number: number): number => {
    const next = leader.get(number) ?? number;
    if (next === number) return number;
    const found = find(next);
    leader.set(number, found);
    return found;
  };
  for (const { from, to } of ties) leader.set(find(from), find(to));
  const groups = new Map<number, Node[]>();
  for (const node of nodes) {
    const group = groups.get(find(node.number));
    if (group === undefined) groups.set(find(node.number), [node]);
    else group.push(node);
  }
  return groups;
}

/** Rows by distance from what depends on nothing; in each, patches below what they depend on. */
function arranged(group: readonly Node[], ties: readonly Tie[], columns: number): Node[][] {
  const needs = new Map<number, number[]>(group.map(({ number }) => [number, []]));
  for (const { from, to } of ties) needs.get(from)?.push(to);
  const depths = new Map<number, number>();
  const rows: Node[][] = [];
  // In order of the series: what a patch depends on comes before it.
  for (const node of group) {
    const above = (needs.get(node.number) ?? []).map((to) => depths.get(to) ?? 0);
    const depth = above.length === 0 ? 0 : Math.max(...above) + 1;
    depths.set(node.number, depth);
    (rows[depth] ??= []).push(node);
  }
  const places = new Map<number, number>();
  return rows.flatMap((row) => {
    const wish = (node: Node): number => mean(needs.get(node.number) ?? [], places);
    const sorted = row.toSorted((a, b) => wish(a) - wish(b) || a.number - b.number);
    for (const [index, { number }] of sorted.entries()) places.set(number, index % columns);
    return broken(sorted, columns);
  });
}

function mean(numbers: readonly number[], places: ReadonlyMap<number, number>): number {
  const known = numbers.flatMap((number) => places.get(number) ?? []);
  return known.reduce((sum, place) => sum + place, 0) / Math.max(1, known.length);
}

function broken(row: readonly Node[], columns: number): Node[][] {
  return Array.from({ length: Math.ceil(row.length / columns) }, (_none, line) =>
    row.slice(line * columns, (line + 1) * columns),
  );
}
