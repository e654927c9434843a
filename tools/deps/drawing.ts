/** What a drawing of a graph shows, whatever it is drawn with. */
import { reduced } from './graph.ts';
import type { Edge, Graph, Reason } from './types.ts';

/** A patch as it is labelled. */
export interface Node {
  /** In the series, from 1. */
  readonly number: number;
  readonly name: string;
  readonly subject: string;
  readonly topic: string | null;
}

export interface Drawing {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** The patches `shown` (all, unless given) and the edges between them that do not follow from others. */
export function drawingOf(
  graph: Graph,
  nodes: readonly Node[],
  shown: ReadonlySet<number> = new Set(nodes.keys()),
): Drawing {
  const inside = graph.edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  return {
    nodes: nodes.filter((_node, index) => shown.has(index)),
    edges: reduced({ size: graph.size, edges: inside }).edges,
  };
}

/** Nodes by topic, topics in the order of the series. */
export function byTopic(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const topics = new Map<string, Node[]>();
  for (const node of nodes) {
    const topic = topics.get(node.topic ?? '');
    if (topic === undefined) topics.set(node.topic ?? '', [node]);
    else topic.push(node);
  }
  return topics;
}

/** A patch's name without what stands beside it: the folder of its topic, its number, the suffix. */
export function shortName({ name, topic }: Node): string {
  const folder = topic === null ? '' : `${topic}/`;
  const bare = folder !== '' && name.startsWith(folder) ? name.slice(folder.length) : name;
  return bare.replace(/^\d{2,}-(?=.)/, '').replace(/\.(?:patch|diff)$/, '');
}

const CAUSES = {
  lines: 'changes or shows lines of it',
  neighbours: 'shows lines that it brought together',
  context: 'changes lines around it',
  file: 'works on a file that it made, moved or removed',
  mode: 'changes a mode that it changed',
} as const;

/** Where a reason lies: `kernel/sys.c:14-16`. */
export function placeOf(reason: Reason): string {
  if (reason.layer === 'symbols') return `${reason.used.path}:${reason.used.line}`;
  if (reason.layer === 'build') {
    const { path, line, step, config } = reason;
    if (path === null) return config === null ? step : `${step} ${config}`;
    return line === null ? path : `${path}:${line}`;
  }
  const { path, first, last } = reason;
  if (first === null) return path;
  return first === last ? `${path}:${first}` : `${path}:${first}-${last ?? first}`;
}

/** What ties the two patches there, in words. */
export function wordsOf(reason: Reason): string {
  if (reason.layer === 'text') return CAUSES[reason.cause];
  if (reason.layer === 'build') return `without it: ${reason.message}`;
  return `uses ${reason.kind} ${reason.symbol}, which it ${reason.what}`;
}
