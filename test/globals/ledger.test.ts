import { describe, expect, test } from 'vitest';
import { formatChart } from '../../tools/globals/chart.ts';
import { accountOf, compareAccounts, placeholderCount } from '../../tools/globals/ledger.ts';
import { inventoryOf } from './facts.ts';

const LIST = 'stays shared: it does\n*_test.c:* test: t\n';

async function account(files: Readonly<Record<string, string>>, list: string | undefined = LIST) {
  return accountOf(await inventoryOf(files), list);
}

async function difference(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
) {
  const { appeared, vanished, moved, kinds, users } = compareAccounts(
    await account(before),
    await account(after),
  );
  return {
    appeared: appeared.map(({ key, toConvert }) => [key, toConvert]),
    vanished: vanished.map(({ key }) => key),
    moved: moved.map(({ from, key }) => [from, key]),
    kinds: kinds.map((each) => [each.key, each.before, each.kind]),
    users: users.map((each) => [each.key, each.before, each.after]),
  };
}

const NOTHING = { appeared: [], vanished: [], moved: [], kinds: [], users: [] };

describe('what a patch changes', () => {
  test.each([
    ['nothing', 'int x;\n', '\n/* moved down */\nint x;\n', NOTHING],
    ['one comes', '', 'int x;\n', { ...NOTHING, appeared: [['x', true]] }],
    ['one that may stay comes', '', 'int stays;\n', { ...NOTHING, appeared: [['stays', false]] }],
    ['one goes', 'int x;\n', '', { ...NOTHING, vanished: ['x'] }],
    ['one becomes constant', 'int x;\n', 'const int x = 1;\n', { ...NOTHING, vanished: ['x'] }],
    ['one becomes static', 'int x;\n', 'static int x;\n', { ...NOTHING, moved: [['x', 'a.c:x']] }],
    [
      'one gets another type',
      'int x;\n',
      'atomic_t x;\n',
      { ...NOTHING, kinds: [['x', 'scalar', 'atomic counter']] },
    ],
    [
      'one loses users',
      'int x;\nvoid f(void) { x = 1; x = 2; }\nvoid g(void) { x = 3; }\n',
      'int x;\nvoid f(void) { x = 1; }\nvoid g(void) { }\n',
      { ...NOTHING, users: [['x', 2, 1]] },
    ],
  ])('%s', async (_name, before, after, expected) => {
    expect(await difference({ 'a.c': before }, { 'a.c': after })).toEqual(expected);
  });

  test('one that goes in a file and comes in another has moved, unless it is another thing', async () => {
    expect(await difference({ 'a.c': 'static int x;\n' }, { 'b.c': 'static int x;\n' })).toEqual({
      ...NOTHING,
      moved: [['a.c:x', 'b.c:x']],
    });
    expect(await difference({ 'a.c': 'static int x;\n' }, { 'b.c': 'LIST_HEAD(x);\n' })).toEqual({
      ...NOTHING,
      appeared: [['x', true]],
      vanished: ['a.c:x'],
    });
  });
});

describe('how a tree stands', () => {
  const files = {
    'a.c': [
      'struct uts_namespace init_uts_ns;',
      'int stays, x;',
      'const int c = 1;',
      'struct uts_namespace *table[] = { &init_uts_ns };',
      'void f(void) { g(&init_uts_ns); h(&init_uts_ns); }',
      'void k(void) { g(init_utsname()); }',
    ].join('\n'),
    'a.h': '#define init_utsname() (&init_uts_ns)\n',
    'a_test.c': 'static int n;\nvoid t(void) { g(&init_uts_ns); }\n',
  };

  test('what is left is neither listed nor a new home', async () => {
    const { standing } = await account(files);
    expect(standing.left).toEqual(['x', 'table']);
    expect(standing.writable).toBe(5);
  });

  test('places that name an initial namespace: functions, but not tests and not through a macro', async () => {
    expect(placeholderCount((await account(files)).standing)).toBe(2);
  });

  test('without a list everything is left', async () => {
    const { standing } = accountOf(await inventoryOf(files), undefined);
    expect(standing.left).toEqual(['stays', 'x', 'table', 'a_test.c:n']);
  });
});

describe('the chart', () => {
  const point = (left: number, topic: string, placeholders = 0) => ({
    patch: `${topic}/<p>.patch`,
    topic,
    left,
    placeholders,
  });

  test('has a line from the first tree to the last, and escapes what patches are called', () => {
    const svg = formatChart([point(5, ''), point(5, 'a&b'), point(3, 'a&b', 7)]);
    expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(svg).toContain('<title>2 a&amp;b/&lt;p&gt;.patch: 3</title>');
    expect(svg).toContain('<title>2 a&amp;b/&lt;p&gt;.patch: 7</title>');
    const [, path = ''] = /<path class="left" d="([^"]*)"/.exec(svg) ?? [];
    expect(path.split('L')).toHaveLength(3);
  });

  test.each([
    [[], 0],
    [[0], 1],
    [[7, 7, 7], 2],
  ])('of %j', (values, dots) => {
    const svg = formatChart(values.map((left) => point(left, 't')));
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg.match(/class="left-dot"/g) ?? []).toHaveLength(dots);
  });
});
