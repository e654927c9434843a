/** Steps that work on copies of what a build leaves, while the next tree is built. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratch } from '../cli/seam.ts';
import { TWO, diary, steps, verdicts, write } from './planted/probe.ts';
import { workshop } from './planted/workshop.ts';

const GOOD = ['build passed', 'boot passed'];
/** Takes the source along that the patches change. */
const BUILD = 'cp kernel/quota.c "$SEAM_BUILD/image"; mkdir -p "$SEAM_BUILD/more"';

describe('a step behind artifacts', { timeout: 300_000 }, () => {
  test('runs while the next tree is built, on what its own tree left', async () => {
    const meet = scratch();
    for (const number of ['1', '2']) execFileSync('mkfifo', [join(meet, number)]);
    // Each end of a pipe waits for the other: one after the other they would wait for ever.
    const build = `${BUILD}; [ $SEAM_NUMBER = 0 ] || echo built > ${meet}/$SEAM_NUMBER`;
    const boot = [
      `[ $SEAM_NUMBER = 2 ] || read line < ${meet}/$((SEAM_NUMBER + 1))`,
      '[ "$(ls)" = image ] && [ $(grep -c "^/. [a-z]* ./$" image) = $SEAM_NUMBER ]',
    ].join('; ');
    const config = steps({
      build: { script: build, artifacts: ['image'], timeout: 100 },
      boot: { script: boot, after: 'build', timeout: 100 },
    });
    const { report } = await workshop(TWO, config).report();
    expect(verdicts(report)).toEqual([GOOD, GOOD]);
  });

  test('shares one build with others, and needs none where it is known', async () => {
    const config = steps({
      build: { script: `${write('build $SEAM_NUMBER')}; ${BUILD}`, artifacts: ['image', 'more'] },
      boot: {
        script: `${write('boot $SEAM_NUMBER')}; test -d more && touch booted`,
        after: 'build',
      },
      tool: { script: `${write('tool $SEAM_NUMBER')}; test -e booted`, after: 'boot' },
    });
    const made = workshop(TWO, config);
    const first = await made.report();
    expect(verdicts(first.report)).toEqual([
      [...GOOD, 'tool passed'],
      [...GOOD, 'tool passed'],
    ]);
    const each = ['build', 'boot', 'tool'].flatMap((what) => [0, 1, 2].map((n) => `${what} ${n}`));
    expect(diary(made).toSorted()).toEqual(each.toSorted());
    await made.report();
    expect(diary(made)).toHaveLength(each.length);
  });

  test('is believed to fail only behind a build from nothing', async () => {
    // What an older tree left in the directory spoils the image.
    const build = [
      'if [ -e "$SEAM_BUILD/old" ]; then echo stale; else echo fresh; fi > "$SEAM_BUILD/image"',
      ': > "$SEAM_BUILD/old"',
    ].join('; ');
    const boot = `${write('$SEAM_NUMBER $(cat image)')}; grep fresh image`;
    const config = steps({
      build: { script: build, artifacts: ['image'] },
      boot: { script: boot, after: 'build' },
    });
    const made = workshop(TWO.slice(0, 1), config);
    expect(verdicts((await made.report()).report)).toEqual([GOOD]);
    expect(diary(made)).toEqual(['0 fresh', '1 stale', '1 fresh']);
  });

  test('is not run where the build does not make them', async () => {
    const config = steps({
      build: {
        script: `${BUILD}; [ $SEAM_NUMBER != 1 ] || rm -r "$SEAM_BUILD"/*`,
        artifacts: ['image', 'more'],
      },
      boot: { script: 'true', after: 'build' },
    });
    const { report } = await workshop(TWO, config).report();
    expect(verdicts(report)).toEqual([['build failed', 'boot not-run'], GOOD]);
    const findings = report.patches[0]?.results.flatMap((result) => result.findings) ?? [];
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "build/artifact: 'image' was not made",
      "build/artifact: 'more' was not made",
    ]);
  });

  test.each([
    [
      '{tree}',
      { script: 'ls {tree}' },
      ['image'],
      "has only the artifacts of 'build', and no '{tree}'",
    ],
    ['a setup', { script: 'ls', setup: ['true'] }, ['image'], "and no 'setup'"],
    [
      'paths that lead out',
      { script: 'ls' },
      ['../image'],
      'must be a list of paths below {build}',
    ],
    ['absolute paths', { script: 'ls' }, ['/etc/passwd'], 'must be a list of paths below {build}'],
  ])('cannot have %s', async (_what, boot, artifacts, message) => {
    const config = steps({
      build: { script: BUILD, artifacts },
      boot: { ...boot, after: 'build' },
    });
    const { status, stderr } = await workshop(TWO, config).check([]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
  });
});
