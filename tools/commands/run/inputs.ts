/** The base and the series that the user named, and the patches of it that are meant. */
import { buffer } from 'node:stream/consumers';
import { SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import { type OpenOptions, openSeries } from '../../series/open.ts';
import { findPatch, selectAll } from '../../series/selection.ts';
import type { Patch, Series } from '../../series/types.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context, Setting } from '../context.ts';
import { seriesIo } from './series-io.ts';

/** What `--series` or the configuration names. */
export function namedSeries(ctx: Context): Setting {
  const setting = ctx.globals.series;
  if (setting !== undefined) return setting;
  throw new SeamError('no-series', 'no series given', {
    kind: 'usage',
    hint: "name one with --series, or write series = 'patches' into seam.toml",
  });
}

/** Read the series of `--series` or the configuration. */
export async function openNamedSeries(ctx: Context): Promise<Series> {
  return openNamed(ctx, namedSeries(ctx));
}

/** Read a series. What was odd about it goes to stderr. `how`: see `openSeries`. */
export async function openNamed(
  ctx: Context,
  setting: Setting,
  how: Pick<OpenOptions, 'mails' | 'known' | 'upTo'> = {},
): Promise<Series> {
  const series = await openSeries(setting.spec, {
    cwd: setting.from,
    io: seriesIo(ctx),
    stdin: async () => buffer(ctx.stdin),
    env: ctx.env,
    ...how,
  });
  for (const warning of series.warnings) ctx.report.warn(printable(warning));
  return series;
}

/** Open the base of `--base` or the configuration. The caller closes it. */
export async function openNamedBase(ctx: Context): Promise<TreeStore> {
  const setting = ctx.globals.base;
  if (setting === undefined) {
    throw new SeamError('no-base', 'no base given to apply the series to', {
      kind: 'usage',
      hint: "name a directory or DIR@REV with --base, or write base = '../linux' into seam.toml",
    });
  }
  // Loaded when there is a base to open: many verbs only read the series.
  const { openBase } = await import('../../tree/base.ts');
  return openBase(setting.spec, {
    cwd: setting.from,
    env: ctx.env,
    git: ctx.tools['git'],
    signal: ctx.signal,
    revision: setting.revision,
  });
}

/** Base and series, being opened at the same time. */
export interface Opening {
  readonly base: Promise<TreeStore>;
  readonly series: Promise<Series>;
}

/** Begin to open both. What fails is told to whoever waits for it. */
export function startOpening(ctx: Context): Opening {
  const opening = { base: openNamedBase(ctx), series: openNamedSeries(ctx) };
  opening.base.catch(() => {});
  opening.series.catch(() => {});
  return opening;
}

/** Close the base, if there is one; more than once does no harm. */
export async function closeOpening(opening: Opening | null): Promise<void> {
  await (await opening?.base.catch(() => null))?.close();
}

/** The patches that `specs` mean, in series order; all of them when there are no specs. */
export function chosenPatches(series: Series, specs: readonly string[]): readonly Patch[] {
  if (specs.length === 0) return series.patches;
  return selectAll(series.patches, specs).flatMap((index) => series.patches[index] ?? []);
}

/** Read of the series only the patches up to and with the one that `spec` means. */
export async function openPatchesUpTo(ctx: Context, spec: string): Promise<readonly Patch[]> {
  return patchesUpTo(await openNamed(ctx, namedSeries(ctx), { upTo: spec }), spec);
}

/** The patches up to and with the one that `spec` means. */
export function patchesUpTo(series: Series, spec: string): readonly Patch[] {
  return series.patches.slice(0, findPatch(series.patches, spec) + 1);
}

/** Like `chosenPatches`, but no specs mean the last patch, as quilt's top. */
export function lastOrChosen(series: Series, specs: readonly string[]): readonly Patch[] {
  return specs.length === 0 ? series.patches.slice(-1) : chosenPatches(series, specs);
}
