import { expect, test } from 'vitest';
import { EXIT, SeamError, type ErrorKind } from '../../tools/errors.ts';

test.each<[ErrorKind, number]>([
  ['usage', 2],
  ['config', 2],
  ['user', 2],
  ['environment', 2],
  ['internal', 3],
])('an error of kind %s ends the process with status %i', (kind, status) => {
  expect(new SeamError('some-code', 'something is wrong', { kind }).exitStatus).toBe(status);
});

test('an error keeps its facts, hint and cause', () => {
  const cause = new Error('ENOENT');
  const error = new SeamError('series-not-found', "no series at 'x'", {
    data: { path: 'x' },
    hint: 'seam series --series DIR',
    cause,
  });
  expect(error).toMatchObject({ kind: 'user', data: { path: 'x' }, cause });
  expect(error.hint).toBe('seam series --series DIR');
  expect(error.exitStatus).toBe(EXIT.unable);
});
