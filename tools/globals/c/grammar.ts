/** The C grammar of tree-sitter, as WebAssembly: loaded once in each thread that parses. */
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

/** The kinds of nodes that reading variables has to tell apart; all others are one. */
export const NODES = [
  'other',
  'identifier',
  'declaration',
  'init_declarator',
  'pointer_declarator',
  'array_declarator',
  'parenthesized_declarator',
  'function_declarator',
  'attributed_declarator',
  'function_definition',
  'parameter_list',
  'parameter_declaration',
  'compound_statement',
  'for_statement',
  'storage_class_specifier',
  'type_definition',
  'enumerator',
  'assignment_expression',
  'update_expression',
  'pointer_expression',
  'field_expression',
  'subscript_expression',
  'sizeof_expression',
  'call_expression',
  'argument_list',
  'parenthesized_expression',
  'gnu_asm_output_operand',
  'macro_type_specifier',
  'initializer_list',
  'ERROR',
] as const;
export type NodeName = (typeof NODES)[number];

export interface Grammar {
  readonly parser: Parser;
  /** Index into `NODES` by the parser's own number of a kind. */
  readonly kinds: Uint8Array;
}

const require = createRequire(import.meta.url);

let loading: Promise<Grammar> | undefined;

export async function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Grammar> {
  await Parser.init();
  const language = await Language.load(require.resolve('tree-sitter-c/tree-sitter-c.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  const kinds = new Uint8Array(65_536);
  for (let id = 0; id < language.nodeTypeCount; id += 1) {
    const index = NODES.indexOf((language.nodeTypeForId(id) ?? '') as NodeName);
    if (index > 0 && language.nodeTypeIsNamed(id)) kinds[id] = index;
  }
  kinds[65_535] = NODES.indexOf('ERROR');
  return { parser, kinds };
}
