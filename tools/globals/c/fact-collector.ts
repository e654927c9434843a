/** What is being found in one file. */
import { type Access, type FileFacts, type Owner, type Use, addUse } from '../types.ts';
import type { FileMacro } from './notes.ts';

/** What a reader has found. */
export interface FactLists extends Pick<
  FileFacts,
  'variables' | 'owners' | 'constants' | 'exported'
> {
  readonly uses: ReadonlyMap<string, readonly number[]>;
  /** Places that are no C, and the line of the first. */
  readonly bad: number;
  readonly badLine: number | null;
}

/** These parameters can be set from outside at any time: that writes. */
const PARAMETER = /^module_param|^core_param|^late_param/;

export class FactCollector implements FactLists {
  readonly variables: FileFacts['variables'][number][] = [];
  readonly owners: Owner[] = [];
  readonly uses = new Map<string, number[]>();
  readonly constants: string[] = [];
  readonly exported: string[] = [];
  bad = 0;
  badLine: number | null = null;
  #fileOwner = -1;

  /** Returns its index. */
  addOwner(owner: Owner): number {
    return this.owners.push(owner) - 1;
  }

  /** The owner of what stands outside of functions and initialisers. */
  ownerOfFile(): number {
    if (this.#fileOwner === -1)
      this.#fileOwner = this.addOwner({
        kind: 'file',
        name: '',
        line: 0,
        isStatic: true,
        attributes: [],
      });
    return this.#fileOwner;
  }

  note(name: string, use: Use): void {
    let packed = this.uses.get(name);
    if (packed === undefined) this.uses.set(name, (packed = []));
    addUse(packed, use);
  }

  addBad(line: number): void {
    this.bad += 1;
    this.badLine ??= line;
  }

  /** What macros at file scope do to the names in their arguments. */
  takeFileMacros(macros: readonly FileMacro[], lineAt: (place: number) => number): void {
    for (const { word, names } of macros) {
      const [first] = names;
      if (word.startsWith('EXPORT_')) {
        if (first !== undefined) this.exported.push(first.name);
        continue;
      }
      const access: Access = PARAMETER.test(word) ? 'write' : 'address';
      for (const { at, name } of names)
        this.note(name, { line: lineAt(at), owner: this.ownerOfFile(), access, element: false });
    }
  }
}
