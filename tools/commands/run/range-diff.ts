import { setImmediate } from 'node:timers/promises';
import type { rangeDiff } from '../range-diff.ts';
import type { Run } from '../types.ts';
import { openVersions } from './versions.ts';

export const run: Run<typeof rangeDiff> = async (ctx, { args: [oldSpec, newSpec], options }) => {
  const opening = openVersions(ctx, oldSpec, newSpec);
  // While git is writing out the commits, what compares them is loaded; loading lets nothing else
  // happen, so git has to be started before.
  await Promise.race([opening, setImmediate()]);
  const [versions, { comparePrint }] = await Promise.all([
    opening,
    import('./range-diff-print.ts'),
  ]);
  return comparePrint(ctx, versions, options);
};
