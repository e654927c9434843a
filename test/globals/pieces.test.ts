import { expect, test } from 'vitest';
import { loadGrammar } from '../../tools/globals/c/grammar.ts';
import { KnownShapes } from '../../tools/globals/c/known-shapes.ts';
import { visitCode } from '../../tools/globals/c/pieces.ts';
import { factsOf } from './facts.ts';

const grammar = await loadGrammar();

/** What the parser is given to read `files`, by a reader that knows nothing yet, and keeps so much. */
function parsedOf(files: readonly string[], most?: number): string[] {
  const given: string[] = [];
  const parser = new Proxy(grammar.parser, {
    get: (target, key) =>
      key === 'parse'
        ? (text: string) => {
            given.push(text);
            return target.parse(text);
          }
        : (Reflect.get(target, key) as unknown),
  });
  const known = new KnownShapes(parser, grammar.walk, most);
  const nothing = { enter: () => undefined, leave: () => undefined };
  for (const file of files) visitCode({ ...grammar, parser, known }, Buffer.from(file), nothing);
  return given;
}

function parsed(source: string): string[] {
  return parsedOf([source]);
}

test('every shape is parsed once', () => {
  const source = `
    static int one(struct list *list) { if (list->first) return free(list); return free(list); }
    static void *two(struct ns *ns) { while (ns->parent) { free(ns); } return find(ns); }`;
  expect(parsed(source)).toEqual([
    'static int a(struct a*a){}',
    '{if(a->a);}',
    '{return a(a);}',
    'static int*a(struct a*a){}',
    '{a(a);}',
  ]);
});

test('what is known is known in the next file, unless it is too much', () => {
  const files = ['int one = x; int two = x;', 'int three = x;'];
  expect(parsedOf(files)).toEqual(['int a=a;']);
  expect(parsedOf(files, 1)).toEqual(['int a=a;', 'int a=a;']);
});

test('statements end where those in them do', () => {
  const source = `void f(void) {
    do if (a) b; else for (;;) if (c) if (d) e; while (g);
    again: switch (h) { case 1: { i; } default: j; }
  }`;
  expect(parsed(source).filter((text) => text.length > 6)).toEqual([
    'int a(int){}',
    '{if(a);}',
    '{for(;;);}',
    '{case 0:;}',
    '{default:;}',
  ]);
});

test.each([
  ['an else without an if', 'else b;'],
  ['a condition without a statement', 'if (b) { if (c) }'],
  ['a declaration where only a statement may be', 'if (b) int c;'],
  ['a do without its while', 'do b; c;'],
  ['a statement without its end', '{ b }'],
  ['nothing where an expression is needed', 'b = ;'],
])('%s: the parser gets the function as it is', (_, body) => {
  const source = `void name(void) { ${body} }`;
  expect(parsed(source).at(-1)).toBe(`${source};`);
});

test.each([
  ['a bracket too many', 'int a; )'],
  ['a block without a head', 'int a; { b; }'],
  ['a string without an end', 'char *a = " ;\nint b;'],
])('%s: it gets the file', (_, source) => {
  expect(parsed(source)).toEqual([source]);
});

test('the names of a loop end with it, in whatever it is', async () => {
  const { uses } = await factsOf(
    'void f(void) { for (int i = 0; i; i++) if (x) if (y) z(i); i(0); }',
  );
  expect(uses.map(([name]) => name)).toEqual(['x', 'y', 'z', 'i']);
});

test('what is no C hides nothing behind it', async () => {
  const { owners, problems } = await factsOf(`const char *nameOf(enum event event)
{
#define N(which) case EVENT_##which: return "EVENT_" __stringify(which);
	switch (event) {
	N(UP) N(DOWN) N(REBOOT) N(CHANGE) N(REGISTER) N(UNREGISTER)
	N(POST_INIT) N(RELEASE) N(NOTIFY_PEERS) N(JOIN) N(CHANGE_UPPER)
	}
#undef N
	return "UNKNOWN";
}

static int call(struct notifier_block *nb, unsigned long val)
{
	return nb->notifier_call(nb, val, &info);
}
`);
  expect(owners.map(({ name }) => name)).toContain('call');
  expect(problems.map(({ count }) => count)).toEqual([1]);
});

test('a function has its own static variables, in whichever block', async () => {
  const { variables } = await factsOf('int f(void) { while (x) { static int y = 1; } return y; }');
  expect(variables.map(({ name, inside }) => [name, inside])).toEqual([['y', 'f']]);
});

test('attributes of the strings that check themselves are no types', async () => {
  const { owners, variables, problems } = await factsOf(`
    extern int __real_strlen(const char *) __RENAME(strlen);
    __FORTIFY_INLINE __diagnose_as(__builtin_strcat, 1, 2)
    char *strcat(char *p, const char *q) { int size = f(p); return p; }`);
  expect(owners.map(({ name }) => name)).toEqual(['strcat']);
  expect({ variables, problems }).toEqual({ variables: [], problems: [] });
});

test('an attribute behind the brace of a type is no variable', async () => {
  const { variables } = await factsOf('struct reply { int size; } BPMP_ABI_PACKED;');
  expect(variables).toEqual([]);
});
