/**
 * Places for a drawing: one band for each topic, from top to bottom; in it a row for each step away
 * from what needs nothing, so that every arrow leads up. Patches with no edges stand together below.
 */
import { type Drawing, type Node, byTopic } from './drawing.ts';

export interface Placed {
  readonly node: Node;
  readonly x: number;
  readonly y: number;
}

export interface Band {
  readonly topic: string;
  readonly y: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Placed[];
  readonly bands: readonly Band[];
}

/** Sizes in pixels. */
export const BOX = { width: 230, height: 30 } as const;
const GAP = { x: 16, y: 34 } as const;
const MARGIN = 16;
const TITLE = 26;
const COLUMNS = 5;

/** Lay out `drawing`. */
export function layOut(drawing: Drawing): Layout {
  const depths = depthsOf(drawing);
  const tied = new Set(drawing.edges.flatMap(({ from, to }) => [from + 1, to + 1]));
  const boxes: Placed[] = [];
  const bands: Band[] = [];
  let y = MARGIN;
  for (const [topic, nodes] of byTopic(drawing.nodes)) {
    const top = y;
    y += TITLE;
    const rows = rowsOf(nodes, depths, tied);
    for (const row of arrange(rows, drawing)) {
      row.forEach((node, column) =>
        boxes.push({ node, x: MARGIN * 2 + column * (BOX.width + GAP.x), y }),
      );
      y += BOX.height + GAP.y;
    }
    y += MARGIN - GAP.y;
    bands.push({ topic, y: top, height: y - top });
    y += MARGIN;
  }
  const right = Math.max(0, ...boxes.map(({ x }) => x));
  return { width: right + BOX.width + MARGIN * 2, height: y, boxes, bands };
}

/** Steps to the farthest patch that each number depends on. */
function depthsOf({ nodes, edges }: Drawing): Map<number, number> {
  const depths = new Map(nodes.map(({ number }) => [number, 0]));
  // Sorted by `from`, and `to` is always earlier: what is read is final.
  for (const { from, to } of edges) {
    const depth = Math.max(depths.get(from + 1) ?? 0, (depths.get(to + 1) ?? 0) + 1);
    depths.set(from + 1, depth);
  }
  return depths;
}

function rowsOf(
  nodes: readonly Node[],
  depths: ReadonlyMap<number, number>,
  tied: ReadonlySet<number>,
): Node[][] {
  const rows: Node[][] = [];
  for (const node of nodes.filter(({ number }) => tied.has(number)))
    (rows[depths.get(node.number) ?? 0] ??= []).push(node);
  rows.push(nodes.filter(({ number }) => !tied.has(number)));
  return rows.filter((row) => row !== undefined && row.length > 0);
}

/** Below what they depend on, as far as there is room; long rows are broken. */
function arrange(rows: readonly Node[][], { edges }: Drawing): Node[][] {
  const columns = new Map<number, number>();
  return rows.flatMap((row) => {
    const wish = new Map(
      row.map(({ number }) => {
        const above = edges
          .filter(({ from }) => from + 1 === number)
          .flatMap(({ to }) => columns.get(to + 1) ?? []);
        const sum = above.reduce((total, column) => total + column, 0);
        return [number, above.length === 0 ? COLUMNS : sum / above.length];
      }),
    );
    const sorted = row.toSorted(
      (a, b) => (wish.get(a.number) ?? 0) - (wish.get(b.number) ?? 0) || a.number - b.number,
    );
    sorted.forEach(({ number }, index) => columns.set(number, index % COLUMNS));
    return Array.from({ length: Math.ceil(sorted.length / COLUMNS) }, (_none, line) =>
      sorted.slice(line * COLUMNS, (line + 1) * COLUMNS),
    );
  });
}
