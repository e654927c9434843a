import { expect, test } from 'vitest';
import { scratch, seam } from './seam.ts';

const LIST = 'Documentation/globals.allow';

/** A patch that makes files of a tree those of another one, each a line long. */
function replace(path: string, from: string | null, to: string | null): string {
  return [
    from === null ? '--- /dev/null' : `--- a/${path}`,
    to === null ? '+++ /dev/null' : `+++ b/${path}`,
    `@@ -${from === null ? '0,0' : '1'} +${to === null ? '0,0' : '1'} @@`,
    ...(from === null ? [] : [`-${from}`]),
    ...(to === null ? [] : [`+${to}`]),
    '',
  ].join('\n');
}

async function check(base: Record<string, string>, patches: readonly string[]) {
  const names = patches.map((_, index) => `${index + 1}.patch`);
  const cwd = scratch({
    ...Object.fromEntries(Object.entries(base).map(([path, text]) => [`tree/${path}`, text])),
    'patches/series': names.map((name) => `${name}\n`).join(''),
    ...Object.fromEntries(names.map((name, index) => [`patches/${name}`, patches[index] ?? ''])),
  });
  const options = ['--base=tree', '--series=patches', '--only=globals', '--json'];
  const { status, stdout, stderr } = await seam(['check', ...options], { cwd });
  if (status === 2) return { status, stdout, stderr };
  const { patches: reports } = JSON.parse(stdout) as {
    patches: {
      results: { verdict: string; findings: { message: string }[]; fixed: unknown[] }[];
    }[];
  };
  const found = reports.map(({ results: [result] }) => [
    result?.verdict,
    ...(result?.findings ?? []).map(({ message }) => message),
    ...(result?.fixed ?? []).map(() => 'fixed'),
  ]);
  return { status, found };
}

const NOT_LISTED = `is global and writable, and not in '${LIST}'`;

test('a patch that adds a writable global is to blame, one that converts one is not', async () => {
  const base = { 'a.c': 'int waits;\n', 'b.c': 'int stays;\n', [LIST]: 'stays boot: b\n' };
  const added = replace('c.c', null, 'static int more;');
  const converted = replace('a.c', 'int waits;', 'void f(int waits);');
  expect(await check(base, [added, converted])).toEqual({
    status: 1,
    found: [
      ['failed', `'c.c:more' ${NOT_LISTED}`],
      ['passed', 'fixed'],
    ],
  });
});

test('a global that moves, and a line that goes with its variable, are fine', async () => {
  const base = { 'a.c': 'int waits;\n', 'b.c': 'int stays;\n', [LIST]: 'stays boot: b\n' };
  const moved = replace('a.c', 'int waits;', null) + replace('c.c', null, 'static int waits;');
  const gone = replace('b.c', 'int stays;', null) + replace(LIST, 'stays boot: b', '# none');
  expect(await check(base, [moved, gone])).toEqual({ status: 0, found: [['passed'], ['passed']] });
});

test('a line that is left behind, a line without a reason, no list any more', async () => {
  const base = { 'a.c': 'int x;\n', 'b.c': 'int y;\n', [LIST]: 'x boot: b\n' };
  const left = replace('a.c', 'int x;', 'const int x = 1;');
  const bare = replace(LIST, 'x boot: b', 'y');
  expect(await check(base, [left, bare, replace(LIST, 'y', null)])).toEqual({
    status: 1,
    found: [
      ['failed', "'x' cannot be written and needs no line"],
      ['failed', "'y' is listed without a reason", 'fixed'],
      ['failed', 'the list of globals that may stay is gone', 'fixed', 'fixed'],
    ],
  });
});

test('a tree without a list has no such step, and where a patch makes one, it begins there', async () => {
  const base = { 'a.c': 'int x;\n' };
  const none = await check(base, [replace('b.c', null, 'int y;')]);
  expect(none).toMatchObject({ status: 2, stdout: expect.stringContaining("no step 'globals'") });
  const list = replace(LIST, null, 'x boot: b');
  expect(await check(base, [replace('b.c', null, 'int y;'), list])).toEqual({
    status: 1,
    found: [['skipped'], ['failed', `'y' ${NOT_LISTED}`]],
  });
});
