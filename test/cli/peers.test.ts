import { expect, test } from 'vitest';
import { VERBS } from '../../tools/commands/registry.ts';
import { peerOf } from '../../tools/commands/peers.ts';
import { seam } from './seam.ts';

const NAMES =
  'push pop goto top next previous applied unapplied patches diff graph mail am log rebase ' +
  'format-patch send-email get_maintainer.pl checkpatch.pl build test';

test.each(NAMES.split(' '))('%s of another program leads to a verb that is there', async (name) => {
  const words = peerOf(name)?.split(' ') ?? [];
  const verb = VERBS.find((each) => each.name === words[0]);
  const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  expect(Object.keys(verb?.options ?? {})).toEqual(expect.arrayContaining(options));
  expect((await seam([name])).stderr).toBe(
    `error: unknown command '${name}'\nhint: did you mean 'seam ${words.join(' ')}'?\n`,
  );
  expect((await seam(['help', name])).stderr).toContain(`hint: seam help ${words[0]}\n`);
});

test('names of objects are no verbs', () => {
  expect(peerOf('constructor')).toBeUndefined();
});
