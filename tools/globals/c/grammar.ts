/** The C grammar of tree-sitter, as WebAssembly: loaded once in each thread that parses. */
import { createRequire } from 'node:module';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { KnownShapes } from './known-shapes.ts';
import { NODES, type NodeName } from './node-kinds.ts';
import { type Memory, SyntaxMemory } from './syntax-memory.ts';
import { type Visitor, type Walk, recordWalk, walkCursor } from './walk.ts';

/** A parser of C, and a way over what it has parsed. */
export interface Grammar {
  readonly parser: Parser;
  /** The index into `NODES` by the parser's own number of a kind. */
  readonly kinds: Uint8Array;
  readonly walk: Walk;
  /** What this thread has seen. */
  readonly known: KnownShapes;
  /** Whether walks read the parser's memory: not where its layout is another one than we know. */
  readonly isDirect: boolean;
}

/** The number of what is no C. */
const ERROR = 65_535;

const require = createRequire(import.meta.url);

let loading: Promise<Grammar> | undefined;

export async function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Grammar> {
  // The library's WebAssembly puts its memory here.
  const memory = {} as Memory;
  await Parser.init(memory);
  const language = await Language.load(require.resolve('tree-sitter-c/tree-sitter-c.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  const kinds = kindsOf(language);
  const syntax = new SyntaxMemory(memory, kinds);
  const fast = (tree: Tree, visitor: Visitor): void => syntax.walk(tree, visitor);
  const slow = (tree: Tree, visitor: Visitor): void => walkCursor(kinds, tree, visitor);
  const isDirect = agree(parser, fast, slow);
  const walk = isDirect ? fast : slow;
  return { parser, kinds, walk, known: new KnownShapes(parser, walk), isDirect };
}

/** Every form that a subtree has in memory: leaves short and long, other names, hidden nodes, errors. */
const SAMPLE = [
  '\n  static struct a b = { .c = sizeof(d), [1] = &e[2] }, *f(int g);',
  'typedef enum { H = 1, I } J; int k(void) { l: for (int m = 0;;) { n.o->p++; goto l; } }',
  `char *q = "${'r'.repeat(300)}"; int ) s; void t(u) { if (v(w, (x)y) }`,
].join('\n');

function agree(parser: Parser, one: Walk, other: Walk): boolean {
  const tree = parser.parse(SAMPLE);
  if (tree === null) return false;
  try {
    return recordWalk(one, tree) === recordWalk(other, tree);
  } finally {
    tree.delete();
  }
}

/** The index into `NODES` by the parser's own number of a kind. */
function kindsOf(language: Language): Uint8Array {
  const kinds = new Uint8Array(ERROR + 1);
  for (let id = 0; id < language.nodeTypeCount; id += 1) {
    const index = NODES.indexOf((language.nodeTypeForId(id) ?? '') as NodeName);
    if (index > 0 && language.nodeTypeIsNamed(id)) kinds[id] = index;
  }
  kinds[ERROR] = NODES.indexOf('ERROR');
  return kinds;
}
