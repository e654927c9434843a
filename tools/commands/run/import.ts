import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, SeamError } from '../../errors.ts';
import type { Bytes, Path } from '../../patch/types.ts';
import { plural } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import { removeFiles, writeExport } from '../../series/disk.ts';
import { insertEntry } from '../../series/document-edit.ts';
import {
  type SeriesDocument,
  entriesOf,
  formatDocument,
  parseDocument,
  patchOptions,
} from '../../series/document.ts';
import { type Exported, exportQuilt } from '../../series/export.ts';
import { splitRange } from '../../series/open.ts';
import { findQuilt } from '../../series/quilt.ts';
import { type Incoming, replaceSeries } from '../../series/replace.ts';
import { restoreQuilt } from '../../series/restore.ts';
import { findPatch } from '../../series/selection.ts';
import type { Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { importVerb } from '../import.ts';
import type { Run } from '../types.ts';
import { readNotedCommits } from './git-notes.ts';
import { chosenPatches, namedSeries, openNamed } from './inputs.ts';
import { seriesIo } from './series-io.ts';

export const run: Run<typeof importVerb> = async (ctx, { args: [source, specs], options }) => {
  const all = await openNamed(ctx, { spec: source, from: ctx.cwd, source: 'the command line' });
  const exported = await asQuilt(ctx, { ...all, patches: chosenPatches(all, specs) });
  const target = await targetOf(ctx);
  if (options.replace) return replace(ctx, exported, target, options.after);
  const { patches, series, names } = merge(exported, target, options.after, options.force);
  await writeExport(target.directory, { ...exported, files: patches }, { force: true });
  const named = { name: basename(target.seriesFile), bytes: series };
  await writeExport(dirname(target.seriesFile), { ...exported, files: [named] }, { force: true });
  if (ctx.globals.json)
    ctx.report.json('import/1', { directory: target.directory, patches: names });
  else ctx.report.print(...names.map((name) => printable(name)));
  return EXIT.yes;
};

/** Patch files of the source: those that its commits were made of, where notes have kept them. */
async function asQuilt(ctx: Context, series: Series): Promise<Exported> {
  if (series.origin !== 'git') return exportQuilt(series);
  const io = seriesIo(ctx);
  const { directory } = await splitRange(series.source, ctx.cwd, io);
  return restoreQuilt(series, await readNotedCommits(io, directory, series), io);
}

/** The quilt directory to add to, and its series file as it is; null when there is none yet. */
interface Target {
  readonly directory: string;
  readonly seriesFile: string;
  readonly document: SeriesDocument | null;
}

async function targetOf(ctx: Context): Promise<Target> {
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

/** Make the series that is there what was read. The series file comes before what it no longer names goes. */
async function replace(
  ctx: Context,
  exported: Exported,
  { directory, seriesFile, document }: Target,
  after: string | undefined,
): Promise<number> {
  if (after !== undefined)
    throw new SeamError('import-after', "'--after' and '--replace' do not go together", {
      kind: 'usage',
      hint: 'seam help import',
    });
  const io = seriesIo(ctx);
  const held = async (name: Path): Promise<Bytes | null> => {
    const path = join(directory, name);
    return (await io.kind(path)) === 'file' ? io.read(path, Number.MAX_SAFE_INTEGER) : null;
  };
  const incoming = incomingOf(exported);
  const made = await replaceSeries(document ?? parseDocument(Buffer.of()), incoming, held);
  await writeExport(directory, { ...exported, files: made.files }, { force: true });
  const named = { name: basename(seriesFile), bytes: made.series };
  await writeExport(dirname(seriesFile), { ...exported, files: [named] }, { force: true });
  await removeFiles(directory, made.removed);
  const { names: patches, added, changed, removed, reordered } = made;
  if (ctx.globals.json) {
    ctx.report.json('import/1', { directory, patches, added, changed, removed, reordered });
    return EXIT.yes;
  }
  const lines = { changed, new: added, removed };
  for (const [what, names] of Object.entries(lines))
    ctx.report.print(...names.map((name) => `${what.padEnd(7)}  ${printable(name)}`));
  const same = patches.length - added.length - changed.length;
  const counts = Object.entries(lines).map(([what, { length }]) => `${length} ${what}`);
  const order = reordered ? '; in another order' : '';
  ctx.report.print(
    `${plural(patches.length, 'patch', 'patches')}: ${same} unchanged, ${counts.join(', ')}${order}`,
  );
  return EXIT.yes;
}

function incomingOf({ files }: Exported): Incoming[] {
  const series = files.find(({ name }) => name === 'series')?.bytes ?? new Uint8Array();
  const bytes = new Map(files.map((file) => [file.name, file.bytes]));
  return entriesOf(parseDocument(series)).map((entry) => ({
    name: entry.name,
    bytes: bytes.get(entry.name) ?? new Uint8Array(),
    entry,
  }));
}

/** The files to write: all of the source, with its entries set into the series file that is there. */
function merge(
  exported: Exported,
  target: Target,
  after: string | undefined,
  force: boolean,
): {
  readonly patches: Exported['files'];
  readonly series: Bytes;
  readonly names: readonly Path[];
} {
  const patches = exported.files.filter((file) => file.name !== 'series');
  const series = exported.files.find((file) => file.name === 'series')?.bytes ?? new Uint8Array();
  const incoming = entriesOf(parseDocument(series));
  const names = incoming.map((entry) => entry.name);
  if (target.document === null) return { patches, series, names };
  const present = entriesOf(target.document);
  const taken = new Set(present.map((entry) => entry.name));
  const clash = names.find((name) => taken.has(name));
  if (clash !== undefined && !force) {
    throw new SeamError('import-exists', `patch '${clash}' is in the series already`, {
      hint: 'choose other patches, or write over it with --force',
    });
  }
  let document = target.document;
  let previous = after === undefined ? null : (present[findPatch(present, after)]?.name ?? null);
  for (const entry of incoming) {
    if (!taken.has(entry.name)) {
      const { strip, reverse } = patchOptions(entry);
      const options = [...(strip === 1 ? [] : [`-p${strip}`]), ...(reverse ? ['-R'] : [])];
      document = insertEntry(
        document,
        entry.name,
        previous === null ? 'end' : { after: previous },
        options,
      );
    }
    if (after !== undefined) previous = entry.name;
  }
  return { patches, series: formatDocument(document), names };
}
