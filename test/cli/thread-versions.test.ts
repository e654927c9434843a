/** What was sent is kept, and the next version starts from it. */
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLE } from './example.ts';
import { type Outcome, scratch, seam } from './seam.ts';
import { mailServer } from './smtp.ts';

const REVIEW = 'Reviewed-by: R. Eviewer <r@seam.invalid>';
const CONVERT = 'utsname/convert-system-calls.patch';
const INTRODUCE = 'utsname/introduce-utsname.patch';

/** A project of its own: the example, with a configuration. */
function project(): string {
  const cwd = scratch({ 'seam.toml': "base = 'base'\nseries = 'patches'\n" });
  cpSync(EXAMPLE, cwd, { recursive: true });
  return cwd;
}

function edit(cwd: string, name: string, change: (text: string) => string): void {
  const file = join(cwd, 'patches', name);
  const before = readFileSync(file, 'utf8');
  expect(change(before)).not.toBe(before);
  writeFileSync(file, change(before));
}

const sign = (text: string): string => text.replace(/^Signed-off-by/m, `${REVIEW}\nSigned-off-by`);

/** Version 1 of a project kept, where a reviewer has looked at two patches. */
async function withFirst(): Promise<string> {
  const cwd = project();
  for (const name of [CONVERT, INTRODUCE]) edit(cwd, name, sign);
  await seam(['thread', '--keep'], { cwd });
  return cwd;
}

function mails(mbox: string, title: RegExp): string {
  return mbox.split(/^(?=From \S+ .*\d\d:\d\d:\d\d)/m).find((mail) => title.test(mail)) ?? '';
}

describe('seam thread --keep', () => {
  test('keeps mails byte for byte, patches as git am takes them, letters beside', async () => {
    const cwd = project();
    const { status, stderr } = await seam(['thread', '--keep', '--mbox', 'am'], { cwd });
    expect([status, stderr]).toEqual([0, 'kept below review/sent: utsname v1, ipc v1\n']);
    const at = (name: string): string => readFileSync(join(cwd, 'review/sent', name), 'latin1');
    expect(at('utsname/v1.mbox') + at('ipc/v1.mbox')).toBe(readFileSync(join(cwd, 'am'), 'latin1'));
    expect(at('utsname/v1.cover').match(/^Subject: .*/gm)).toEqual([
      'Subject: [RFC PATCH 0/4] utsname: a set of system names for each namespace',
    ]);
    const again = await seam(['thread', '--keep'], { cwd });
    expect([again.status, again.stderr]).toEqual([0, '']);
  });

  test('keeps the parts of a topic together', async () => {
    const cwd = project();
    await seam(['thread', 'utsname', '--keep', '--most', '2'], { cwd });
    const at = (name: string): string => readFileSync(join(cwd, 'review/sent', name), 'latin1');
    expect(at('utsname/v1.cover').match(/^Subject: /gm)).toHaveLength(2);
    expect(at('utsname/v1.mbox').match(/^Subject: .*?\]/gm)).toEqual([
      'Subject: [RFC PATCH 1/2]',
      'Subject: [RFC PATCH 2/2]',
      'Subject: [RFC PATCH 1/2]',
      'Subject: [RFC PATCH 2/2]',
    ]);
    const { stderr } = await seam(['range-diff', 'sent:utsname'], { cwd });
    expect(stderr).toBe('4 patches: 4 unchanged\n');
  });

  test('refuses another thread under the same number', async () => {
    const cwd = await withFirst();
    const before = readFileSync(join(cwd, 'review/sent/ipc/v1.cover'));
    edit(cwd, 'ipc/cover.md', (text) => `${text}\nMore.\n`);
    const { status, stderr } = await seam(['thread', '--keep'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toBe(
      "error: version 1 of 'ipc' was sent, and was another one\nhint: the next one is -v 2; 'seam range-diff sent:ipc' says what changed\n",
    );
    expect(readFileSync(join(cwd, 'review/sent/ipc/v1.cover'))).toEqual(before);
    const warned = await seam(['thread', 'ipc'], { cwd });
    expect([warned.status, warned.stderr]).toEqual([
      0,
      "warning: version 1 of 'ipc' was sent, and was another one\nhint: the next one is -v 2\n",
    ]);
    expect((await seam(['thread', '--keep', '--force'], { cwd })).status).toBe(0);
    expect(readFileSync(join(cwd, 'review/sent/ipc/v1.cover'), 'utf8')).toContain('\nMore.\n');
  });

  test('keeps nothing that is not ready', async () => {
    const cwd = project();
    edit(cwd, 'ipc/cover.md', (text) => `${text}\nTODO\n`);
    expect((await seam(['thread', '--keep'], { cwd })).status).toBe(1);
    expect(existsSync(join(cwd, 'review'))).toBe(false);
  });
});

describe('the next version', () => {
  /** Code of one reviewed patch changed, the text of the other. */
  async function second(...more: readonly string[]): Promise<Outcome> {
    const cwd = await withFirst();
    edit(cwd, INTRODUCE, (text) => text.replace('is one global', 'is a global'));
    edit(cwd, CONVERT, (text) =>
      text.replace(
        '+\ti = 1 + strlen(utsname()->nodename);',
        '+\ti = strlen(utsname()->nodename) + 1;',
      ),
    );
    return seam(['thread', 'utsname', '-v', '2', ...more], { cwd });
  }

  test('says in its letter what changed, and whose tag was given to other code', async () => {
    const { stdout, stderr } = await second('--mboxrd', '-');
    const letter = mails(stdout, /^Subject: \[RFC PATCH v2 0\/4\]/m);
    expect(letter.slice(letter.indexOf('Changes since'), letter.indexOf('Patches\n===')))
      .toMatchInlineSnapshot(`
        "Changes since v1
        ================

        - Patch 3 "utsname: convert the system calls to utsname()": code changed
          in kernel/sys.c (+1 -1).
        - Patch 2: reworded (message).
        - Patches 1 and 4: unchanged.
        - Patch 3 still has the Reviewed-by of R. Eviewer, but its code changed:
          +1 -1 in kernel/sys.c; please look again.

        [1] https://lists.example.org/2006/namespaces

        Threads of this series, this one marked
        =======================================

        * 1. utsname: a set of system names for each namespace (4 patches,
             applies alone)
          2. ipc: message queues for each namespace (1 patch, needs 1)

        "
      `);
    expect(stderr).toMatchInlineSnapshot(`
      "tags of 'utsname' since v1
        carried, though given for other code: ask again or take off
          3 utsname: convert the system calls to utsname(): its code changed: +1 -1 in kernel/sys.c
              Reviewed-by: R. Eviewer <r@seam.invalid>
      "
    `);
  });

  test('asks the reviewer again', async () => {
    const { stdout } = await second('--json');
    const { since, threads } = JSON.parse(stdout) as {
      since: unknown;
      threads: { mails: { cc: string[] }[] }[];
    };
    expect(threads[0]?.mails[0]?.cc).toContain('"R. Eviewer" <r@seam.invalid>');
    expect(since).toMatchInlineSnapshot(`
      {
        "utsname": {
          "kinds": {
            "changed": 1,
            "reworded": 1,
            "unchanged": 2,
          },
          "tags": [
            {
              "fate": "keep",
              "patch": "utsname/introduce-utsname.patch",
              "reason": "only its message changed",
              "tag": "Reviewed-by: R. Eviewer <r@seam.invalid>",
            },
            {
              "fate": "recheck",
              "patch": "utsname/convert-system-calls.patch",
              "reason": "its code changed: +1 -1 in kernel/sys.c",
              "tag": "Reviewed-by: R. Eviewer <r@seam.invalid>",
            },
          ],
          "version": 1,
        },
      }
    `);
  });

  test('is what its author says, if he says it', async () => {
    const cwd = await withFirst();
    edit(cwd, 'ipc/cover.md', (text) => `${text}\n## Changes since v1\n\nNone worth a word.\n`);
    const { stdout } = await seam(['thread', 'ipc', '-v', '2', '--mboxrd', '-'], { cwd });
    expect(stdout.match(/Changes since/g)).toHaveLength(1);
    expect(stdout).toContain('None worth a word.');
  });
});

describe('seam send', () => {
  test('keeps what it has sent, once all of it is out', async () => {
    const cwd = project();
    const env = { XDG_STATE_HOME: join(cwd, 'state') };
    const { url } = await mailServer();
    const argv = ['send', 'ipc', '--server', url];
    const shown = await seam([...argv, '--json'], { cwd, env });
    expect(existsSync(join(cwd, 'review'))).toBe(false);
    const { hash } = JSON.parse(shown.stdout) as { hash: string };
    const sent = await seam([...argv, '--confirm', hash], { cwd, env });
    expect([sent.status, sent.stderr]).toEqual([0, 'kept below review/sent: ipc v1\n']);
    expect(readdirSync(join(cwd, 'review/sent/ipc')).toSorted()).toEqual([
      'v1.cover',
      'v1.json',
      'v1.mbox',
    ]);
    edit(cwd, 'ipc/cover.md', (text) => `${text}\nMore.\n`);
    const other = await seam(argv, { cwd, env });
    expect(other.status).toBe(2);
    expect(other.stderr).toContain("error: version 1 of 'ipc' was sent, and was another one\n");
  });

  test('what is dated now stays confirmed while time goes on', async () => {
    const cwd = project();
    const env = { XDG_STATE_HOME: join(cwd, 'state') };
    const { url, received } = await mailServer();
    const argv = ['send', 'ipc', '--date', 'now', '--server', url];
    const at = (time: string): { cwd: string; env: typeof env; now: Date } => ({
      cwd,
      env,
      now: new Date(`2026-01-02T${time}Z`),
    });
    const shown = await seam([...argv, '--json'], at('10:00:00'));
    const { hash } = JSON.parse(shown.stdout) as { hash: string };
    const { status } = await seam([...argv, '--confirm', hash], at('10:07:00'));
    expect(status).toBe(0);
    expect(received[0]?.bytes.toString()).toContain('\r\nDate: Fri, 2 Jan 2026 10:00:00 +0000\r\n');
    const bare = await seam([...argv, '--confirm', hash.split('@')[0] ?? ''], at('10:08:00'));
    expect(bare.status).toBe(2);
  });
});
