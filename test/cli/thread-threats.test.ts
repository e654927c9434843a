/**
 * Patches, letters, names and MAINTAINERS from strangers, on their way into mails. Each has been an
 * advisory against a program that makes or sends mail. Refused before anything is written, with file
 * and line; or harmless, and then the test says what it becomes.
 */
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLE } from './example.ts';
import { type Outcome, type RunOptions, scratch, seam } from './seam.ts';
import { mailServer } from './smtp.ts';

const PATCH = 'ipc/message-queues.patch';
const COVER = 'ipc/cover.md';

/** The example with one file changed, asked for the thread of its topic ipc. */
async function spoilt(
  name: string,
  change: (text: string) => string,
  options: readonly string[] = [],
  more: RunOptions = {},
): Promise<Outcome & { cwd: string }> {
  const cwd = scratch();
  cpSync(EXAMPLE, cwd, { recursive: true });
  const ofBase = name === 'MAINTAINERS' || name === '.mailmap';
  const file = join(cwd, ofBase ? 'base' : 'patches', name);
  const before = ofBase ? '' : readFileSync(file, 'latin1');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after, 'latin1');
  const there = readdirSync(cwd);
  const argv = ['thread', 'ipc', '--base', 'base', '--series', 'patches', '--mboxrd', 'out'];
  const outcome = await seam([...argv, ...options], { cwd, ...more });
  const written = readdirSync(cwd).filter((each) => !there.includes(each));
  expect(written).toEqual(outcome.status === 0 ? ['out'] : []);
  return { ...outcome, cwd };
}

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

/** Message of the objection, after its place. */
async function objection(name: string, change: (text: string) => string): Promise<string[]> {
  const { status, stdout, stderr } = await spoilt(name, change);
  expect([status, stderr.includes('not ready to be sent')]).toEqual([1, true]);
  return stdout.trimEnd().split('\n');
}

describe('a header field of a patch', () => {
  const from = (value: string) => (text: string) => text.replace(/^From: .*$/m, `From: ${value}`);
  const subject = (value: string) => (text: string) =>
    text.replace(/^Subject: .*$/m, `Subject: [PATCH] ${value}`);

  test.each([
    ['a CR', subject('ipc: a\rBcc: victim@host.invalid')],
    ['an escape sequence', subject('ipc: \u001b]0;title\u0007')],
    ['a mark that turns text around', subject(utf8('ipc: \u202egnp.exe'))],
    ['such a mark, encoded', subject('=?UTF-8?B?aXBjOiDigK5nbnAuZXhl?=')],
    ['a name with an encoded address', from('=?UTF-8?Q?b=40b.invalid=2C?= <a@seam.invalid>')],
    ['two addresses', from('a@seam.invalid, b@seam.invalid')],
    ['two at signs', from('A <a@b@seam.invalid>')],
    ['a second address in the first', from('A <a@seam.invalid> <b@seam.invalid>')],
    ['a group', from('friends: a@seam.invalid, b@seam.invalid;')],
    ['a comment', from('A (b@seam.invalid) <a@seam.invalid>')],
    ['no address', from('A U Thor')],
  ])('with %s', async (_, change) => {
    expect(await objection(PATCH, change)).toMatchSnapshot();
  });

  test.each([
    ['a subject', subject('=?UTF-8?Q?ipc:_a=0ABcc:_v@h.invalid?='), 'Subject: [PATCH 1/1] ipc: a'],
    ['a subject', subject('=?UTF-8?B?aXBjOiBhDQpCY2M6IHZAaC5pbnZhbGlk?='), 'ipc: a Bcc: v@h'],
    ['a name', from('=?UTF-8?Q?A=0ABcc:_b?= <a@seam.invalid>'), 'From: "A Bcc: b" <a@seam.inv'],
  ])('an encoded line feed in %s becomes a blank', async (_, change, becomes) => {
    const { cwd } = await spoilt(PATCH, change);
    const mbox = readFileSync(join(cwd, 'out'), 'utf8');
    expect(mbox).toContain(becomes);
    expect(mbox).not.toMatch(/^Bcc/m);
  });

  test('no field of the patch gets into the mail but author, date and subject', async () => {
    const fields = 'Bcc: v@h.invalid\nReply-To: v@h.invalid\nX-Mailer: x\nTo: v@h.invalid\nSubject';
    const { cwd } = await spoilt(PATCH, (text) => text.replace(/^Subject/m, fields));
    const mbox = readFileSync(join(cwd, 'out'), 'utf8');
    expect(mbox).not.toMatch(/v@h\.invalid|^X-Mailer|^Bcc/m);
  });
});

describe('a letter', () => {
  const facts = (line: string) => (text: string) => text.replace(/^---\n/, `---\n${line}\n`);
  const title = (value: string) => (text: string) => text.replace(/^# .*$/m, `# ${value}`);

  test.each([
    ['a CR in the title, as an entity', title('ipc: a&#13;Bcc: v@h.invalid')],
    ['turned text, as an entity', title('ipc: &#x202e;gnp.exe')],
    ['turned text in its body, as an entity', (text: string) => `${text}\nA &#x202e;gnp.exe\n`],
    ['an escape sequence', (text: string) => `${text}\n\u001b[31m\n`],
    ['two recipients in one', facts("cc: ['A <a@h.invalid>, B <b@h.invalid>']")],
    ['a group', facts("cc: ['friends: a@h.invalid;']")],
    ['two at signs', facts('cc: a@b@h.invalid')],
    ['a line feed in a name', facts('cc: "A\\nBcc: v <a@h.invalid>"')],
    ['turned text in a name', facts('cc: "A \\u202e <a@h.invalid>"')],
    ['turned text in a question', facts('open-questions: ["A \\u202e?"]')],
    ['an escape sequence in a question', facts('open-questions: ["A \\e[31m?"]')],
    ['a line feed in the prefix', facts('prefix: "PATCH]\\nBcc: v@h.invalid"')],
    ['a line feed in a dependency', facts('depends-on: ["<a@h.invalid>\\nBcc: v"]')],
    ['a line feed in the change id', facts('change-id: "a\\nBcc: v"')],
    ['a base that is no commit', facts('base-commit: "1\\nBcc: v"')],
    ['a sender that is none', facts('from: somebody')],
    ['TODO', (text: string) => `${text}\nTODO: figures\n`],
  ])('with %s', async (_, change) => {
    expect(await objection(COVER, change)).toMatchSnapshot();
  });
});

test('a line feed in the title of a letter, as an entity, becomes a blank', async () => {
  const title = '# ipc: a&#10;Bcc: v@h.invalid';
  const { cwd } = await spoilt(COVER, (text) => text.replace(/^# .*$/m, title));
  const mbox = readFileSync(join(cwd, 'out'), 'utf8');
  expect(mbox).toContain('Subject: [PATCH 0/1] ipc: a Bcc: v@h.invalid\n');
});

describe('people of the base', () => {
  const entry = (line: string) => (): string => `IPC\n${line}\nS:\tMaintained\nF:\tipc/\n`;

  test.each([
    ['two at signs', entry('M:\tA <a@b@h.invalid>')],
    ['a second address', entry('M:\tA <a@h.invalid, b@h.invalid>')],
    ['no address', entry('R:\tsomebody')],
    ['a group', entry('M:\tfriends: a@h.invalid;')],
    ['a control character', entry('M:\tA\u001b[31m <a@h.invalid>')],
    ['turned text', entry(utf8('M:\tA \u202e <a@h.invalid>'))],
  ])('MAINTAINERS with %s', async (_, change) => {
    expect(await objection('MAINTAINERS', change)).toMatchSnapshot();
  });

  test('.mailmap that makes an address of two', async () => {
    const map = 'Victim <v@h.invalid>, <w@h.invalid> <ipc@seam.invalid>\n';
    const { status, cwd, stdout } = await spoilt('.mailmap', () => map);
    const mails = status === 0 ? readFileSync(join(cwd, 'out'), 'utf8') : stdout;
    expect(mails).not.toMatch(/^(?:To|Cc):.*w@h\.invalid/m);
  });
});

test('a mail says nothing about the machine that it was made on', async () => {
  const env = { EMAIL: 'me@private.invalid', USER: 'nobody-else', LOGNAME: 'nobody-else' };
  const { cwd, status } = await spoilt(COVER, (text) => `${text}\nMore.\n`, [], { env });
  expect(status).toBe(0);
  const mbox = readFileSync(join(cwd, 'out'), 'utf8');
  for (const secret of [cwd, 'private.invalid', 'nobody-else', `@${hostname()}`, 'node v'])
    expect(mbox).not.toContain(secret);
});

test('bytes that servers take for the end of a mail go out encoded, and come back', async () => {
  const cwd = scratch();
  cpSync(EXAMPLE, cwd, { recursive: true });
  const file = join(cwd, 'patches', PATCH);
  const long = `\u00e4${'x'.repeat(1200)}`;
  const smuggled = `\r.\r\nMAIL FROM:<v@h.invalid>`;
  const text = readFileSync(file, 'utf8').replace(
    /^\+(?!\+)(.*)$/m,
    (line) => `+/* ${long} */\n+/* ${smuggled.replace('\n', '\n+')} */\n${line}`,
  );
  writeFileSync(
    file,
    text.replace(/^(@@ -\S+ \+\d+),(\d+)/m, (_, at: string, n: string) => `${at},${Number(n) + 3}`),
  );
  const { received, url } = await mailServer();
  const argv = ['send', 'ipc', '--base', 'base', '--series', 'patches', '--server', url];
  const run = { cwd, env: { XDG_STATE_HOME: join(cwd, 'state') } };
  const { hash } = JSON.parse((await seam([...argv, '--json'], run)).stdout) as { hash: string };
  expect((await seam([...argv, '--confirm', hash], run)).status).toBe(0);
  const raw = received.map(({ bytes }) => bytes.toString('latin1'));
  expect(raw).toHaveLength(2);
  for (const mail of raw) {
    expect(mail).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
    for (const line of mail.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
  }
  expect(raw[1]).toContain('Content-Transfer-Encoding: quoted-printable\r\n');
  expect(raw[1]).toContain('=0D.=0D\r\n');
});
