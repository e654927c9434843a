/**
 * Do all of `items` in order with several workers. The first error stops the others, which are waited
 * for; an abort is thrown as such.
 */
export async function workThrough<T>(
  items: Iterable<T>,
  workers: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  const queue = items[Symbol.iterator]();
  const one = async (): Promise<void> => {
    try {
      for (let next = queue.next(); next.done !== true; next = queue.next()) {
        either.throwIfAborted();
        await work(next.value, either);
      }
    } catch (error) {
      failing.abort(error);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, one));
  signal.throwIfAborted();
  failing.signal.throwIfAborted();
}
