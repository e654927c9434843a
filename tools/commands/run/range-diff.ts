import { setImmediate } from 'node:timers/promises';
import type { rangeDiff } from '../range-diff.ts';
import type { Run } from '../types.ts';
import { type Versions, openLean, openVersions } from './versions.ts';
import type { Context } from '../context.ts';

export const run: Run<typeof rangeDiff> = async (ctx, { args: [oldSpec, newSpec], options }) => {
  const opening = open(ctx, oldSpec, newSpec, options.raw || options.format === 'git');
  // While git is writing out the commits, what compares them is loaded; loading lets nothing else
  // happen, so git has to be started before.
  await Promise.race([opening, setImmediate()]);
  const [versions, { comparePrint }] = await Promise.all([
    opening,
    import('./range-diff-print.ts'),
  ]);
  return comparePrint(ctx, versions, options);
};

/** `asIs`: nothing is made anew, so what is equal need not be read. */
async function open(
  ctx: Context,
  oldSpec: string,
  newSpec: string | undefined,
  asIs: boolean,
): Promise<Versions> {
  const lean = asIs && newSpec !== undefined ? await openLean(ctx, oldSpec, newSpec) : null;
  return lean ?? openVersions(ctx, oldSpec, newSpec);
}
