import { listStore, verifyStore } from '../../check/store-care.ts';
import { EXIT } from '../../errors.ts';
import { plural } from '../../report/check/gather.ts';
import type { cacheVerify } from '../cache.ts';
import type { Run } from '../types.ts';
import { openStore } from './cache-place.ts';

export const run: Run<typeof cacheVerify> = async (ctx) => {
  const { directory } = openStore(ctx);
  const total = [...listStore(directory)].length;
  const status = ctx.report.status('reading files', total);
  const damaged = await verifyStore(directory, ctx.signal, (done) => status.update(done));
  if (ctx.globals.json)
    ctx.report.json('cache-verify/1', {
      directory,
      files: total,
      damaged: damaged.map(({ part, name }) => ({ part, name })),
    });
  else
    ctx.report.print(
      ...damaged.map(({ part, name }) => `removed ${part} ${name}`),
      `${plural(total, 'file')}, ${damaged.length} damaged`,
    );
  return damaged.length === 0 ? EXIT.yes : EXIT.no;
};
