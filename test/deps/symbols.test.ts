import { describe, expect, test } from 'vitest';
import { scanFile } from '../../tools/deps/scan.ts';
import { symbolGraph } from '../../tools/deps/symbols.ts';
import { patchOf } from '../apply/small-tree.ts';

/** A diff that adds lines to a file. */
function adding(path: string, text: string, section = ''): string {
  const lines = text.split('\n');
  const body = lines.map((line) => `+${line}\n`).join('');
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,1 +1,${lines.length + 1} @@${section}\n  x;\n${body}`;
}

function definitions(path: string, text: string, section = ''): string[] {
  const [file] = patchOf(adding(path, text, section)).files;
  if (file === undefined) throw new Error('no diff');
  return scanFile(file).definitions.map(({ kind, symbol, local }) =>
    [kind, symbol, ...(local ? ['local'] : [])].join(' '),
  );
}

describe('definitions', () => {
  test.each<[string, string, string[]]>([
    ['functions', 'int foo(struct bar *b)\n{\n\treturn baz(b);\n}', ['function foo']],
    ['static functions', 'static void *foo(void)\n{', ['function foo local']],
    ['prototypes', 'extern int foo(int);', ['function foo']],
    ['system calls', 'SYSCALL_DEFINE2(foo, int, a, int, b)', ['function sys_foo']],
    ['variables', 'struct foo init_foo = {', ['variable init_foo']],
    ['made by a macro', 'static DEFINE_MUTEX(foo_lock);', ['variable foo_lock local']],
    ['per CPU', 'DEFINE_PER_CPU(int, runs);', ['variable runs']],
    ['macros', '#define FOO(x) bar(x)', ['macro FOO local']],
    [
      'types and fields',
      'struct foo {\n\tint count;\n\tstruct list_head list[2], *next;\n\tint (*call)(int);\n\tu8 flag:1;\n};',
      ['type foo', 'field count', 'field next', 'field call', 'field flag'],
    ],
    [
      'constants',
      'enum foo {\n\tFOO_A = 1,\n\tFOO_B,\n};',
      ['type foo', 'constant FOO_A', 'constant FOO_B'],
    ],
    ['nothing in comments', '/*\nint foo(void);\n*/\n// int bar(void);', []],
    ['nothing in bodies', '\tint foo;\n\treturn bar(1);', []],
    ['no calls of macros', 'EXPORT_SYMBOL(foo);\nMODULE_LICENSE("GPL");', []],
  ])('%s', (_, text, expected) => {
    expect(definitions('kernel/foo.c', text)).toEqual(expected);
  });

  test('fields below a heading that names the structure', () => {
    expect(definitions('include/linux/foo.h', '\tint added;', ' struct foo {')).toEqual([
      'field added',
    ]);
  });

  test('Kconfig', () => {
    expect(definitions('init/Kconfig', 'config FOO_NS\n\tbool "Foo"\n\tdepends on BAR')).toEqual([
      'config CONFIG_FOO_NS',
    ]);
  });
});

describe('edges', () => {
  function edges(...diffs: string[]): string[] {
    return symbolGraph(diffs.map((diff) => patchOf(diff).files)).edges.flatMap(
      ({ from, to, reasons }) =>
        reasons.map((reason) =>
          reason.layer === 'symbols'
            ? `${from + 1} ${reason.what} ${reason.symbol} ${to + 1}`
            : 'text',
        ),
    );
  }

  test.each<[string, string[], string[]]>([
    [
      'a call',
      [adding('a.h', 'int foo_get(void);'), adding('b.c', '\tfoo_get();')],
      ['2 defines foo_get 1'],
    ],
    ['in a string', [adding('a.h', 'int foo_get(void);'), adding('b.c', '\tputs("foo_get");')], []],
    [
      'the name of its own',
      [adding('a.h', 'int foo(void);'), adding('b.c', 'static int foo(void)\n{\n}\n\tfoo();')],
      [],
    ],
    [
      'another file cannot see it',
      [adding('a.c', 'static int foo(void)'), adding('b.c', '\tfoo();')],
      [],
    ],
    [
      'its own file can',
      [adding('a.c', 'static int foo(void)'), adding('a.c', '\tfoo();')],
      ['2 defines foo 1'],
    ],
    [
      'configuration',
      [adding('init/Kconfig', 'config FOO'), adding('b.c', '#ifdef CONFIG_FOO')],
      ['2 defines CONFIG_FOO 1'],
    ],
    [
      'selected',
      [adding('init/Kconfig', 'config FOO'), adding('mm/Kconfig', '\tselect FOO')],
      ['2 defines CONFIG_FOO 1'],
    ],
    [
      'field',
      [adding('a.h', 'struct foo {\n\tint owner_ns;\n};'), adding('b.c', '\tp->owner_ns = 1;')],
      ['2 defines owner_ns 1'],
    ],
    [
      'a variable like a field',
      [adding('a.h', 'struct foo {\n\tint owner_ns;\n};'), adding('b.c', '\towner_ns = 1;')],
      [],
    ],
    [
      'a header',
      [
        'diff --git a/include/linux/foo.h b/include/linux/foo.h\nnew file mode 100644\n--- /dev/null\n+++ b/include/linux/foo.h\n@@ -0,0 +1 @@\n+int  x;\n',
        adding('b.c', '#include <linux/foo.h>'),
      ],
      ['2 defines <linux/foo.h> 1'],
    ],
    [
      'an object',
      [
        'diff --git a/ipc/foo.c b/ipc/foo.c\nnew file mode 100644\n--- /dev/null\n+++ b/ipc/foo.c\n@@ -0,0 +1 @@\n+int  x;\n',
        adding('ipc/Makefile', 'obj-y += foo.o'),
      ],
      ['2 defines ipc/foo.o 1'],
    ],
  ])('%s', (_, diffs, expected) => {
    expect(edges(...diffs)).toEqual(expected);
  });

  test('changed and removed', () => {
    const change =
      'diff --git a/a.h b/a.h\n--- a/a.h\n+++ b/a.h\n@@ -1,2 +1,1 @@\n-int foo_get(int);\n-int foo_put(void);\n+int foo_get(void);\n';
    const use = adding('b.c', '\tfoo_get();\n\tfoo_put();');
    expect(edges(change, use)).toEqual(['2 changes foo_get 1', '2 removes foo_put 1']);
  });
});
