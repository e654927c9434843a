import { basename, dirname, resolve } from 'node:path';
import { applySeries } from '../../apply/series.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { formatStat } from '../../patch/stat-graph.ts';
import { formatSummary } from '../../patch/stat.ts';
import type { Bytes, FilePatch } from '../../patch/types.ts';
import { countVerdicts, explainVerdict } from '../../report/apply-text.ts';
import { printable } from '../../report/printable.ts';
import { writeExport } from '../../series/disk.ts';
import { type Exported, exportMaildir, exportMbox, exportQuilt } from '../../series/export.ts';
import { NOTES_REF, joinNotes, patchNote, seriesNote } from '../../series/notes.ts';
import type { Series } from '../../series/types.ts';
import type { ObjectId } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import type { exportVerb } from '../export.ts';
import type { Input, Run } from '../types.ts';
import { writeBranch } from './apply-branch.ts';
import { chosenPatches, openNamedBase, openNamedSeries } from './inputs.ts';

type Options = Input<(typeof exportVerb)['arguments'], (typeof exportVerb)['options']>['options'];

const FORMS = ['quilt', 'mbox', 'mboxrd', 'maildir', 'branch'] as const;
type Form = (typeof FORMS)[number];

const MAIL = {
  stat: (files: readonly FilePatch[]): string => formatStat(files) + formatSummary(files),
};

export const run: Run<typeof exportVerb> = async (ctx, { args: [specs], options }) => {
  const [form, target] = formOf(options);
  const all = await openNamedSeries(ctx);
  const series = { ...all, patches: chosenPatches(all, specs) };
  switch (form) {
    case 'quilt':
      return writeFiles(ctx, exportQuilt(series), target, options.force, series);
    case 'maildir':
      return writeFiles(ctx, exportMaildir(series, MAIL), target, options.force, series);
    case 'mbox':
    case 'mboxrd':
      return writeMbox(ctx, series, form === 'mbox' ? 'mboxo' : 'mboxrd', target, options.force);
    case 'branch':
      return writeCommits(ctx, series, target, options.force);
  }
};

function formOf(options: Options): [Form, string] {
  const given = FORMS.flatMap((form): [Form, string][] => {
    const target = options[form];
    return target === undefined ? [] : [[form, target]];
  });
  const [only, ...more] = given;
  if (only !== undefined && more.length === 0) return only;
  const message =
    only === undefined ? 'no form given to export to' : 'more than one form given to export to';
  throw new SeamError('export-form', message, {
    kind: 'usage',
    hint: `one of ${FORMS.map((form) => `--${form}`).join(', ')}`,
  });
}

async function writeFiles(
  ctx: Context,
  exported: Exported,
  name: string,
  force: boolean,
  series: Series,
): Promise<number> {
  for (const warning of exported.warnings) ctx.report.warn(printable(warning));
  const directory = resolve(ctx.cwd, name);
  await writeExport(directory, exported, { force });
  return done(ctx, series, `${exported.files.length} files in ${name}`, {
    directory,
    files: exported.files.map((file) => file.name),
  });
}

async function writeMbox(
  ctx: Context,
  series: Series,
  flavour: 'mboxo' | 'mboxrd',
  name: string,
  force: boolean,
): Promise<number> {
  const { bytes, warnings } = exportMbox(series, flavour, MAIL);
  for (const warning of warnings) ctx.report.warn(printable(warning));
  if (name === '-') {
    ctx.report.write(bytes);
    return EXIT.yes;
  }
  const file = resolve(ctx.cwd, name);
  const exported = { files: [{ name: basename(file), bytes }], directories: [], warnings: [] };
  await writeExport(dirname(file), exported, { force });
  return done(ctx, series, `${series.patches.length} mails in ${name}`, {
    file,
    bytes: bytes.length,
  });
}

async function writeCommits(
  ctx: Context,
  series: Series,
  name: string,
  force: boolean,
): Promise<number> {
  const base = await openNamedBase(ctx);
  try {
    const result = await applySeries(base, series.patches, { signal: ctx.signal });
    const failed = result.verdicts.find(
      (verdict) => verdict.kind === 'conflict' || verdict.kind === 'already-applied',
    );
    if (failed !== undefined) {
      ctx.report.print(...explainVerdict(failed), countVerdicts(result.verdicts));
      return EXIT.no;
    }
    const written = await writeBranch(ctx, base, result, name, force);
    const notes = new Map<ObjectId, Bytes>();
    let parentTree = (await base.load([])).id;
    for (const [index, { patch, tree }] of result.verdicts.entries()) {
      const note = patchNote(patch, { tree: tree.id, parentTree });
      const last = index === result.verdicts.length - 1;
      notes.set(written.commits[index] ?? '', last ? joinNotes(note, seriesNote(series)) : note);
      parentTree = tree.id;
    }
    await written.store.annotate(NOTES_REF, notes);
    return done(ctx, series, written.text, written.json);
  } finally {
    await base.close();
  }
}

function done(
  ctx: Context,
  series: Series,
  text: string,
  json: Readonly<Record<string, unknown>>,
): number {
  if (ctx.globals.json)
    ctx.report.json('export/1', { patches: series.patches.map((patch) => patch.name), ...json });
  else ctx.report.print(printable(text));
  return EXIT.yes;
}
