import fc from 'fast-check';
import type { Tree } from 'web-tree-sitter';
import { expect, test } from 'vitest';
import { loadGrammar } from '../../tools/globals/c/grammar.ts';
import { NODES } from '../../tools/globals/c/node-kinds.ts';
import { type Visitor, recordWalk, walkCursor } from '../../tools/globals/c/walk.ts';

const grammar = await loadGrammar();

/** Both walks over what the parser makes of `source`. */
function walks(source: string): { readonly direct: string; readonly byCursor: string } {
  const tree = grammar.parser.parse(source);
  if (tree === null) throw new Error('no tree');
  const cursor = (of: Tree, visitor: Visitor): void => walkCursor(grammar.kinds, of, visitor);
  const both = { direct: recordWalk(grammar.walk, tree), byCursor: recordWalk(cursor, tree) };
  tree.delete();
  return both;
}

test('the memory of the parser is laid out as we know it', () => {
  expect(grammar.isDirect).toBe(true);
});

test('a walk tells kinds and places', () => {
  const named = walks('int a = b;').direct.replace(/^\d+/gm, (kind) => NODES[Number(kind)] ?? '');
  expect(named.replaceAll('\n', ', ')).toBe(
    'other 0 10, declaration 0 10, init_declarator 4 9, identifier 4 5, ., identifier 8 9, ., ., ., .',
  );
});

const token = fc.constantFrom(
  ...'int char struct enum typedef static const return if else while for goto sizeof case switch'.split(
    ' ',
  ),
  ...'a b c d_e f1 0 1.5 "s" \'c\' \n \t ( ) { } [ ] ; , : ? . -> = == + ++ * & && ! ~ < >> ... # @ \\'.split(
    ' ',
  ),
);

test('what it tells is what a cursor tells, of C and of what is none', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 200 }), (tokens) => {
      const { direct, byCursor } = walks(tokens.join(' '));
      expect(direct).toBe(byCursor);
    }),
    { numRuns: 300 },
  );
});
