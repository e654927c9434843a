/** Where import puts what it reads, and how. */
import { basename, dirname, join, resolve } from 'node:path';
import { SeamError } from '../../errors.ts';
import type { Bytes } from '../../patch/types.ts';
import { writeExport } from '../../series/disk.ts';
import { type SeriesDocument, parseDocument } from '../../series/document.ts';
import { findQuilt } from '../../series/quilt.ts';
import type { NamedBytes } from '../../series/types.ts';
import type { Context } from '../context.ts';
import { namedSeries } from './inputs.ts';
import { seriesIo } from './series-io.ts';

/** The quilt directory to add to, and its series file as it is; null when there is none yet. */
export interface Target {
  readonly directory: string;
  readonly seriesFile: string;
  readonly document: SeriesDocument | null;
}

/** The quilt directory that `--series` or the configuration names. */
export async function targetOf(ctx: Context): Promise<Target> {
  const io = seriesIo(ctx);
  const { spec, from } = namedSeries(ctx);
  const path = resolve(from, spec);
  const kind = spec === '-' ? 'file' : await io.kind(path);
  if (kind === null) return fresh(path);
  const place = kind === 'directory' ? await findQuilt(path, ctx.env, io) : null;
  if (place !== null) {
    const raw = await io.read(place.seriesFile, Number.MAX_SAFE_INTEGER);
    return {
      directory: place.patchesDir,
      seriesFile: place.seriesFile,
      document: parseDocument(raw),
    };
  }
  if (kind === 'directory' && (await io.list(path)).length === 0) return fresh(path);
  throw new SeamError('import-target', `cannot import into '${spec}': it is no quilt directory`, {
    kind: 'usage',
    hint: 'name a quilt directory, or one that does not exist yet, with --series',
  });
}

function fresh(directory: string): Target {
  return { directory, seriesFile: join(directory, 'series'), document: null };
}

/** Write patches, and then the series file that names them. */
export async function writeTarget(
  { directory, seriesFile }: Target,
  patches: readonly NamedBytes[],
  series: Bytes,
): Promise<void> {
  const write = (place: string, files: readonly NamedBytes[]): Promise<void> =>
    writeExport(place, { files, directories: [], warnings: [] }, { force: true });
  await write(directory, patches);
  await write(dirname(seriesFile), [{ name: basename(seriesFile), bytes: series }]);
}
