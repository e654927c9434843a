/**
 * Places for a drawing: one band for each topic, from top to bottom. In it a block for each set of
 * patches that are tied to one another, with a row for each step away from what needs nothing, so
 * that every arrow in a block leads up and none crosses another block. Blocks stand side by side as
 * far as there is room; patches with no edges come last.
 */
import { type Drawing, type Node, byTopic } from './drawing.ts';
import { type Block, blocksOf } from './blocks.ts';

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
export const BOX = { width: 276, height: 44 } as const;
export const GAP = { x: 28, y: 28 } as const;
const MARGIN = 16;
/** Above the first row: for the title, and below it for arrows. */
const TITLE = 42;
/** Left of the first column, where arrows run, too. */
export const LEFT = 48;
const COLUMNS = 4;
/** Below the last band, for what the arrows mean. */
const LEGEND = 36;

/** Lay out `drawing`. */
export function layOut(drawing: Drawing): Layout {
  const boxes: Placed[] = [];
  const bands: Band[] = [];
  let y = MARGIN;
  for (const [topic, nodes] of byTopic(drawing.nodes)) {
    const top = y;
    const shelves = shelve(blocksOf(nodes, drawing.edges, COLUMNS));
    y += TITLE;
    for (const shelf of shelves) {
      boxes.push(...placed(shelf, y));
      y += Math.max(...shelf.map(({ rows }) => rows.length)) * (BOX.height + GAP.y);
    }
    y += MARGIN - GAP.y;
    bands.push({ topic, y: top, height: y - top });
    y += MARGIN;
  }
  const right = Math.max(0, ...boxes.map(({ x }) => x));
  return { width: right + BOX.width + MARGIN * 2, height: y + LEGEND, boxes, bands };
}

/** Blocks side by side, a new line where the next one does not fit. */
function shelve(blocks: readonly Block[]): Block[][] {
  const shelves: Block[][] = [];
  let room = 0;
  for (const block of blocks) {
    if (block.columns > room) {
      shelves.push([]);
      room = COLUMNS;
    }
    shelves.at(-1)?.push(block);
    room -= block.columns;
  }
  return shelves;
}

function placed(shelf: readonly Block[], top: number): Placed[] {
  let first = 0;
  return shelf.flatMap(({ rows, columns }) => {
    const left = first;
    first += columns;
    return rows.flatMap((row, line) =>
      row.map((node, column) => ({
        node,
        x: LEFT + (left + column) * (BOX.width + GAP.x),
        y: top + line * (BOX.height + GAP.y),
      })),
    );
  });
}
