/** Facts of one file from its parts: its code, what its macros define, and what is in their bodies. */
import { type FileFacts, type Owner, type Problem, addUse, withOwnersFrom } from '../types.ts';
import type { FactLists } from './fact-collector.ts';
import type { MacroFacts } from './macro-bodies.ts';

export class JoinedFacts {
  readonly #code: FactLists;
  readonly #lists: FactLists[] = [];
  readonly #owners: Owner[] = [];
  readonly #uses = new Map<string, number[]>();

  /** Problems are those of the code. What expands to no C was no definition, and is read as a macro. */
  constructor(code: FactLists) {
    this.#code = code;
    this.add(code);
  }

  add(list: FactLists): void {
    const before = this.#owners.length;
    this.#lists.push(list);
    for (const owner of list.owners) this.#owners.push(owner);
    for (const [name, packed] of list.uses) this.#addPacked(name, withOwnersFrom(before, packed));
  }

  addMacro({ owner, uses }: MacroFacts): void {
    const index = this.#owners.push(owner) - 1;
    for (const [name, access, element] of uses)
      addUse(this.#usesOf(name), { line: owner.line, owner: index, access, element });
  }

  facts(): Omit<FileFacts, 'lines' | 'includes'> {
    return {
      variables: this.#lists.flatMap(({ variables }) => variables),
      owners: this.#owners,
      uses: [...this.#uses],
      constants: this.#lists.flatMap(({ constants }) => constants),
      exported: this.#lists.flatMap(({ exported }) => exported),
      problems: problemsOf(this.#code),
    };
  }

  #addPacked(name: string, packed: number[]): void {
    const all = this.#uses.get(name);
    if (all === undefined) this.#uses.set(name, packed);
    else for (const number of packed) all.push(number);
  }

  #usesOf(name: string): number[] {
    let packed = this.#uses.get(name);
    if (packed === undefined) this.#uses.set(name, (packed = []));
    return packed;
  }
}

function problemsOf({ bad, badLine }: FactLists): Problem[] {
  if (badLine === null) return [];
  const text = `${bad} ${bad === 1 ? 'place is' : 'places are'} no C that can be read`;
  return [{ kind: 'syntax', line: badLine, count: bad, text }];
}
