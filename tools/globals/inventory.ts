/**
 * The global variables of a tree and who uses them. Names are resolved as C resolves them, with one
 * liberty: which headers a file includes is not followed. A name means what its own file defines,
 * else the definition with external linkage that is nearest in the tree, else one in a header. A use
 * of a macro is a use of the variables in its body.
 */
import { posix } from 'node:path';
import type { Path } from '../patch/types.ts';
import { type Kind, kindOf } from './kinds.ts';
import type { Access, FileFacts, Owner, TreeFacts, Use, VariableFact } from './types.ts';
import { unpackUses } from './types.ts';

/** A use of a variable. */
export interface Reference extends Omit<Use, 'owner'> {
  readonly path: Path;
  readonly owner: Owner;
  /** The macro that hides it. */
  readonly via: string | null;
}

export interface Place {
  readonly path: Path;
  readonly line: number;
}

export interface GlobalVariable extends Omit<VariableFact, 'declared'> {
  /** The same over the patches of a series: name, and for what is static the file as well. */
  readonly key: string;
  readonly path: Path;
  readonly kind: Kind;
  /** Part of the state of a running kernel: neither constant nor gone after boot. */
  readonly writable: boolean;
  readonly exported: boolean;
  /** Further definitions, for other configurations. */
  readonly others: readonly Place[];
  readonly declarations: readonly Place[];
  /** Macros of the same name, which hide the variable where they are seen. */
  readonly hiddenBy: readonly Place[];
  readonly references: readonly Reference[];
}

export interface Unread extends Place {
  readonly count: number;
  readonly kind: FileFacts['problems'][number]['kind'];
  readonly text: string;
}

/** A C file that another one includes. */
export interface Part {
  readonly path: Path;
  readonly conditions: readonly string[];
}

export interface Inventory {
  /** By path and line. */
  readonly globals: readonly GlobalVariable[];
  readonly files: number;
  readonly lines: number;
  /** C files that are compiled as part of another one, by that one. */
  readonly parts: ReadonlyMap<Path, readonly Part[]>;
  /** What could not be read, and where it begins. */
  readonly unread: readonly (Omit<Unread, 'line'> & { readonly line: number | null })[];
}

/** A variable while its references are being collected. */
interface Draft {
  readonly fact: VariableFact;
  readonly path: Path;
  readonly others: Place[];
  readonly declarations: Place[];
  readonly hiddenBy: Place[];
  readonly references: Reference[];
  exported: boolean;
}

/** A macro, and what its body uses. */
interface MacroUse {
  readonly path: Path;
  readonly owner: Owner;
  readonly uses: readonly {
    readonly name: string;
    readonly access: Access;
    readonly element: boolean;
  }[];
}

/** The inventory of a tree from the facts of its files. */
export function takeInventory(tree: TreeFacts): Inventory {
  return new Linker(tree).link();
}

class Linker {
  readonly #tree: TreeFacts;
  readonly #own = new Map<Path, Map<string, Draft[]>>();
  readonly #external = new Map<string, Draft[]>();
  readonly #inHeaders = new Map<string, Draft[]>();
  readonly #macros = new Map<string, MacroUse[]>();
  readonly #drafts: Draft[] = [];

  constructor(tree: TreeFacts) {
    this.#tree = tree;
  }

  link(): Inventory {
    for (const [path, facts] of this.#tree) this.#define(path, facts);
    for (const [path, facts] of this.#tree) this.#collectMacros(path, facts);
    for (const [path, facts] of this.#tree) this.#declare(path, facts);
    for (const [path, facts] of this.#tree) this.#refer(path, facts);
    for (const draft of this.#drafts) {
      for (const macro of this.#macros.get(draft.fact.name) ?? [])
        draft.hiddenBy.push({ path: macro.path, line: macro.owner.line });
    }
    const globals = this.#drafts.map((draft) => finish(draft));
    globals.sort((a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.name, b.name));
    const all = [...this.#tree];
    return {
      globals,
      files: all.length,
      lines: all.reduce((sum, [, { lines }]) => sum + lines, 0),
      parts: new Map(all.flatMap(([path, { includes }]) => partsOf(path, includes))),
      unread: all
        .flatMap(([path, { problems }]) => problems.map((problem) => ({ path, ...problem })))
        .sort((a, b) => compare(a.path, b.path)),
    };
  }

  #define(path: Path, facts: FileFacts): void {
    const own = new Map<string, Draft[]>();
    this.#own.set(path, own);
    for (const fact of facts.variables) {
      if (fact.declared) continue;
      const same = own.get(fact.name)?.find((draft) => draft.fact.inside === fact.inside);
      if (same !== undefined) {
        same.others.push({ path, line: fact.line });
        continue;
      }
      const draft: Draft = {
        fact,
        path,
        others: [],
        declarations: [],
        hiddenBy: [],
        references: [],
        exported: false,
      };
      this.#drafts.push(draft);
      push(own, fact.name, draft);
      if (fact.inside !== null) continue;
      if (fact.storage !== 'static') push(this.#external, fact.name, draft);
      else if (path.endsWith('.h')) push(this.#inHeaders, fact.name, draft);
    }
  }

  #collectMacros(path: Path, facts: FileFacts): void {
    const byOwner = new Map<number, MacroUse['uses'][number][]>();
    for (const [name, packed] of facts.uses) {
      for (const { owner, access, element } of unpackUses(packed)) {
        if (facts.owners[owner]?.kind === 'macro') push(byOwner, owner, { name, access, element });
      }
    }
    for (const [index, owner] of facts.owners.entries()) {
      if (owner.kind !== 'macro') continue;
      push(this.#macros, owner.name, { path, owner, uses: byOwner.get(index) ?? [] });
    }
  }

  /** Mere declarations and exports belong to the definition that they mean. */
  #declare(path: Path, facts: FileFacts): void {
    for (const { name, line, declared } of facts.variables) {
      if (!declared) continue;
      const draft = this.#lookUp(path, name, null);
      if (draft !== null) draft.declarations.push({ path, line });
    }
    for (const name of facts.exported) {
      const draft = this.#lookUp(path, name, null);
      if (draft !== null) draft.exported = true;
    }
  }

  #refer(path: Path, facts: FileFacts): void {
    const otherwise = new Set([
      ...facts.constants,
      ...facts.owners.filter(({ kind }) => kind === 'function').map(({ name }) => name),
    ]);
    for (const [name, packed] of facts.uses) {
      const own = this.#own.get(path)?.get(name);
      if (own === undefined && otherwise.has(name)) continue;
      const reached = own === undefined ? this.#reach(path, name) : null;
      if (own === undefined && reached === null) continue;
      for (const use of unpackUses(packed)) {
        const owner = facts.owners[use.owner];
        if (owner === undefined) continue;
        const draft = this.#lookUp(path, name, owner.name);
        if (draft !== null) draft.references.push(reference(path, owner, use, draft, null));
        else if (owner.kind !== 'macro')
          for (const [target, access, element] of reached ?? [])
            target.references.push(
              reference(
                path,
                owner,
                { ...use, access: through(use.access, access), element },
                target,
                name,
              ),
            );
      }
    }
  }

  /** What a name that the file itself does not define stands for: null when it is nothing of interest. */
  #reach(path: Path, name: string): Reached | null {
    if (this.#external.has(name) || this.#inHeaders.has(name)) return [];
    if (!this.#macros.has(name)) return null;
    const reached = this.#expand(path, name, new Set());
    return reached.length === 0 ? null : reached;
  }

  /** The variables that a macro's body uses, through further macros as well. */
  #expand(path: Path, name: string, seen: Set<string>): Reached {
    if (seen.has(name) || seen.size > DEEPEST) return [];
    seen.add(name);
    const all = this.#macros.get(name) ?? [];
    const here = all.filter((macro) => macro.path === path);
    const meant = here.length > 0 ? here : all.filter((macro) => macro.path.endsWith('.h'));
    const found = new Map<Draft, readonly [Draft, Access, boolean]>();
    for (const macro of meant) {
      for (const { name: used, access, element } of macro.uses) {
        const draft = this.#lookUp(macro.path, used, null);
        if (draft !== null) found.set(draft, [draft, access, element]);
        else for (const each of this.#expand(path, used, seen)) found.set(each[0], each);
      }
    }
    return [...found.values()];
  }

  /** The variable that `name` means in a file, in a function of that name. */
  #lookUp(path: Path, name: string, inside: string | null): Draft | null {
    const own = this.#own.get(path)?.get(name);
    const local = own?.find(({ fact }) => fact.inside !== null && fact.inside === inside);
    const here = local ?? own?.find(({ fact }) => fact.inside === null);
    if (here !== undefined) return here;
    return nearest(path, this.#external.get(name)) ?? nearest(path, this.#inHeaders.get(name));
  }
}

/** Included files by their path in the tree: names are relative to the file that includes them. */
function partsOf(path: Path, includes: FileFacts['includes']): [Path, Part[]][] {
  if (includes.length === 0) return [];
  const parts = includes.map(({ name, conditions }) => ({
    path: posix.join(posix.dirname(path), name),
    conditions,
  }));
  return [[path, parts]];
}

type Reached = readonly (readonly [Draft, Access, boolean])[];
const DEEPEST = 12;

/** What is done to a macro is done to the variable only where its body merely stands for it. */
function through(outer: Access, inner: Access): Access {
  return inner === 'read' && outer !== 'call' ? outer : inner;
}

function reference(
  path: Path,
  owner: Owner,
  { line, access, element }: Omit<Use, 'owner'>,
  { fact }: Draft,
  via: string | null,
): Reference {
  return { path, line, owner, via, element, access: accessTo(fact, access, element) };
}

/** A whole array is its address; an element of what is no array lies where a pointer points to. */
function accessTo(fact: VariableFact, access: Access, element: boolean): Access {
  if (access === 'call') return 'read';
  if (fact.array) return access === 'read' && !element ? 'address' : access;
  return element && !fact.percpu && access !== 'sizeof' ? 'read' : access;
}

/** The definition whose path has most directories in common with `path`. */
function nearest(path: Path, drafts: readonly Draft[] | undefined): Draft | null {
  if (drafts === undefined) return null;
  if (drafts.length === 1) return drafts[0] ?? null;
  return drafts.reduce((best, draft) =>
    common(path, draft.path) > common(path, best.path) ? draft : best,
  );
}

function common(a: Path, b: Path): number {
  const [one, other] = [a.split('/'), b.split('/')];
  const differ = one.findIndex((part, index) => part !== other[index]);
  return differ === -1 ? one.length : differ;
}

function finish(draft: Draft): GlobalVariable {
  const { fact, path, references } = draft;
  const { declared: _, ...rest } = fact;
  const inner = fact.inside === null ? fact.name : `${fact.inside}.${fact.name}`;
  const isLocal = fact.storage === 'static' || fact.inside !== null;
  return {
    ...rest,
    key: isLocal ? `${path}:${inner}` : fact.name,
    path,
    kind: kindOf(fact, path, references),
    writable: isWritable(fact),
    exported: draft.exported,
    others: draft.others,
    declarations: draft.declarations,
    hiddenBy: draft.hiddenBy,
    references,
  };
}

/** Sections that are read-only, or freed, once the kernel runs. */
const NOT_STATE =
  /^__(?:init|exit|devinit|cpuinit|meminit|net_init)(?:data|const)|^__ro_after_init/;

function isWritable(fact: VariableFact): boolean {
  return !fact.isConst && !fact.attributes.some((word) => NOT_STATE.test(word));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
