import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { type Outcome, scratch, seam } from './seam.ts';
import { type Fate, mailServer } from './smtp.ts';

const UTSNAME = ['send', 'utsname', '--date', 'now', ...ON_EXAMPLE];

/** Runs `seam send` with a ledger of its own; `cwd` keeps it from call to call. */
async function send(cwd: string, ...more: string[]): Promise<Outcome> {
  return seam([...UTSNAME, ...more], { cwd, env: { XDG_STATE_HOME: join(cwd, 'state') } });
}

async function hashOf(cwd: string, ...more: string[]): Promise<string> {
  const { stdout } = await send(cwd, '--json', ...more);
  return (JSON.parse(stdout) as { hash: string }).hash;
}

const cuts = (mail: number, fate: Fate) => ({
  fate: (count: number): Fate => (count === mail ? fate : 'take'),
});

test('shows what would go where, and sends nothing', async () => {
  const cwd = scratch();
  const { received, url } = await mailServer();
  const { status, stdout, stderr } = await send(cwd, '--server', url);
  expect(status).toBe(0);
  expect(stdout.replace(/[0-9a-f]{16}@/, 'HASH@').replace(/\.[0-9a-f]{12}@/g, '.ID@'))
    .toMatchInlineSnapshot(`
    "[RFC PATCH 0/4] utsname: a set of system names for each namespace
      5 mails, 4 patches, <20260102.utsname-v1-0.ID@seam.invalid>
      To: Core maintainers <core@seam.invalid>
      Cc: containers@seam.invalid
          Test maintainers <test@seam.invalid>

    5 mails to 3 recipients: HASH@1767323045
    "
  `);
  expect(stderr).toMatch(/^nothing sent; to send this, add --confirm [0-9a-f]{16}@1767323045\n$/);
  expect(received).toEqual([]);
  expect(readdirSync(cwd)).toEqual([]);
});

test('bytes arrive as they were made, in order, to everyone', async () => {
  const cwd = scratch();
  const { received, url } = await mailServer();
  await seam(['thread', 'utsname', '--date', 'now', '--maildir', 'md', ...ON_EXAMPLE], { cwd });
  const { status, stdout } = await send(cwd, '--server', url, '--confirm', await hashOf(cwd));
  expect([status, stdout]).toEqual([0, '5 of 5 mails sent\n']);
  const made = readdirSync(join(cwd, 'md', 'new'))
    .toSorted()
    .map((name) => readFileSync(join(cwd, 'md', 'new', name), 'latin1'));
  expect(received.map(({ bytes }) => bytes.toString('latin1').replaceAll('\r\n', '\n'))).toEqual(
    made,
  );
  for (const { from, to, bytes } of received) {
    expect(from).toBe('series@seam.invalid');
    expect(to).toEqual(['core@seam.invalid', 'containers@seam.invalid', 'test@seam.invalid']);
    expect(bytes.toString('latin1')).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
  }
});

test('lines of dots and bytes beyond ASCII arrive, and no line of a patch ends the mail', async () => {
  const cwd = scratch();
  cpSync(join(EXAMPLE, 'patches'), join(cwd, 'patches'), { recursive: true });
  const file = join(cwd, 'patches/utsname/introduce-utsname.patch');
  const text = readFileSync(file, 'utf8').replace(
    'system_utsname is one',
    '.\n..\nünïcode: system_utsname is one',
  );
  writeFileSync(file, text);
  const { received, url } = await mailServer();
  const argv = [
    'send',
    'utsname',
    '--date',
    'now',
    '--base',
    `${EXAMPLE}/base`,
    '--series',
    'patches',
    '--server',
    url,
  ];
  const env = { XDG_STATE_HOME: join(cwd, 'state') };
  const shown = await seam([...argv, '--json'], { cwd, env });
  const { hash } = JSON.parse(shown.stdout) as { hash: string };
  expect((await seam([...argv, '--confirm', hash], { cwd, env })).status).toBe(0);
  expect(received).toHaveLength(5);
  expect(received[2]?.bytes.toString('utf8')).toContain(
    '\r\n\r\n.\r\n..\r\nünïcode: system_utsname',
  );
});

describe('a connection that is cut', () => {
  test.each<[number, Fate]>([
    [1, 'cut-before-data'],
    [3, 'cut-before-data'],
    [5, 'refuse'],
  ])('at mail %i (%s): the same command goes on with that mail', async (mail, fate) => {
    const cwd = scratch();
    const hash = await hashOf(cwd);
    const first = await mailServer(cuts(mail, fate));
    const cut = await send(cwd, '--server', first.url, '--confirm', hash);
    expect(cut.status).toBe(1);
    expect(cut.stdout).toBe(`${mail - 1} of 5 mails sent\n`);
    expect(cut.stderr).toContain('hint: the same command goes on with this mail\n');
    const second = await mailServer();
    const rest = await send(cwd, '--server', second.url, '--confirm', hash);
    expect(rest.stdout).toBe(
      `${6 - mail} of 5 mails sent${mail === 1 ? '' : `, ${mail - 1} sent before`}\n`,
    );
    const ids = [...first.received, ...second.received].map(
      ({ bytes }) => /^Message-ID: (.*)\r$/m.exec(bytes.toString('latin1'))?.[1],
    );
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    const third = await mailServer();
    expect((await send(cwd, '--server', third.url, '--confirm', hash)).stdout).toBe(
      '0 of 5 mails sent, 5 sent before\n',
    );
    expect(third.received).toEqual([]);
  });

  test.each<['sent' | 'lost', number]>([
    ['sent', 3],
    ['lost', 4],
  ])('before the answer: nobody knows, and a person says that it was %s', async (fate, left) => {
    const cwd = scratch();
    const hash = await hashOf(cwd);
    const first = await mailServer(cuts(2, 'cut-before-answer'));
    const cut = await send(cwd, '--server', first.url, '--confirm', hash);
    expect(cut.status).toBe(1);
    expect(cut.stderr).toContain('hint: --assume sent, or --assume lost\n');
    const second = await mailServer();
    const stuck = await send(cwd, '--server', second.url, '--confirm', hash);
    expect(stuck.status).toBe(1);
    expect(stuck.stderr).toContain('it was handed over before, and no answer came');
    expect(second.received).toEqual([]);
    const rest = await send(cwd, '--server', second.url, '--confirm', hash, '--assume', fate);
    expect(rest.status).toBe(0);
    expect(second.received).toHaveLength(left);
  });
});

test('of two who send at once, one does', async () => {
  const cwd = scratch();
  const hash = await hashOf(cwd);
  const { received, url } = await mailServer();
  const runs = await Promise.all(
    [1, 2].map(async () => send(cwd, '--server', url, '--confirm', hash)),
  );
  const ids = received.map(
    ({ bytes }) => /^Message-ID: (.*)\r$/m.exec(bytes.toString('latin1'))?.[1],
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(runs.some(({ status }) => status === 0)).toBe(true);
});

test('reflected, everything goes to the sender, headers are the same, and nothing is noted', async () => {
  const cwd = scratch();
  const { received, url } = await mailServer();
  const hash = await hashOf(cwd, '--reflect');
  expect(hash).not.toBe(await hashOf(cwd));
  await send(cwd, '--reflect', '--server', url, '--confirm', hash);
  expect(received.map(({ to }) => to)).toEqual(
    Array.from({ length: 5 }, () => ['series@seam.invalid']),
  );
  expect(received[0]?.bytes.toString('latin1')).toContain(
    'To: Core maintainers <core@seam.invalid>\r\n',
  );
  expect(readdirSync(cwd)).toEqual([]);
});

test('a recipient that the server does not know is told; the others get the mail', async () => {
  const cwd = scratch();
  const { received, url } = await mailServer({ unknown: ['test@seam.invalid'] });
  const { status, stderr } = await send(cwd, '--server', url, '--confirm', await hashOf(cwd));
  expect(status).toBe(0);
  expect(stderr).toContain("warning: 'test@seam.invalid' was not taken for '[RFC PATCH 0/4] ");
  expect(received.map(({ to }) => to)).toEqual(
    Array.from({ length: 5 }, () => ['core@seam.invalid', 'containers@seam.invalid']),
  );
});

test('what has changed since is not sent', async () => {
  const cwd = scratch();
  const { received, url } = await mailServer();
  const hash = await hashOf(cwd);
  const { status, stderr } = await send(
    cwd,
    '--server',
    url,
    '--confirm',
    hash,
    '--prefix',
    'PATCH',
  );
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^error: '[0-9a-f]{16}' is not the hash of what would be sent now\nhint: look again/,
  );
  expect(received).toEqual([]);
});

test('a login, and a wrong one', async () => {
  const cwd = scratch();
  const { received, url } = await mailServer({ user: { name: 'me', password: 'secret' } });
  const hash = await hashOf(cwd);
  const argv = [...UTSNAME, '--server', url, '--confirm', hash];
  const env = { XDG_STATE_HOME: join(cwd, 'state') };
  const without = await seam(argv, { cwd, env });
  expect(without.stderr).toBe(
    "error: no password for 'me'\nhint: put it into the environment, as SEAM_SMTP_PASSWORD\n",
  );
  const wrong = await seam(argv, { cwd, env: { ...env, SEAM_SMTP_PASSWORD: 'guess' } });
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toMatch(
    /^error: cannot speak to '127\.0\.0\.1' at port \d+\n {2}reason: Invalid login/,
  );
  expect(wrong.stderr + wrong.stdout).not.toContain('guess');
  expect(received).toEqual([]);
  expect((await seam(argv, { cwd, env: { ...env, SEAM_SMTP_PASSWORD: 'secret' } })).status).toBe(0);
  expect(received).toHaveLength(5);
});

test('the server of the user’s own configuration; one in a project’s is refused', async () => {
  const { received, url } = await mailServer();
  const cwd = scratch({ 'xdg/seam/config.toml': `smtp = '${url}'\n` });
  const env = { XDG_STATE_HOME: join(cwd, 'state'), XDG_CONFIG_HOME: join(cwd, 'xdg') };
  const { status } = await seam([...UTSNAME, '--confirm', await hashOf(cwd)], { cwd, env });
  expect([status, received.length]).toEqual([0, 5]);
  const project = scratch({ 'seam.toml': `smtp = '${url}'\n` });
  expect((await send(project)).stderr).toMatch(/^error: unknown key 'smtp' in /);
});

test.each([
  [['--server', 'mail.example.org'], "error: 'mail.example.org' names no server\n"],
  [['--server', 'http://mail.example.org'], "error: 'http://mail.example.org' names no server\n"],
  [
    ['--server', 'smtp://me:secret@mail.example.org'],
    'error: a server is named with a password in it\n',
  ],
  [[], 'error: no server given to send through\n'],
])('server %j is refused', async (more, expected) => {
  const cwd = scratch();
  const { status, stderr } = await send(cwd, ...more, '--confirm', await hashOf(cwd));
  expect(status).toBe(2);
  expect(stderr).toContain(expected);
  expect(stderr).not.toContain('secret');
  // A rehearsal tells it, too, where a server is named.
  const shown = await send(cwd, ...more);
  expect([shown.status, shown.stderr.includes(expected)]).toEqual(
    more.length === 0 ? [0, false] : [2, true],
  );
});

test('a password is not asked for before something is sent', async () => {
  const argv = ['--server', 'smtp://me@mail.example.org'];
  const cwd = scratch();
  expect((await send(cwd, ...argv)).status).toBe(0);
  expect((await send(cwd, ...argv, '--confirm', await hashOf(cwd))).stderr).toContain(
    "error: no password for 'me'\n",
  );
});

test('nobody to send to is told; so is an old date', async () => {
  const cwd = scratch({ 'cover.md': '# s\n\ntext\n' });
  const nobody = await send(cwd, '--cover', 'cover.md');
  expect(nobody.status).toBe(2);
  expect(nobody.stderr).toMatch(/^error: nobody to send '\[PATCH 0\/4\] s' to\nhint: /);
  const old = await seam(['send', 'utsname', ...ON_EXAMPLE], {
    cwd,
    env: { XDG_STATE_HOME: join(cwd, 'state') },
  });
  expect(old.stderr).toContain(
    'warning: the first mail is dated 7093 days ago\nhint: --date now\n',
  );
});

test('what is not ready is refused, as by seam thread', async () => {
  const cwd = scratch({ 'cover.md': '# s\n\nTODO\n' });
  const { status, stdout } = await send(cwd, '--cover', 'cover.md');
  expect(status).toBe(1);
  expect(stdout).toBe("cover.md:3: 'TODO' is left to be filled in\n");
});
