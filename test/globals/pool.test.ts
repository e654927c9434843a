import { expect, test } from 'vitest';
import { readFiles } from '../../tools/globals/pool.ts';

/** Enough for more than one thread: 300 files of 1 KiB, of different sizes. */
const files = Array.from({ length: 300 }, (_, index) =>
  Buffer.from(`int v${index};\n`.padEnd(1024 + index, '\n'), 'latin1'),
);

test('every file gets the facts of its own content, by whichever thread', async () => {
  const names = new Map<number, readonly string[]>();
  const progress: number[] = [];
  await readFiles(files, { onProgress: (done) => progress.push(done) }, (index, { variables }) =>
    names.set(
      index,
      variables.map(({ name }) => name),
    ),
  );
  expect(names.size).toBe(files.length);
  for (const index of files.keys()) expect(names.get(index)).toEqual([`v${index}`]);
  expect(progress).toEqual(files.map((_, index) => index + 1));
});

test('stops where it is told to', async () => {
  const controller = new AbortController();
  const read: number[] = [];
  const reading = readFiles(files, { signal: controller.signal }, (index) => {
    read.push(index);
    controller.abort(new Error('enough'));
  });
  await expect(reading).rejects.toThrow('enough');
  expect(read.length).toBeLessThan(files.length);
});
