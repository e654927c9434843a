import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { git, repository } from './repository.ts';
import { scratch, seam } from './seam.ts';

/** A copy of the example's patches to spoil. */
function copy(): { cwd: string; on: string[]; path: (name: string) => string } {
  const cwd = scratch();
  cpSync(join(EXAMPLE, 'patches'), join(cwd, 'patches'), { recursive: true });
  return {
    cwd,
    on: ['--base', `${EXAMPLE}/base`, '--series', 'patches'],
    path: (name) => join(cwd, 'patches', name),
  };
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

test('says what the threads would be, and writes nothing', async () => {
  const cwd = scratch();
  expect(await seam(['thread', ...ON_EXAMPLE], { cwd })).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "[RFC PATCH 0/4] utsname: a set of system names for each namespace
      5 mails, 4 patches, <20060801.utsname-v1-0.5f9aa684f1d7@seam.invalid>
      To: Core maintainers <core@seam.invalid>
      Cc: containers@seam.invalid
          Test maintainers <test@seam.invalid>
    [PATCH 0/1] ipc: message queues for each namespace
      2 mails, 1 patch, <20060801.ipc-v1-0.fe97808b1bfd@seam.invalid>
      To: IPC maintainers <ipc@seam.invalid>
    ",
    }
  `);
  expect(readdirSync(cwd)).toEqual([]);
});

test('a whole thread, as it goes to the list', async () => {
  const { stdout } = await seam(['thread', 'utsname', '--mboxrd', '-', ...ON_EXAMPLE]);
  expect(stdout).toMatchSnapshot();
});

test('the same bytes whenever and wherever it is made', async () => {
  const run = async (): Promise<string> => {
    const { cwd, on } = copy();
    return (await seam(['thread', '--mboxrd', '-', ...on], { cwd })).stdout;
  };
  expect(await run()).toBe(await run());
});

test('version, prefix, sender, date, numbering and threading as asked for', async () => {
  const { stdout } = await seam([
    'thread',
    'utsname',
    '-v',
    '3',
    '--prefix',
    'net-next',
    '--resend',
    '--from',
    'A B <a@seam.invalid>',
    '--date',
    'now',
    '--threading',
    'deep',
    '--in-reply-to',
    '<root@seam.invalid>',
    '--json',
    ...ON_EXAMPLE,
  ]);
  const { threads } = JSON.parse(stdout) as {
    threads: { title: string; mails: { id: string; inReplyTo: string; date: string }[] }[];
  };
  const mails = threads[0]?.mails ?? [];
  expect(threads[0]?.title).toBe(
    '[PATCH net-next RESEND v3 0/4] utsname: a set of system names for each namespace',
  );
  expect(mails.map(({ inReplyTo }) => inReplyTo)).toEqual([
    'root@seam.invalid',
    ...mails.slice(0, -1).map(({ id }) => id),
  ]);
  expect(mails.map(({ date }) => date)).toEqual(
    [5, 6, 7, 8, 9].map((second) => `2026-01-02T03:04:0${second}.000Z`),
  );
});

test('a thread is dated behind those that it needs, however old its patches are', async () => {
  const { cwd, on, path } = copy();
  const earlier = (text: string): string =>
    text.replace(/^Date: .*$/m, 'Date: Sat, 1 Jan 2005 12:00:00 +0100');
  edit(path('ipc/message-queues.patch'), earlier);
  const dates = async (...more: readonly string[]): Promise<string[][]> => {
    const { stdout } = await seam(['thread', '--json', ...more, ...on], { cwd });
    const made = JSON.parse(stdout) as { threads: { mails: { date: string }[] }[] };
    return made.threads.map(({ mails }) => mails.map(({ date }) => date));
  };
  const [utsname = [], ipc] = await dates();
  const last = Date.parse(utsname.at(-1) ?? '');
  expect(ipc).toEqual([1, 2].map((seconds) => new Date(last + seconds * 1000).toISOString()));
  // It is the same thread when only it is asked for, unless a date is.
  expect(await dates('ipc')).toEqual([ipc]);
  expect((await dates('ipc', '--date', 'now'))[0]?.[0]).toBe('2026-01-02T03:04:05.000Z');
  expect((await dates('--date', 'now'))[1]?.[0]).toBe('2026-01-02T03:04:10.000Z');
  // Alone, it is as old as its patches.
  edit(path('ipc/cover.md'), (text) => text.replace('depends-on: utsname\n', ''));
  expect((await dates())[1]?.[0]).toBe('2005-01-01T11:00:00.000Z');
});

test('another sender leaves the author in the text', async () => {
  const { stdout } = await seam([
    'thread',
    'ipc',
    '--mbox',
    '-',
    '--from',
    'A B <a@seam.invalid>',
    ...ON_EXAMPLE,
  ]);
  expect(stdout).toContain('From: A B <a@seam.invalid>\n');
  expect(stdout).toContain('\n\nFrom: Seam Project <series@seam.invalid>\n\n');
});

test('without cover the first patch is the root and names the base', async () => {
  const { stdout } = await seam([
    'thread',
    'utsname',
    '--without-cover',
    '--mbox',
    '-',
    ...ON_EXAMPLE,
  ]);
  const [, first = '', second = ''] = stdout.split(/^From 0{40}.*\n/m);
  expect(first).toContain('Subject: [PATCH 1/4] ');
  expect(first).not.toContain('In-Reply-To:');
  expect(first).toMatch(/\nbase-tree: [0-9a-f]{40}\n-- \n/);
  expect(second).toContain(`In-Reply-To: ${/^Message-ID: (.*)$/m.exec(first)?.[1]}\n`);
  expect(second).not.toContain('base-tree:');
});

test('files, maildir and mailboxes; what is there already stays', async () => {
  const cwd = scratch();
  const argv = [
    'thread',
    '-o',
    'files',
    '--maildir',
    'md',
    '--mbox',
    'am',
    '--mboxrd',
    'rd',
    ...ON_EXAMPLE,
  ];
  expect((await seam(argv, { cwd })).status).toBe(0);
  expect(readdirSync(join(cwd, 'files', 'utsname'))).toEqual([
    '0000-cover-letter.patch',
    '0001-sys-refuse-an-empty-buffer-in-gethostname.patch',
    '0002-utsname-introduce-utsname.patch',
    '0003-utsname-convert-the-system-calls-to-utsname.patch',
    '0004-utsname-let-the-names-belong-to-a-namespace.patch',
  ]);
  expect(readdirSync(join(cwd, 'md')).toSorted()).toEqual(['cur', 'new', 'tmp']);
  expect(readdirSync(join(cwd, 'md', 'new'))).toHaveLength(7);
  expect(readFileSync(join(cwd, 'am'), 'utf8').match(/^From /gm)).toHaveLength(5);
  expect(readFileSync(join(cwd, 'rd'), 'utf8').match(/^From mboxrd@z /gm)).toHaveLength(7);
  const again = await seam(argv, { cwd });
  expect(again.status).toBe(2);
  expect(again.stderr).toContain(
    'exists already\nhint: name an empty directory, or write over it with --force',
  );
});

test('files of a later version say which', async () => {
  const cwd = scratch();
  await seam(['thread', 'ipc', '-v', '2', '-o', 'files', ...ON_EXAMPLE], { cwd });
  expect(readdirSync(join(cwd, 'files'))).toEqual([
    'v2-0000-cover-letter.patch',
    'v2-0001-ipc-count-message-queues-where-their-limit-is.patch',
  ]);
});

test('a topic that is too long becomes parts, which refer to the first', async () => {
  const { stdout } = await seam([
    'thread',
    'utsname',
    '--most',
    '2',
    '--mboxrd',
    '-',
    ...ON_EXAMPLE,
  ]);
  const subjects = stdout
    .match(/^Subject: .*(?:\n .*)*/gm)
    ?.map((line) => line.replace(/\n /g, ' '));
  expect(subjects).toEqual([
    'Subject: [RFC PATCH 0/2] utsname: a set of system names for each namespace, part 1 of 2',
    'Subject: [RFC PATCH 1/2] sys: refuse an empty buffer in gethostname()',
    'Subject: [RFC PATCH 2/2] utsname: introduce utsname()',
    'Subject: [RFC PATCH 0/2] utsname: a set of system names for each namespace, part 2 of 2',
    'Subject: [RFC PATCH 1/2] utsname: convert the system calls to utsname()',
    'Subject: [RFC PATCH 2/2] utsname: let the names belong to a namespace',
  ]);
  const [first = '', second = ''] = stdout.match(/^Message-ID: .*-0\..*$/gm) ?? [];
  expect(stdout).toContain(`prerequisite-message-id: ${first.slice('Message-ID: '.length)}\n`);
  expect(stdout.match(/^prerequisite-patch-id: [0-9a-f]{40}$/gm)?.length).toBeGreaterThan(0);
  expect(second).not.toBe(first);
});

test('changes since the last version go behind the letter', async () => {
  const cwd = scratch({ 'changes.md': '## Changes since v1\n\n- `a` is called `b`\n' });
  const { stdout } = await seam(
    ['thread', 'ipc', '-v', '2', '--changes', 'changes.md', '--mboxrd', '-', ...ON_EXAMPLE],
    { cwd },
  );
  expect(stdout).toContain('\nChanges since v1\n================\n\n- `a` is called `b`\n');
});

describe('refused before anything is written', () => {
  async function refused(cwd: string, on: readonly string[], ...more: string[]): Promise<string> {
    const { status, stdout, stderr } = await seam(['thread', '--mbox', 'out', ...more, ...on], {
      cwd,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^not ready to be sent: /);
    expect(readdirSync(cwd)).toEqual(['patches']);
    return stdout;
  }

  test('a placeholder in a cover', async () => {
    const { cwd, on, path } = copy();
    edit(path('ipc/cover.md'), (text) => `${text}\nTODO: numbers\n`);
    expect(await refused(cwd, on)).toBe(
      "patches/ipc/cover.md:10: 'TODO' is left to be filled in\n",
    );
  });

  test('a patch without sign-off, one with a control character, one with turned text', async () => {
    const { cwd, on, path } = copy();
    edit(path('ipc/message-queues.patch'), (text) => text.replace(/^Signed-off-by:.*\n/m, ''));
    edit(path('utsname/introduce-utsname.patch'), (text) =>
      text.replace('one global', 'one \u001bglobal'),
    );
    edit(path('utsname/uts-namespace.patch'), (text) =>
      text.replace(/^\+(?!\+)(.*[a-z].*)$/m, '+\u202e$1'),
    );
    const lines = (await refused(cwd, on)).trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^utsname\/introduce-utsname\.patch:\d+: control character U\+001B$/),
      expect.stringMatching(
        /^utsname\/uts-namespace\.patch:\d+: mark that turns text around U\+202E$/,
      ),
      expect.stringMatching(/^ipc\/message-queues\.patch:\d+: no Signed-off-by$/),
    ]);
    for (const line of lines.slice(0, 2)) {
      const [, file = '', number = ''] = /^(.*?):(\d+):/.exec(line) ?? [];
      const text = readFileSync(path(file), 'utf8').split('\n')[Number(number) - 1];
      expect(text).toMatch(/[\u001b\u202e]/);
    }
  });

  test('a topic without a cover', async () => {
    const { cwd, on, path } = copy();
    rmSync(path('utsname/cover.md'));
    expect(await refused(cwd, on)).toBe(
      'utsname/cover.md: no cover letter; write one, or take --without-cover\n',
    );
  });

  test('as JSON', async () => {
    const { cwd, on, path } = copy();
    edit(path('ipc/cover.md'), (text) => text.replace('to: IPC maintainers', 'to: IPC'));
    edit(path('ipc/cover.md'), (text) => text.replace('<ipc@seam.invalid>', 'ipc'));
    expect(JSON.parse(await refused(cwd, on, '--json'))).toMatchObject({
      schema: 'seam/thread/1',
      ready: false,
      objections: [{ file: 'patches/ipc/cover.md', line: 2 }],
    });
  });
});

test.each([
  [
    ['thread', 'utsnam'],
    "error: no topic 'utsnam' in the series\n  topics: utsname, ipc\nhint: did you mean 'utsname'?\n",
  ],
  [
    ['thread', '--prefix', 'PATCH v2'],
    "error: 'PATCH v2' does not fit option '--prefix'\nhint: --prefix takes words without version and numbers: RFC PATCH\n",
  ],
  [
    ['thread', '--from', 'nobody'],
    "error: 'nobody' does not fit option '--from'\nhint: --from takes Name <name@host>\n",
  ],
  [
    ['thread', '--date', 'soon'],
    "error: 'soon' does not fit option '--date'\nhint: --date takes now, or a date such as '2026-11-21 12:00:00 +0000'\n",
  ],
  [
    ['thread', '--in-reply-to', 'a@b\nBcc: c@d'],
    "error: 'a@b\\nBcc: c@d' does not fit option '--in-reply-to'\nhint: --in-reply-to takes a Message-ID\n",
  ],
  [
    ['thread', '--mbox', '-', '--mboxrd', '-'],
    'error: only one thing can be written to standard output\n',
  ],
  [
    ['thread', '--cover', 'nowhere.md'],
    expect.stringMatching(/^error: no file '.*nowhere\.md'\n/) as string,
  ],
])('%j is refused', async (argv, expected) => {
  const { status, stderr } = await seam([...argv, ...ON_EXAMPLE]);
  expect(status).toBe(2);
  expect(stderr).toEqual(expected);
});

test('commits start from where their range does', async () => {
  const dir = repository();
  const on = ['--base', dir, '--series', `${EXAMPLE}/patches`];
  await seam(['apply', ...on, '--branch', 'topic']);
  // What is called like the revision is in the way of a directory only.
  mkdirSync(join(dir, 'main'));
  writeFileSync(join(dir, 'cover.md'), '# s\n\nText.\n');
  // The configuration's base is for the configuration's series.
  writeFileSync(join(dir, 'seam.toml'), "base = 'nowhere'\nseries = 'patches'\n");
  const argv = ['thread', '--series', 'main..topic', '--cover', 'cover.md', '--mboxrd', '-'];
  const { status, stdout, stderr } = await seam(argv, { cwd: dir });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`\nbase-commit: ${git(dir, 'rev-parse', 'main')}\n`);
  expect(stdout.match(/^Subject: \[PATCH [0-5]\/5\] /gm)).toHaveLength(6);
});

test('what git am would not take from a mail is refused', async () => {
  const dir = repository();
  const commit = (...args: readonly string[]): string =>
    git(dir, 'commit', '-q', '-s', '--allow-empty', ...args);
  commit('-m', 'nothing');
  for (const [subject, line] of [
    ['dashes', '---'],
    ['a diff', 'diff -up below'],
    ['a mail', 'From me@seam.invalid Mon Sep 17 00:00:00 2001'],
  ] as const) {
    writeFileSync(join(dir, 'file'), subject);
    git(dir, 'add', 'file');
    commit('-m', subject, '-m', `Above.\n${line}\nBelow.`);
  }
  const argv = [
    'thread',
    '--series',
    'main~4..main',
    '--without-cover',
    '--from',
    'A <a@h.invalid>',
  ];
  const { status, stdout } = await seam([...argv, '--mbox', 'out'], { cwd: dir });
  expect(status).toBe(1);
  expect(stdout).toBe(
    [
      'nothing.patch:1: changes nothing',
      "dashes.patch:7: a line such as '---' ends the message of a mail",
      "a-diff.patch:7: a line such as 'diff -up below' ends the message of a mail",
      "a-mail.patch:7: a line such as 'From me@seam.invalid Mon Sep 17 00:00:00 2001' begins a new mail in a mailbox\n",
    ].join('\n'),
  );
  expect(readdirSync(dir)).not.toContain('out');
});

test('without a base it says what is not known', async () => {
  const { status, stdout, stderr } = await seam([
    'thread',
    'ipc',
    '--mboxrd',
    '-',
    '--series',
    `${EXAMPLE}/patches`,
  ]);
  expect(status).toBe(0);
  expect(stderr).toContain('warning: no base: dependencies are not known');
  expect(stdout).toContain('To be applied before this thread:\n');
  expect(stdout).not.toContain('base-tree:');
});

test('patches of several authors need somebody who sends them', async () => {
  const { cwd, on, path } = copy();
  edit(path('utsname/introduce-utsname.patch'), (text) =>
    text.replace('From: Seam Project', 'From: Another'),
  );
  const { status, stderr } = await seam(['thread', 'utsname', ...on], { cwd });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^error: patches of several authors, and nobody named who sends them\nhint: --from /,
  );
});

describe('topics that cannot depend on each other as their covers say', () => {
  // As it comes, 'ipc' depends on 'utsname', which stands before it.
  const declared = 'depends-on: utsname\n';
  const declaring = (topic: string) => (text: string) =>
    text.replace(declared, '').replace('---\n', `---\ndepends-on: ${topic}\n`);

  test.each([
    ['in a circle', { utsname: 'ipc' }],
    ['on a later one', { utsname: 'ipc', ipc: '<x@y>' }],
    ['on itself', { ipc: 'ipc' }],
  ])('%s', async (_, edits) => {
    const { cwd, on, path } = copy();
    for (const [topic, other] of Object.entries(edits))
      edit(path(`${topic}/cover.md`), declaring(other));
    const { status, stdout, stderr } = await seam(['thread', ...on], { cwd });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatchSnapshot();
  });
});
