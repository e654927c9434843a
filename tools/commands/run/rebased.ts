/** Two versions on one base, where it is known: what a moved base did to the old one goes away. */
import { compareVersions } from '../../../review/revision/compare.ts';
import type { CompareOptions } from '../../../review/revision/compare.ts';
import type { Comparison, Entry } from '../../../review/revision/types.ts';
import { type Replayed, replay } from '../../apply/replay.ts';
import { SeamError } from '../../errors.ts';
import type { Patch, Series } from '../../series/types.ts';
import { rangeStart } from '../../series/open.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context, Setting } from '../context.ts';
import { seriesIo } from './series-io.ts';

/** How much of both versions was made anew. */
export interface Rebased {
  readonly comparison: Comparison;
  /** The base's name for people. */
  readonly base: string;
  /** Patches that apply to it, of either version. */
  readonly applied: { readonly old: number; readonly new: number };
}

/**
 * Compare as if both versions had been made on the base of the new one; null when none is known.
 * `before` are patches that both stand on.
 */
export async function compareOnBase(
  ctx: Context,
  raw: Comparison,
  next: Series,
  before: readonly Patch[],
  options: CompareOptions,
): Promise<Rebased | null> {
  if (differing(raw).length === 0) return null;
  const store = await baseOf(ctx, next);
  if (store === null) return null;
  try {
    return await compareOnStore(store, raw, before, options, ctx.signal);
  } finally {
    await store.close();
  }
}

function differing({ entries }: Comparison): Entry[] {
  return entries.filter(({ kind }) => kind !== 'unchanged' && kind !== 'moved');
}

/** The same on a base that is open. */
export async function compareOnStore(
  store: TreeStore,
  raw: Comparison,
  before: readonly Patch[],
  options: CompareOptions,
  signal: AbortSignal,
): Promise<Rebased> {
  const others = differing(raw);
  const [old, after] = [
    await replayBehind(store, before, raw.old, indexesOf(others, 'old'), signal),
    await replayBehind(store, before, raw.new, indexesOf(others, 'new'), signal),
  ];
  // Half a pair made anew would differ from the other half by who made it.
  const halves = others.filter(
    (entry) =>
      entry.old !== null &&
      entry.new !== null &&
      old.applied.has(entry.old) !== after.applied.has(entry.new),
  );
  return {
    comparison: compareVersions(
      asTheyWere(raw.old, old, indexesOf(halves, 'old')),
      asTheyWere(raw.new, after, indexesOf(halves, 'new')),
      options,
    ),
    base: store.label,
    applied: { old: old.applied.size, new: after.applied.size },
  };
}

/** Replay patches on the base and `before`, counting from the first of them. */
async function replayBehind(
  store: TreeStore,
  before: readonly Patch[],
  patches: readonly Patch[],
  wanted: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<Replayed> {
  const shift = before.length;
  const moved = new Set([...wanted].map((index) => index + shift));
  const { patches: made, applied } = await replay(store, [...before, ...patches], moved, signal);
  return {
    patches: made.slice(shift),
    applied: new Set([...applied].flatMap((index) => (index < shift ? [] : [index - shift]))),
  };
}

function asTheyWere(
  raw: readonly Patch[],
  { patches }: Replayed,
  kept: ReadonlySet<number>,
): Patch[] {
  return patches.map((patch, index) => (kept.has(index) ? (raw[index] ?? patch) : patch));
}

function indexesOf(entries: readonly Entry[], side: 'old' | 'new'): Set<number> {
  return new Set(entries.flatMap((entry) => entry[side] ?? []));
}

/**
 * What the new version applies to: `--base`; the start of a range of commits; the commit that its
 * mails name, if the repository around has it; for the series of the configuration its base.
 */
async function baseOf(ctx: Context, next: Series): Promise<TreeStore | null> {
  const { base } = ctx.globals;
  const own = ctx.globals.series?.spec === next.source;
  if (base !== undefined && (own || base.source === '--base')) return openAt(ctx, base);
  const { cwd } = ctx;
  const start = next.origin === 'git' ? await rangeStart(next.source, cwd, seriesIo(ctx)) : null;
  if (start !== null) return openAt(ctx, { ...start, source: 'range' });
  if (next.baseCommit === null) return null;
  const named = { spec: next.baseCommit, from: cwd, source: 'base-commit' };
  return openAt(ctx, named).catch((error: unknown) => {
    // A mail may name a commit that is nowhere near.
    if (error instanceof SeamError && error.code === 'base-not-found') return null;
    throw error;
  });
}

async function openAt(ctx: Context, { spec, from, revision }: Setting): Promise<TreeStore> {
  const { env, signal } = ctx;
  const { openBase } = await import('../../tree/base.ts');
  return openBase(spec, { cwd: from, env, git: ctx.tools['git'], signal, revision });
}
