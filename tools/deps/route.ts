/**
 * Ways for the arrows of a drawing. They run in the gaps between rows and columns, and enter a box from
 * below or, where others stand in between, from the left: an arrow that went behind a box would look as
 * if it began there.
 */
import { BOX, GAP, type Placed } from './layout.ts';
import type { Edge } from './types.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An edge and the corners of its way, from the patch to what it depends on. */
export interface Way {
  readonly edge: Edge;
  readonly points: readonly Point[];
}

/** Ways beside each other in one gap. */
const LANES = 4;

/** Ways of all edges between `boxes`. Those to the same box share a lane, and so become one line. */
export function waysOf(edges: readonly Edge[], boxes: readonly Placed[]): Way[] {
  const places = new Map(boxes.map((box) => [box.node.number, box]));
  const lanes = lanesOf(edges, places);
  return edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from + 1), places.get(edge.to + 1)];
    if (from === undefined || to === undefined) return [];
    const lane = lanes.get(edge.to) ?? 0;
    const points = isFree(from, to, boxes) ? fromBelow(from, to, lane) : fromLeft(from, to, lane);
    return [{ edge, points }];
  });
}

/** A lane for each box that an arrow leads to, another one than that of its neighbours in the column. */
function lanesOf(
  edges: readonly Edge[],
  places: ReadonlyMap<number, Placed>,
): ReadonlyMap<number, number> {
  const lanes = new Map<number, number>();
  const used = new Map<number, number>();
  for (const to of [...new Set(edges.map((edge) => edge.to))].sort((a, b) => a - b)) {
    const column = places.get(to + 1)?.x ?? 0;
    const count = used.get(column) ?? 0;
    lanes.set(to, count % LANES);
    used.set(column, count + 1);
  }
  return lanes;
}

/** Whether nothing stands below `to` before the row of `from`, which is further down. */
function isFree(from: Placed, to: Placed, boxes: readonly Placed[]): boolean {
  return to.y < from.y && !boxes.some(({ x, y }) => x === to.x && y > to.y && y < from.y);
}

function fromBelow(from: Placed, to: Placed, lane: number): Point[] {
  const [start, end] = [from.x + BOX.width / 2, to.x + BOX.width / 2];
  const last = { x: end, y: to.y + BOX.height };
  if (start === end) return [{ x: start, y: from.y }, last];
  const y = heightOf(from, lane);
  return [{ x: start, y: from.y }, { x: start, y }, { x: end, y }, last];
}

function fromLeft(from: Placed, to: Placed, lane: number): Point[] {
  const [start, y] = [from.x + BOX.width / 2, heightOf(from, lane)];
  const gutter = to.x - (GAP.x * (lane + 2)) / (LANES + 2);
  const middle = to.y + BOX.height / 2;
  return [
    { x: start, y: from.y },
    { x: start, y },
    { x: gutter, y },
    { x: gutter, y: middle },
    { x: to.x, y: middle },
  ];
}

/** In the gap above the box. */
function heightOf({ y }: Placed, lane: number): number {
  return y - (GAP.y * (lane + 1)) / (LANES + 2);
}
