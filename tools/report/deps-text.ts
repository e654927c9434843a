/** Dependencies for people. */
import { type Node, placeOf, wordsOf } from '../deps/drawing.ts';
import { edgesFrom, edgesTo } from '../deps/graph.ts';
import type { Edge, Graph, Reason } from '../deps/types.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

/** Places shown for each edge, unless all are asked for. */
const FEW = 3;
const LONGEST = 60;

export interface DepsView {
  readonly graph: Graph;
  readonly nodes: readonly Node[];
  readonly style: Style;
  /** Show every place, not the first few of each edge. */
  readonly all: boolean;
}

/** One patch: what it needs and why, what must stay behind it. */
export function describePatch(view: DepsView, index: number): string[] {
  const { graph, nodes, style } = view;
  const [down, up] = [edgesFrom(graph)[index] ?? [], edgesTo(graph)[index] ?? []];
  const title = `${style.heading(nameOf(view, index))} ${style.faint(`(${index + 1} of ${nodes.length})`)}`;
  const sections: [string, Edge[], 'from' | 'to'][] = [
    ['needs', down.filter(({ kind }) => kind === 'needs'), 'to'],
    ['must come after', down.filter(({ kind }) => kind === 'after'), 'to'],
    ['is needed by', up.filter(({ kind }) => kind === 'needs'), 'from'],
    ['must come before', up.filter(({ kind }) => kind === 'after'), 'from'],
  ];
  const lines = sections.flatMap(([heading, edges, end]) =>
    edges.length === 0
      ? []
      : [`  ${heading}`, ...edges.flatMap((edge) => describeEdge(view, edge, edge[end]))],
  );
  return [title, ...(lines.length === 0 ? ['  needs nothing, and nothing needs it'] : lines)];
}

/** The patch at one end of an edge, and what ties it. */
export function describeEdge(view: DepsView, edge: Edge, shown: number): string[] {
  const { reasons } = edge;
  const first = view.all ? reasons : reasons.slice(0, FEW);
  const width = Math.max(...first.map((reason) => printable(placeOf(reason)).length));
  const lines = first.map((reason) => `        ${reasonText(view, reason, width)}`);
  const more = reasons.length - first.length;
  if (more > 0) lines.push(view.style.faint(`        and ${more} more, see -v`));
  return [
    `    ${view.style.faint(String(shown + 1))} ${view.style.name(nameOf(view, shown))}`,
    ...lines,
  ];
}

function reasonText({ style }: DepsView, reason: Reason, width: number): string {
  const place = printable(placeOf(reason)).padEnd(width);
  const text = reason.layer === 'text' ? reason.text.trim() : '';
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  const quote = shown === '' ? '' : `  ${style.faint(`'${printable(shown)}'`)}`;
  return `${place}  ${printable(wordsOf(reason))}${quote}`;
}

function nameOf({ nodes }: DepsView, index: number): string {
  return printable(nodes[index]?.name ?? '');
}

/** A row for every patch: number, name, what it needs by number. */
export function overview({ graph, nodes }: DepsView): string[][] {
  return edgesFrom(graph).map((row, index) => [
    String(index + 1),
    printable(nodes[index]?.name ?? ''),
    [list('needs', 'needs', row), list('after', 'after', row)]
      .filter((text) => text !== '')
      .join(', '),
  ]);
}

function list(word: string, kind: Edge['kind'], row: readonly Edge[]): string {
  const numbers = row.filter((edge) => edge.kind === kind).map(({ to }) => to + 1);
  return numbers.length === 0 ? '' : `${word} ${numbers.join(' ')}`;
}
