/** The cover letters of a series: `<topic>/cover.md` beside its patches, or the file that the user names. */
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { readCover } from '../../../review/cover/letter.ts';
import type { Cover } from '../../../review/cover/types.ts';
import { SeamError } from '../../errors.ts';
import { findQuilt } from '../../series/quilt.ts';
import type { Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import { namedSeries } from './inputs.ts';
import { seriesIo } from './series-io.ts';

/** More than this is no letter. */
const MAX_SIZE = 1024 * 1024;

export interface CoverChoices {
  readonly file: string | undefined;
  readonly none: boolean;
  /** Markdown that goes behind a topic's letter: what changed since the last version. */
  readonly changes: (topic: string | null, cover: Cover) => Promise<string | null>;
}

/**
 * Load what reads letters, a few modules at a time: before and in between, git is started and what it
 * has written is taken, so that both go on at the same time.
 */
export async function loadReader(): Promise<{ readonly readCover: typeof readCover }> {
  await setImmediate();
  await import('yaml');
  await setImmediate();
  await import('remark-parse');
  await setImmediate();
  return import('../../../review/cover/letter.ts');
}

/** Covers by topic, the empty name for patches without one. Topics without a letter are not in it. */
export async function readCovers(
  ctx: Context,
  series: Series,
  topics: readonly (string | null)[],
  { file, none, changes }: CoverChoices,
): Promise<Map<string, Cover>> {
  const covers = new Map<string, Cover>();
  if (none) return covers;
  const letters = await loadReader();
  if (file !== undefined) await readText(ctx, resolve(ctx.cwd, file));
  const folder = file === undefined ? await folderOf(ctx, series) : null;
  for (const topic of topics) {
    const paths =
      file === undefined
        ? candidates(folder, topic, topics.length)
        : [{ full: resolve(ctx.cwd, file), shown: file }];
    for (const path of paths) {
      if ((await seriesIo(ctx).kind(path.full)) !== 'file') continue;
      const text = await readText(ctx, path.full);
      const cover = letters.readCover(text, path.shown);
      const added = await changes(topic, cover);
      const whole =
        added === null ? cover : letters.readCover(text, path.shown, { changes: added });
      covers.set(topic ?? '', whole);
      break;
    }
  }
  return covers;
}

interface Place {
  readonly full: string;
  /** For messages: as the user named it. */
  readonly shown: string;
}

function candidates(folder: Place | null, topic: string | null, topics: number): Place[] {
  if (folder === null) return [];
  const below = (name: string): Place => ({
    full: join(folder.full, name),
    shown: join(folder.shown, name),
  });
  const own = topic !== null && isFolderName(topic) ? [below(`${topic}/cover.md`)] : [];
  return topics === 1 || topic === null ? [...own, below('cover.md')] : own;
}

/** A topic can be a comment of the series file, and a comment could name any path. */
function isFolderName(topic: string): boolean {
  return topic.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(part));
}

/** Where the patches of a quilt series lie; null for other series. */
async function folderOf(ctx: Context, series: Series): Promise<Place | null> {
  if (series.origin !== 'quilt') return null;
  const { spec, from } = namedSeries(ctx);
  const full = resolve(from, spec);
  const io = seriesIo(ctx);
  if ((await io.kind(full)) !== 'directory') return { full: dirname(full), shown: dirname(spec) };
  const place = await findQuilt(full, ctx.env, io);
  return { full: place?.patchesDir ?? full, shown: spec };
}

/** The text of a file that somebody wrote. */
export async function readText(ctx: Context, path: string): Promise<string> {
  const io = seriesIo(ctx);
  if ((await io.kind(path)) !== 'file') {
    throw new SeamError('file-not-found', `no file '${path}'`, { data: { path } });
  }
  return Buffer.from(await io.read(path, MAX_SIZE)).toString('utf8');
}
