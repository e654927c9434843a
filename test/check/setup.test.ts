import { expect, test } from 'vitest';
import { TWO, diary, steps, verdicts, write } from './planted/probe.ts';
import { workshop } from './planted/workshop.ts';

test('a step is set up in a directory where others were before', { timeout: 60_000 }, async () => {
  const GOOD = ['build passed', 'boot passed'];
  const config = steps({
    build: { script: 'true' },
    boot: {
      script: '[ -e "$SEAM_BUILD/rootfs" ]',
      after: 'build',
      setup: ['sh', '-c', `${write('$SEAM_NUMBER')}; : > "$SEAM_BUILD/rootfs"`],
    },
  });
  const made = workshop(TWO, config);
  expect(verdicts((await made.report()).report)).toEqual([GOOD, GOOD]);
  expect(diary(made)).toEqual(['0']);
});
