/**
 * The ratchet: what one tree's globals and its allow-list have against each other. Said of every tree
 * along a series, it lets the number of globals that wait for conversion only shrink, because a patch
 * is to blame for what was not there before it. Pure.
 */
import type { Observation } from '../check/types.ts';
import { ALLOW_LIST, AllowFinder, type AllowLine, parseAllowList } from './allow.ts';
import type { GlobalVariable, Inventory } from './inventory.ts';

/**
 * The instance of a namespace that exists from boot on, `init_uts_ns`. A conversion makes one, and it is
 * the new home itself: it needs no line.
 */
export function isInitialInstance({ name, kind }: GlobalVariable): boolean {
  return kind === 'namespace' && name.startsWith('init_');
}

/** Writable globals of the kernel that neither a line allows nor the design asks for. */
export function unconverted(
  { globals }: Inventory,
  finder: AllowFinder,
): readonly GlobalVariable[] {
  return globals.filter(
    (each) => each.writable && !isInitialInstance(each) && finder.find(each.key) === null,
  );
}

/** Everything that is wrong with a tree and its list; `text` is the list. */
export function watchGlobals(inventory: Inventory, text: string): Observation[] {
  const list = parseAllowList(text);
  const finder = new AllowFinder(list);
  return [
    ...unconverted(inventory, finder).map((each) => unlisted(each)),
    ...list.faults.map(({ kind, line, message }) => inList(kind, line, message)),
    ...unused(inventory, list.lines, finder),
    ...unread(inventory),
  ];
}

/** A variable that moves to another file, or becomes static, is not a new one. */
function unlisted({ key, name, inside, path, line, kind, type }: GlobalVariable): Observation {
  return {
    rule: 'globals/unlisted',
    severity: 'warning',
    path,
    line,
    message: `'${key}' is global and writable, and not in '${ALLOW_LIST}'`,
    detail: `${kind}, ${type}`,
    subject: inside === null ? name : `${inside}.${name}`,
  };
}

function inList(what: string, line: number, message: string): Observation {
  return { rule: `globals/${what}`, severity: 'warning', path: ALLOW_LIST, line, message };
}

/** Lines for which there is no variable, or only one that nobody can write to. */
function unused(
  { globals }: Inventory,
  lines: readonly AllowLine[],
  finder: AllowFinder,
): Observation[] {
  const used = new Set(
    globals.filter(({ writable }) => writable).map(({ key }) => finder.find(key)),
  );
  const constant = new Set(globals.filter(({ writable }) => !writable).map(({ key }) => key));
  return lines
    .filter((line) => !used.has(line))
    .map(({ name, line }) =>
      constant.has(name)
        ? inList('no-symbol', line, `'${name}' cannot be written and needs no line`)
        : inList('no-symbol', line, `there is no writable global '${name}'`),
    );
}

/** What was not read may hide anything. */
function unread(inventory: Inventory): Observation[] {
  return inventory.unread.map(({ path, line, text }) => ({
    rule: 'globals/unread',
    severity: 'warning',
    path,
    line,
    message: 'globals of this file are not known: it cannot be read as a whole',
    detail: text,
  }));
}
