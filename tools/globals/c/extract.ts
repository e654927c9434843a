/** Facts of one file of C: what it defines with static storage, and what it does with outer names. */
import type { FileFacts, Problem } from '../types.ts';
import { type Region, conditionsAt, resolveConditionals } from './conditionals.ts';
import { latin1 } from './code-text.ts';
import { Effort, TooMuchEffort } from './effort.ts';
import { localMacros } from './expand.ts';
import type { FactLists } from './fact-collector.ts';
import { FactReader, type Source } from './fact-reader.ts';
import type { Grammar } from './grammar.ts';
import { JoinedFacts } from './joined-facts.ts';
import { Lines } from './lines.ts';
import { readMacros } from './macro-bodies.ts';
import { normalise } from './normalise.ts';
import { visitCode } from './pieces.ts';
import type { Expansion, Notes } from './notes.ts';
import { type Directive, blankTrivia, isBinary } from './trivia.ts';

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
  const lines = new Lines(code);
  const place = { regions, effort, lines, origins: null };
  const found = new JoinedFacts(readCode(grammar, code, notes, place));
  if (notes.expansions.length > 0) found.add(readExpansions(grammar, notes.expansions, place));
  for (const macro of readMacros(directives, lines)) found.addMacro(macro);
  return {
    ...found.facts(),
    includes: includedSources(directives, regions),
    lines: lines.count,
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

type Place = Pick<Source, 'regions' | 'effort' | 'lines' | 'origins'>;

function readCode(grammar: Grammar, code: Uint8Array, notes: Notes, place: Place): FactLists {
  const reader = new FactReader({ ...place, notes, text: latin1(code) });
  visitCode(grammar, code, reader);
  return reader.finish();
}

/** What macros of the file define: a line of code for each, told by the line of the macro. */
function readExpansions(
  grammar: Grammar,
  expansions: readonly Expansion[],
  { regions, effort, lines }: Place,
): FactLists {
  // No `Buffer`: code that V8 has compiled for arrays of bytes would be thrown away.
  const code = new Uint8Array(Buffer.from(expansions.map(({ text }) => text).join('\n'), 'latin1'));
  const origins = { lines: new Lines(code), places: expansions.map(({ at }) => at) };
  blankTrivia(code);
  const notes = normalise(code, new Map(), effort);
  const read = readCode(grammar, code, notes, { regions, effort, lines, origins });
  const wordAt = new Map(expansions.map(({ at, word }) => [lines.at(at), word]));
  const variables = read.variables.map((each) => ({
    ...each,
    macro: wordAt.get(each.line) ?? each.macro,
  }));
  // What expands to no C was no definition: the macro itself is read as it stands.
  return { ...read, variables };
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
