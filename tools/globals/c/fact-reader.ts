/** Walks the syntax tree of one file: definitions, and uses of names that nothing nearer binds. */
import type { Owner, VariableFact } from '../types.ts';
import { type Ancestors, classifyUse } from './classify.ts';
import { type Region, conditionsAt } from './conditionals.ts';
import { attributesAround, isConstant, typeText } from './declaration.ts';
import type { Effort } from './effort.ts';
import { FactCollector, type FactLists } from './fact-collector.ts';
import { KIND, NODES, type NodeName, isDeclarator, isDeclaring, isScope } from './node-kinds.ts';
import type { Lines } from './lines.ts';
import type { Notes } from './notes.ts';
import { Scopes } from './scopes.ts';
import type { Visitor } from './walk.ts';

/** Normalised code, and how places in it are told to the reader of the file. */
export interface Source {
  readonly notes: Notes;
  /** One character for each byte. */
  readonly text: string;
  readonly regions: readonly Region[];
  readonly effort: Effort;
  /** Of the file itself. */
  readonly lines: Lines;
  /** Where in the file each line of `text` comes from; null where `text` is that of the file. */
  readonly origins: { readonly lines: Lines; readonly places: readonly number[] } | null;
}

/** A declaration that is being read. */
interface Declaration {
  readonly depth: number;
  readonly start: number;
  readonly kind: NodeName;
  storage: VariableFact['storage'];
}

/** A function whose definition is being read. */
interface FunctionRead {
  readonly name: string;
  readonly owner: number;
  readonly depth: number;
  /** Names of its static variables. */
  readonly statics: Set<string>;
}

const SYSTEM_CALL = /^(?:COMPAT_)?SYSCALL(?:32|64)?_DEFINE\d\b/;

export class FactReader implements Ancestors, Visitor {
  readonly #source: Source;
  /** Kinds and starts of the nodes above the cursor, and of the cursor's own. */
  readonly #stack: number[] = [];
  readonly #starts: number[] = [];
  readonly #declarations: Declaration[] = [];
  readonly #found = new FactCollector();
  readonly #scopes = new Scopes();
  #function: FunctionRead | null = null;
  readonly #statics = new Map<string, Set<string>>();
  #initialised: { owner: number; depth: number } | null = null;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Behind the last node. */
  finish(): FactLists {
    this.#found.takeFileMacros(this.#source.notes.fileMacros, (at) => this.#lineAt(at));
    return this.#found;
  }

  #lineAt(position: number): number {
    return this.#source.lines.at(this.#originOf(position));
  }

  #originOf(position: number): number {
    const { origins } = this.#source;
    return origins === null ? position : (origins.places[origins.lines.at(position) - 1] ?? 0);
  }

  // What `classifyUse` asks: the nodes above a name.
  kindAbove(level: number): NodeName {
    return NODES[this.#stack[this.#stack.length - 1 - level] ?? 0] ?? 'other';
  }
  startAbove(level: number): number {
    return this.#starts[this.#starts.length - 1 - level] ?? -1;
  }
  get text(): string {
    return this.#source.text;
  }

  enter(kind: number, start: number, end: number): void {
    this.#stack.push(kind);
    this.#starts.push(kind === 0 ? -1 : start);
    if (kind === 0) return;
    if (kind === KIND.identifier) this.#identifier(start, end);
    else if (isScope[kind] === 1) this.#scopes.open();
    else if (kind === KIND.storage_class_specifier) this.#storage(start, end);
    else if (kind === KIND.ERROR) this.#found.addBad(this.#lineAt(start));
    if (isDeclaring[kind] === 1) {
      const depth = this.#stack.length;
      this.#declarations.push({ depth, start, kind: NODES[kind] ?? 'other', storage: 'none' });
    }
  }

  leave(): void {
    const depth = this.#stack.length;
    const kind = this.#stack.pop() ?? 0;
    this.#starts.pop();
    if (kind === 0) return;
    if (isScope[kind] === 1) this.#scopes.close();
    if (this.#declarations.at(-1)?.depth === depth) this.#declarations.pop();
    if (this.#function?.depth === depth) this.#function = null;
    if (this.#initialised?.depth === depth) this.#initialised = null;
  }

  #storage(start: number, end: number): void {
    const declaration = this.#declarations.at(-1);
    if (declaration === undefined) return;
    const word = this.text.slice(start, end);
    if (word === 'static' || word === 'extern') declaration.storage = word;
  }

  #identifier(start: number, end: number): void {
    const name = this.text.slice(start, end);
    const parent = this.#stack[this.#stack.length - 2] ?? 0;
    if (parent === KIND.enumerator && this.startAbove(1) === start)
      this.#found.constants.push(name);
    else if (this.#isDeclarator(parent, start)) this.#declare(name, start, end);
    else if (parent !== KIND.macro_type_specifier) this.#use(name, start, end);
  }

  #isDeclarator(parent: number, start: number): boolean {
    if (isDeclaring[parent] === 1) return true;
    if (isDeclarator[parent] !== 1) return false;
    const first = parent === KIND.init_declarator || parent === KIND.array_declarator;
    return !first || this.startAbove(1) === start;
  }

  #declare(name: string, start: number, end: number): void {
    const declaration = this.#declarations.at(-1);
    if (declaration === undefined || declaration.kind === 'type_definition') return;
    let [inner, pointerAt, isInitialised, isArray] = ['', -1, false, false];
    for (let level = 1; this.#stack.length - level > declaration.depth; level += 1) {
      const kind = this.kindAbove(level);
      if (kind === 'init_declarator') isInitialised = true;
      else if (kind !== 'parenthesized_declarator' && kind !== 'attributed_declarator') {
        if (inner === '') inner = kind;
        if (inner === kind && kind === 'array_declarator') isArray = true;
        if (kind === 'pointer_declarator' && pointerAt === -1) pointerAt = this.startAbove(level);
      }
    }
    if (inner === 'function_declarator') return this.#declareFunction(name, start, declaration);
    if (declaration.kind === 'parameter_declaration') return this.#scopes.bind(name);
    if (declaration.kind === 'function_definition') return;
    if (this.#function !== null && declaration.storage === 'none') return this.#scopes.bind(name);
    this.#addVariable(name, start, end, { declaration, pointerAt, isInitialised, isArray });
  }

  #addVariable(
    name: string,
    start: number,
    end: number,
    how: { declaration: Declaration; pointerAt: number; isInitialised: boolean; isArray: boolean },
  ): void {
    const { declaration, pointerAt, isInitialised, isArray } = how;
    const use = this.#source.notes.definers.get(start);
    const definer = use?.definer ?? null;
    const storage = definer?.isStatic === true ? 'static' : declaration.storage;
    this.#source.effort.spend(end - declaration.start + this.#source.regions.length);
    const span = { declaration: declaration.start, pointer: pointerAt, name: start, end };
    // An extern declaration inside of a function means the global.
    const within = storage === 'extern' ? null : this.#function;
    const inside = within?.name ?? null;
    const fullName = (definer?.prefix ?? '') + name + (definer?.suffix ?? '');
    within?.statics.add(fullName);
    this.#found.variables.push({
      name: fullName,
      line: this.#lineAt(start),
      storage,
      declared: definer?.declares === true || (storage === 'extern' && !isInitialised),
      inside,
      type: definer?.type ?? typeText(this.text, span),
      array: isArray || use?.array === true || definer?.length !== undefined,
      isConst: isConstant(this.text, span) || definer?.isConst === true,
      initialised: isInitialised || (use !== undefined && definer?.percpu !== true),
      percpu: definer?.percpu === true,
      attributes: attributesAround(
        this.text,
        this.#source.notes.attributes,
        declaration.start,
        end,
      ),
      macro: use?.word ?? null,
      guessed: use !== undefined && definer === null,
      conditions: conditionsAt(this.#source.regions, this.#originOf(start)),
    });
    if (inside !== null) this.#scopes.bind(name);
    if (isInitialised && this.#function === null) this.#ownInitialiser(name, start, storage);
  }

  #ownInitialiser(name: string, start: number, storage: string): void {
    const isStatic = storage === 'static';
    const owner: Owner = {
      kind: 'variable',
      name,
      line: this.#lineAt(start),
      isStatic,
      attributes: [],
    };
    // Until the declarator with the initialiser is left.
    let depth = this.#stack.length;
    while (depth > 0 && this.#stack[depth - 1] !== KIND.init_declarator) depth -= 1;
    this.#initialised = { owner: this.#found.addOwner(owner), depth };
  }

  #declareFunction(name: string, start: number, declaration: Declaration): void {
    if (declaration.kind !== 'function_definition') return;
    const attributes = attributesAround(
      this.text,
      this.#source.notes.attributes,
      declaration.start,
      start,
    );
    // The macro has become the type of what it defines.
    if (SYSTEM_CALL.test(this.text.slice(declaration.start, start)))
      attributes.push('SYSCALL_DEFINE');
    const owner: Owner = {
      kind: 'function',
      name,
      line: this.#lineAt(start),
      isStatic: declaration.storage === 'static',
      attributes,
    };
    // Under conditions there may be two of the same name.
    const statics = this.#statics.get(name) ?? new Set();
    this.#statics.set(name, statics);
    const { depth } = declaration;
    this.#function = { name, owner: this.#found.addOwner(owner), depth, statics };
  }

  #use(name: string, start: number, end: number): void {
    // Of what a function binds, its static variables count.
    if (this.#scopes.has(name) && this.#function?.statics.has(name) !== true) return;
    const { access, element } = classifyUse(this, start, end);
    const owner = this.#initialised?.owner ?? this.#function?.owner ?? this.#found.ownerOfFile();
    this.#found.note(name, { line: this.#lineAt(start), owner, access, element });
  }
}
