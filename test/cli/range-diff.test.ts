import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepVersion } from '../../review/revision/sent.ts';
import { EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

/** The example's series, and a copy of it with one patch edited, one gone and two in other places. */
function versions(): string {
  const dir = scratch();
  for (const name of ['v1', 'v2'])
    cpSync(`${EXAMPLE}/patches`, join(dir, name), { recursive: true });
  const series = readFileSync(join(dir, 'v2/series'), 'utf8');
  const [first = '', second = ''] = series.split('\n').filter((line) => /^[^#\s]/.test(line));
  const order = series.replace(first, 'x').replace(second, first).replace('x', second);
  writeFileSync(join(dir, 'v2/series'), order.replace('ipc/message-queues.patch\n', ''));
  const edited = join(dir, 'v2/utsname/convert-system-calls.patch');
  writeFileSync(edited, readFileSync(edited, 'utf8').replace(/^\+(\s+\S.*)$/m, '+$1 /* why */'));
  return dir;
}

describe('seam range-diff', () => {
  test('what became of each patch, and how', async () => {
    expect(await seam(['range-diff', 'v1', 'v2'], { cwd: versions() })).toMatchSnapshot();
  });

  test('on a terminal, without the diffs', async () => {
    const run = await seam(['range-diff', '-s', 'v1', 'v2'], { cwd: versions(), terminal: true });
    expect(run).toMatchSnapshot();
  });

  test("exactly git's lines", async () => {
    const { stdout, stderr } = await seam(['range-diff', '--format', 'git', '-s', 'v1', 'v2'], {
      cwd: versions(),
    });
    expect(stdout).not.toMatch(/changed|dropped|moved/);
    expect(stderr).toBe('');
  });

  test('one version, against the series', async () => {
    const cwd = versions();
    const { stdout, stderr } = await seam(['range-diff', '--series', 'v1', 'v1'], { cwd });
    expect(stdout).toMatch(/^1: = 1: .*\n2: = 2: /);
    expect(stderr).toBe('5 patches: 5 unchanged\n');
  });

  test('as a document', async () => {
    const { stdout } = await seam(['range-diff', '--json', 'v1', 'v2'], { cwd: versions() });
    const document = JSON.parse(stdout) as { entries: { kind: string; diff: string[] }[] };
    expect(document).toMatchObject({ schema: 'seam/range-diff/1', patches: { old: 5, new: 4 } });
    const changed = document.entries.find(({ kind }) => kind === 'changed');
    expect(changed?.diff.some((line) => line.startsWith('++') && line.endsWith('/* why */'))).toBe(
      true,
    );
  });

  test('as a page that runs nothing and lets nothing in', async () => {
    const cwd = versions();
    const name = join(cwd, 'v2/utsname/convert-system-calls.patch');
    const hostile = '<script>alert(1)</script> "\' &amp; \x1b[31m';
    const text = readFileSync(name, 'utf8').replace(
      /^Subject: .*$/m,
      `Subject: [PATCH] ${hostile}`,
    );
    writeFileSync(name, text);
    const { stdout } = await seam(['range-diff', '--format', 'html', 'v1', 'v2'], { cwd });
    expect(stdout).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39; &amp;amp; \\x1b[31m',
    );
    expect(stdout).not.toMatch(/<script|\x1b|javascript:|https?:/);
    expect(stdout).toMatch(
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/,
    );
    expect(stdout).not.toMatch(/ style=| on\w+=/);
    expect(stdout.match(/<details/g)).toHaveLength(1);
  });

  test.each(['changes', 'trailers'])('%s', async (format) => {
    const cwd = versions();
    const name = join(cwd, 'v1/utsname/convert-system-calls.patch');
    const tag = 'Reviewed-by: B <b@seam.invalid>\nSigned-off-by';
    writeFileSync(name, readFileSync(name, 'utf8').replace('Signed-off-by', tag));
    expect(await seam(['range-diff', '--format', format, 'v1', 'v2'], { cwd })).toMatchSnapshot();
  });

  test('nothing that a patch says reaches the terminal as a command', async () => {
    const cwd = versions();
    const name = join(cwd, 'v2/utsname/convert-system-calls.patch');
    writeFileSync(name, readFileSync(name, 'utf8').replace('/* why */', '\x1b]0;title\x07\u202e'));
    const { stdout } = await seam(['range-diff', 'v1', 'v2'], { cwd, terminal: true });
    expect(stdout).toContain('\\x1b]0;title\\x07\\u202e');
    expect(stdout).not.toContain('\x1b]');
  });

  describe('what was sent', () => {
    /** The example's topic utsname, kept as versions 1 and 2 beside a configuration. */
    async function withSent(): Promise<string> {
      const cwd = versions();
      writeFileSync(join(cwd, 'seam.toml'), "series = 'v2'\n");
      await seam(['export', '--mbox', 'all.mbox', '--series', 'v1', '1..4'], { cwd });
      for (const version of [1, 2]) {
        const patches = readFileSync(join(cwd, 'all.mbox'));
        for (const { name, bytes } of keepVersion('utsname', version, { patches, covers: null })) {
          mkdirSync(dirname(join(cwd, 'review/sent', name)), { recursive: true });
          writeFileSync(join(cwd, 'review/sent', name), bytes);
        }
      }
      return cwd;
    }

    test('is named by its topic, and compared with that topic of the series', async () => {
      const cwd = await withSent();
      for (const spec of ['sent:utsname', 'sent:utsname@v1']) {
        const { stdout, stderr } = await seam(['range-diff', '-s', spec], { cwd });
        expect(stdout.split('\n').map((line) => line.slice(0, 7))).toEqual([
          '2: = 1:',
          '1: = 2:',
          '3: ! 3:',
          '4: = 4:',
          '',
        ]);
        expect(stderr).toBe('4 patches: 2 unchanged, 1 moved, 1 changed\n');
      }
      const two = await seam(['range-diff', 'sent:utsname@v1', 'sent:utsname@v2'], { cwd });
      expect(two.stderr).toBe('4 patches: 4 unchanged\n');
    });

    test.each([
      ['sent:ipc', "no version of 'ipc' was sent", ''],
      [
        'sent:utsname@v3',
        "version 3 of 'utsname' was not sent",
        'there is sent:utsname@v1, sent:utsname@v2',
      ],
      ['sent:../utsname', "'../utsname' cannot name a topic", 'letters'],
      ['sent:', "'' cannot name a topic", 'letters'],
    ])('%s', async (spec, error, hint) => {
      const { status, stderr } = await seam(['range-diff', spec], { cwd: await withSent() });
      expect([status, stderr.split('\n')[0]]).toEqual([2, `error: ${error}`]);
      expect(stderr).toContain(hint);
    });

    test('and was touched since', async () => {
      const cwd = await withSent();
      writeFileSync(join(cwd, 'review/sent/utsname/v2.mbox'), 'From nobody\n');
      const { status, stderr } = await seam(['range-diff', 'sent:utsname'], { cwd });
      expect([status, stderr.split('\n')[0]]).toEqual([
        2,
        "error: 'utsname/v2.mbox' is not what was sent",
      ]);
    });

    test('of a topic that the series has no more', async () => {
      const cwd = await withSent();
      writeFileSync(join(cwd, 'v2/series'), 'ipc/message-queues.patch\n');
      const { stderr } = await seam(['range-diff', 'sent:utsname'], { cwd });
      expect(stderr.split('\n')[0]).toBe("error: no patch of topic 'utsname' in the series");
    });
  });

  test('what is no series is named', async () => {
    const { status, stderr } = await seam(['range-diff', 'v1', 'v3'], { cwd: versions() });
    expect([status, stderr.split('\n')[0]]).toEqual([2, "error: no series 'v3'"]);
  });
});
