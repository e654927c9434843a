/** What a base may ask of checkpatch.pl, which runs with the rights of the user. */
import { expect, test } from 'vitest';
import { readTuning } from '../../tools/check/checkpatch.ts';

test('a base says what is looked for in its patches', () => {
  const conf = [
    '# a comment',
    '--strict --max-line-length=100 # another',
    '--ignore BIT_MACRO,CAMELCASE',
    '--min-conf-desc-length=2',
    '',
  ].join('\n');
  expect(readTuning(conf)).toEqual({
    options: [
      '--strict',
      '--max-line-length=100',
      '--ignore',
      'BIT_MACRO,CAMELCASE',
      '--min-conf-desc-length=2',
    ],
    refused: [],
  });
});

test.each([
  '--fix-inplace',
  '--codespellfile=/etc/shadow',
  '--root=/',
  '--max-line-length=100;id',
  '--summary-file',
])('%s is not for a base to ask', (word) => {
  expect(readTuning(`${word}\n--strict\n`)).toEqual({ options: ['--strict'], refused: [word] });
});

test('what follows --ignore is types, or both are refused', () => {
  expect(readTuning('--ignore ../x')).toEqual({ options: [], refused: ['--ignore', '../x'] });
  expect(readTuning('--ignore')).toEqual({ options: [], refused: ['--ignore'] });
});
