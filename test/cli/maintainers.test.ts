import { expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

const MAINTAINERS = `CORE
M:	Core <core@seam.invalid>
S:	Maintained
F:	kernel/
F:	include/

IPC
M:	Old Name <ipc@seam.invalid>
L:	ipc-list@seam.invalid (subscribers-only)
S:	Odd Fixes
F:	ipc/

ALL
L:	all@seam.invalid
S:	Maintained
F:	*
F:	*/
`;

/** A base with MAINTAINERS and mailmap. */
function base(files: Readonly<Record<string, string>> = {}): string {
  return scratch({
    MAINTAINERS,
    '.mailmap': 'New Name <ipc@seam.invalid>\n',
    'ipc/msg.c': 'int x;\n',
    'kernel/sys.c': 'int y;\n',
    ...files,
  });
}

test('everyone for the series, with roles', async () => {
  const { stdout, status } = await seam([
    'maintainers',
    '--base',
    base(),
    '--series',
    `${EXAMPLE}/patches`,
  ]);
  expect(status).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "Core <core@seam.invalid> (maintainer:CORE)
    New Name <ipc@seam.invalid> (odd fixer:IPC)
    all@seam.invalid (open list:ALL)
    "
  `);
});

test('each patch for itself, files of the base, plain, lists of subscribers', async () => {
  const cwd = base();
  expect(
    (
      await seam(['maintainers', '5', '--each', '--base', '.', '--series', `${EXAMPLE}/patches`], {
        cwd,
      })
    ).stdout,
  ).toMatchInlineSnapshot(`
    "ipc/message-queues.patch
      New Name <ipc@seam.invalid> (odd fixer:IPC)
      all@seam.invalid (open list:ALL)
    "
  `);
  const files = [
    'maintainers',
    '--base',
    '.',
    '--file',
    'ipc/msg.c',
    '--file',
    'kernel/sys.c',
    '--plain',
    '--subscriber-lists',
  ];
  expect((await seam(files, { cwd })).stdout).toMatchInlineSnapshot(`
    "New Name <ipc@seam.invalid>
    Core <core@seam.invalid>
    ipc-list@seam.invalid
    all@seam.invalid
    "
  `);
});

test('JSON says where each address stands', async () => {
  const { stdout } = await seam(['maintainers', '--json', '--base', base(), '--file', 'ipc/msg.c']);
  expect(JSON.parse(stdout)).toEqual({
    schema: 'seam/maintainers/1',
    answers: [
      {
        name: null,
        contacts: [
          {
            kind: 'maintainer',
            name: 'New Name',
            email: 'ipc@seam.invalid',
            role: 'odd fixer:IPC',
            source: { file: 'MAINTAINERS', line: 8 },
          },
          {
            kind: 'list',
            name: '',
            email: 'all@seam.invalid',
            role: 'open list:ALL',
            source: { file: 'MAINTAINERS', line: 14 },
          },
        ],
      },
    ],
  });
});

test('an overlay for a base that does not say which files are whose', async () => {
  const cwd = base({
    MAINTAINERS: 'SYSTEM CALLS\nP:	Sy\nM:	sy@seam.invalid\nS:	Maintained\n',
    overlay: 'SYSTEM CALLS\nF:	kernel/sys.c\n',
  });
  const argv = ['maintainers', '--base', '.', '--file', 'kernel/sys.c', '--plain'];
  expect((await seam(argv, { cwd })).stdout).toBe('');
  expect((await seam([...argv, '--overlay', 'overlay'], { cwd })).stdout).toBe(
    'Sy <sy@seam.invalid>\n',
  );
});

test('what a patch does to MAINTAINERS does not decide who gets it', async () => {
  const cwd = base({
    'p.patch':
      'From: A <a@seam.invalid>\nSubject: x\n\nSigned-off-by: A <a@seam.invalid>\n---\n--- a/MAINTAINERS\n+++ b/MAINTAINERS\n@@ -1,2 +1,2 @@\n CORE\n-M:\tCore <core@seam.invalid>\n+M:\tEvil <evil@seam.invalid>\n',
  });
  const { stdout } = await seam(['maintainers', '--base', '.', '--series', 'p.patch', '--plain'], {
    cwd,
  });
  expect(stdout).toBe('all@seam.invalid\n');
});

test.each([
  [['--file', 'nowhere.c'], /^error: no file 'nowhere\.c' in '/],
  [['--maintainers', 'nowhere'], /^error: no file '.*nowhere'\n/],
])('%j is refused', async (more, expected) => {
  const { status, stderr } = await seam(['maintainers', ...ON_EXAMPLE, ...more]);
  expect(status).toBe(2);
  expect(stderr).toMatch(expected);
});

test('a base without MAINTAINERS is told', async () => {
  const { status, stderr } = await seam(['maintainers', ...ON_EXAMPLE]);
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^error: no MAINTAINERS with sections in '.*'\nhint: name a file with --maintainers/,
  );
});

test('threads go to whom MAINTAINERS names, each mail to its own if asked for', async () => {
  const series = ['--base', `${EXAMPLE}/base`, '--series', `${EXAMPLE}/patches`];
  const cwd = scratch({ MAINTAINERS });
  const ask = async (whose: string): Promise<string[][]> => {
    const { stdout } = await seam(
      [
        'thread',
        'utsname',
        '--json',
        '--maintainers',
        'MAINTAINERS',
        '--recipients',
        whose,
        ...series,
      ],
      { cwd },
    );
    const { threads } = JSON.parse(stdout) as {
      threads: { mails: { to: string[]; cc: string[] }[] }[];
    };
    return (threads[0]?.mails ?? []).map(({ to, cc }) =>
      [...to, ...cc].map((text) => /[^< ]+@/.exec(text)?.[0] ?? ''),
    );
  };
  const named = ['core@', 'containers@', 'test@'];
  expect(await ask('cover')).toEqual(Array.from({ length: 5 }, () => named));
  expect(await ask('thread')).toEqual(Array.from({ length: 5 }, () => [...named, 'all@']));
  const each = await ask('patch');
  expect(each[0]).toEqual([...named, 'all@']);
  expect(each).toHaveLength(5);
});

test('an address in MAINTAINERS that is none keeps a thread from being written', async () => {
  const cwd = scratch({ MAINTAINERS: 'X\nM:	A <a@b@c>\nF:	*/\n' });
  const { status, stdout } = await seam(
    ['thread', 'ipc', '--maintainers', 'MAINTAINERS', ...ON_EXAMPLE],
    { cwd },
  );
  expect(status).toBe(1);
  expect(stdout).toBe("MAINTAINERS:2: 'A <a@b@c>' is no address that mail can go to\n");
});
