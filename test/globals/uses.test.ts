import { describe, expect, test } from 'vitest';
import { find, inventoryOf, usesOf } from './facts.ts';

/** Uses of `x`, an int unless `declaration` says otherwise, by a statement in a function. */
async function accesses(statement: string, declaration = 'int x;'): Promise<string[]> {
  const inventory = await inventoryOf({
    'a.c': `${declaration}\nvoid f(void)\n{\n${statement}\n}\n`,
  });
  return usesOf(find(inventory, 'x')).map((use) => use.split(' ')[1] ?? '');
}

describe('what is done with a variable', () => {
  test.each([
    ['y = x;', ['read']],
    ['x = 1;', ['write']],
    ['x += 1;', ['update']],
    ['x++; --x;', ['update', 'update']],
    ['g(&x);', ['address']],
    ['g(sizeof(x), sizeof x);', ['sizeof', 'sizeof']],
    ['x == 1 ? g(x) : 0;', ['read', 'read']],
    ['(x) = 1;', ['write']],
    ['x = x + 1;', ['write', 'read']],
    ['y[x] = 1;', ['read']],
    ['*x = 1; x->y = 1; x[3] = 1;', ['read', 'read', 'read']],
    ['WRITE_ONCE(x, 1); y = READ_ONCE(x);', ['write', 'read']],
    ['asm("" : "=r" (x) : "r" (y));', ['write']],
    ['if (x) list_for_each_entry(p, &x, y) g(p);', ['read', 'address']],
    ['switch (y) { case 1 ... 5: x = 2; }', ['write']],
  ])('%s', async (statement, expected) => {
    expect(await accesses(statement)).toEqual(expected);
  });

  test.each([
    ['x.a = 1; x.b.c++; y = x.a;', ['write', 'update', 'read']],
    ['g(&x.list); x.p->q = 1;', ['address', 'read']],
    ['x.name[0] = 1;', ['write']],
  ])('a member is the whole: %s', async (statement, expected) => {
    expect(await accesses(statement, 'struct s x;')).toEqual(expected);
  });

  test.each([
    ['x[1] = 2; x[y].z |= 1; y = x[0];', ['write', 'update', 'read']],
    ['g(x); g(&x[1]); y = ARRAY_SIZE(x);', ['address', 'address', 'address']],
  ])('an element is the whole: %s', async (statement, expected) => {
    expect(await accesses(statement, 'struct s x[4];')).toEqual(expected);
  });

  test.each([
    ['per_cpu(x, cpu) = 1; y = per_cpu(x, cpu); __get_cpu_var(x)++;', ['write', 'read', 'update']],
    ['per_cpu(x, cpu).a = 1; g(&get_cpu_var(x)); this_cpu_inc(x);', ['write', 'address', 'update']],
  ])('per cpu: %s', async (statement, expected) => {
    expect(await accesses(statement, 'DEFINE_PER_CPU(int, x);')).toEqual(expected);
  });
});

describe('what is none of its uses', () => {
  test.each([
    ['int x; x = 1;'],
    ['{ int x = 2; g(x); }'],
    ['for (int x = 0; x < 3; x++) g(x);'],
    ['p->x = 1; q.x = 2; g(p->x);'],
    ['struct s q = { .x = 1 };'],
    ['goto x; x: g();'],
    ['container_of(p, struct s, x); offsetof(struct s, x); list_entry(p, struct s, x);'],
    ['list_for_each_entry(p, head, x) g(p);'],
    ['struct x *p; enum x e;'],
    ['g("x", \'x\'); /* x */'],
  ])('%s', async (statement) => {
    expect(await accesses(statement)).toEqual([]);
  });

  test('a parameter, and after its function the variable again', async () => {
    const inventory = await inventoryOf({
      'a.c':
        'int x;\nint f(int x)\n{\n\treturn x;\n}\nint g(int (*x)(int), ...)\n{\n\treturn x(1);\n}\nint h(void)\n{\n\t{ int x = 1; g(x); }\n\treturn x;\n}\n',
    });
    expect(usesOf(find(inventory, 'x'))).toEqual(['h read 13']);
  });

  test('the static of another file, or a function of that name', async () => {
    const inventory = await inventoryOf({
      'a.c': 'static int x;\nint f(void)\n{\n\treturn x;\n}\n',
      'b.c': 'static int x;\nint g(void)\n{\n\treturn x;\n}\n',
      'c.c': 'int x;\n',
      'd.c': 'static int x(void)\n{\n\treturn 1;\n}\nint h(void)\n{\n\treturn x();\n}\n',
      'e.c': 'enum { x = 3 };\nint i(void)\n{\n\treturn x;\n}\n',
    });
    expect(usesOf(find(inventory, 'a.c:x'))).toEqual(['f read 4']);
    expect(usesOf(find(inventory, 'b.c:x'))).toEqual(['g read 4']);
    expect(usesOf(find(inventory, 'x'))).toEqual([]);
  });
});

describe('over files', () => {
  test('external names, declarations and exports', async () => {
    const inventory = await inventoryOf({
      'kernel/a.c': 'int x;\nEXPORT_SYMBOL_GPL(x);\n',
      'include/a.h': 'extern int x;\nstatic inline int get_x(void)\n{\n\treturn x;\n}\n',
      'net/b.c': '\nvoid f(void)\n{\n\textern int x;\n\tx++;\n}\n',
    });
    const x = find(inventory, 'x');
    expect(usesOf(x)).toEqual(['get_x read 4', 'f update 5']);
    expect(x).toMatchObject({
      exported: true,
      declarations: [
        { path: 'include/a.h', line: 1 },
        { path: 'net/b.c', line: 4 },
      ],
    });
  });

  test('through macros, also of other macros', async () => {
    const inventory = await inventoryOf({
      'a.c': 'struct s x;\nvoid f(void)\n{\n\tfirst = 1;\n\tsecond(3);\n}\n',
      'a.h': '#define first x.a\n#define second(n) lock(&x, n)\n#define third() second(1)\n',
      'b.c': 'void g(void)\n{\n\tthird();\n}\n',
    });
    expect(usesOf(find(inventory, 'x'))).toEqual([
      'first read 1',
      'second address 2',
      'g address by third 3',
      'f write by first 4',
      'f address by second 5',
    ]);
  });

  test('through a macro with many names before the variable, and through ones that name each other', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`).join(' + ');
    const inventory = await inventoryOf({
      'x.h': `#define LOUD(y) (${names} + PING)\n#define PING PONG\n#define PONG (PING + debug)\n`,
      'x.c': 'int debug;\n',
      'a.c': 'int get(void) { return LOUD(1); }\n',
    });
    expect(usesOf(find(inventory, 'debug'))).toContain('get read by LOUD 1');
  });

  test('through a macro of its own where a file has one on the way', async () => {
    const user = 'int get(void) { return OUTER; }\n';
    const inventory = await inventoryOf({
      'x.h': '#define INNER theirs\n#define OUTER INNER\n',
      'x.c': 'int theirs;\nint mine;\n',
      'a.c': user,
      'b.c': `#define INNER mine\n${user}`,
      'c.c': user,
    });
    const users = (name: string): string[] =>
      find(inventory, name)
        .references.filter(({ owner }) => owner.kind === 'function')
        .map(({ path, via }) => `${path} ${via}`);
    expect(users('theirs')).toEqual(['a.c OUTER', 'c.c OUTER']);
    expect(users('mine')).toEqual(['b.c OUTER']);
  });

  test('an initialiser, a macro at file scope and a system call use it', async () => {
    const inventory = await inventoryOf({
      'a.c':
        'int x;\nstatic ctl_table t[] = { { .data = &x } };\nmodule_param(x, int, 0644);\nSYSCALL_DEFINE2(set, int, x, int __user *, y)\n{\n\treturn x;\n}\nSYSCALL_DEFINE0(get)\n{\n\treturn x;\n}\n',
    });
    expect(usesOf(find(inventory, 'x'))).toEqual(['t address 2', 'file write 3', 'get read 10']);
  });

  test('a macro in place of the variable hides it', async () => {
    const inventory = await inventoryOf({
      'a.c': 'int x;\n',
      've.h': '#ifdef CONFIG_VE\n#define x (get_exec_env()->_x)\n#endif\n',
    });
    expect(find(inventory, 'x').hiddenBy).toEqual([{ path: 've.h', line: 2 }]);
  });

  test("a function-static variable is its function's", async () => {
    const inventory = await inventoryOf({
      'a.c':
        'int f(void)\n{\n\tstatic int n;\n\treturn n++;\n}\nint g(void)\n{\n\tstatic int n = 1;\n\tn = 2;\n}\n',
    });
    expect(usesOf(find(inventory, 'a.c:f.n'))).toEqual(['f update 4']);
    expect(usesOf(find(inventory, 'a.c:g.n'))).toEqual(['g write 9']);
  });
});
