/**
 * A proposal for each global: which namespace or other context it should go to, or why it may stay, and
 * which resource a beancounter should count there. Decided by its kind, its type, where it stands, who
 * uses it, from which system calls that is reached, and which lock is held. A proposal: people decide.
 * Pure.
 */
import type { Path } from '../patch/types.ts';
import type { Reason } from './allow.ts';
import { CallGraph, type EntryPoints } from './calls.ts';
import { RESOURCES, RULES, STAYING_KINDS } from './destinations.ts';
import type { GlobalVariable, Inventory } from './inventory.ts';
import type { TreeFacts } from './types.ts';

export const CONTEXTS = ['uts', 'ipc', 'mnt', 'pid', 'user', 'net', 've', 'sched'] as const;
export type Context = (typeof CONTEXTS)[number];

/** The lock that is taken where a variable is used. */
export interface Guard {
  readonly lock: string;
  /** Functions that use both, of those that use the variable outside of boot. */
  readonly functions: number;
  readonly of: number;
}

export interface Suggestion {
  readonly to: Context | 'stays';
  /** Class of the reason, where it stays. */
  readonly reason: Reason | null;
  /** Why, in a few words. */
  readonly because: string;
  /** What a beancounter should count: a resource of its own words. */
  readonly beancounter: string | null;
  readonly users: { readonly functions: number; readonly files: readonly Path[] };
  readonly entries: EntryPoints;
  readonly guard: Guard | null;
}

/** What a rule looks at. */
export interface Evidence {
  readonly variable: GlobalVariable;
  readonly entries: EntryPoints;
  /** Written outside of boot, by name. */
  readonly isWritten: boolean;
}

export class Suggester {
  readonly #graph: CallGraph;
  readonly #locks: readonly GlobalVariable[];

  constructor(facts: TreeFacts, { globals }: Inventory) {
    this.#graph = new CallGraph(facts);
    this.#locks = globals.filter(({ kind }) => kind === 'lock');
  }

  suggest(variable: GlobalVariable): Suggestion {
    const { references } = variable;
    const entries = this.#graph.entriesOf(references);
    const functions = functionsOf(variable);
    const evidence = { variable, entries, isWritten: isWritten(variable) };
    return {
      ...place(evidence),
      beancounter: RESOURCES.find(({ fits }) => fits(variable))?.resource ?? null,
      users: {
        functions: functions.size,
        files: [...new Set(references.map(({ path }) => path))].sort(),
      },
      entries,
      guard: this.#guardOf(variable),
    };
  }

  /** The lock that most functions have which use the variable while the kernel runs. */
  #guardOf(variable: GlobalVariable): Guard | null {
    const functions = functionsOf(variable);
    if (functions.size === 0 || variable.kind === 'lock') return null;
    const candidates = this.#locks.map((lock) => ({
      lock: lock.name,
      functions: functionsOf(lock).intersection(functions).size,
      of: functions.size,
    }));
    const best = candidates.reduce<Guard | null>(
      (most, each) => (each.functions > (most?.functions ?? 0) ? each : most),
      null,
    );
    return best !== null && 2 * best.functions >= best.of ? best : null;
  }
}

const functionSets = new WeakMap<GlobalVariable, ReadonlySet<string>>();

/** Functions that use a variable, but for those that run once at boot. */
function functionsOf(variable: GlobalVariable): ReadonlySet<string> {
  let functions = functionSets.get(variable);
  if (functions === undefined) {
    functions = new Set(
      variable.references
        .filter(({ owner }) => owner.kind === 'function' && !owner.attributes.includes('__init'))
        .map(({ path, owner }) => `${path}:${owner.name}`),
    );
    functionSets.set(variable, functions);
  }
  return functions;
}

function isWritten({ references }: GlobalVariable): boolean {
  return references.some(
    ({ access, owner }) =>
      (access === 'write' || access === 'update') && !owner.attributes.includes('__init'),
  );
}

function place(evidence: Evidence): Pick<Suggestion, 'to' | 'reason' | 'because'> {
  const { kind } = evidence.variable;
  const staying = STAYING_KINDS.get(kind);
  if (staying !== undefined) return { to: 'stays', ...staying };
  for (const { to, fits, reason = null, because } of RULES)
    if (fits(evidence)) return { to, reason, because };
  return { to: 'stays', reason: 'hardware', because: 'nothing ties it to a context' };
}
