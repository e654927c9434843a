/** Patches on the base with only what they need: `check --isolated`, `deps --layer build`, `extract --check`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../tools/check/types.ts';
import { seam } from '../cli/seam.ts';
import { type Edit, append, replace } from './planted/series.ts';
import { MISSING, workshop } from './planted/workshop.ts';

const FAIL = 'void memory_fail(int which)\n{\n\tfailing = which;\n}\n';

/** The last cannot do without the first, and no line and no name says so: it only takes away. */
const EDITS: readonly Edit[] = [
  {
    name: 'stop-failing',
    files: { 'init/main.c': replace('\tif (argc > 1)\n\t\tmemory_fail(atoi(argv[1]));\n', '') },
  },
  { name: 'a-comment', files: { 'kernel/quota.c': append('/* Nothing to do with it. */\n') } },
  {
    name: 'remove-what-failed',
    files: {
      'kernel/memory.c': (before) =>
        replace(
          '\tif (failing && --failing == 0)\n\t\treturn NULL;\n',
          '',
        )(replace(`\n${FAIL}`, '')(replace('static int failing;\n', '')(before))),
      'include/memory.h': replace('void memory_fail(int which);\n', ''),
    },
  },
  {
    name: 'count-room',
    files: {
      'ipc/queue.c': append(
        '\nint queue_room(struct queue *queue)\n{\n\treturn queue->most - queue->length;\n}\n',
      ),
      'include/queue.h': replace(
        'void queue_close',
        'int queue_room(struct queue *queue);\nvoid queue_close',
      ),
    },
  },
  {
    name: 'use-room',
    files: {
      'kernel/memory.c': append(
        '\n#include <queue.h>\n\nint room(struct queue *queue);\n\nint room(struct queue *queue)\n{\n\treturn queue_room(queue);\n}\n',
      ),
    },
  },
];

const STEPS = ['--only', 'build', '--only', 'tests'];

function place(edits = EDITS, config?: string) {
  const { base, series, home, env, report, check } = workshop(edits, config);
  const on = ['--base', base, '--series', series];
  return {
    report,
    check,
    home,
    run: async (verb: string, ...argv: readonly string[]) =>
      seam([verb, ...on, ...argv], { cwd: home, env }),
  };
}

describe.skipIf(MISSING.length > 0)('patches by themselves', { timeout: 300_000 }, () => {
  test('check --isolated names the edge that is missing, and blames no other patch', async () => {
    const { report } = place();
    const { status, report: found } = await report('--isolated', ...STEPS);
    expect(status).toBe(1);
    expect(found.steps.at(-1)).toBe('isolated');
    const isolated = found.patches.map(({ results }) => results.at(-1));
    expect(isolated.map((result) => result?.verdict)).toEqual([
      'passed',
      'passed',
      'failed',
      'passed',
      'passed',
    ]);
    expect(isolated[2]?.findings).toMatchObject([
      {
        rule: 'isolated/build',
        severity: 'error',
        introduced: 'remove-what-failed.patch',
        message: expect.stringMatching(
          /^works by luck of 'stop-failing\.patch', which .*memory_fail/,
        ) as unknown,
      },
    ]);
    // In the series itself nothing is wrong.
    const others = found.patches.flatMap(({ results }) => results.slice(0, -1));
    expect(new Set(others.map(({ verdict }) => verdict))).toEqual(new Set(['passed']));
  });

  test('deps --layer build: edges with what the compiler says without the other patch', async () => {
    const { run } = place();
    const { status, stdout } = await run('deps', '--layer', 'build', '-j2', '--config-set', 'min');
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "1  stop-failing.patch
      2  a-comment.patch
      3  remove-what-failed.patch  needs 1
      4  count-room.patch
      5  use-room.patch            needs 3 4
      5 patches, 3 edges, 1 patch stands alone
      "
    `);
    const json = await run('deps', '--json', '--layer', 'build', '--config-set', 'min', '3');
    const { edges, unanswered } = JSON.parse(json.stdout) as {
      edges: { from: number; reasons: { layer: string }[] }[];
      unanswered: unknown[];
    };
    expect(unanswered).toEqual([]);
    const built = edges.filter(({ reasons }) => reasons.some(({ layer }) => layer === 'build'));
    expect(built).toMatchObject([
      {
        from: 3,
        to: 1,
        kind: 'needs',
        reasons: [
          {
            step: 'build',
            config: 'min',
            message: expect.stringContaining('memory_fail') as unknown,
          },
        ],
      },
    ]);
  });

  test('extract --check carries what it takes to build, and says why', async () => {
    const { run, home } = place();
    const { status, stdout, stderr } = await run(
      'extract',
      '--check',
      '3',
      '--quilt',
      'out',
      ...STEPS,
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^stop-failing\.patch\nremove-what-failed\.patch\n2 patches of 5, 1 of them/,
    );
    expect(stdout).toContain('every patch of it builds and passes its tests\n');
    expect(stderr + stdout).toMatch(
      /'remove-what-failed\.patch' needs 'stop-failing\.patch' for build: /,
    );
    expect(readFileSync(join(home, 'out/series'), 'utf8')).toBe(
      'stop-failing.patch\nremove-what-failed.patch\n',
    );
    // Without the proof, one patch is enough: it applies.
    expect((await run('extract', '3')).stdout).toMatch(/^remove-what-failed\.patch\n1 patch of 5/);
  });

  test('extract --check writes nothing for a patch that breaks the build', async () => {
    const broken = {
      name: 'broken',
      files: { 'kernel/quota.c': append('int broken(void) { return nobody; }\n') },
    };
    const { run, home } = place([broken]);
    const { status, stdout } = await run('extract', '--check', '1', '--quilt', 'out', ...STEPS);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^'broken\.patch' cannot be proved to build: it does not pass in the series: /,
    );
    expect(() => readFileSync(join(home, 'out/series'))).toThrow('ENOENT');
    const deps = await run('deps', '--layer', 'build');
    expect(deps.status).toBe(1);
    expect(deps.stderr).toMatch(
      /^warning: what patch 1 needs to build is not known: it does not pass/,
    );
    // The patch itself fails; that it fails alone says nothing of its neighbours.
    const checked = await run('check', '--isolated', '--json', ...STEPS);
    const { patches } = JSON.parse(checked.stdout) as CheckReport;
    expect(patches[0]?.results.at(-1)).toMatchObject({ step: 'isolated', verdict: 'skipped' });
  });
});

test.each([
  ['deps', ['--layer', 'build'], 'nothing is known that builds this tree'],
  ['extract', ['1', '--check'], 'nothing is known that builds this tree'],
  ['check', ['--isolated'], 'nothing is known that builds this tree'],
  ['deps', ['--config-set', 'all'], "'--config-set' says how to build, and nothing is built"],
  ['extract', ['1', '-j2'], "'--jobs' says how to build, and nothing is built"],
])('seam %s %s', async (verb, argv, message) => {
  const { run } = place(EDITS.slice(1, 2), '');
  const { status, stderr } = await run(verb, ...argv);
  expect([status, stderr.split('\n')[0]]).toEqual([2, `error: ${message}`]);
});

test('steps that build nothing', async () => {
  const { run } = place(EDITS.slice(1, 2));
  const deps = await run('deps', '--layer', 'build', '--only', 'lint');
  expect(deps).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("step 'lint' reads patches") as unknown,
  });
  const check = await run('check', '--isolated', '--only', 'lint');
  expect(check).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no step that builds') as unknown,
  });
});

test('a series that does not apply: patches by themselves are not tried', async () => {
  const { report } = place([
    {
      name: 'two',
      files: { 'kernel/quota.c': replace('100', '200') },
      damage: (patch) => patch.replace('static int quota = 100', 'static int quota = 300'),
    },
  ]);
  const { status, report: found } = await report(
    '--isolated',
    '--only',
    'apply',
    '--only',
    'build',
  );
  expect(status).toBe(1);
  expect(found.patches[0]?.results.at(-1)).toMatchObject({
    step: 'isolated',
    verdict: 'skipped',
    reason: 'the series does not apply',
  });
});
