/** Collects edges while a series is gone through: reasons for the same pair come together. */
import type { Edge, EdgeKind, Graph, Reason } from './types.ts';

interface Draft {
  kind: EdgeKind;
  readonly reasons: Reason[];
}

export class EdgeCollector {
  readonly #drafts = new Map<number, Map<number, Draft>>();

  /** Note that `from` depends on `to` for `reason`. A patch does not depend on itself. */
  add(from: number, to: number, kind: EdgeKind, reason: Reason): void {
    if (from === to) return;
    let row = this.#drafts.get(from);
    if (row === undefined) this.#drafts.set(from, (row = new Map<number, Draft>()));
    const draft = row.get(to);
    if (draft === undefined) {
      row.set(to, { kind, reasons: [reason] });
      return;
    }
    // What is needed says more than what would be in the way.
    if (kind !== draft.kind) {
      if (kind === 'after') return;
      draft.kind = kind;
      draft.reasons.length = 0;
    }
    if (draft.reasons.slice(-RECENT).some((known) => implies(known, reason))) return;
    const last = draft.reasons.at(-1);
    const longer = last === undefined ? null : joined(last, reason);
    if (longer === null) draft.reasons.push(reason);
    else draft.reasons[draft.reasons.length - 1] = longer;
  }

  graph(size: number): Graph {
    const edges: Edge[] = [];
    for (const [from, row] of this.#drafts) {
      for (const [to, { kind, reasons }] of row) edges.push({ from, to, kind, reasons });
    }
    return { size, edges: edges.sort((a, b) => a.from - b.from || a.to - b.to) };
  }
}

/** How far back a reason is looked for that says more than another one. */
const RECENT = 4;

/** Neighbours of lines that are needed themselves are nothing new. */
function implies(known: Reason, next: Reason): boolean {
  if (known.layer !== 'text' || next.layer !== 'text') return false;
  if (known.cause !== 'lines' || next.cause !== 'neighbours' || known.path !== next.path)
    return false;
  if (known.first === null || known.last === null || next.first === null) return false;
  return next.first >= known.first - 1 && next.first <= known.last;
}

/** Two reasons as one, when the second goes on where the first ends or says the same again. */
function joined(last: Reason, next: Reason): Reason | null {
  if (last.layer !== 'text' || next.layer !== 'text') return null;
  if (last.path !== next.path || last.cause !== next.cause) return null;
  if (last.last === null || next.first === null) return last.last === next.first ? last : null;
  const goesOn = next.first >= (last.first ?? 0) && next.first <= last.last + 1;
  return goesOn ? { ...last, last: Math.max(last.last, next.last ?? next.first) } : null;
}

/** One graph of several layers: all reasons for a pair, and `needs` where any layer says so. */
export function mergeGraphs(size: number, graphs: readonly Graph[]): Graph {
  const merged = new Map<number, Edge>();
  for (const edge of graphs.flatMap((graph) => graph.edges)) {
    const key = edge.from * size + edge.to;
    const known = merged.get(key);
    merged.set(key, known === undefined ? edge : both(known, edge));
  }
  return { size, edges: [...merged.values()].sort((a, b) => a.from - b.from || a.to - b.to) };
}

function both(one: Edge, other: Edge): Edge {
  const kind = one.kind === 'needs' ? one.kind : other.kind;
  return { ...one, kind, reasons: [...one.reasons, ...other.reasons] };
}
