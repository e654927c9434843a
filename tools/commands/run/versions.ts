/** The two versions that a comparison is about. */
import { sentName } from '../../../review/revision/keep.ts';
import type { SentVersion } from '../../../review/revision/sent.ts';
import { SeamError } from '../../errors.ts';
import type { KnownDiffs } from '../../series/git-range.ts';
import type { Patch, Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import { openRanges } from '../../series/open.ts';
import { openNamed, openNamedSeries } from './inputs.ts';
import { seriesIo } from './series-io.ts';
import { openKept, sentDirectory } from './sent.ts';

/** Two versions, and what of the series comes before the new one. */
export interface Versions {
  readonly old: Series;
  readonly next: Series;
  /** Patches that a topic stands on; none where the new version is a whole series. */
  readonly before: readonly Patch[];
}

/**
 * Open two ranges of commits that are compared as they are, as far as they differ; null where they are
 * no ranges.
 */
export async function openLean(
  ctx: Context,
  oldSpec: string,
  newSpec: string,
): Promise<Versions | null> {
  const ranges = await openRanges([oldSpec, newSpec], { cwd: ctx.cwd, io: seriesIo(ctx) });
  if (ranges === null) return null;
  const [old, next] = ranges;
  return { old, next, before: [] };
}

/**
 * Open both. `sent:TOPIC` and `sent:TOPIC@vN` mean what was sent; the new version is the series as it
 * is when nothing else is named, and of that the topic only that the old version is about.
 */
export async function openVersions(
  ctx: Context,
  oldSpec: string,
  newSpec: string | undefined,
): Promise<Versions> {
  const topic = parseSent(oldSpec)?.topic;
  const known: KnownDiffs = new Map();
  const opening = [
    openVersion(ctx, oldSpec, known),
    newSpec === undefined ? openNamedSeries(ctx) : openVersion(ctx, newSpec, known),
  ] as const;
  const [old, next] = await Promise.all(opening);
  return newSpec === undefined && topic !== undefined
    ? { old, ...ofTopic(next, topic) }
    : { old, next, before: [] };
}

async function openVersion(ctx: Context, spec: string, known: KnownDiffs): Promise<Series> {
  const sent = parseSent(spec);
  if (sent === null) return openAt(ctx, spec, known);
  const { said, mbox } = openKept(sentDirectory(ctx), sent.topic, sent.version);
  return openKeptSeries(ctx, said, mbox);
}

/** The patches of a kept version. */
export async function openKeptSeries(
  ctx: Context,
  { base, version }: SentVersion,
  mbox: string,
): Promise<Series> {
  const series = await openAt(ctx, mbox);
  // Its cover names the base, and stands in another file.
  return { ...series, version, baseCommit: series.baseCommit ?? base };
}

function openAt(ctx: Context, spec: string, known: KnownDiffs = new Map()): Promise<Series> {
  return openNamed(ctx, { spec, from: ctx.cwd, source: 'command line' }, { mails: false, known });
}

interface SentSpec {
  readonly topic: string;
  readonly version?: number;
}

function parseSent(spec: string): SentSpec | null {
  const match = /^sent:(?<topic>.*?)(?:@v(?<version>\d+))?$/s.exec(spec)?.groups;
  if (match === undefined) return null;
  const { topic = '', version } = match;
  return version === undefined ? { topic } : { topic, version: Number(version) };
}

/** The patches of a topic as a series, and those before its first. */
export function ofTopic(series: Series, topic: string): Pick<Versions, 'next' | 'before'> {
  const own = (patch: Patch): boolean => patch.topic !== null && sentName(patch.topic) === topic;
  const patches = series.patches.filter(own);
  if (patches.length > 0)
    return {
      next: { ...series, patches },
      before: series.patches.slice(0, series.patches.findIndex(own)),
    };
  throw new SeamError('topic-not-found', `no patch of topic '${topic}' in the series`, {
    data: { topic, topics: [...new Set(series.patches.map((patch) => patch.topic))] },
    hint: 'seam series',
  });
}
