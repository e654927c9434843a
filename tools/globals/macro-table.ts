/** The macros of a tree, and the variables that are used where one of them is: those in its body. */
import type { Path } from '../patch/types.ts';
import { type Draft, type Names, push } from './names.ts';
import { type Access, type FileFacts, type Owner, USE_WIDTH, ownerAt, useAt } from './types.ts';

/** What a macro's body does with a name. */
interface BodyUse {
  readonly name: string;
  readonly access: Access;
  readonly element: boolean;
}

interface Macro {
  readonly path: Path;
  readonly owner: Owner;
  readonly uses: readonly BodyUse[];
}

/** Variables, and what is done with them. */
export type Reached = readonly (readonly [Draft, Access, boolean])[];

/** Macros that are followed from one: many more than any of Linux leads to. */
const MOST = 1000;

export class MacroTable {
  readonly #names: Names;
  readonly #macros = new Map<string, Macro[]>();
  /** Names of the macros that a file defines itself. */
  readonly #own = new Map<Path, Set<string>>();
  readonly #expanded = new Map<string, Expanded>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** Take the macros of a file. */
  collect(path: Path, facts: FileFacts): void {
    const bodies = bodiesOf(facts);
    if (bodies.length > 0) this.#own.set(path, new Set(bodies.map(([{ name }]) => name)));
    for (const [owner, uses] of bodies) push(this.#macros, owner.name, { path, owner, uses });
  }

  /** The macros of that name in all files. */
  named(name: string): readonly Macro[] {
    return this.#macros.get(name) ?? NONE;
  }

  /** The variables that the macro `name` uses where it stands in a file, through others as well. */
  reached(path: Path, name: string): Reached {
    if (!this.#macros.has(name)) return [];
    const own = this.#own.get(path);
    const known = this.#expanded.get(name);
    // It is the same in all files that define none of the macros on the way.
    if (known !== undefined && (own === undefined || known.seen.isDisjointFrom(own)))
      return known.reached;
    const seen = new Set<string>();
    const reached = this.#expand(path, name, seen);
    if (own === undefined || seen.isDisjointFrom(own)) this.#expanded.set(name, { seen, reached });
    return reached;
  }

  /** Each macro on the way is entered once; they may name each other a thousand deep. */
  #expand(path: Path, name: string, seen: Set<string>): Reached {
    const found = new Map<Draft, Reached[number]>();
    const open = [this.#usesIn(path, name)];
    seen.add(name);
    for (let uses = open.at(-1); uses !== undefined; uses = open.at(-1)) {
      const { value, done } = uses.next();
      if (done === true) {
        open.pop();
        continue;
      }
      const [from, { name: used, access, element }] = value;
      const draft = this.#names.find(from, used, null);
      if (draft !== null) found.set(draft, [draft, access, element]);
      else if (seen.size < MOST && !seen.has(used) && this.#macros.has(used)) {
        seen.add(used);
        open.push(this.#usesIn(path, used));
      }
    }
    return [...found.values()];
  }

  /** What the macro `name` has in its body where it stands in a file, and where that body is. */
  *#usesIn(path: Path, name: string): Generator<readonly [Path, BodyUse], undefined> {
    const all = this.#macros.get(name) ?? NONE;
    const here = all.filter((macro) => macro.path === path);
    const meant = here.length > 0 ? here : all.filter((macro) => macro.path.endsWith('.h'));
    for (const macro of meant) for (const use of macro.uses) yield [macro.path, use];
    return undefined;
  }
}

/** What a macro stands for in files that have none of the names on the way for macros of their own. */
interface Expanded {
  readonly seen: ReadonlySet<string>;
  readonly reached: Reached;
}

const NONE: readonly Macro[] = [];

type Bodies = readonly (readonly [Owner, readonly BodyUse[]])[];

/** Along a series the same files are in many trees. */
const known = new WeakMap<FileFacts, Bodies>();

function bodiesOf(facts: FileFacts): Bodies {
  let bodies = known.get(facts);
  if (bodies === undefined) known.set(facts, (bodies = readBodies(facts)));
  return bodies;
}

function readBodies({ owners, uses }: FileFacts): Bodies {
  const bodies = new Map<number, BodyUse[]>();
  for (const [index, { kind }] of owners.entries()) if (kind === 'macro') bodies.set(index, []);
  if (bodies.size === 0) return [];
  for (const [name, packed] of uses) {
    for (let at = 0; at < packed.length; at += USE_WIDTH) {
      const body = bodies.get(ownerAt(packed, at));
      if (body === undefined) continue;
      const { access, element } = useAt(packed, at);
      body.push({ name, access, element });
    }
  }
  return [...bodies].flatMap(([index, body]) => {
    const owner = owners[index];
    return owner === undefined ? [] : [[owner, body] as const];
  });
}
