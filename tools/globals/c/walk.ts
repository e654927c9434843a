/** A walk over a syntax tree: node by node, in the order of the source. */
import type { Tree } from 'web-tree-sitter';

/** Is told of the nodes. Positions count characters. */
export interface Visitor {
  /** `kind` is an index into `NODES`. Nodes of kind 0 that have nothing below them may be left out. */
  enter(kind: number, start: number, end: number): void;
  leave(): void;
}

export type Walk = (tree: Tree, visitor: Visitor) => void;

/** The library's own way. `kinds` has the index into `NODES` of every symbol of the language. */
export function walkCursor(kinds: Uint8Array, tree: Tree, visitor: Visitor): void {
  const cursor = tree.walk();
  for (let entered = true; ;) {
    if (entered) visitor.enter(kinds[cursor.nodeTypeId] ?? 0, cursor.startIndex, cursor.endIndex);
    if (entered && cursor.gotoFirstChild()) continue;
    visitor.leave();
    if (cursor.gotoNextSibling()) entered = true;
    else if (cursor.gotoParent()) entered = false;
    else break;
  }
  cursor.delete();
}

/** All that a walk tells of a tree, but for what it may leave out. */
export function recordWalk(walk: Walk, tree: Tree): string {
  const events: string[] = [];
  walk(tree, {
    enter: (kind, start, end) => events.push(`${kind} ${start} ${end}`),
    leave: () => {
      if (events.at(-1)?.startsWith('0 ') === true) events.pop();
      else events.push('.');
    },
  });
  return events.join('\n');
}
