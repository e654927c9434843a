/** Cover letters with what changed since the version that was sent before. */
import { resolve } from 'node:path';
import type { Cover } from '../../../review/cover/types.ts';
import { sentName } from '../../../review/revision/keep.ts';
import { topicName } from '../../../review/thread/assemble.ts';
import type { PlannedThread } from '../../../review/thread/plan.ts';
import type { Patch, Person, Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { Analysed } from './dependencies.ts';
import type { Since } from './last-version.ts';
import { readCovers, readText } from './thread-covers.ts';
import type { ThreadOptions } from './thread-choices.ts';

/** A planned series, and the threads of it that are wanted. */
interface Planned {
  readonly series: Series;
  readonly plan: readonly PlannedThread[];
  readonly chosen: readonly PlannedThread[];
  readonly analysed: Analysed | null;
}

interface Versions {
  /** As `readCovers` gives them. */
  readonly covers: ReadonlyMap<string, Cover>;
  /** By topic. */
  readonly since: ReadonlyMap<string, Since>;
  /** Who has to look at a patch once more. */
  readonly asked: ReadonlyMap<Patch, readonly Person[]>;
}

/** Read all letters; those of wanted topics say what changed, as the user does or as it is found. */
export async function coversAndChanges(
  ctx: Context,
  { series, plan, chosen, analysed }: Planned,
  options: ThreadOptions,
): Promise<Versions> {
  const since = new Map<string, Since>();
  const asked = new Map<Patch, Person[]>();
  const written =
    options.changes === undefined ? null : await readText(ctx, resolve(ctx.cwd, options.changes));
  const draft = async (topic: string | null, cover: Cover): Promise<string | null> => {
    const version = options['reroll-count'] ?? cover.facts.version;
    const parts = chosen.filter((planned) => planned.topic === topic);
    if (version < 2 || parts.length === 0) return written;
    // First versions are not compared with anything.
    const { draftSince, peopleToAsk, sinceLast } = await import('./last-version.ts');
    const indexes = parts.flatMap(({ patches }) => patches).sort((a, b) => a - b);
    const patches = indexes.flatMap((index) => series.patches[index] ?? []);
    const name = sentName(topicName(topic, cover, patches[0]));
    const before = series.patches.slice(0, indexes[0] ?? 0);
    const found = await sinceLast(ctx, { name, patches, before }, version, analysed);
    if (found === null) return written;
    since.set(name, found);
    for (const [patch, people] of peopleToAsk(found, patches)) asked.set(patch, people);
    return written ?? draftSince(found, parts[0]?.parts ?? 1);
  };
  const covers = await readCovers(ctx, series, [...new Set(plan.map(({ topic }) => topic))], {
    file: options.cover,
    none: options['without-cover'],
    changes: draft,
  });
  return { covers, since, asked };
}
