/** Facts of one file of C: what it defines with static storage, and what it does with outer names. */
import type { Tree, TreeCursor } from 'web-tree-sitter';
import type { Access, FileFacts, Owner, Problem, Use, VariableFact } from '../types.ts';
import { packUse } from '../types.ts';
import { type Region, resolveConditionals } from './conditionals.ts';
import { classifyUse, type Ancestors } from './classify.ts';
import { type Grammar, NODES, type NodeName } from './grammar.ts';
import { readMacros } from './macro-bodies.ts';
import { type DefinerUse, type FileMacro, type Mark, Normaliser } from './normalise.ts';
import { blankTrivia, isBinary } from './trivia.ts';

/** Larger files are tables made by programs; they are named and not read. Bytes. */
export const LARGEST_FILE = 8 << 20;

const EMPTY: FileFacts = {
  variables: [],
  owners: [],
  uses: [],
  constants: [],
  exported: [],
  problems: [],
  lines: 0,
};

/** Read one file. Never throws because of what is in it. */
export function extractFacts(grammar: Grammar, original: Uint8Array): FileFacts {
  if (isBinary(original)) return unread('binary', 'not a text file');
  if (original.length > LARGEST_FILE) {
    return unread('too-large', `${original.length} bytes, more than ${LARGEST_FILE} are not read`);
  }
  const code = Uint8Array.from(original);
  const directives = blankTrivia(code);
  const regions = resolveConditionals(code, directives);
  const { attributes, definers, fileMacros } = new Normaliser(code).run();
  const text = Buffer.from(code.buffer).toString('latin1');
  const tree = grammar.parser.parse(text);
  if (tree === null) return unread('syntax', 'the parser gave up');
  try {
    const source = { original, text, regions, attributes, definers, fileMacros };
    const reader = new FactReader(grammar, source, tree);
    reader.read();
    return reader.facts(readMacros(directives, (at) => reader.lineAt(at)));
  } finally {
    tree.delete();
  }
}

function unread(kind: Problem['kind'], text: string): FileFacts {
  return { ...EMPTY, problems: [{ kind, line: null, count: 1, text }] };
}

interface Source {
  readonly original: Uint8Array;
  /** Normalised, one character for each byte. */
  readonly text: string;
  readonly regions: readonly Region[];
  readonly attributes: readonly Mark[];
  readonly definers: ReadonlyMap<number, DefinerUse>;
  readonly fileMacros: readonly FileMacro[];
}

/** A declaration that is being read. */
interface Declaration {
  readonly depth: number;
  readonly start: number;
  readonly kind: NodeName;
  storage: VariableFact['storage'];
}

const KIND = Object.fromEntries(NODES.map((name, index) => [name, index])) as Record<
  NodeName,
  number
>;
const DECLARATORS = new Set<number>(
  [
    'init_declarator',
    'pointer_declarator',
    'array_declarator',
    'parenthesized_declarator',
    'function_declarator',
    'attributed_declarator',
  ].map((name) => KIND[name as NodeName]),
);
const DECLARING = new Set<number>(
  ['declaration', 'parameter_declaration', 'function_definition', 'type_definition'].map(
    (name) => KIND[name as NodeName],
  ),
);
const SCOPES = new Set<number>([
  KIND.function_definition,
  KIND.compound_statement,
  KIND.for_statement,
]);
const LONGEST_TYPE = 80;
const MARKS_WITHIN = 400;

class FactReader implements Ancestors {
  readonly #kinds: Uint8Array;
  readonly #source: Source;
  readonly #cursor: TreeCursor;
  /** Kinds and starts of the nodes above the cursor, and of the cursor's own. */
  readonly #stack: number[] = [];
  readonly #starts: number[] = [];
  readonly #declarations: Declaration[] = [];
  readonly #variables: VariableFact[] = [];
  readonly #owners: Owner[] = [];
  readonly #uses = new Map<string, number[]>();
  readonly #constants: string[] = [];
  readonly #exported: string[] = [];
  readonly #bound = new Map<string, number>();
  readonly #undo: string[][] = [];
  readonly #lineStarts: number[];
  #function: { owner: number; depth: number } | null = null;
  #initialised: { owner: number; depth: number } | null = null;
  #fileOwner = -1;
  #badLine: number | null = null;
  #bad = 0;

  constructor(grammar: Grammar, source: Source, tree: Tree) {
    this.#kinds = grammar.kinds;
    this.#source = source;
    this.#cursor = tree.walk();
    this.#lineStarts = lineStartsOf(source.text);
  }

  read(): void {
    const cursor = this.#cursor;
    for (let entered = true; ;) {
      if (entered) this.#enter(this.#kinds[cursor.nodeTypeId] ?? 0);
      if (entered && cursor.gotoFirstChild()) continue;
      this.#leave();
      if (cursor.gotoNextSibling()) entered = true;
      else if (cursor.gotoParent()) entered = false;
      else break;
    }
    cursor.delete();
    this.#readFileMacros();
  }

  facts(macros: ReturnType<typeof readMacros>): FileFacts {
    for (const { owner, uses } of macros) {
      const index = this.#owners.push(owner) - 1;
      for (const [name, access, element] of uses)
        this.#note(name, { line: owner.line, owner: index, access, element });
    }
    const text = `${this.#bad} ${this.#bad === 1 ? 'place is' : 'places are'} no C that can be read`;
    return {
      variables: this.#variables,
      owners: this.#owners,
      uses: [...this.#uses],
      constants: this.#constants,
      exported: this.#exported,
      problems:
        this.#badLine === null
          ? []
          : [{ kind: 'syntax', line: this.#badLine, count: this.#bad, text }],
      lines: this.#lineStarts.length - 1,
    };
  }

  lineAt(position: number): number {
    let [low, high] = [0, this.#lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    return low + 1;
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

  #enter(kind: number): void {
    const cursor = this.#cursor;
    this.#stack.push(kind);
    this.#starts.push(kind === 0 ? -1 : cursor.startIndex);
    if (kind === 0) return;
    if (kind === KIND.identifier) this.#identifier();
    else if (SCOPES.has(kind)) this.#undo.push([]);
    else if (kind === KIND.storage_class_specifier) this.#storage();
    else if (kind === KIND.ERROR) this.#error();
    if (DECLARING.has(kind)) {
      const start = cursor.startIndex;
      const depth = this.#stack.length;
      this.#declarations.push({ depth, start, kind: NODES[kind] ?? 'other', storage: 'none' });
    }
  }

  #leave(): void {
    const depth = this.#stack.length;
    const kind = this.#stack.pop() ?? 0;
    this.#starts.pop();
    if (kind === 0) return;
    if (SCOPES.has(kind)) {
      for (const name of this.#undo.pop() ?? [])
        this.#bound.set(name, (this.#bound.get(name) ?? 1) - 1);
    }
    if (this.#declarations.at(-1)?.depth === depth) this.#declarations.pop();
    if (this.#function?.depth === depth) this.#function = null;
    if (this.#initialised?.depth === depth) this.#initialised = null;
  }

  #error(): void {
    this.#bad += 1;
    this.#badLine ??= this.lineAt(this.#cursor.startIndex);
  }

  #storage(): void {
    const declaration = this.#declarations.at(-1);
    if (declaration === undefined) return;
    const word = this.text.slice(this.#cursor.startIndex, this.#cursor.endIndex);
    if (word === 'static' || word === 'extern') declaration.storage = word;
  }

  #identifier(): void {
    const start = this.#cursor.startIndex;
    const end = this.#cursor.endIndex;
    const name = this.text.slice(start, end);
    const parent = this.#stack[this.#stack.length - 2] ?? 0;
    if (parent === KIND.enumerator && this.startAbove(1) === start) this.#constants.push(name);
    else if (this.#isDeclarator(parent, start)) this.#declare(name, start, end);
    else if (parent !== KIND.macro_type_specifier) this.#use(name, start, end);
  }

  #isDeclarator(parent: number, start: number): boolean {
    if (DECLARING.has(parent)) return true;
    if (!DECLARATORS.has(parent)) return false;
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
    if (declaration.kind === 'parameter_declaration') return this.#bind(name);
    if (declaration.kind === 'function_definition') return;
    if (this.#function !== null && declaration.storage === 'none') return this.#bind(name);
    this.#addVariable(name, start, end, { declaration, pointerAt, isInitialised, isArray });
  }

  #addVariable(
    name: string,
    start: number,
    end: number,
    how: { declaration: Declaration; pointerAt: number; isInitialised: boolean; isArray: boolean },
  ): void {
    const { declaration, pointerAt, isInitialised, isArray } = how;
    const use = this.#source.definers.get(start);
    const definer = use?.definer ?? null;
    const storage = definer?.isStatic === true ? 'static' : declaration.storage;
    // Of a pointer, what stands behind the last asterisk; else the whole type.
    const constant = /\bconst\b/.test(
      this.text.slice(pointerAt === -1 ? declaration.start : pointerAt, start),
    );
    // An extern declaration inside of a function means the global.
    const within = storage === 'extern' ? null : this.#function;
    const inside = within === null ? null : (this.#owners[within.owner]?.name ?? null);
    this.#variables.push({
      name: (definer?.prefix ?? '') + name,
      line: this.lineAt(start),
      storage,
      declared: definer?.declares === true || (storage === 'extern' && !isInitialised),
      inside,
      type: definer?.type ?? this.#typeText(declaration, start, end),
      array: isArray || definer?.length !== undefined,
      isConst: constant || definer?.isConst === true,
      initialised: isInitialised || (use !== undefined && definer?.percpu !== true),
      percpu: definer?.percpu === true,
      attributes: this.#attributesAround(declaration.start, end),
      macro: use?.word ?? null,
      guessed: use !== undefined && definer === null,
      conditions: this.#conditionsAt(start),
    });
    if (inside !== null) this.#bind(name);
    if (isInitialised && this.#function === null) this.#ownInitialiser(name, start, storage);
  }

  #ownInitialiser(name: string, start: number, storage: string): void {
    const isStatic = storage === 'static';
    const owner: Owner = {
      kind: 'variable',
      name,
      line: this.lineAt(start),
      isStatic,
      attributes: [],
    };
    // Until the declarator with the initialiser is left.
    let depth = this.#stack.length;
    while (depth > 0 && this.#stack[depth - 1] !== KIND.init_declarator) depth -= 1;
    this.#initialised = { owner: this.#owners.push(owner) - 1, depth };
  }

  #declareFunction(name: string, start: number, declaration: Declaration): void {
    if (declaration.kind !== 'function_definition') return;
    const owner: Owner = {
      kind: 'function',
      name,
      line: this.lineAt(start),
      isStatic: declaration.storage === 'static',
      attributes: this.#attributesAround(declaration.start, start),
    };
    this.#function = { owner: this.#owners.push(owner) - 1, depth: declaration.depth };
  }

  #bind(name: string): void {
    const scope = this.#undo.at(-1);
    if (scope === undefined) return;
    scope.push(name);
    this.#bound.set(name, (this.#bound.get(name) ?? 0) + 1);
  }

  #use(name: string, start: number, end: number): void {
    if ((this.#bound.get(name) ?? 0) > 0) {
      const own = this.#function === null ? undefined : this.#staticOf(name);
      if (own === undefined) return;
    }
    const { access, element } = classifyUse(this, start, end);
    const owner = this.#initialised?.owner ?? this.#function?.owner ?? this.#ownerOfFile();
    this.#note(name, { line: this.lineAt(start), owner, access, element });
  }

  /** The function-static variable that a bound name means; its uses count. */
  #staticOf(name: string): VariableFact | undefined {
    const inside = this.#owners[this.#function?.owner ?? -1]?.name;
    return this.#variables.findLast((each) => each.name === name && each.inside === inside);
  }

  #note(name: string, use: Use): void {
    const packed = this.#uses.get(name);
    if (packed === undefined) this.#uses.set(name, packUse(use));
    else packed.push(...packUse(use));
  }

  #ownerOfFile(): number {
    if (this.#fileOwner === -1) {
      const owner: Owner = { kind: 'file', name: '', line: 0, isStatic: true, attributes: [] };
      this.#fileOwner = this.#owners.push(owner) - 1;
    }
    return this.#fileOwner;
  }

  #readFileMacros(): void {
    for (const { word, names } of this.#source.fileMacros) {
      const [first] = names;
      if (word.startsWith('EXPORT_')) {
        if (first !== undefined) this.#exported.push(first.name);
        continue;
      }
      const access: Access = /^module_param|^core_param|^late_param/.test(word)
        ? 'write'
        : 'address';
      for (const { at, name } of names) {
        this.#note(name, {
          line: this.lineAt(at),
          owner: this.#ownerOfFile(),
          access,
          element: false,
        });
      }
    }
  }

  /** The type as written, without the name and on one line. */
  #typeText({ start }: Declaration, nameStart: number, nameEnd: number): string {
    const before = this.text.slice(start, nameStart);
    // Another variable of the same declaration: its type begins where the first one's does.
    const specifiers = before
      .replace(/\{[^]*\}/, '{…}')
      .replace(/(?<=[\w}*]\s*)\b\w+\s*(?:=[^]*)?,/g, '');
    const after =
      /^(?:\s*\[[^\]]*\])+|^\)\s*\([^)]*\)/.exec(this.text.slice(nameEnd, nameEnd + 200))?.[0] ??
      '';
    const text = `${specifiers}${after.startsWith(')') ? '' : ' '}${after}`
      .replace(/\b(?:static|extern|register|inline)\b/g, '')
      .replace(/\s+/g, ' ')
      .replace(/\s+(?=[\]),])|(?<=[[(])\s+/g, '')
      .replace(/\[\s*\]/g, '[]')
      .trim();
    return text.length > LONGEST_TYPE ? `${text.slice(0, LONGEST_TYPE - 1)}…` : text;
  }

  #attributesAround(start: number, end: number): string[] {
    const stop = end + Math.max(0, this.text.slice(end, end + MARKS_WITHIN).search(/[;={]|$/));
    const from = lastEndBefore(this.#source.text, start);
    const { attributes } = this.#source;
    const found: string[] = [];
    let [low, high] = [0, attributes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((attributes[middle]?.at ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < attributes.length; at += 1) {
      const mark = attributes[at];
      if (mark === undefined || mark.at >= stop) break;
      found.push(mark.word);
    }
    return found;
  }

  #conditionsAt(position: number): string[] {
    return this.#source.regions
      .filter(({ start, end }) => start <= position && position < end)
      .map(({ condition }) => condition);
  }
}

/** Behind the last thing before `start`: attributes may stand before the first word that is left. */
function lastEndBefore(text: string, start: number): number {
  let at = start;
  while (at > 0 && text.charCodeAt(at - 1) <= 32) at -= 1;
  return at;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
