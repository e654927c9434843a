import { basename, dirname, resolve } from 'node:path';
import { type Extracted, extractPatches } from '../../apply/extract.ts';
import { closure } from '../../deps/graph.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { formatStat } from '../../patch/stat-graph.ts';
import { formatSummary } from '../../patch/stat.ts';
import { printable } from '../../report/printable.ts';
import { writeExport } from '../../series/disk.ts';
import { exportMbox, exportQuilt } from '../../series/export.ts';
import { selectWithTopics } from '../../series/selection.ts';
import type { Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { extract } from '../extract.ts';
import type { Input, Run } from '../types.ts';
import { refuseIdle } from './builds.ts';
import { withDependencies } from './dependencies.ts';
import { type NamedLack, lackText, proveBuild, refuseBuild } from './extract-check.ts';

type Options = Input<(typeof extract)['arguments'], (typeof extract)['options']>['options'];

export const run: Run<typeof extract> = async (ctx, { args: [specs], options }) => {
  if (options.quilt !== undefined && options.mbox !== undefined) {
    throw new SeamError('options-clash', "'--quilt' and '--mbox' cannot be used together", {
      kind: 'usage',
    });
  }
  refuseIdle('extract --check', options.check, options);
  return withDependencies(ctx, options.fuzz ?? 0, async (analysed) => {
    const { base, series, footprints, text } = analysed;
    const wanted = new Set(selectWithTopics(series.patches, specs));
    const proof = options.check
      ? await proveBuild(ctx, analysed, wanted, options)
      : { kind: 'proved' as const, chosen: closure(text, wanted), lacks: [] };
    if (proof.kind === 'failed') return refuseBuild(ctx, proof);
    const { chosen, lacks } = proof;
    const extracted = await extractPatches(base, series.patches, footprints, chosen);
    if (extracted.kind !== 'extracted') return refuse(ctx, extracted);
    const carried = chosen.filter((index) => !wanted.has(index)).length;
    await write(ctx, series, extracted, options, { carried, lacks });
    return EXIT.yes;
  });
};

function refuse(ctx: Context, extracted: Exclude<Extracted, { kind: 'extracted' }>): number {
  const { report, globals } = ctx;
  const [patch, reason] =
    extracted.kind === 'blocked'
      ? [
          extracted.late,
          `it meets '${extracted.early.name}' in '${extracted.path}'${extracted.line === null ? '' : ` at line ${extracted.line}`}`,
        ]
      : [extracted.patch, extracted.reason];
  if (globals.json) report.json('extract/1', { possible: false, patch: patch.name, reason });
  else report.print(printable(`'${patch.name}' cannot be taken out of the series: ${reason}`));
  return EXIT.no;
}

async function write(
  ctx: Context,
  series: Series,
  { patches, renumbered, result }: Extracted & { kind: 'extracted' },
  options: Options,
  { carried, lacks }: { readonly carried: number; readonly lacks: readonly NamedLack[] },
): Promise<void> {
  const { report, globals } = ctx;
  const small = { ...series, patches, excluded: [] };
  if (options.quilt !== undefined)
    await writeExport(resolve(ctx.cwd, options.quilt), exportQuilt(small), options);
  if (options.mbox !== undefined && (await writeMbox(ctx, small, options.mbox, options.force)))
    return;
  if (globals.json) {
    const names = patches.map((patch) => patch.name);
    const checked = options.check ? { checked: true, lacks } : {};
    const { id: tree } = result.tree;
    report.json('extract/1', { possible: true, patches: names, renumbered, tree, ...checked });
    return;
  }
  if (!globals.quiet) report.print(...patches.map((patch) => printable(patch.name)));
  const count = patches.length === 1 ? '1 patch' : `${patches.length} patches`;
  report.print(
    `${count} of ${series.patches.length}, ${carried} of them because they are needed`,
    `tree ${result.tree.id}`,
  );
  if (options.check) report.print('every patch of it builds and passes its tests');
  for (const lack of lacks) report.note(lackText(lack));
  for (const name of renumbered) report.note(`line numbers put right in '${printable(name)}'`);
}

/** True when the mails were the output. */
async function writeMbox(
  ctx: Context,
  series: Series,
  name: string,
  force: boolean,
): Promise<boolean> {
  const { bytes, warnings } = exportMbox(series, 'mboxo', {
    stat: (files) => formatStat(files) + formatSummary(files),
  });
  for (const warning of warnings) ctx.report.warn(printable(warning));
  if (name === '-') {
    ctx.report.write(bytes);
    return true;
  }
  const file = resolve(ctx.cwd, name);
  const exported = { files: [{ name: basename(file), bytes }], directories: [], warnings: [] };
  await writeExport(dirname(file), exported, { force });
  return false;
}
