/** The documents `seam/globals/1` and `seam/globals-objects/1`. */
import type { Agreement } from '../../globals/census.ts';
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

/** Variables go by their key; `because` is null where nothing explains the difference. */
export function agreementJson(agreement: Agreement): Record<string, unknown> {
  return {
    ...agreement,
    missedVariables: agreement.missedVariables.map(({ variable, because }) => ({
      key: variable.key,
      path: variable.path,
      line: variable.line,
      because,
    })),
  };
}
