import { listStore } from '../../check/store-care.ts';
import { EXIT } from '../../errors.ts';
import type { cacheStat } from '../cache.ts';
import type { Run } from '../types.ts';
import { formatSize, openStore } from './cache-place.ts';

const TITLES = { ac: 'results', cas: 'contents' } as const;

export const run: Run<typeof cacheStat> = (ctx) => {
  const { directory } = openStore(ctx);
  const counts = { ac: { files: 0, bytes: 0 }, cas: { files: 0, bytes: 0 } };
  let unfinished = 0;
  for (const each of listStore(directory)) {
    if (each.unfinished) unfinished += 1;
    counts[each.part].files += 1;
    counts[each.part].bytes += each.size;
  }
  if (ctx.globals.json) {
    const { ac: results, cas: contents } = counts;
    ctx.report.json('cache-stat/1', { directory, results, contents, unfinished });
    return EXIT.yes;
  }
  ctx.report.print(directory);
  ctx.report.table(
    [{}, { align: 'right' }, { align: 'right' }],
    (['ac', 'cas'] as const).map((part) => [
      TITLES[part],
      String(counts[part].files),
      formatSize(counts[part].bytes),
    ]),
  );
  if (unfinished > 0) ctx.report.print(`${unfinished} files were begun and not finished`);
  return EXIT.yes;
};
