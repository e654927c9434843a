import { applySeries } from '../../apply/series.ts';
import type { ApplyResult, ApplyVerdict } from '../../apply/types.ts';
import { stops } from '../../apply/types.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { applyJson } from '../../report/apply-json.ts';
import {
  countVerdicts,
  explainVerdict,
  verdictColumns,
  verdictRows,
} from '../../report/apply-text.ts';
import { printable } from '../../report/printable.ts';
import type { Patch, Series } from '../../series/types.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { apply } from '../apply.ts';
import type { Context } from '../context.ts';
import type { Input, Run } from '../types.ts';
import { announcer, writeBranch } from './apply-branch.ts';
import { writeDirectory } from './apply-output.ts';
import { chosenPatches, openNamedBase, openNamedSeries, patchesUpTo } from './inputs.ts';

type Options = Input<(typeof apply)['arguments'], (typeof apply)['options']>['options'];

/** What was written, for the last line and for `--json`. */
export interface Written {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export const run: Run<typeof apply> = async (ctx, { args: [specs], options }) => {
  refuseTogether(options, specs);
  // git starts while the patches are read: neither waits for the other.
  const opening = openNamedBase(ctx);
  const opened = Promise.all([opening, openNamedSeries(ctx)]);
  try {
    const [base, series] = await opened;
    const patches =
      options.to === undefined ? chosenPatches(series, specs) : patchesUpTo(series, options.to);
    const result = await applyAll(ctx, base, patches, options);
    const written = await write(ctx, base, result, options);
    if (ctx.globals.json) printJson(ctx, base, series, result, written);
    else printText(ctx, result, written);
    return result.ok ? EXIT.yes : EXIT.no;
  } finally {
    await (await opening.catch(() => null))?.close();
  }
};

function refuseTogether(options: Options, specs: readonly string[]): void {
  const usage = (message: string): SeamError =>
    new SeamError('options-clash', message, { kind: 'usage' });
  if (options.branch !== undefined && options.output !== undefined)
    throw usage("'--branch' and '--output' cannot be used together");
  if (options.to !== undefined && specs.length > 0)
    throw usage("'--to' and a list of patches cannot be used together");
}

async function applyAll(
  ctx: Context,
  base: TreeStore,
  patches: readonly Patch[],
  options: Options,
): Promise<ApplyResult> {
  const status = ctx.report.status('applying patches', patches.length);
  const announce = options.branch === undefined ? () => {} : announcer(base);
  return applySeries(base, patches, {
    fuzz: options.fuzz ?? 0,
    threeWay: options['3way'],
    reverse: options.reverse,
    skipApplied: options['skip-applied'],
    signal: ctx.signal,
    onVerdict: (verdict, done, blobs) => {
      status.update(done, verdict.patch.name);
      announce(verdict, blobs);
    },
  });
}

/** A failed run writes nothing, except that a merge with conflict markers can be looked at in a directory. */
async function write(
  ctx: Context,
  base: TreeStore,
  result: ApplyResult,
  options: Options,
): Promise<Written | null> {
  const marked = result.verdicts.some(
    (verdict) => verdict.kind === 'conflict' && verdict.changes.length > 0,
  );
  if (options.branch !== undefined && result.ok)
    return writeBranch(ctx, base, result, options.branch, options.force);
  if (options.output !== undefined && (result.ok || marked))
    return writeDirectory(ctx, base, result, options.output);
  return null;
}

function printJson(
  ctx: Context,
  base: TreeStore,
  series: Series,
  result: ApplyResult,
  written: Written | null,
): void {
  ctx.report.json('apply/1', {
    base: { label: base.label, kind: base.kind, commit: base.commit },
    series: { origin: series.origin, source: series.source },
    ...applyJson(result),
    ...written?.json,
  });
}

function printText(ctx: Context, result: ApplyResult, written: Written | null): void {
  const { report } = ctx;
  const { verdicts } = result;
  if (!ctx.globals.quiet) {
    report.table(verdictColumns(report.style), verdictRows(verdicts));
  }
  for (const verdict of verdicts.filter((each) => stops(each)))
    report.print(...dressed(ctx, verdict));
  report.print(countVerdicts(verdicts), `tree ${result.tree.id}`);
  if (written !== null) report.print(printable(written.text));
}

function dressed(ctx: Context, verdict: ApplyVerdict): string[] {
  const [title = '', ...rest] = explainVerdict(verdict);
  return [ctx.report.style.bad(title), ...rest];
}
