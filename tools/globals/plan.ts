/**
 * Where the globals of a tree are planned to go: the table in `Documentation/globals.rst`, rows of name,
 * file, kind and destination (a simple table of reStructuredText). Pure.
 */
import type { Path } from '../patch/types.ts';

export const PLAN: Path = 'Documentation/globals.rst';
const ROW = /^``(\w+)``\s+(\S+)\s+\S.*?\s{2,}(\w+)\s*$/gm;

/** Destination by file and name. */
export type Plan = ReadonlyMap<string, string>;

export function parsePlan(text: string): Plan {
  return new Map(
    [...text.matchAll(ROW)].map(([, name = '', path = '', to = '']) => [`${path}:${name}`, to]),
  );
}

export function destinationOf(plan: Plan, variable: { path: Path; name: string }): string | null {
  return plan.get(`${variable.path}:${variable.name}`) ?? null;
}
