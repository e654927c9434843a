/** The two versions that a comparison is about. */
import { SeamError } from '../../errors.ts';
import type { Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import { openNamed, openNamedSeries } from './inputs.ts';
import { openKept, sentDirectory } from './sent.ts';

/**
 * Open both. `sent:TOPIC` and `sent:TOPIC@vN` mean what was sent; the new version is the series as it
 * is when nothing else is named, and of that the topic only that the old version is about.
 */
export async function openVersions(
  ctx: Context,
  oldSpec: string,
  newSpec: string | undefined,
): Promise<readonly [Series, Series]> {
  const topic = parseSent(oldSpec)?.topic;
  const opening = [
    openVersion(ctx, oldSpec),
    newSpec === undefined ? openNamedSeries(ctx) : openVersion(ctx, newSpec),
  ] as const;
  const [old, next] = await Promise.all(opening);
  return [old, newSpec === undefined && topic !== undefined ? ofTopic(next, topic) : next];
}

async function openVersion(ctx: Context, spec: string): Promise<Series> {
  const sent = parseSent(spec);
  const path = sent === null ? spec : openKept(sentDirectory(ctx), sent.topic, sent.version).mbox;
  return openNamed(ctx, { spec: path, from: ctx.cwd, source: 'command line' }, { mails: false });
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

function ofTopic(series: Series, topic: string): Series {
  const patches = series.patches.filter((patch) => patch.topic === topic);
  if (patches.length > 0) return { ...series, patches };
  throw new SeamError('topic-not-found', `no patch of topic '${topic}' in the series`, {
    data: { topic, topics: [...new Set(series.patches.map((patch) => patch.topic))] },
    hint: 'seam series',
  });
}
