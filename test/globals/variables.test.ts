import { describe, expect, test } from 'vitest';
import { factsOf, only } from './facts.ts';

describe('what is a variable', () => {
  test.each([
    ['int x;', { storage: 'none', type: 'int', initialised: false, array: false }],
    [
      'static struct list_head x[64];',
      { storage: 'static', type: 'struct list_head [64]', array: true },
    ],
    ['extern int x;', { storage: 'extern', declared: true }],
    ['extern int x = 5;', { storage: 'extern', declared: false, initialised: true }],
    ['const char x[] = "a;b";', { isConst: true, type: 'const char []' }],
    ['const char *x = "a";', { isConst: false, type: 'const char *' }],
    ['static const char *const x[] = { "a" };', { isConst: true }],
    [
      'static int (*x)(struct file *file, int mode);',
      { type: 'int (*)(struct file *file, int mode)' },
    ],
    // Over several lines, and longer than is told.
    [
      `int (*x)(struct sk_buff *skb,\n${' '.repeat(200)}enum ip_conntrack_info ctinfo,\n int a_long_name_that_is_cut);`,
      { type: 'int (*)(struct sk_buff *skb, enum ip_conntrack_info ctinfo, int a_long_name_tha…' },
    ],
    ['static struct { int a; long b; } x;', { storage: 'static', type: 'struct {…}' }],
    ['struct hlist_head *x __read_mostly;', { attributes: ['__read_mostly'], isConst: false }],
    ['static int __initdata x = 1;', { attributes: ['__initdata'], initialised: true }],
    ['__initdata static int x;', { attributes: ['__initdata'] }],
    [
      'int x __attribute__((section(".data.x"))) = 3;',
      { attributes: ['__attribute__((section(".data.x")))'.replace(/"[^"]*"/, '"       "')] },
    ],
    ['unsigned long volatile x __cacheline_aligned_in_smp;', { type: 'unsigned long volatile' }],
  ])('%s', async (source, expected) => {
    expect(await only(source)).toMatchObject({ name: 'x', macro: null, line: 1, ...expected });
  });

  test.each([
    ['static DEFINE_SPINLOCK(x);', { type: 'spinlock_t', storage: 'static', initialised: true }],
    [
      'DEFINE_PER_CPU(struct rq *, x) = NULL;',
      { type: 'struct rq *', percpu: true, storage: 'none' },
    ],
    [
      'static DEFINE_PER_CPU_SHARED_ALIGNED(int, x);',
      { type: 'int', percpu: true, storage: 'static' },
    ],
    [
      'static DEFINE_PER_CPU(struct pool [2], x);',
      { type: 'struct pool', percpu: true, array: true, initialised: false },
    ],
    ['DECLARE_PER_CPU(int, x);', { percpu: true, declared: true }],
    ['LIST_HEAD(x);', { type: 'struct list_head' }],
    ['static DECLARE_WORK(x, some_work);', { type: 'struct work_struct' }],
    ['DECLARE_BITMAP(x, 64);', { type: 'unsigned long', array: true }],
    ['DEFINE_STATIC_SRCU(x);', { storage: 'static' }],
  ])('by a macro: %s', async (source, expected) => {
    expect(await only(source)).toMatchObject({ name: 'x', guessed: false, ...expected });
  });

  test('a macro with a prefix gives the whole name', async () => {
    expect((await only('static DEVICE_ATTR(size, 0444, show, NULL);')).name).toBe('dev_attr_size');
  });

  test('an unknown definer is a guess, and says so', async () => {
    expect(await only('static OUR_DEFINER(x, 3);')).toMatchObject({
      name: 'x',
      guessed: true,
      macro: 'OUR_DEFINER',
    });
  });

  test('several in one declaration have the type of their own', async () => {
    const { variables } = await factsOf('static int a = 1, *b, c[3];\n');
    expect(variables.map(({ name, type, array }) => [name, type, array])).toEqual([
      ['a', 'int', false],
      ['b', 'int *', false],
      ['c', 'int [3]', true],
    ]);
  });

  test('an asterisk is of the name behind it only', async () => {
    const { variables } = await factsOf('struct s *a, **b, c, *d[2];\n');
    expect(variables.map(({ type }) => type)).toEqual([
      'struct s *',
      'struct s **',
      'struct s',
      'struct s * [2]',
    ]);
  });

  test.each([
    'int f(void);',
    'typedef int x;',
    'struct s { int x; };',
    'enum { X, Y };',
    'static inline int f(int x) { int y = x; return y; }',
    'EXPORT_SYMBOL(x);',
    'module_param(x, int, 0644);',
    'MODULE_LICENSE("GPL");',
    'core_initcall(f)\nint g(void);',
    '#define DEFINE_X(n) int n\n',
    '#if 0\nint x;\n#endif\n',
    '/* int x; */ // int y;\n',
  ])('none: %s', async (source) => {
    expect((await factsOf(source)).variables).toEqual([]);
  });

  test('in a function, only what is static', async () => {
    const { variables } = await factsOf(
      'int f(void)\n{\n\tstatic int count;\n\tint local;\n\tLIST_HEAD(tmp);\n\textern int other;\n\n\treturn count++;\n}\n',
    );
    expect(variables.map(({ name, inside, line }) => [name, inside, line])).toEqual([
      ['count', 'f', 3],
      ['other', null, 6],
    ]);
    expect(variables.map(({ declared }) => declared)).toEqual([false, true]);
  });

  test('conditions are those around it, but for the guard of a header', async () => {
    const { variables } = await factsOf(
      '#ifndef _X_H\n#define _X_H\n#ifdef CONFIG_SMP\nint a;\n#else\nint b;\n#if X > 1\nint c;\n#endif\n#endif\n#endif\n',
    );
    expect(variables.map(({ name, conditions }) => [name, conditions])).toEqual([
      ['a', ['defined(CONFIG_SMP)']],
      ['b', ['!(defined(CONFIG_SMP))']],
      ['c', ['!(defined(CONFIG_SMP))', 'X > 1']],
    ]);
  });

  test('of two heads of one function the first is read', async () => {
    const facts = await factsOf(
      '#ifdef A\nint f(int a)\n{\n\tint y;\n#else\nint f(void)\n{\n\tint z;\n#endif\n\treturn g;\n}\nint after;\n',
    );
    expect(facts.problems).toEqual([]);
    expect(facts.variables.map(({ name, line }) => [name, line])).toEqual([['after', 12]]);
  });
});

describe('bad input', () => {
  test('what is no C is counted, with its first line, and the rest is read', async () => {
    const { variables, problems } = await factsOf('int a;\nint f(void)\n{\n\t@ @;\n}\nint b;\n');
    expect(problems).toEqual([expect.objectContaining({ kind: 'syntax', line: 4 })]);
    expect(problems[0]?.count).toBeGreaterThan(0);
    expect(variables.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('binary', async () => {
    expect((await factsOf('int x;\0\0\0')).problems).toEqual([
      { kind: 'binary', line: null, count: 1, text: 'not a text file' },
    ]);
  });

  test('UTF-16 is named, too', async () => {
    const text = Buffer.from('int x;', 'utf16le').toString('latin1');
    expect((await factsOf(text)).problems).toMatchObject([{ kind: 'binary' }]);
  });

  test('a huge generated table is not read', async () => {
    const facts = await factsOf(`int x[] = {\n${'1,\n'.repeat(3 << 20)}};\n`);
    expect(facts.problems).toMatchObject([{ kind: 'too-large' }]);
  });

  test('Latin-1 and UTF-8 are all the same', async () => {
    const { variables, problems } = await factsOf(
      '/* \xe4\xff */ int x; /* \xc3\xa4 */\nchar y[] = "\xfc";\n',
    );
    expect(variables.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(problems).toEqual([]);
  });

  test('cut off in the middle of everything, it ends', async () => {
    const source =
      '/* a */ static DEFINE_PER_CPU(int, x) = {\n#if A\n"b\\\n" SYSCALL_DEFINE2(f, int, a, int, b) { g(\'c\'); /* d';
    for (let end = 0; end <= source.length; end += 1) {
      expect((await factsOf(source.slice(0, end))).lines).toBeGreaterThanOrEqual(0);
    }
  });

  test('ten thousand brackets are no reason to stop', async () => {
    const facts = await factsOf(`int x = ${'('.repeat(10_000)}1;\nint y;\n`);
    expect(facts.problems).toMatchObject([{ kind: 'syntax' }]);
  });
});
