import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveConditionals } from '../../tools/globals/c/conditionals.ts';
import { Effort } from '../../tools/globals/c/effort.ts';
import { localMacros } from '../../tools/globals/c/expand.ts';
import type { FactLists } from '../../tools/globals/c/fact-collector.ts';
import { FactReader } from '../../tools/globals/c/fact-reader.ts';
import { STANDS_FOR } from '../../tools/globals/c/grammar-words.ts';
import { loadGrammar } from '../../tools/globals/c/grammar.ts';
import { Lines } from '../../tools/globals/c/lines.ts';
import { normalise } from '../../tools/globals/c/normalise.ts';
import { visitCode, visitWhole } from '../../tools/globals/c/pieces.ts';
import { blankTrivia } from '../../tools/globals/c/trivia.ts';
import { CHECKOUT } from '../checkout.ts';

const grammar = await loadGrammar();

/** What a file says, read in pieces and as a whole. */
function bothWays(source: Uint8Array): { readonly pieces: FactLists; readonly whole: FactLists } {
  const code = new Uint8Array(source);
  const effort = new Effort(code.length);
  const directives = blankTrivia(code);
  const regions = resolveConditionals(code, directives, effort);
  const notes = normalise(code, localMacros(directives), effort);
  const lines = new Lines(code);
  const text = Buffer.from(code).toString('latin1');
  const read = (visit: typeof visitCode): FactLists => {
    const reader = new FactReader({ notes, text, regions, effort, lines, origins: null });
    visit(grammar, code, reader);
    const { variables, owners, uses, constants, exported, bad, badLine } = reader.finish();
    return { variables, owners, uses, constants, exported, bad, badLine };
  };
  return { pieces: read(visitCode), whole: read(visitWhole) };
}

/** Of C, in the form that the grammar's rules have. */
interface Rule {
  readonly type?: string;
  readonly value?: unknown;
}

/** Words in the rules of a grammar that look like names. */
function wordsOf(rule: unknown): string[] {
  if (typeof rule !== 'object' || rule === null) return [];
  const { type, value } = rule as Rule;
  const own = type === 'STRING' && typeof value === 'string' ? [value] : [];
  return [...own.filter((word) => /^\w+$/.test(word)), ...Object.values(rule).flatMap(wordsOf)];
}

test('the words of the grammar are known', () => {
  const file = createRequire(import.meta.url).resolve('tree-sitter-c/src/grammar.json');
  const { rules } = JSON.parse(readFileSync(file, 'utf8')) as { readonly rules: unknown };
  const { primitive_type: types } = rules as { readonly primitive_type: unknown };
  const words = new Set(wordsOf(rules));
  expect(words.size).toBeGreaterThan(100);
  expect([...words].filter((word) => !STANDS_FOR.has(word))).toEqual([]);
  const alike = [...STANDS_FOR].filter(([word, other]) => word !== other).map(([word]) => word);
  expect([...alike, 'int'].toSorted()).toEqual([...new Set(wordsOf(types))].toSorted());
});

test('every file of the model says the same in pieces as in one', () => {
  const files = globSync('**/*.[ch]', { cwd: `${CHECKOUT}/kernel-model` });
  expect(files.length).toBeGreaterThan(300);
  for (const file of files) {
    const { pieces, whole } = bothWays(readFileSync(`${CHECKOUT}/kernel-model/${file}`));
    expect({ file, ...pieces }).toEqual({ file, ...whole });
  }
});

const name = fc.constantFrom('x', 'yy', 'count', 'list_head', 'ns');
const type = fc.constantFrom('int', 'u8', 'struct list', 'unsigned long', 'size_t', 'const char');

const { expression, statement } = fc.letrec<{ expression: string; statement: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    name,
    fc.constantFrom('0', '0x1fUL', "'c'", '"a; } { text"', 'NULL', 'sizeof(int)'),
    fc.tuple(name, tie('expression')).map(([f, x]) => `${f}(${x}, &${f})`),
    fc.tuple(name, name).map(([x, y]) => `${x}->${y}.${x}`),
    fc.tuple(name, tie('expression')).map(([x, y]) => `${x}[${y}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(${x} + ${y})`),
    tie('expression').map((x) => `!${x}`),
    tie('expression').map((x) => `({ int it = ${x}; it; })`),
  ),
  statement: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.tuple(name, tie('expression')).map(([x, y]) => `${x} = ${y};`),
    fc.tuple(name, tie('expression')).map(([x, y]) => `${x}(0, ${y});`),
    tie('expression').map((x) => `return ${x};`),
    fc.tuple(tie('expression'), tie('statement')).map(([x, s]) => `if (${x}) ${s}`),
    fc
      .tuple(tie('expression'), tie('statement'), tie('statement'))
      .map(([x, s, t]) => `if (${x}) { ${s} } else ${t}`),
    fc.tuple(tie('expression'), tie('statement')).map(([x, s]) => `while (${x}) ${s}`),
    fc.tuple(tie('expression'), tie('statement')).map(([x, s]) => `do ${s} while (${x});`),
    fc
      .tuple(type, name, tie('expression'), tie('statement'))
      .map(([t, x, y, s]) => `for (${t} ${x} = ${y}; ${x}; ${x}++) ${s}`),
    fc
      .tuple(tie('expression'), name, tie('statement'))
      .map(([x, c, s]) => `switch (${x}) { case ${c}: ${s} break; default: ${s} }`),
    fc
      .tuple(type, name, tie('expression'), tie('statement'))
      .map(([t, x, y, s]) => `{ static ${t} ${x} = ${y}, *yy; ${s} }`),
    fc.tuple(name, tie('statement')).map(([x, s]) => `${x}: ${s} goto ${x};`),
    fc.constant(';'),
  ),
}));

const outermost = fc.oneof(
  fc.tuple(type, name, expression).map(([t, x, y]) => `static ${t} ${x} = ${y};`),
  fc.tuple(type, name, expression).map(([t, x, y]) => `${t} *${x}[4] = { [1] = ${y}, 0 }, yy;`),
  fc.tuple(name, name).map(([x, y]) => `struct ${x} { int ${y}; struct { long x; }; } ${y};`),
  fc.tuple(name, name).map(([x, y]) => `enum { ${x.toUpperCase()}, F = ${y} };`),
  fc
    .tuple(type, name, name, fc.array(statement, { maxLength: 5 }))
    .map(([t, f, x, body]) => `${t} *${f}(${t} ${x}, void *yy)\n{\n\t${body.join('\n\t')}\n}`),
);

test('C says the same in pieces as in one', () => {
  fc.assert(
    fc.property(fc.array(outermost, { maxLength: 6 }), (parts) => {
      const { pieces, whole } = bothWays(Buffer.from(parts.join('\n')));
      fc.pre(whole.bad === 0);
      expect(pieces).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});

const token = fc.constantFrom(
  ...'int struct static return if else while for do switch case default goto sizeof'.split(' '),
  ...'a b long_name f1 0 1.5 "" \' \n \t ( ) { } [ ] ; , : ? . -> = + - * & ! ~ # \\ \xe9'.split(
    ' ',
  ),
);

test('what is no C is told with its places', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 100 }), (tokens) => {
      const code = Buffer.from(tokens.join(' '), 'latin1');
      let depth = 0;
      visitCode(grammar, code, {
        enter: (kind, start, end) => {
          depth += 1;
          if (kind === 0) return;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(code.length);
          expect(end).toBeGreaterThanOrEqual(0);
        },
        leave: () => (depth -= 1),
      });
      expect(depth).toBe(0);
    }),
    { numRuns: 300 },
  );
});
