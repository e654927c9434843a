import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  checkPath,
  comparePaths,
  decodePath,
  encodePath,
  foldPath,
  specialFile,
} from '../../tools/patch/path.ts';

/** Arbitrary bytes, with valid and nearly valid UTF-8 as likely as noise. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 3 }).map((text) => Buffer.from(text, 'utf8')),
      fc.constantFrom([0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf], [0xe2, 0x82]),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts.map((part) => Uint8Array.from(part))));

describe('the lossless form', () => {
  prop.prop([anyBytes])('gives back every byte string', (bytes) => {
    expect(encodePath(decodePath(bytes))).toEqual(bytes);
  });

  prop.prop([fc.string({ unit: 'grapheme' })])('leaves proper text as it is', (text) => {
    expect(decodePath(Buffer.from(text))).toBe(text);
  });

  test.each<[number[], string]>([
    [[0x61, 0xff, 0x62], 'a\udcffb'],
    [[0xc3, 0xa9], 'é'],
    [[0xc3], '\udcc3'],
    [[0xed, 0xb2, 0x80], '\udced\udcb2\udc80'],
    [[0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
    [[0xf0, 0x9f, 0x98, 0x80, 0x80], '😀\udc80'],
  ])('of %j', (bytes, path) => {
    expect(decodePath(Uint8Array.from(bytes))).toBe(path);
    expect([...encodePath(path)]).toEqual(bytes);
  });

  test('a surrogate that stands for no byte becomes U+FFFD', () => {
    expect(encodePath('a\ud800b').toString()).toBe('a\ufffdb');
  });
});

describe('the order of paths', () => {
  prop.prop([anyBytes, anyBytes])('is that of their bytes', (a, b) => {
    expect(Math.sign(comparePaths(decodePath(a), decodePath(b)))).toBe(Buffer.compare(a, b));
  });

  test('U+FF5E comes before U+1F600, though its UTF-16 unit does not', () => {
    expect(comparePaths('\uff5e', '😀')).toBeLessThan(0);
  });
});

describe('a path that is refused', () => {
  test.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'begins with a drive letter'],
    ['c:x', 'begins with a drive letter'],
    ['a\0b', 'holds a NUL byte'],
    ['a//b', 'has an empty component'],
    ['a/', 'has an empty component'],
    ['..', "has the component '..'"],
    ['a/../b', "has the component '..'"],
    ['./a', "has the component '.'"],
    ['a/.', "has the component '.'"],
    ['a/.. /b', "has the component '.. '"],
    ['..\\x', "has the component '..'"],
    ['a/b\\..\\c', "has the component '..'"],
    ['x'.repeat(256), 'has a component longer than 255 bytes'],
    ['é'.repeat(128), 'has a component longer than 255 bytes'],
    ['ab/'.repeat(1366), 'is longer than 4095 bytes'],
    ['a\nb', 'holds a line break'],
    ['.gitx/a\r', 'holds a line break'],
    ['a\u001bb', 'holds a control character'],
    ['a\u009bb', 'holds a control character'],
    ['a\u202eb', 'holds a character that turns the direction of text'],
  ])('%j', (path, reason) => {
    expect(checkPath(path)).toBe(reason);
  });

  test.each([
    '.git',
    '.GIT/config',
    'sub/.Git/hooks/post-checkout',
    'git~1',
    'GIT~1/x',
    '.git.',
    '.git ',
    '.git . .',
    'git~1 ',
    '.git::$INDEX_ALLOCATION',
    '.git:x',
    '.g\u200cit',
    '\ufeff.git/config',
    '.gi\u206at',
    '.git\\config',
    'a\\.GIT\\config',
  ])('%j means .git', (path) => {
    expect(checkPath(path)).toBe("has a component that means '.git'");
  });
});

describe('a path that is accepted', () => {
  test.each([
    'Makefile',
    'include/linux/sched.h',
    '.gitignore',
    '.github/x',
    'a/.gitkeep',
    'git~2',
    'git~10',
    'x.git',
    'a..b/c.',
    '-p',
    'a b/"c"',
    'é/ß',
    'a\udcffb',
    String.raw`units/a\x2db.service`,
    'a:b/c'.slice(2),
    'x'.repeat(255),
  ])('%j', (path) => {
    expect(checkPath(path)).toBeNull();
  });

  test.each(['a\nb', 'a\u001b[2J', 'a\u202eb'])('%j where odd characters are allowed', (path) => {
    expect(checkPath(path, { unprintable: true })).toBeNull();
  });
});

test.each([
  ['.gitmodules', '.gitmodules'],
  ['a/b/.GitAttributes', '.gitattributes'],
  ['GITMOD~1', '.gitmodules'],
  ['gi7eba~1', '.gitmodules'],
  ['.gitattributes .', '.gitattributes'],
  ['.gitmodules::$DATA', '.gitmodules'],
  ['.git\u200cignore', '.gitignore'],
  ['.mailmap', '.mailmap'],
  ['.gitmodules/x', null],
  ['gitmodules', null],
  ['Makefile', null],
])('%j is special: %s', (path, expected) => {
  expect(specialFile(path)).toBe(expected);
});

test.each([
  ['Makefile', 'makefile', true],
  ['xt_DSCP.c', 'xt_dscp.c', true],
  ['caf\u00e9', 'cafe\u0301', true],
  ['STRASSE', 'straße', true],
  ['a\u200cb', 'ab', true],
  ['a\udcff', 'a\udcfe', false],
  ['a/b', 'a_b', false],
])('%j and %j collide: %s', (a, b, collide) => {
  expect(foldPath(a) === foldPath(b)).toBe(collide);
});
