import { setImmediate } from 'node:timers/promises';
import type { thread } from '../thread.ts';
import type { Run } from '../types.ts';
import { closeOpening } from './inputs.ts';
import { startThreads } from './thread-start.ts';

export const run: Run<typeof thread> = async (ctx, input) => {
  const started = await startThreads(ctx);
  try {
    // Loading lets nothing else happen, so git is started before.
    await setImmediate();
    const { writeThreads } = await import('./thread-write.ts');
    return await writeThreads(started, input);
  } finally {
    await closeOpening(started.opening);
  }
};
