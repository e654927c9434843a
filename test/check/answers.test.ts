import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { surroundings } from '../../tools/check/runner/answers.ts';
import { scratch } from '../cli/seam.ts';

const PATH = '/usr/bin:/bin';

/** Whether the digest changes with the content of a file that `words` name as `FILE`. */
function minds(...words: readonly string[]): boolean {
  const file = join(scratch({ script: 'one' }), 'script');
  const named = words.map((word) => word.replace('FILE', file));
  const before = surroundings(named, { PATH });
  writeFileSync(file, 'two');
  return surroundings(named, { PATH }) !== before;
}

test.each([
  ['a word', ['sh', 'FILE']],
  ["make's way", ['make', 'CONFIG=FILE']],
  ['a line for the shell', ['sh', '-c', 'make -s && FILE']],
  ['a line with redirections and quotes', ['sh', '-c', `cat <'FILE'; (X=FILE; true)`]],
])('a file that %s names counts', (_name, words) => {
  expect(minds(...words)).toBe(true);
});

test('other files do not, nor does where somebody sits', () => {
  expect(minds('sh', '-c', 'true')).toBe(false);
  const at = (TERM: string) => surroundings(['make'], { PATH, TERM });
  expect(at('xterm')).toBe(at('dumb'));
  expect(surroundings(['make'], { PATH, ARCH: 'um' })).not.toBe(at('xterm'));
});
