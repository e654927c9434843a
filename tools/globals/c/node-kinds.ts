/** The kinds of nodes in syntax trees of C, by the names of the grammar. */

/** What stands between a declaration and the name that it declares. */
const DECLARATORS = [
  'init_declarator',
  'pointer_declarator',
  'array_declarator',
  'parenthesized_declarator',
  'function_declarator',
  'attributed_declarator',
] as const;

/** The kinds of nodes that reading variables has to tell apart; all others are one. */
export const NODES = [
  'other',
  'identifier',
  'declaration',
  ...DECLARATORS,
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

/** Indexes into `NODES`. */
export const KIND = Object.fromEntries(NODES.map((name, index) => [name, index])) as Record<
  NodeName,
  number
>;
/** 1 for these kinds: a table, because it is asked for every node. */
function tableOf(...kinds: NodeName[]): Uint8Array {
  return Uint8Array.from(NODES, (name) => (kinds.includes(name) ? 1 : 0));
}

/** Any of `DECLARATORS`. */
export const isDeclarator = tableOf(...DECLARATORS);
/** What declares names. */
export const isDeclaring = tableOf(
  'declaration',
  'parameter_declaration',
  'function_definition',
  'type_definition',
);
/** What names are bound in. */
export const isScope = tableOf('function_definition', 'compound_statement', 'for_statement');
