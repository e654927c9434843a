import { expect, test } from 'vitest';
import { factsOf } from './facts.ts';

async function names(source: string): Promise<(readonly [string, string | null, number])[]> {
  const { variables } = await factsOf(source);
  return variables.map(({ name, macro, line }) => [name, macro, line] as const);
}

test("a macro of the file's own that defines things is expanded", async () => {
  const source = [
    '#define ATTR(name, mode) static struct attr name##_attr = { .mode = mode }',
    '#define ATTR_RW(name) ATTR(name, 0644)',
    'ATTR(size, 0444);',
    'ATTR_RW(state);',
    '',
  ].join('\n');
  expect(await names(source)).toEqual([
    ['size_attr', 'ATTR', 3],
    ['state_attr', 'ATTR_RW', 4],
  ]);
});

test('with arguments of any number, strings of names, continued lines', async () => {
  const source = [
    '#define GROUP(n, ...) \\',
    '\tstatic struct attr *n##_group[] = { __VA_ARGS__ }; \\',
    '\tstatic const char *n##_name = #n',
    'GROUP(power, &a, &b);',
    '',
  ].join('\n');
  expect(await names(source)).toEqual([
    ['power_group', 'GROUP', 4],
    ['power_name', 'GROUP', 4],
  ]);
});

test('one that stands for itself, grows without end, or is no C, is left alone', async () => {
  expect(await names('#define A(x) A(x)\nA(1);\nint y;\n')).toMatchObject([['y', null, 3]]);
  const doubling = Array.from({ length: 30 }, (_, n) => `#define D${n + 1}(x) D${n}(x) D${n}(x)`);
  const source = `#define D0(x) int x;\n${doubling.join('\n')}\nD30(z);\nint y;\n`;
  expect((await names(source)).at(-1)?.[0]).toBe('y');
  expect(await names('#define B(x) ) x {\nB(1);\nint y;\n')).toMatchObject([['y', null, 3]]);
});
