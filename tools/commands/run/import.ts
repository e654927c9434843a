import { EXIT, SeamError } from '../../errors.ts';
import type { Bytes, Path } from '../../patch/types.ts';
import { printable } from '../../report/printable.ts';
import { insertEntry } from '../../series/document-edit.ts';
import { entriesOf, formatDocument, parseDocument, patchOptions } from '../../series/document.ts';
import { type Exported, exportQuilt } from '../../series/export.ts';
import { splitRange } from '../../series/open.ts';
import { restoreQuilt } from '../../series/restore.ts';
import { findPatch } from '../../series/selection.ts';
import type { Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { importVerb } from '../import.ts';
import type { Run } from '../types.ts';
import { readNotedCommits } from './git-notes.ts';
import { replaceTarget } from './import-replace.ts';
import { type Target, targetOf, writeTarget } from './import-target.ts';
import { chosenPatches, openNamed } from './inputs.ts';
import { seriesIo } from './series-io.ts';

export const run: Run<typeof importVerb> = async (ctx, { args: [source, specs], options }) => {
  const all = await openNamed(ctx, { spec: source, from: ctx.cwd, source: 'the command line' });
  const exported = await asQuilt(ctx, { ...all, patches: chosenPatches(all, specs) });
  const target = await targetOf(ctx);
  if (options.replace) return replaceTarget(ctx, exported, target, options.after);
  const { patches, series, names } = merge(exported, target, options.after, options.force);
  await writeTarget(target, patches, series);
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
