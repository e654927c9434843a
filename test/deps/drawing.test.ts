import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../tools/deps/blocks.ts';
import { formatDot } from '../../tools/deps/dot.ts';
import { type Node, drawingOf } from '../../tools/deps/drawing.ts';
import { BOX, layOut } from '../../tools/deps/layout.ts';
import { twoLines } from '../../tools/deps/label.ts';
import { waysOf } from '../../tools/deps/route.ts';
import { formatSvg } from '../../tools/deps/svg.ts';
import type { Edge, Graph } from '../../tools/deps/types.ts';

const NODES: Node[] = [
  { number: 1, name: 'uts/one.patch', subject: 'uts: <one> & "all"', topic: 'uts' },
  { number: 2, name: 'uts/two.patch', subject: 'uts: two', topic: 'uts' },
  { number: 3, name: 'ipc/a "quoted\\name".patch', subject: 'ipc: \u0007three', topic: 'ipc' },
  { number: 4, name: 'ipc/alone.patch', subject: 'ipc: alone', topic: 'ipc' },
];

function edge(from: number, to: number, kind: Edge['kind'] = 'needs'): Edge {
  const reason = {
    layer: 'text',
    cause: 'lines',
    path: 'f.c',
    first: 3,
    last: 5,
    text: 'x',
  } as const;
  return { from, to, kind, reasons: [reason] };
}

const GRAPH: Graph = { size: 4, edges: [edge(1, 0), edge(2, 0), edge(2, 1, 'after')] };

describe('a drawing', () => {
  test('leaves out what follows from other edges', () => {
    const { edges } = drawingOf(GRAPH, NODES);
    expect(edges.map(({ from, to }) => [from, to])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  test('dot, quoted', () => {
    expect(formatDot(drawingOf(GRAPH, NODES))).toMatchInlineSnapshot(`
      "digraph series {
        rankdir=BT;
        node [shape=box, fontname="sans-serif"];
        subgraph "cluster uts" {
          label="uts";
          p1 [label="1 one", tooltip="uts: <one> & \\"all\\""];
          p2 [label="2 two", tooltip="uts: two"];
        }
        subgraph "cluster ipc" {
          label="ipc";
          p3 [label="3 a \\"quoted\\\\name\\"", tooltip="ipc:  three"];
          p4 [label="4 alone", tooltip="ipc: alone"];
        }
        p2 -> p1 [tooltip="f.c:3-5: changes or shows lines of it"];
        p3 -> p2 [style=dashed, tooltip="f.c:3-5: changes or shows lines of it"];
      }
      "
    `);
  });

  test('boxes do not overlap and stand in the band of their topic', () => {
    const { boxes, bands, width, height } = layOut(drawingOf(GRAPH, NODES));
    expect(boxes).toHaveLength(4);
    for (const [index, a] of boxes.entries()) {
      const band = bands.find(({ topic }) => topic === a.node.topic);
      expect(a.y).toBeGreaterThan(band?.y ?? Infinity);
      expect(a.y + BOX.height).toBeLessThanOrEqual((band?.y ?? 0) + (band?.height ?? 0));
      expect(a.x + BOX.width).toBeLessThan(width);
      expect(a.y + BOX.height).toBeLessThan(height);
      for (const b of boxes.slice(index + 1)) {
        const apart = Math.abs(a.x - b.x) >= BOX.width || Math.abs(a.y - b.y) >= BOX.height;
        expect(apart).toBe(true);
      }
    }
  });

  test('what is tied stands together, below what it depends on; the rest comes last', () => {
    const nodes = Array.from({ length: 9 }, (_none, index): Node => {
      const name = `${String(index + 1).padStart(4, '0')}-p.patch`;
      return { number: index + 1, name, subject: 'p', topic: null };
    });
    // 1 <- 4 <- 7 and 3 <- 5, 3 <- 6; 2, 8 and 9 are free.
    const edges = [edge(3, 0), edge(4, 2), edge(5, 2), edge(6, 3)];
    const rows = blocksOf(nodes, edges, 2).map((block) =>
      block.rows.map((row) => row.map(({ number }) => number)),
    );
    expect(rows).toEqual([
      [[1], [4], [7]],
      [[3], [5, 6]],
      [[2, 8], [9]],
    ]);
    const { boxes } = layOut({ nodes, edges });
    const at = (number: number): { x: number; y: number } | undefined =>
      boxes.find(({ node }) => node.number === number);
    expect(at(1)?.y).toBe(at(3)?.y);
    expect(at(1)?.x).toBe(at(4)?.x);
    expect(at(2)?.y).toBeGreaterThan(at(7)?.y ?? Infinity);
  });

  test('no arrow goes behind a box: it would look as if it began there', () => {
    // A column of six: 6 needs 5 to 1, of which only 5 is next to it; 3 needs 1.
    const nodes = Array.from({ length: 7 }, (_none, index): Node => ({
      number: index + 1,
      name: `${index + 1}.patch`,
      subject: 'p',
      topic: index < 3 ? 'a' : 'b',
    }));
    const edges = [
      ...[1, 2, 3, 4, 5].map((from) => edge(from, from - 1)),
      edge(5, 0),
      edge(5, 1),
      edge(2, 0),
      edge(6, 0),
    ];
    const { boxes } = layOut({ nodes, edges });
    const ways = waysOf(edges, boxes);
    expect(ways).toHaveLength(edges.length);
    for (const { points } of ways) {
      for (const [index, b] of points.entries()) {
        const a = points[index - 1];
        if (a === undefined) continue;
        expect(a.x === b.x || a.y === b.y).toBe(true);
        const inside = boxes.filter(
          ({ x, y }) =>
            Math.max(a.x, b.x) > x &&
            Math.min(a.x, b.x) < x + BOX.width &&
            Math.max(a.y, b.y) > y &&
            Math.min(a.y, b.y) < y + BOX.height,
        );
        expect(inside).toEqual([]);
      }
    }
  });

  test('a label has two lines at most', () => {
    const lines = twoLines('utsname: put the names into struct uts_namespace and so on', 200, 20);
    expect(lines).toEqual(['utsname: put the names into', 'struct uts_namespace and so…']);
    expect(twoLines('short', 200, 20)).toEqual(['short']);
    expect(twoLines('averyveryverylongwordwithoutanybreak', 100, 20)).toHaveLength(1);
    expect(twoLines('', 100, 20)).toEqual(['']);
  });

  test('svg: text is escaped, every edge and box is there', () => {
    const svg = formatSvg(drawingOf(GRAPH, NODES));
    expect(svg).toContain('uts: &lt;one&gt; &amp; &quot;all&quot;');
    expect(svg).not.toContain('\u0007');
    expect(svg.match(/class="box"/g)).toHaveLength(4);
    expect(svg.match(/class="edge/g)).toHaveLength(2);
    expect(svg).not.toMatch(/<script|href=/);
  });
});
