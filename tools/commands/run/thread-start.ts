/** What threads are made of, being opened while what makes them is loaded. */
import { rangeStart } from '../../series/open.ts';
import type { Context } from '../context.ts';
import { type Opening, startOpening } from './inputs.ts';
import { seriesIo } from './series-io.ts';

/** Base and series of a context; null without a base. */
export interface Started {
  readonly ctx: Context;
  readonly opening: Opening | null;
}

/** Begin to open them. */
export async function startThreads(host: Context): Promise<Started> {
  const ctx = await withRangeBase(host);
  return { ctx, opening: ctx.globals.base === undefined ? null : startOpening(ctx) };
}

/** A range of commits says itself what it starts from; the base of a configuration is for its series. */
async function withRangeBase(ctx: Context): Promise<Context> {
  const { base, series } = ctx.globals;
  const own = base !== undefined && (base.source === '--base' || base.source === series?.source);
  if (own || series === undefined) return ctx;
  const start = await rangeStart(series.spec, series.from, seriesIo(ctx));
  if (start === null) return ctx;
  return { ...ctx, globals: { ...ctx.globals, base: { ...start, source: series.source } } };
}
