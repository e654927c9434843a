/**
 * From which entry points code is reached: system calls, tables of functions, boot. Calls are followed
 * upwards by name, as the inventory resolves names; a function whose address is taken counts as called
 * there. Pure.
 */
import type { Path } from '../patch/types.ts';
import { type FileFacts, type Owner, type TreeFacts, unpackUses } from './types.ts';

/** Why code runs. */
export interface EntryPoints {
  /** Names without `sys_`. */
  readonly calls: readonly string[];
  /** Variables whose initialisers name the code: operations, sysctls. */
  readonly tables: readonly string[];
  /** Reached while booting. */
  readonly boot: boolean;
  /** There was too much to follow it all. */
  readonly more: boolean;
}

interface Node {
  readonly path: Path;
  readonly owner: Owner;
  readonly callers: Set<Node>;
}

const SYSTEM_CALL = /^(?:compat_)?sys_(\w+)$/;
/** Nodes looked at for one variable: what everything calls is reached from everywhere. */
const MOST = 400;

export class CallGraph {
  readonly #own = new Map<Path, Map<string, Node>>();
  readonly #byName = new Map<string, Node[]>();

  constructor(tree: TreeFacts) {
    for (const [path, facts] of tree) this.#addOwners(path, facts);
    for (const [path, facts] of tree) this.#addCalls(path, facts);
  }

  /** Where the functions and initialisers that are `owners` are reached from. */
  entriesOf(owners: Iterable<{ readonly path: Path; readonly owner: Owner }>): EntryPoints {
    const seen = new Set<Node>();
    for (const { path, owner } of owners) {
      const node = this.#own.get(path)?.get(nameOf(owner));
      if (node !== undefined) seen.add(node);
    }
    const [calls, tables] = [new Set<string>(), new Set<string>()];
    let boot = false;
    let more = false;
    for (const node of seen) {
      // That a test reaches it says nothing of the kernel.
      if (node.path.endsWith('_test.c')) continue;
      const call = systemCall(node.owner);
      if (call !== null) calls.add(call);
      else if (node.owner.kind === 'variable') tables.add(node.owner.name);
      else if (node.owner.kind === 'file' || isBoot(node.owner)) boot = true;
      else if (seen.size < MOST) for (const caller of node.callers) seen.add(caller);
      else more = true;
    }
    return { calls: [...calls].sort(), tables: [...tables].sort(), boot, more };
  }

  #addOwners(path: Path, { owners }: FileFacts): void {
    const own = new Map<string, Node>();
    this.#own.set(path, own);
    for (const owner of owners) {
      const node = own.get(nameOf(owner)) ?? { path, owner, callers: new Set() };
      own.set(nameOf(owner), node);
      if (owner.kind !== 'function' && owner.kind !== 'macro') continue;
      const all = this.#byName.get(owner.name);
      if (all === undefined) this.#byName.set(owner.name, [node]);
      else if (!all.includes(node)) all.push(node);
    }
  }

  #addCalls(path: Path, { owners, uses }: FileFacts): void {
    for (const [name, packed] of uses) {
      const called = this.#lookUp(path, name);
      if (called.length === 0) continue;
      for (const { owner: index } of unpackUses(packed)) {
        const owner = owners[index];
        const caller = owner === undefined ? undefined : this.#own.get(path)?.get(nameOf(owner));
        if (caller !== undefined) for (const each of called) each.callers.add(caller);
      }
    }
  }

  /** What a name calls: something of the file itself, else what other files may see. */
  #lookUp(path: Path, name: string): readonly Node[] {
    const all = this.#byName.get(name);
    if (all === undefined) return [];
    const here = all.filter((node) => node.path === path);
    if (here.length > 0) return here;
    return all.filter((node) => !node.owner.isStatic || node.path.endsWith('.h'));
  }
}

/** Functions and macros share a name space, variables have one of their own. */
function nameOf({ kind, name }: Owner): string {
  return kind === 'variable' || kind === 'file' ? `${kind} ${name}` : name;
}

function systemCall({ kind, name, attributes }: Owner): string | null {
  if (kind !== 'function') return null;
  if (attributes.includes('SYSCALL_DEFINE')) return name;
  return SYSTEM_CALL.exec(name)?.[1] ?? null;
}

function isBoot({ attributes }: Owner): boolean {
  return attributes.includes('__init') || attributes.includes('__net_init');
}
