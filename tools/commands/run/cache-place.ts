/** Where Seam keeps what it can compute again (XDG base directory specification 0.8). */
import { join } from 'node:path';
import { DiskStore } from '../../check/store.ts';
import { SeamError } from '../../errors.ts';
import type { Context } from '../context.ts';

/** Absolute; made by whoever writes there. */
export function cacheDirectory({ env }: Pick<Context, 'env'>): string {
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = env;
  if (cache.startsWith('/')) return join(cache, 'seam');
  if (home !== '') return join(home, '.cache', 'seam');
  throw new SeamError('no-cache', 'no directory to keep results and test trees in', {
    kind: 'environment',
    hint: 'set HOME or XDG_CACHE_HOME',
  });
}

/** The one store of results: what a check has found out, a bisect need not ask again. */
export function openStore(ctx: Pick<Context, 'env' | 'now'>): DiskStore {
  return new DiskStore(join(cacheDirectory(ctx), 'store'), ctx.now);
}

/** Bytes for a person: `12.3 MiB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
