/** Facts of one file of C: what it defines with static storage, and what it does with outer names. */
import { type FileFacts, type Owner, type Problem, addUse, withOwnersFrom } from '../types.ts';
import { type Region, conditionsAt, resolveConditionals } from './conditionals.ts';
import { latin1 } from './code-text.ts';
import { condense } from './condense.ts';
import { Effort, TooMuchEffort } from './effort.ts';
import { localMacros } from './expand.ts';
import type { FactLists } from './fact-collector.ts';
import { FactReader, type Source } from './fact-reader.ts';
import type { Grammar } from './grammar.ts';
import { type MacroFacts, readMacros } from './macro-bodies.ts';
import { normalise } from './normalise.ts';
import type { Expansion, Notes } from './notes.ts';
import { type Directive, blankTrivia, isBinary } from './trivia.ts';

const NEWLINE = 10;
/** Larger files are tables made by programs; they are named and not read. Bytes. */
export const LARGEST_FILE = 8 << 20;

/** Read one file. Never throws because of what is in it. */
export function extractFacts(grammar: Grammar, original: Uint8Array): FileFacts {
  if (isBinary(original)) return unread('binary', 'not a text file');
  if (original.length > LARGEST_FILE) {
    return unread('too-large', `${original.length} bytes, more than ${LARGEST_FILE} are not read`);
  }
  try {
    return readFile(grammar, original);
  } catch (error) {
    if (error instanceof TooMuchEffort)
      return unread('too-large', 'declarations, brackets or macros are more than can be followed');
    throw error;
  }
}

function readFile(grammar: Grammar, original: Uint8Array): FileFacts {
  const code = new Uint8Array(original);
  const effort = new Effort(code.length);
  const directives = blankTrivia(code);
  const regions = resolveConditionals(code, directives, effort);
  const notes = normalise(code, localMacros(directives), effort);
  const starts = lineStartsOf(code);
  const lineAt = (position: number): number => lineIn(starts, position);
  const place = { regions, effort, lineAt, originOf: (at: number) => at };
  const lists = [
    readCode(grammar, code, notes, place),
    ...readExpansions(grammar, notes.expansions, place),
    ...readMacros(directives, lineAt).map((macro) => listsOfMacro(macro)),
  ];
  return {
    ...join(lists),
    includes: includedSources(directives, regions),
    lines: linesOf(code, starts),
  };
}

function unread(kind: Problem['kind'], text: string): FileFacts {
  const nothing = {
    variables: [],
    owners: [],
    uses: [],
    constants: [],
    exported: [],
    includes: [],
  };
  return { ...nothing, lines: 0, problems: [{ kind, line: null, count: 1, text }] };
}

type Place = Pick<Source, 'regions' | 'effort' | 'lineAt' | 'originOf'>;

function readCode(grammar: Grammar, code: Uint8Array, notes: Notes, place: Place): FactLists {
  const text = latin1(code);
  const { condensed, places } = condense(code);
  const tree = grammar.parser.parse(condensed);
  if (tree === null) return { ...NOTHING, bad: 1, badLine: 1 };
  try {
    const reader = new FactReader({ ...place, notes, text, places });
    reader.read(grammar, tree);
    return reader.lists;
  } finally {
    tree.delete();
  }
}

/** What macros of the file define: a line of code for each, told by the line of the macro. */
function readExpansions(
  grammar: Grammar,
  expansions: readonly Expansion[],
  { regions, effort, lineAt }: Place,
): FactLists[] {
  if (expansions.length === 0) return [];
  const code = Buffer.from(expansions.map(({ text }) => text).join('\n'), 'latin1');
  const starts = lineStartsOf(code);
  blankTrivia(code);
  const originOf = (position: number): number => expansions[lineIn(starts, position) - 1]?.at ?? 0;
  const read = readCode(grammar, code, normalise(code, new Map(), effort), {
    regions,
    effort,
    lineAt,
    originOf,
  });
  const wordAt = new Map(expansions.map(({ at, word }) => [lineAt(at), word]));
  const variables = read.variables.map((each) => ({
    ...each,
    macro: wordAt.get(each.line) ?? each.macro,
  }));
  // What expands to no C was no definition: the macro itself is read as it stands.
  return [{ ...read, variables, bad: 0, badLine: null }];
}

const NOTHING: FactLists = {
  variables: [],
  owners: [],
  uses: new Map(),
  constants: [],
  exported: [],
  bad: 0,
  badLine: null,
};

function listsOfMacro({ owner, uses }: MacroFacts): FactLists {
  const found = new Map<string, number[]>();
  for (const [name, access, element] of uses) {
    const packed = found.get(name) ?? [];
    addUse(packed, { line: owner.line, owner: 0, access, element });
    found.set(name, packed);
  }
  return { ...NOTHING, owners: [owner], uses: found };
}

function join(lists: readonly FactLists[]): Omit<FileFacts, 'lines' | 'includes'> {
  const owners: Owner[] = [];
  const uses = new Map<string, number[]>();
  for (const list of lists) {
    for (const [name, packed] of list.uses) {
      const all = uses.get(name);
      const moved = withOwnersFrom(owners.length, packed);
      if (all === undefined) uses.set(name, moved);
      else all.push(...moved);
    }
    owners.push(...list.owners);
  }
  return {
    variables: lists.flatMap(({ variables }) => variables),
    owners,
    uses: [...uses],
    constants: lists.flatMap(({ constants }) => constants),
    exported: lists.flatMap(({ exported }) => exported),
    problems: problemsOf(lists[0] ?? NOTHING),
  };
}

function problemsOf({ bad, badLine }: FactLists): Problem[] {
  if (badLine === null) return [];
  const text = `${bad} ${bad === 1 ? 'place is' : 'places are'} no C that can be read`;
  return [{ kind: 'syntax', line: badLine, count: bad, text }];
}

/** Other C files that are compiled as a part of this one. */
function includedSources(
  directives: readonly Directive[],
  regions: readonly Region[],
): FileFacts['includes'] {
  return directives.flatMap(({ word, text, start }) => {
    const name = word === 'include' ? /^"([^"]+\.c)"/.exec(text)?.[1] : undefined;
    return name === undefined ? [] : [{ name, conditions: conditionsAt(regions, start) }];
  });
}

function lineStartsOf(code: Uint8Array): number[] {
  const starts = [0];
  for (let at = code.indexOf(NEWLINE); at !== -1; at = code.indexOf(NEWLINE, at + 1))
    starts.push(at + 1);
  return starts;
}

/** The line, from 1, that a position is in. */
function lineIn(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low + 1;
}

function linesOf(code: Uint8Array, starts: readonly number[]): number {
  return code.length === 0 || code.at(-1) === NEWLINE ? starts.length - 1 : starts.length;
}
