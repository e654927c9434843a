/** What is left of an item when its worker may go on to the next one. */
export interface Rest {
  readonly rest: Promise<void>;
}

/**
 * Do all of `items` in order with several workers. Where `work` leaves a rest, its worker takes the next
 * item, but has never more than one rest open beside it. The first error stops the others, which are
 * waited for; an abort is thrown as such.
 */
export async function workThrough<T>(
  items: Iterable<T>,
  workers: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<Rest | null>,
): Promise<void> {
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  const queue = items[Symbol.iterator]();
  const fail = (error: unknown): void => failing.abort(error);
  const one = async (): Promise<void> => {
    let open = Promise.resolve();
    try {
      for (let next = queue.next(); next.done !== true; next = queue.next()) {
        either.throwIfAborted();
        const left = await work(next.value, either);
        if (left === null) continue;
        // Caught at once: it may fail long before anybody waits for it.
        const rest = left.rest.catch(fail);
        await open;
        open = rest;
      }
    } catch (error) {
      fail(error);
    }
    await open;
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, one));
  signal.throwIfAborted();
  failing.signal.throwIfAborted();
}
