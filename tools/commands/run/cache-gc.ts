import { rmSync } from 'node:fs';
import { choosePrey, listStore } from '../../check/store-care.ts';
import { EXIT } from '../../errors.ts';
import { plural } from '../../report/check/gather.ts';
import type { cacheGc } from '../cache.ts';
import type { Run } from '../types.ts';
import { formatSize, openStore } from './cache-place.ts';

const DAY_MS = 86_400_000;
const MIB = 2 ** 20;
const DEFAULT_DAYS = 30;

export const run: Run<typeof cacheGc> = (ctx, { options }) => {
  const { directory } = openStore(ctx);
  const now = ctx.now().getTime();
  const files = [...listStore(directory)];
  const prey = choosePrey(files, {
    before: now - (options.days ?? DEFAULT_DAYS) * DAY_MS,
    most: options.size === undefined ? null : options.size * MIB,
    now,
  });
  const removed = { files: prey.length, bytes: sizeOf(prey) };
  const left = { files: files.length - prey.length, bytes: sizeOf(files) - removed.bytes };
  if (!options['dry-run']) for (const { file } of prey) rmSync(file, { force: true });
  if (ctx.globals.json) {
    ctx.report.json('cache-gc/1', { directory, dryRun: options['dry-run'], removed, left });
    return EXIT.yes;
  }
  const verb = options['dry-run'] ? 'would be removed' : 'removed';
  ctx.report.print(
    `${plural(removed.files, 'file')} (${formatSize(removed.bytes)}) ${verb}, ${left.files} (${formatSize(left.bytes)}) left`,
  );
  return EXIT.yes;
};

function sizeOf(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
