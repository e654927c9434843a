/**
 * The global variables of a tree and who uses them. Which variable a name means is told in
 * `names.ts`; a use of a macro is a use of the variables in its body (`macro-table.ts`).
 */
import { posix } from 'node:path';
import type { Path } from '../patch/types.ts';
import { type Kind, kindOf } from './kinds.ts';
import { MacroTable, type Reached } from './macro-table.ts';
import { type Draft, Names, type Place, type Reference, accessTo } from './names.ts';
import type { Access, FileFacts, TreeFacts, VariableFact } from './types.ts';
import { USE_WIDTH, ownerAt, useAt } from './types.ts';

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

/** The inventory of a tree from the facts of its files. */
export function takeInventory(tree: TreeFacts): Inventory {
  return new Linker(tree).link();
}

class Linker {
  readonly #tree: TreeFacts;
  readonly #names = new Names();
  readonly #macros = new MacroTable(this.#names);

  constructor(tree: TreeFacts) {
    this.#tree = tree;
  }

  link(): Inventory {
    for (const [path, facts] of this.#tree) this.#names.define(path, facts);
    for (const [path, facts] of this.#tree) this.#macros.collect(path, facts);
    for (const [path, facts] of this.#tree) this.#declare(path, facts);
    for (const [path, facts] of this.#tree) this.#refer(path, facts);
    const { drafts } = this.#names;
    for (const { fact, hiddenBy } of drafts) {
      for (const { path, owner } of this.#macros.named(fact.name))
        hiddenBy.push({ path, line: owner.line });
    }
    const globals = drafts.map((draft) => finish(draft));
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

  /** Mere declarations and exports belong to the definition that they mean. */
  #declare(path: Path, facts: FileFacts): void {
    for (const { name, line, declared } of facts.variables) {
      if (declared) this.#names.find(path, name, null)?.declarations.push({ path, line });
    }
    for (const name of facts.exported) {
      const draft = this.#names.find(path, name, null);
      if (draft !== null) draft.exported = true;
    }
  }

  #refer(path: Path, facts: FileFacts): void {
    const otherwise = otherNames(facts);
    for (const [name, packed] of facts.uses) {
      const own = this.#names.ownOf(path, name);
      if (own === undefined && otherwise.has(name)) continue;
      if (own !== undefined || this.#names.isKnown(name)) this.#referTo(path, facts, name, packed);
      else this.#referThrough(path, facts, name, packed);
    }
  }

  /** Uses of a name of variables. Which one it means differs only where a function has its own. */
  #referTo(path: Path, { owners }: FileFacts, name: string, packed: readonly number[]): void {
    const own = this.#names.ownOf(path, name) ?? [];
    const isLocal = own.some(({ fact }) => fact.inside !== null);
    const always = isLocal ? null : this.#names.find(path, name, null);
    for (let at = 0; at < packed.length; at += USE_WIDTH) {
      const owner = owners[ownerAt(packed, at)];
      if (owner === undefined) continue;
      const draft = isLocal ? this.#names.find(path, name, owner.name) : always;
      if (draft === null) continue;
      const { line, access, element } = useAt(packed, at);
      const done = accessTo(draft.fact, access, element);
      draft.references.push({ path, line, owner, via: null, element, access: done });
    }
  }

  /** Uses of a macro are uses of what is in it; those by another macro are found where that is used. */
  #referThrough(path: Path, { owners }: FileFacts, via: string, packed: readonly number[]): void {
    let reached: Reached | null = null;
    for (let at = 0; at < packed.length; at += USE_WIDTH) {
      const owner = owners[ownerAt(packed, at)];
      if (owner === undefined || owner.kind === 'macro') continue;
      reached ??= this.#macros.reached(path, via);
      if (reached.length === 0) return;
      const { line, access: outer } = useAt(packed, at);
      for (const [{ fact, references }, inner, element] of reached) {
        const access = accessTo(fact, through(outer, inner), element);
        references.push({ path, line, owner, via, element, access });
      }
    }
  }
}

/** Along a series the same files are in many trees. */
const others = new WeakMap<FileFacts, ReadonlySet<string>>();

/** Names that mean something else in a file than a variable of another one. */
function otherNames(facts: FileFacts): ReadonlySet<string> {
  let names = others.get(facts);
  if (names === undefined) {
    const functions = facts.owners.filter(({ kind }) => kind === 'function');
    names = new Set([...facts.constants, ...functions.map(({ name }) => name)]);
    others.set(facts, names);
  }
  return names;
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

/** What is done to a macro is done to the variable only where its body merely stands for it. */
function through(outer: Access, inner: Access): Access {
  return inner === 'read' && outer !== 'call' ? outer : inner;
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

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
