/**
 * Reads Kbuild files: which objects a configuration is made of, in the order in which they are linked.
 * Only what those files are for is understood: `obj-y`, `obj-$(CONFIG_X)`, conditions on CONFIG
 * variables and a few functions of make. Anything else could change what make does elsewhere; then
 * the answer is `unreadable`, and make itself has to be asked. Pure.
 */
import type { ReadText } from './kconfig-read.ts';

/** What a configuration is linked of. */
export interface Units {
  readonly kind: 'units';
  /** Objects in link order, relative to the tree: `init/main.o`. */
  readonly objects: readonly string[];
  /** Every Kbuild file that was read. */
  readonly paths: readonly string[];
}

/** A Kbuild file that only make can read. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly path: string;
  readonly reason: string;
}

class Beyond extends Error {}

/** Variables of make, as in auto.conf. */
export type Variables = ReadonlyMap<string, string>;

/** The objects that the Kbuild file at the top of the tree leads to. */
export function readKbuild(read: ReadText, variables: Variables): Units | Unreadable {
  const paths: string[] = [];
  const objects: string[] = [];
  const enter = (folder: string): void => {
    const path = `${folder}Kbuild`;
    if (paths.includes(path)) throw new Beyond('the folder is entered twice');
    paths.push(path);
    const text = read(path);
    if (text === null) throw new Beyond('no such file');
    const words = new KbuildFile(variables).read(text);
    for (const word of words) if (word.endsWith('.o')) objects.push(folder + word);
    for (const word of words) if (word.endsWith('/')) enter(folder + word);
  };
  try {
    enter('');
    return { kind: 'units', objects, paths };
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
    return { kind: 'unreadable', path: paths.at(-1) ?? 'Kbuild', reason: error.message };
  }
}

/** The text of auto.conf as variables of make. */
export function makeVariables(autoConf: string): Variables {
  const lines = autoConf.split('\n').filter((line) => /^\w+=/.test(line));
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** A block of ifeq … endif: whether its lines count, and whether a branch of it has counted. */
interface Block {
  readonly outer: boolean;
  active: boolean;
  taken: boolean;
}

class KbuildFile {
  readonly #variables: Variables;
  #words: string[] = [];
  readonly #blocks: Block[] = [];

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /** The words of `obj-y` at the end of the file. */
  read(text: string): readonly string[] {
    for (const line of logicalLines(text)) this.#line(line);
    if (this.#blocks.length > 0) throw new Beyond("'endif' is missing");
    return this.#words;
  }

  get #active(): boolean {
    return this.#blocks.at(-1)?.active ?? true;
  }

  #line(line: string): void {
    if (line.trim() === '') return;
    if (line.startsWith('\t')) throw new Beyond('a recipe');
    const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line) ?? [];
    if (/^(ifeq|ifneq|ifdef|ifndef)$/.test(word)) this.#open(word, rest);
    else if (word === 'else') this.#otherwise(rest);
    else if (word === 'endif' && rest === '') this.#close();
    else if (this.#active) this.#assign(line);
  }

  #open(word: string, rest: string): void {
    const outer = this.#active;
    const holds = outer && this.#condition(word, rest);
    this.#blocks.push({ outer, active: holds, taken: holds });
  }

  #otherwise(rest: string): void {
    const block = this.#blocks.at(-1);
    if (block === undefined) throw new Beyond("'else' without a condition");
    block.active = block.outer && !block.taken;
    if (rest !== '' && block.active) {
      const [, word = '', condition = ''] = /^(\S+)\s*(.*)$/.exec(rest) ?? [];
      block.active = this.#condition(word, condition);
    }
    block.taken ||= block.active;
  }

  #close(): void {
    if (this.#blocks.pop() === undefined) throw new Beyond("'endif' without a condition");
  }

  #condition(word: string, rest: string): boolean {
    if (word === 'ifdef' || word === 'ifndef') {
      return (this.#variable(this.#expand(rest)) !== '') === (word === 'ifdef');
    }
    if (word !== 'ifeq' && word !== 'ifneq') throw new Beyond(`'else ${word}'`);
    const inner = /^\((.*)\)$/.exec(rest)?.[1];
    const sides = inner === undefined ? [] : splitArguments(inner);
    const [left, right] = sides;
    if (left === undefined || right === undefined || sides.length !== 2)
      throw new Beyond(`the condition '${rest}'`);
    return (this.#expand(left).trim() === this.#expand(right).trim()) === (word === 'ifeq');
  }

  #assign(line: string): void {
    const at = operatorOf(line);
    if (at === null) throw new Beyond(`'${line.trim()}'`);
    const name = this.#expand(line.slice(0, at.start)).trim();
    if (!/^obj-\S*$/.test(name)) throw new Beyond(`'${name}' is set`);
    const words = wordsOf(this.#expand(line.slice(at.end)));
    // What is not 'y' is for nobody.
    if (name !== 'obj-y') return;
    this.#words = at.adds ? [...this.#words, ...words] : words;
  }

  #variable(name: string): string {
    if (!/^CONFIG_\w+$/.test(name)) throw new Beyond(`the variable '${name}'`);
    return this.#variables.get(name) ?? '';
  }

  #expand(text: string): string {
    let out = '';
    for (let at = 0; at < text.length;) {
      if (text[at] !== '$') {
        out += text[at];
        at += 1;
        continue;
      }
      const end = closing(text, at + 1);
      out += this.#reference(text.slice(at + 2, end));
      at = end + 1;
    }
    return out;
  }

  #reference(inner: string): string {
    const [, name, rest = ''] = /^([a-z-]+)\s+(.*)$/s.exec(inner) ?? [];
    if (name === undefined) return this.#variable(this.#expand(inner));
    return this.#call(name, splitArguments(rest));
  }

  #call(name: string, args: readonly string[]): string {
    const [first = '', second, third = ''] = args;
    if (name === 'if' && second !== undefined && args.length <= 3)
      return this.#expand(first).trim() === '' ? this.#expand(third) : this.#expand(second);
    if (name === 'or') return args.map((each) => this.#expand(each.trim())).find(Boolean) ?? '';
    if (name === 'and') {
      const values = args.map((each) => this.#expand(each.trim()));
      return values.includes('') ? '' : (values.at(-1) ?? '');
    }
    if (name === 'strip') return wordsOf(this.#expand(args.join(','))).join(' ');
    if ((name === 'filter' || name === 'filter-out') && second !== undefined) {
      const wanted = wordsOf(this.#expand(first));
      if (wanted.some((word) => word.includes('%'))) throw new Beyond(`'%' in '${name}'`);
      const words = wordsOf(this.#expand(args.slice(1).join(',')));
      return words.filter((word) => wanted.includes(word) === (name === 'filter')).join(' ');
    }
    throw new Beyond(`the function '${name}'`);
  }
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Lines with continuations joined and comments gone. */
function logicalLines(text: string): string[] {
  const lines = text.replaceAll(/[ \t]*\\\n[ \t]*/g, ' ').split('\n');
  return lines.map((line) => {
    if (line.includes('\\#')) throw new Beyond("'\\#'");
    return line.replace(/#.*$/, '');
  });
}

/** Where the reference that starts at `open` ends. */
function closing(text: string, open: number): number {
  const pair = text[open] === '(' ? ')' : text[open] === '{' ? '}' : null;
  if (pair === null) throw new Beyond(`'$${text[open] ?? ''}'`);
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === text[open]) depth += 1;
    else if (text[at] === pair && (depth -= 1) === 0) return at;
  }
  throw new Beyond('a reference that is not closed');
}

/** Arguments of a function: at the commas that stand in no parentheses. */
function splitArguments(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '{') depth += 1;
    if (character === ')' || character === '}') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts;
}

/** The assignment of a line: outside of references. `?=` and the others are not for lists of objects. */
function operatorOf(line: string): { start: number; end: number; adds: boolean } | null {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '$') at = closing(line, at + 1);
    else if (line.startsWith('+=', at)) return { start: at, end: at + 2, adds: true };
    else if (line.startsWith(':=', at)) return { start: at, end: at + 2, adds: false };
    else if (line[at] === '=') return { start: at, end: at + 1, adds: false };
    else if ('?!:'.includes(line[at] ?? '')) return null;
  }
  return null;
}
