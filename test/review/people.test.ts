/** MAINTAINERS: sections, patterns, ranks, and that nothing in it becomes a header or an address by accident. */
import { describe, expect, test } from 'vitest';
import { parseMailmap } from '../../review/people/mailmap.ts';
import { parseMaintainers, withOverlay } from '../../review/people/maintainers.ts';
import { Maintainers, directoriesToAsk } from '../../review/people/match.ts';
import { compileGlob, extendedRegExp, globMatches } from '../../review/people/pattern.ts';
import { findPeople, peopleInFile, splitPeople } from '../../review/people/people.ts';
import { recipientsOf } from '../../review/people/recipients.ts';

const FILE = `List of maintainers

	M: *Mail* patches to

IPC SUBSYSTEM
M:	Ina <ina@a.invalid>
R:	"Doe, Jo" <jo@a.invalid>
L:	ipc@lists.invalid
L:	closed@lists.invalid (subscribers-only)
L:	slow@lists.invalid (moderated for others)
S:	Supported
F:	ipc/
F:	include/*/ipc*.h
X:	ipc/mqueue.c

# a comment does not end a section
MESSAGE QUEUES
M:	Ina Other <ina@a.invalid>, Mo <mo@a.invalid>
S:	Odd Fixes
F:	ipc/mqueue.c
K:	\\b mq_ (?: open | send ) \\b

NAMED
R:	Ned <ned@a.invalid>
S:	Maintained
N:	queue

THE REST
M:	Chief <chief@a.invalid>
L:	all@lists.invalid
S:	Buried alive in reporters
F:	*
F:	*/
`;

const NOBODY = parseMailmap('');
function ask(paths: string[], lines: string[] = [], text = FILE): string[] {
  const maintainers = new Maintainers(parseMaintainers(text, 'MAINTAINERS'));
  return findPeople(maintainers, NOBODY, { paths, lines }).map(
    ({ person, role }) => `${person.name} <${person.email}> (${role})`,
  );
}

test('the deepest pattern first, people before lists, everyone once', () => {
  expect(ask(['ipc/msg.c'])).toEqual([
    'Ina <ina@a.invalid> (supporter:IPC SUBSYSTEM)',
    'Doe, Jo <jo@a.invalid> (reviewer:IPC SUBSYSTEM)',
    ' <ipc@lists.invalid> (open list:IPC SUBSYSTEM)',
    ' <slow@lists.invalid> (moderated list:IPC SUBSYSTEM)',
    ' <all@lists.invalid> (open list)',
  ]);
});

test('what is excluded belongs to others; a name that fits ranks below a path', () => {
  expect(ask(['ipc/mqueue.c'])).toEqual([
    'Ina Other <ina@a.invalid> (odd fixer:MESSAGE QUEUES)',
    'Mo <mo@a.invalid> (odd fixer:MESSAGE QUEUES)',
    'Ned <ned@a.invalid> (reviewer:NAMED)',
    ' <all@lists.invalid> (open list)',
  ]);
});

test('content that fits brings in a section, blanks of its expression mean nothing', () => {
  expect(ask(['fs/x.c'], ['+	mq_open(name);'])).toContain(
    'Mo <mo@a.invalid> (odd fixer:MESSAGE QUEUES)',
  );
  expect(ask(['fs/x.c'], ['+	mq_opened(name);'])).toEqual([' <all@lists.invalid> (open list)']);
});

test.each([
  ['ipc/', 'ipc/a/b.c', true],
  ['ipc/', 'ipcx/a.c', false],
  ['ipc/*', 'ipc/a.c', true],
  ['ipc/*', 'ipc/a/b.c', false],
  ['*', 'Makefile', true],
  ['*', 'a/b', false],
  ['*/', 'a/b/c', true],
  ['include/*/ipc*.h', 'include/linux/ipc_ns.h', true],
  ['include/*/ipc*.h', 'include/uapi/linux/ipc.h', false],
  ['init', 'initrd', true],
  ['lib/a?c.c', 'lib/abc.c', true],
  ['lib/a.c', 'lib/abc', false],
  ['lib/c++', 'lib/c++', true],
  ['lib/(x', 'lib/(x', true],
])('pattern %j and path %j: %j', (pattern, path, expected) => {
  expect(globMatches(compileGlob(pattern), path, () => false)).toBe(expected);
});

test('a directory without its slash means what is below, where the tree has it', () => {
  const sections = parseMaintainers('A\nM:	a@a.invalid\nF:	net/can\n', 'M');
  expect(directoriesToAsk(sections, ['net/canx.c', 'net/can/a.c', 'fs/a.c'])).toEqual(['net/can']);
  const glob = compileGlob('net/can');
  expect(globMatches(glob, 'net/can/raw/x.c', () => true)).toBe(true);
  expect(globMatches(glob, 'net/canx.c', (path) => path === 'net/can')).toBe(false);
  expect(globMatches(glob, 'net/canx.c', () => false)).toBe(true);
});

test('expressions in their extended form', () => {
  expect(extendedRegExp('a b # c')?.test('ab')).toBe(true);
  expect(extendedRegExp('a\\ b')?.test('a b')).toBe(true);
  expect(extendedRegExp('[ ]x')?.test(' x')).toBe(true);
  expect(extendedRegExp('(?i)AB')?.test('ab')).toBe(true);
  expect(extendedRegExp('[[:space:]]+x')?.test('\tx')).toBe(true);
  expect(extendedRegExp('(')).toBeNull();
  const unreadable = new Maintainers(parseMaintainers('A\nK:	(\n', 'M')).unreadable;
  expect(unreadable).toMatchObject([{ line: 2, value: '(' }]);
});

test('old files name people on two lines, and an overlay says which files are whose', () => {
  const old =
    'UTS\nP:	Ute Old\nM:	ute@a.invalid\nP:	Second\nM:	second@a.invalid\nS:	Maintained\n\nNEW\nM:	N <n@a.invalid>\nP:	Documentation/process.rst\n';
  const sections = parseMaintainers(old, 'MAINTAINERS');
  expect(
    sections.map(({ entries }) => entries.map(({ letter, value }) => `${letter}: ${value}`)),
  ).toEqual([
    ['M: Ute Old <ute@a.invalid>', 'M: Second <second@a.invalid>', 'S: Maintained'],
    ['M: N <n@a.invalid>', 'P: Documentation/process.rst'],
  ]);
  const overlay = parseMaintainers(
    'UTS\nF:	kernel/sys.c\n\nLISTS\nL:	all@lists.invalid\nF:	*/\n',
    'overlay',
  );
  const maintainers = new Maintainers(withOverlay(sections, overlay));
  const found = findPeople(maintainers, NOBODY, { paths: ['kernel/sys.c'], lines: [] });
  expect(found.map(({ person, source }) => [person.email, source.file, source.line])).toEqual([
    ['ute@a.invalid', 'MAINTAINERS', 3],
    ['second@a.invalid', 'MAINTAINERS', 5],
    ['all@lists.invalid', 'overlay', 5],
  ]);
});

test('mailmap: four forms', () => {
  const map = parseMailmap(
    '# c\nName One <one@a.invalid>\n<new@a.invalid> <old@a.invalid>\nN <n@a.invalid> <o@a.invalid> # c\nX <x@a.invalid> Y <y@a.invalid>\nbroken\n',
  );
  const resolve = (name: string, email: string): string => {
    const person = map.resolve({ name, email });
    return `${person.name} <${person.email}>`;
  };
  expect(resolve('one', 'one@a.invalid')).toBe('Name One <one@a.invalid>');
  expect(resolve('K', 'old@a.invalid')).toBe('K <new@a.invalid>');
  expect(resolve('K', 'o@a.invalid')).toBe('N <n@a.invalid>');
  expect(resolve('Y', 'y@a.invalid')).toBe('X <x@a.invalid>');
  expect(resolve('Z', 'y@a.invalid')).toBe('Z <y@a.invalid>');
});

test.each([
  ['A <a@a.invalid>', ['A <a@a.invalid>']],
  ['"B, A" <a@a.invalid>', ['B, A <a@a.invalid>']],
  ['Pan, X <a@a.invalid>', ['Pan, X <a@a.invalid>']],
  ['A <a@a.invalid>, b@b.invalid', ['A <a@a.invalid>', ' <b@b.invalid>']],
  ['nobody', []],
  ['', []],
])('people of %j', (value, expected) => {
  expect(splitPeople(value).map(({ name, email }) => `${name} <${email}>`)).toEqual(expected);
});

test('device tree bindings name their maintainers', () => {
  expect(
    peopleInFile('maintainers:\n  - Jörg Ünal <j@a.invalid>\n  - b@b.invalid\n', 'x.yaml'),
  ).toMatchObject([
    { person: { name: 'Jörg Ünal', email: 'j@a.invalid' }, source: { line: 2 } },
    { person: { name: '', email: 'b@b.invalid' }, source: { line: 3 } },
  ]);
});

describe('a stranger’s MAINTAINERS', () => {
  test.each([
    ['an address with a second one', 'M:	A <a@a.invalid, b@b.invalid>'],
    ['two addresses of lists', 'L:	a@a.invalid,b@b.invalid'],
    ['a name that turns around', 'M:	A\u202eB <a@a.invalid>'],
    ['a name with an address', 'M:	a@b.invalid c <a@a.invalid>'],
    ['a control character', 'M:	A\u001b[2J <a@a.invalid>'],
  ])('%s gets no mail, and is objected to with its line', (_, line) => {
    const maintainers = new Maintainers(parseMaintainers(`X\n${line}\nF:	*/\n`, 'MAINTAINERS'));
    const { to, cc, objections } = recipientsOf(
      findPeople(maintainers, NOBODY, { paths: ['a/b'], lines: [] }),
    );
    expect([...to, ...cc]).toEqual([]);
    expect(objections).toMatchObject([{ file: 'MAINTAINERS', line: 2 }]);
  });

  test('maintainers are written to, reviewers and lists get copies', () => {
    const maintainers = new Maintainers(parseMaintainers(FILE, 'M'));
    const { to, cc } = recipientsOf(
      findPeople(maintainers, NOBODY, { paths: ['ipc/msg.c'], lines: [] }),
    );
    expect(to.map(({ email }) => email)).toEqual(['ina@a.invalid']);
    expect(cc.map(({ email }) => email)).toEqual([
      'jo@a.invalid',
      'ipc@lists.invalid',
      'slow@lists.invalid',
      'all@lists.invalid',
    ]);
  });
});
