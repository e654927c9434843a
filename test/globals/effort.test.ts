import { expect, test } from 'vitest';
import { factsOf, find, inventoryOf } from './facts.ts';

/** Source that a reader without a bound would look at again and again. */
const ENDLESS: readonly (readonly [string, string])[] = [
  ['names in one declaration', `int a${', a'.repeat(20_000)};\n`],
  ['brackets that never close', `void g(void) {${'f( ;\n'.repeat(10_000)}`],
  [
    'conditionals in conditionals',
    `${';\n#if A\n'.repeat(3000)}int x;\n${'#else\n;\n#endif\n'.repeat(3000)}`,
  ],
  [
    'macros that grow',
    ['AB', 'BC', 'CD'].map(([a, b]) => `#define ${a}() ${`${b}() `.repeat(400)}\n`).join('') +
      '#define D()\nA();\n',
  ],
];

test.each(ENDLESS)('%s: the file is named and given up', async (_, source) => {
  const { problems, variables } = await factsOf(source);
  expect(problems).toMatchObject([{ kind: 'too-large', line: null }]);
  expect(variables).toEqual([]);
});

test('macros that name each other sixty thousand deep', async () => {
  const chain = Array.from({ length: 60_000 }, (_, index) => `#define A${index} A${index + 1}\n`);
  const inventory = await inventoryOf({
    'a.c': `int k;\n${chain.join('')}void f(void) { A0; k = A59999; }\n`,
  });
  expect(find(inventory, 'k').references).toMatchObject([{ access: 'write', via: null }]);
});
