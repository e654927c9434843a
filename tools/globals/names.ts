/**
 * Which variable a name means in a file of a tree: what the file itself defines, else the definition
 * with external linkage that is nearest in the tree, else one in a header. C would ask which headers
 * the file includes; that is not followed.
 */
import type { Path } from '../patch/types.ts';
import type { Access, FileFacts, Owner, Use, VariableFact } from './types.ts';

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

/** A variable while what is said of it elsewhere is being collected. */
export interface Draft {
  readonly fact: VariableFact;
  readonly path: Path;
  readonly others: Place[];
  readonly declarations: Place[];
  readonly hiddenBy: Place[];
  readonly references: Reference[];
  exported: boolean;
}

export class Names {
  /** In the order in which they were defined. */
  readonly drafts: Draft[] = [];
  readonly #own = new Map<Path, ReadonlyMap<string, readonly Draft[]>>();
  readonly #external = new Map<string, Draft[]>();
  readonly #inHeaders = new Map<string, Draft[]>();

  /** Take what a file defines. */
  define(path: Path, { variables }: FileFacts): void {
    const own = new Map<string, Draft[]>();
    this.#own.set(path, own);
    for (const fact of variables) {
      if (fact.declared) continue;
      const same = own.get(fact.name)?.find((draft) => draft.fact.inside === fact.inside);
      if (same !== undefined) {
        same.others.push({ path, line: fact.line });
        continue;
      }
      const draft = draftOf(path, fact);
      this.drafts.push(draft);
      push(own, fact.name, draft);
      if (fact.inside !== null) continue;
      if (fact.storage !== 'static') push(this.#external, fact.name, draft);
      else if (path.endsWith('.h')) push(this.#inHeaders, fact.name, draft);
    }
  }

  /** What the file itself calls so: one variable at most outside of functions. */
  ownOf(path: Path, name: string): readonly Draft[] | undefined {
    return this.#own.get(path)?.get(name);
  }

  /** Whether a file that does not define the name may mean a variable by it. */
  isKnown(name: string): boolean {
    return this.#external.has(name) || this.#inHeaders.has(name);
  }

  /** The variable that `name` means in a file, in a function that is called `inside`. */
  find(path: Path, name: string, inside: string | null): Draft | null {
    const own = this.ownOf(path, name);
    const local = own?.find(({ fact }) => fact.inside !== null && fact.inside === inside);
    const here = local ?? own?.find(({ fact }) => fact.inside === null);
    if (here !== undefined) return here;
    return nearest(path, this.#external.get(name)) ?? nearest(path, this.#inHeaders.get(name));
  }
}

function draftOf(path: Path, fact: VariableFact): Draft {
  return {
    fact,
    path,
    others: [],
    declarations: [],
    hiddenBy: [],
    references: [],
    exported: false,
  };
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

/** A whole array is its address; an element of what is no array lies where a pointer points to. */
export function accessTo(fact: VariableFact, access: Access, element: boolean): Access {
  if (access === 'call') return 'read';
  if (fact.array) return access === 'read' && !element ? 'address' : access;
  return element && !fact.percpu && access !== 'sizeof' ? 'read' : access;
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
