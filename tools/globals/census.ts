/**
 * The other way to know which globals there are: the symbols of built objects. Source and objects
 * must agree; where they do not, either there is an explanation or one of the two is wrong.
 */
import type { Path } from '../patch/types.ts';
import { type Configuration, allHold } from './conditions.ts';
import type { DataSymbol } from './elf.ts';
import { explainGenerated, isNoVariable } from './generated.ts';
import type { GlobalVariable, Inventory } from './inventory.ts';

/** The data symbols of the object that a source file was compiled to. */
export type Objects = ReadonlyMap<Path, readonly DataSymbol[]>;

/** A writable symbol that no variable of the source accounts for. */
export interface MissedSymbol {
  readonly path: Path;
  readonly symbol: DataSymbol;
  /** What made it; null means that the source was misread. */
  readonly because: string | null;
}

/** A writable variable of a compiled file that no symbol of its object is. */
export interface MissedVariable {
  readonly variable: GlobalVariable;
  /** Why there need not be one; null means that it may be none. */
  readonly because: string | null;
}

export interface Agreement {
  readonly objects: number;
  /** Writable symbols that come from variables of the source. */
  readonly symbols: number;
  readonly found: number;
  readonly missedSymbols: readonly MissedSymbol[];
  /** Writable variables of the files that were compiled. */
  readonly variables: number;
  readonly confirmed: number;
  readonly missedVariables: readonly MissedVariable[];
}

/** `name.123` is a function-static variable, `per_cpu__name` a per-cpu variable of Linux 2.6. */
function plainName(symbol: string): string {
  return symbol.replace(/\.\d+$/, '').replace(/^per_cpu__/, '');
}

/** Compare the inventory with the objects of one build. */
export function compareWithObjects(
  { globals, parts }: Inventory,
  objects: Objects,
  configuration: Configuration,
): Agreement {
  const byPath = Map.groupBy(globals, ({ path }) => path);
  const inHeaders = new Set(
    globals.filter(({ path }) => path.endsWith('.h')).map(({ name }) => name),
  );
  const missedSymbols: MissedSymbol[] = [];
  const missedVariables: MissedVariable[] = [];
  let [found, variables] = [0, 0];
  for (const [path, symbols] of objects) {
    const own = [path, ...partsBelow(parts, path, configuration)].flatMap(
      (each) => byPath.get(each) ?? [],
    );
    const names = new Set(own.map(({ name }) => name));
    for (const symbol of symbols) {
      if (!symbol.writable || isNoVariable(symbol)) continue;
      const name = plainName(symbol.name);
      if (names.has(name) || inHeaders.has(name)) found += 1;
      else missedSymbols.push({ path, symbol, because: explainGenerated(symbol) });
    }
    const present = new Map(symbols.map((symbol) => [plainName(symbol.name), symbol]));
    for (const variable of own.filter(({ writable }) => writable)) {
      variables += 1;
      const symbol = present.get(variable.name);
      if (symbol?.writable === true) continue;
      missedVariables.push({ variable, because: explainAbsent(variable, symbol, configuration) });
    }
  }
  const explained = missedSymbols.filter(({ because }) => because !== null).length;
  return {
    objects: objects.size,
    symbols: found + missedSymbols.length - explained,
    found,
    missedSymbols,
    variables,
    confirmed: variables - missedVariables.length,
    missedVariables,
  };
}

/** What is compiled along with a file, included directly or by another part. */
function partsBelow(
  parts: Inventory['parts'],
  path: Path,
  configuration: Configuration,
): Set<Path> {
  const compiled = (each: Path): Path[] =>
    (parts.get(each) ?? [])
      .filter(({ conditions }) => allHold(conditions, configuration) !== false)
      .map((part) => part.path);
  const all = new Set(compiled(path));
  for (const each of all) for (const more of compiled(each)) all.add(more);
  return all;
}

/** On one processor spin locks are empty structures, which leave no symbol. */
const EMPTY_ON_ONE = /\b(?:raw_)?spinlock_t\b|\brwlock_t\b|\bstruct lock_class_key\b/;

function explainAbsent(
  variable: GlobalVariable,
  symbol: DataSymbol | undefined,
  configuration: Configuration,
): string | null {
  if (symbol !== undefined) return `read-only in the object, in '${symbol.section}'`;
  const holds = variable.others.length > 0 ? null : allHold(variable.conditions, configuration);
  if (holds === false) return 'not in this configuration';
  if (EMPTY_ON_ONE.test(variable.type) && !configuration.has('CONFIG_SMP'))
    return 'empty without CONFIG_SMP';
  const local = variable.storage === 'static' || variable.inside !== null;
  if (local && variable.references.length === 0) return 'never used, dropped by the compiler';
  const written = variable.references.some(
    ({ access }) => access !== 'read' && access !== 'sizeof',
  );
  if (local && !written) return 'never written, a constant to the compiler';
  if (holds === null) return 'under a condition that the configuration does not tell';
  return local ? 'all its uses were dropped by the compiler' : null;
}
