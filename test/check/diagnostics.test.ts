import { expect, test } from 'vitest';
import { readDiagnostics } from '../../tools/check/commands/diagnostics.ts';

function read(text: string) {
  const strip = (path: string): string => path.replace(/^(?:\/w\/1\/tree|\.\.\/tree)\//, '');
  return readDiagnostics('build', text, strip);
}

/** Brief forms of what was found. */
function brief(text: string): string[] {
  return read(text).found.map(
    ({ unit, observation: { rule, path, line, message } }) =>
      `${rule} ${path}:${line} ${message} <${unit}>`,
  );
}

test('gcc: function context, excerpt, notes', () => {
  const text = `  CC      kernel/sys.o
../tree/kernel/sys.c: In function 'sys_x':
../tree/kernel/sys.c:12:6: warning: unused variable 'y' [-Wunused-variable]
   12 |  int y;
      |      ^
../tree/kernel/sys.c:10:1: note: declared here
`;
  expect(brief(text)).toEqual([
    "build/warning kernel/sys.c:12 unused variable 'y' [-Wunused-variable] <kernel/sys.c>",
  ]);
  expect(read(text).found[0]?.observation.detail).toBe(
    '   12 |  int y;\n      |      ^\nkernel/sys.c:10: declared here',
  );
  expect([...read(text).compiled]).toEqual(['kernel/sys.c']);
});

test('a warning in a header belongs to the source that includes it, once for all of them', () => {
  const warning = '/w/1/tree/include/a.h:3:1: warning: odd [-Wodd]';
  const text = [
    'In file included from /w/1/tree/include/b.h:1,',
    '                 from /w/1/tree/x.c:2:',
    warning,
    'In file included from /w/1/tree/y.c:1:',
    warning,
    '/w/1/tree/y.c:9:1: error: worse',
  ].join('\n');
  expect(brief(text)).toEqual([
    'build/warning include/a.h:3 odd [-Wodd] <x.c>',
    'build/error y.c:9 worse <y.c>',
  ]);
});

test('a note with an inclusion of its own leaves the next message alone', () => {
  const text = [
    'x.c:1:1: warning: first',
    'In file included from x.c:1:',
    'include/a.h:2:3: note: expected int',
    'y.c:5:1: warning: second',
  ].join('\n');
  expect(brief(text)[1]).toBe('build/warning y.c:5 second <y.c>');
});

test('linker, modpost, Kconfig, and a make that gives up for another reason', () => {
  expect(
    brief("/usr/bin/ld: a.o: in function `f':\na.c:(.text+0x1c): undefined reference to `g'"),
  ).toEqual(["build/error null:null a.c:(.text): undefined reference to `g' <null>"]);
  expect(brief('ERROR: modpost: "x" [y.ko] undefined!')).toEqual([
    'build/error null:null modpost: "x" [y.ko] undefined! <null>',
  ]);
  expect(brief('net/Kconfig:12:warning: prompt redefined')).toEqual([
    'build/warning net/Kconfig:12 prompt redefined <net/Kconfig>',
  ]);
  const gaveUp = "make[1]: *** No rule to make target 'x.o', needed by 'y'.  Stop.";
  expect(brief(gaveUp)).toEqual([
    "build/error null:null No rule to make target 'x.o', needed by 'y'.  Stop. <null>",
  ]);
  expect(brief(`x.c:1:1: error: bad\n${gaveUp}`)).toHaveLength(1);
});

test('talk is no diagnostic', () => {
  expect(brief('  CC      a.o\nmake[1]: Leaving directory\nhttp://x:80: y\nwarning\n')).toEqual([]);
});
