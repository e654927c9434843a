/** A build robot's replies, from what checks found. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckReport, Finding, StepResult } from '../../tools/check/types.ts';
import { withoutPlaces } from '../../review/robot/places.ts';
import { FAULTS } from '../check/planted/faults.ts';
import { MISSING, workshop } from '../check/planted/workshop.ts';
import { ON_EXAMPLE } from '../cli/example.ts';
import { type Outcome, scratch, seam } from '../cli/seam.ts';

const CONVERT = 'utsname/convert-system-calls.patch';
const BASE = { introduced: CONVERT, rule: 'build/error', severity: 'error' } as const;
const FOUND: readonly Finding[] = [
  {
    ...BASE,
    path: 'kernel/sys.c',
    line: 12,
    message: "'utsnam' undeclared",
    detail:
      '   12 | \treturn utsnam();\n      |  ^~~~~~\n/home/me/linux/kernel/sys.c: see /proc/mounts and /tmp/x',
  },
  { ...BASE, severity: 'warning', path: null, line: null, message: 'a \u001b[31mred\u202e line' },
  { ...BASE, severity: 'note', path: 'a', line: 1, message: 'nobody has to know' },
];

/** What `seam check` says of the example, with results of one patch as given. */
async function checked(results: readonly Partial<StepResult>[]): Promise<CheckReport> {
  const { stdout } = await seam(['check', ...ON_EXAMPLE, '--json']);
  const report = JSON.parse(stdout) as CheckReport;
  const patches = report.patches.map((patch) => {
    const [like] = patch.results;
    if (patch.name !== CONVERT || like === undefined) return patch;
    return { ...patch, results: results.map((result) => ({ ...like, ...result })) };
  });
  return { ...report, patches };
}

const BUILD = { step: 'build', verdict: 'failed', findings: FOUND } as const;

async function thread(report: unknown, ...more: readonly string[]): Promise<Outcome> {
  const cwd = scratch({ 'check.json': JSON.stringify(report) });
  return seam(['thread', ...ON_EXAMPLE, '--checks', 'check.json', ...more], { cwd });
}

function repliesIn(mbox: string): string[] {
  return mbox.split(/^From mboxrd@z .*\n/m).filter((mail) => /^Subject: Re: /m.test(mail));
}

test('new errors are marked, and what a patch brought into them shows as text', async () => {
  const report = await checked([
    { ...BUILD, config: 'allno', inherited: 3 },
    { ...BUILD, config: 'allyes', inherited: 2 },
    { step: 'kunit', verdict: 'timed-out', config: 'def', reason: 'after 60 s' },
    { step: 'lint', config: null, fixed: [{ ...BASE, path: 'a.c', line: 3, message: 'gone' }] },
  ]);
  const { stdout } = await thread(report, 'utsname', '--mboxrd', '-');
  expect(repliesIn(stdout).join('=========\n')).toMatchSnapshot();
});

test('a reply to each patch where all are asked for', async () => {
  const report = await checked([{ ...BUILD, findings: [], verdict: 'passed' }]);
  const none = repliesIn((await thread(report, 'utsname', '--mboxrd', '-')).stdout);
  expect(none.map((mail) => /^Subject: (.*)/m.exec(mail)?.[1])).toEqual([
    'Re: [RFC PATCH 0/4] utsname: a set of system names for each namespace',
  ]);
  const all = await thread(report, 'utsname', '--checks-for', 'all', '--mboxrd', '-');
  expect(repliesIn(all.stdout).map((mail) => /^Subject: (.*\])/m.exec(mail)?.[1])).toEqual(
    [1, 2, 3, 4, 0].map((number) => `Re: [RFC PATCH ${number}/4]`),
  );
  expect(all.stdout).toContain('this patch brings no new error and no new warning:\n');
});

test('replies are no patches: git am, what is kept and *.patch leave them out', async () => {
  const cwd = scratch({
    'check.json': JSON.stringify(await checked([BUILD])),
    'seam.toml': `base = '${ON_EXAMPLE[1] ?? ''}'\nseries = '${ON_EXAMPLE[3] ?? ''}'\n`,
  });
  const argv = ['thread', 'utsname', '--checks', 'check.json', '--mbox', 'am', '-o', 'files'];
  const { stdout } = await seam([...argv, '--keep'], { cwd });
  expect(stdout).toContain('\n  7 mails, 4 patches, 2 replies, <');
  expect(readFileSync(join(cwd, 'am'), 'utf8').match(/^From 0/gm)).toHaveLength(4);
  expect(readFileSync(join(cwd, 'review/sent/utsname/v1.cover'), 'utf8')).not.toContain('Re: ');
  const names = readdirSync(join(cwd, 'files'));
  expect(names.filter((name) => !name.endsWith('.patch'))).toEqual([
    '0000-cover-letter.reply',
    '0003-utsname-convert-the-system-calls-to-utsname.reply',
  ]);
});

test('who replies is who is named', async () => {
  const report = await checked([BUILD]);
  const named = ['--robot', 'Night build <robot@seam.invalid>'];
  const { stdout } = await thread(report, 'utsname', '--mboxrd', '-', ...named);
  const [reply = ''] = repliesIn(stdout);
  expect(reply).toMatch(/^From: Night build <robot@seam\.invalid>\nTo: Seam Project <series@/);
  expect(reply).toMatch(/^Message-ID: <.*@seam\.invalid>$/m);
  const { status, stderr } = await thread(report, '--robot', 'robot');
  expect([status, stderr]).toEqual([
    2,
    "error: 'robot' does not fit option '--robot'\nhint: --robot takes 'Name <name@host>'\n",
  ]);
});

test.each([
  ['in /home/me/src/linux/a.c:3: no', 'in .../a.c:3: no'],
  ["make: *** [Makefile:14: '/root/.cache/seam/a/b.o']", "make: *** [Makefile:14: '.../b.o']"],
  ['/var/tmp/seam-work.31-2.x/1/build/ipc/msg.o: bad', '.../msg.o: bad'],
  ['-I/srv/me/linux/include -I/usr/include', '-I.../include -I/usr/include'],
  ['open "/tmp/f" and /proc/1/ns/uts, /rooted/x', 'open "/tmp/f" and /proc/1/ns/uts, /rooted/x'],
])('no directory of the machine gets into a reply: %s', (text, becomes) => {
  expect(withoutPlaces(text, ['/srv/me', '/'])).toBe(becomes);
});

describe('results of something else are refused', () => {
  test('another tree, another patch', async () => {
    const report = await checked([BUILD]);
    const spoilt = (change: object): unknown => ({
      ...report,
      patches: report.patches.map((patch, index) =>
        index === 2 ? { ...patch, ...change } : patch,
      ),
    });
    const hint = 'hint: seam check --json > FILE makes a new one\n';
    expect((await thread(spoilt({ tree: '1'.repeat(40) }))).stderr).toBe(
      `error: 'check.json' is about another series: patch '${CONVERT}' gives another tree here\n${hint}`,
    );
    expect((await thread(spoilt({ name: 'a.patch' }))).stderr).toBe(
      `error: 'check.json' is about another series: there is no patch 'a.patch' here\n${hint}`,
    );
  });

  test.each([
    [[], 'its schema is not seam/check/1'],
    [{ schema: 'seam/check/1' }, 'base is missing, or is something else'],
    [
      {
        schema: 'seam/check/1',
        base: { label: 'a' },
        series: { patches: 1 },
        steps: [],
        patches: [{ number: 1, name: 'a', subject: 'a', results: [{ step: 'build' }] }],
      },
      'patches[0] is missing, or is something else',
    ],
  ])('%j', async (report, why) => {
    const { status, stderr } = await thread(report);
    expect([status, stderr.split('\n')[0]]).toEqual([
      2,
      `error: 'check.json' is no report of a check: ${why}`,
    ]);
  });
});

describe.skipIf(MISSING.length > 0)('of a series with faults', { timeout: 300_000 }, () => {
  test('replies name the compiler’s words, the configurations, and the commands', async () => {
    const { base, series, home, env, report } = workshop(FAULTS.slice(0, 5));
    const { report: found } = await report('--only', 'build');
    writeFileSync(join(home, 'check.json'), JSON.stringify({ schema: 'seam/check/1', ...found }));
    writeFileSync(join(home, 'cover.md'), '# queue: room for all\n\nText.\n');
    const argv = ['thread', '--base', base, '--series', series, '--cover', 'cover.md'];
    const options = { cwd: home, env };
    const { stdout } = await seam([...argv, '--checks', 'check.json', '--mboxrd', '-'], options);
    const [second = '', fourth = '', summary = '', ...more] = repliesIn(stdout);
    expect(more).toEqual([]);
    expect(second).toContain('Subject: Re: [PATCH 2/5] queue: uses what the next patch declares\n');
    expect(second).toContain('\nthis patch brings 1 new error and 2 new warnings:\n');
    expect(second).toMatch(/^>> ipc\/room\.c:5: error: .*QUEUE_FULL/m);
    expect(fourth).toMatch(/^config: min$/m);
    expect(fourth).toMatch(/^ +--only build --config-set min 4$/m);
    expect(fourth).toMatch(/^>> .*quota_left/m);
    expect(summary).toContain('  4  BAD   queue: builds only with quota (build in min)\n');
    expect(summary).not.toContain(base.slice(0, base.lastIndexOf('/') + 1));
  });
});
