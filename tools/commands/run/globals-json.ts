/** The document `seam/globals/1`. */
import type { Story } from './globals-named.ts';
import type { GlobalVariable, Inventory } from '../../globals/inventory.ts';

export function globalsJson(
  tree: string,
  { globals, files, lines, unread }: Inventory,
  shown: readonly GlobalVariable[],
  stories: readonly Story[] = [],
): Record<string, unknown> {
  return {
    tree,
    files,
    lines,
    variables: globals.length,
    writable: globals.filter((each) => each.writable).length,
    unread,
    globals: shown.map((each, index) => ({
      ...each,
      ...stories[index],
      references: each.references.map(({ path, line, owner, access, element, via }) => ({
        path,
        line,
        in: owner.name,
        inKind: owner.kind,
        access,
        element,
        via,
      })),
    })),
  };
}
