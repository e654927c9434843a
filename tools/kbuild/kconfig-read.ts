/** Reads Kconfig files, as `scripts/kconfig/conf` of the modelled kernel does. Pure. */
import { LineFault, LineReader, both } from './kconfig-expression.ts';
import type {
  Expression,
  Kconfig,
  KconfigFault,
  Option,
  OptionType,
  RangeLine,
  ValueLine,
} from './kconfig-types.ts';

/** Content of a file of the tree as Latin-1; null when there is none. */
export type ReadText = (path: string) => string | null;

/** Both as in conf.c, whose buffers they are. */
const LONGEST_LINE = 1022;
const DEEPEST_NESTING = 16;

/** An entry while its lines come. */
interface Draft {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  type: OptionType | null;
  prompt: string | null;
  depends: Expression | null;
  readonly defaults: ValueLine[];
  readonly selects: ValueLine[];
  readonly ranges: RangeLine[];
}

/** Read the file at `path` and all that it names. */
export function readKconfig(path: string, read: ReadText): Kconfig | KconfigFault {
  const reader = new Reader(read);
  try {
    reader.file(path, null);
    return { kind: 'kconfig', options: reader.finish(), paths: reader.paths };
  } catch (error) {
    if (error instanceof PlacedFault) return error.fault;
    throw error;
  }
}

class PlacedFault extends Error {
  readonly fault: KconfigFault;

  constructor(path: string, line: number | null, message: string) {
    super(message);
    this.fault = { kind: 'fault', path, line, message };
  }
}

class Reader {
  readonly paths: string[] = [];
  readonly #read: ReadText;
  readonly #drafts = new Map<string, Draft>();
  readonly #open: string[] = [];

  constructor(read: ReadText) {
    this.#read = read;
  }

  file(path: string, outer: Expression | null): void {
    const text = this.#read(path);
    if (text === null) throw new PlacedFault(path, null, 'no such file');
    if (this.#open.includes(path)) throw new PlacedFault(path, null, 'the file sources itself');
    this.#open.push(path);
    this.paths.push(path);
    const file = new FileReader(path, text, outer);
    for (let line = file.next(); line !== null; line = file.next()) {
      try {
        this.#line(file, line);
      } catch (error) {
        if (error instanceof LineFault) throw new PlacedFault(path, file.number, error.message);
        throw error;
      }
    }
    const missing = file.missing;
    if (missing !== null) throw new PlacedFault(path, file.number, `'${missing}' is missing`);
    this.#open.pop();
  }

  /** The options, when all of them make sense. */
  finish(): Map<string, Option> {
    const options = new Map<string, Option>();
    for (const [name, draft] of this.#drafts) {
      const { path, line, type } = draft;
      if (type === null) throw new PlacedFault(path, line, `'${name}' has no type`);
      for (const { value } of draft.selects) {
        if (this.#drafts.get(value)?.type !== 'bool')
          throw new PlacedFault(path, line, `'${name}' selects '${value}', which is no bool`);
      }
      options.set(name, { ...draft, type });
    }
    return options;
  }

  #line(file: FileReader, text: string): void {
    const line = new LineReader(text);
    if (line.rest === '' || line.rest.startsWith('#')) return;
    const word = line.word();
    if (word === null) throw new LineFault(`cannot read '${line.rest}'`);
    if (word === 'help' && file.entry !== null) file.skipHelp();
    else if (word === 'config') file.entry = this.#newEntry(file, line);
    else if (word === 'if') file.enter('endif', line.expression());
    else if (word === 'menu') file.enter('endmenu', null);
    else if (word === 'endif' || word === 'endmenu') file.leave(word);
    else if (word === 'comment' || word === 'mainmenu') file.entry = null;
    else if (word === 'source') {
      file.entry = null;
      this.file(line.word() ?? '', file.outer);
    } else if (file.entry === null || !attribute(line, word, file.entry))
      throw new LineFault(`unknown keyword '${word}'`);
  }

  #newEntry(file: FileReader, line: LineReader): Draft {
    const name = line.word();
    if (name === null) throw new LineFault('config needs a name');
    if (this.#drafts.has(name)) throw new LineFault(`'${name}' is defined twice`);
    const draft: Draft = {
      name,
      path: file.path,
      line: file.number,
      type: null,
      prompt: null,
      depends: file.outer,
      defaults: [],
      selects: [],
      ranges: [],
    };
    this.#drafts.set(name, draft);
    return draft;
  }
}

/** Lines of one file, and what they stand in. */
class FileReader {
  readonly path: string;
  number = 0;
  /** What all entries here depend on. */
  outer: Expression | null;
  entry: Draft | null = null;
  readonly #lines: readonly string[];
  readonly #blocks: { readonly end: string; readonly outer: Expression | null }[] = [];

  constructor(path: string, text: string, outer: Expression | null) {
    this.path = path;
    this.outer = outer;
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    this.#lines = lines;
  }

  /** What should have closed the innermost block; null when all are closed. */
  get missing(): string | null {
    return this.#blocks.at(-1)?.end ?? null;
  }

  next(): string | null {
    const line = this.#lines[this.number] ?? null;
    if (line === null) return null;
    this.number += 1;
    if (line.length > LONGEST_LINE)
      throw new PlacedFault(this.path, this.number, 'line is too long');
    return line;
  }

  enter(end: string, condition: Expression | null): void {
    if (this.#blocks.length === DEEPEST_NESTING) throw new LineFault('nested too deeply');
    this.#blocks.push({ end, outer: this.outer });
    this.outer = both(this.outer, condition);
    this.entry = null;
  }

  leave(end: string): void {
    const block = this.#blocks.pop();
    if (block?.end !== end) throw new LineFault(`unexpected '${end}'`);
    this.outer = block.outer;
    this.entry = null;
  }

  /** A help text lasts as long as lines are empty or deeper than its first. */
  skipHelp(): void {
    let indent = 0;
    for (let line = this.next(); line !== null; line = this.next()) {
      const here = indentOf(line);
      if (here === null) continue;
      indent ||= here;
      if (here < indent || indent === 0) {
        this.number -= 1;
        return;
      }
    }
  }
}

/** Columns before the first character, tabs going to every eighth; null when there is none. */
function indentOf(line: string): number | null {
  let column = 0;
  for (const character of line) {
    if (character === '\t') column += 8 - (column % 8);
    else if (character === ' ') column += 1;
    else return column;
  }
  return null;
}

const TYPES: Readonly<Record<string, OptionType>> = {
  bool: 'bool',
  def_bool: 'bool',
  int: 'int',
  string: 'string',
};

/** Add what a line says to its entry. Returns whether `word` is a keyword at all. */
function attribute(line: LineReader, word: string, entry: Draft): boolean {
  const type = Object.hasOwn(TYPES, word) ? TYPES[word] : undefined;
  if (type !== undefined) setType(line, entry, type);
  else if (!['default', 'select', 'range', 'depends'].includes(word)) return false;
  if (word === 'default' || word === 'def_bool') entry.defaults.push(valueLine(line));
  else if (word === 'select') entry.selects.push(valueLine(line));
  else if (word === 'range') entry.ranges.push(rangeLine(line));
  else if (word === 'depends') {
    if (line.word() !== 'on') throw new LineFault("'depends' needs 'on'");
    entry.depends = both(entry.depends, line.expression());
  }
  line.expectEnd();
  return true;
}

function setType(line: LineReader, entry: Draft, type: OptionType): void {
  if (entry.type !== null && entry.type !== type)
    throw new LineFault(`'${entry.name}' has two types`);
  entry.type = type;
  if (line.rest.startsWith('"')) entry.prompt = line.word();
}

function valueLine(line: LineReader): ValueLine {
  const value = line.word();
  if (value === null) throw new LineFault('a value is missing');
  return { value, condition: line.condition() };
}

function rangeLine(line: LineReader): RangeLine {
  const low = line.word();
  if (low === null) throw new LineFault('a value is missing');
  const high = line.word();
  if (high === null) throw new LineFault('range needs two values');
  return { low, high, condition: line.condition() };
}
