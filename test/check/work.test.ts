/** Working through a list with several workers, some of whose work goes on behind. */
import { expect, test } from 'vitest';
import { workThrough } from '../../tools/check/work.ts';

const never = new AbortController().signal;

/** A promise that is settled from outside. */
function gate() {
  return Promise.withResolvers<void>();
}

test('a worker goes on while a rest is open, but not beyond another rest', async () => {
  const gates = [gate(), gate(), gate()];
  const begun: string[] = [];
  const reached = gate();
  const done = workThrough(['a0', 'b', 'a1', 'b', 'a2'], 1, never, async (item) => {
    begun.push(item);
    if (item === 'a1') reached.resolve();
    const own = gates[Number(item.slice(1))];
    return item.startsWith('a') && own !== undefined ? { rest: own.promise } : null;
  });
  await reached.promise;
  expect(begun).toEqual(['a0', 'b', 'a1']);
  gates[0]?.resolve();
  gates[1]?.resolve();
  gates[2]?.resolve();
  await done;
  expect(begun).toEqual(['a0', 'b', 'a1', 'b', 'a2']);
});

test('an error in a rest stops the others, and is thrown when all have ended', async () => {
  const broken = gate();
  const begun: number[] = [];
  const work = workThrough([0, 1, 2], 1, never, async (item, signal) => {
    begun.push(item);
    if (item === 0) return { rest: broken.promise };
    const stopped = new Promise((stop) => signal.addEventListener('abort', stop, { once: true }));
    broken.reject(new Error('broken'));
    await stopped;
    return null;
  });
  await expect(work).rejects.toThrow('broken');
  expect(begun).toEqual([0, 1]);
});

test('what is left open at the end is waited for', async () => {
  const open = gate();
  let ended = false;
  const work = workThrough([0], 2, never, async () => ({
    rest: open.promise.then(() => {
      ended = true;
      return undefined;
    }),
  }));
  open.resolve();
  await work;
  expect(ended).toBe(true);
});
