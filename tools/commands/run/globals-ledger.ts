/** The globals of every tree along a series, compared with the tree before. */
import type { ApplyResult } from '../../apply/types.ts';
import { ALLOW_LIST } from '../../globals/allow.ts';
import {
  type Account,
  type LedgerEntry,
  type Standing,
  accountOf,
  compareAccounts,
  placeholderCount,
} from '../../globals/ledger.ts';
import { formatChart } from '../../globals/chart.ts';
import type { Sources } from '../../globals/sources.ts';
import {
  describeLedger,
  describeStep,
  ledgerColumns,
  ledgerRow,
} from '../../report/ledger-text.ts';
import type { Patch } from '../../series/types.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import { type Taker, applyAll } from './globals-input.ts';
import { openNamedSeries, openPatchesUpTo } from './inputs.ts';

/** What one patch did. */
export interface Step {
  /** From 1. */
  readonly number: number;
  readonly patch: Patch;
  readonly entry: LedgerEntry;
  readonly before: Standing;
  readonly after: Standing;
}

/** Compare the trees around the patches that are `wanted`, by index. Inventories are taken of no others. */
export async function follow(
  ctx: Context,
  taker: Taker,
  start: Sources,
  { patches, result }: { readonly patches: readonly Patch[]; readonly result: ApplyResult },
  wanted: (index: number) => boolean,
): Promise<Step[]> {
  const steps: Step[] = [];
  let sources = start;
  let account: Account | null = null;
  const take = async (of: Sources): Promise<Account> =>
    accountOf(await taker.inventory(of), of.texts.get(ALLOW_LIST));
  for (const [index, patch] of patches.entries()) {
    const next = taker.after(sources, result, index);
    if (wanted(index)) {
      const before = account ?? (await take(sources));
      const after = await take(next);
      const entry = compareAccounts(before, after);
      steps.push({
        number: index + 1,
        patch,
        entry,
        before: before.standing,
        after: after.standing,
      });
      account = after;
    } else account = null;
    sources = next;
    ctx.report.status('following globals', patches.length).update(index + 1, patch.name);
  }
  return steps;
}

interface LedgerOptions {
  readonly at: string | undefined;
  readonly format: 'text' | 'json' | 'svg' | undefined;
}

/** `--diff`: the whole series, or the patch that is named. */
export async function printLedger(
  ctx: Context,
  taker: Taker,
  base: TreeStore,
  { at, format }: LedgerOptions,
): Promise<void> {
  const patches =
    at === undefined ? (await openNamedSeries(ctx)).patches : await openPatchesUpTo(ctx, at);
  const result = await applyAll(ctx, base, patches);
  const wanted = (index: number): boolean => at === undefined || index === patches.length - 1;
  const steps = await follow(ctx, taker, await taker.sources(base), { patches, result }, wanted);
  ctx.report.clearStatus();
  switch (ctx.globals.json ? 'json' : (format ?? 'text')) {
    case 'json':
      return ctx.report.json('globals-diff/1', ledgerJson(base.label, steps));
    case 'svg':
      return ctx.report.write(formatChart(chartPoints(steps)));
    case 'text':
      return printSteps(ctx, steps, at === undefined);
  }
}

function printSteps({ report, globals }: Context, steps: readonly Step[], table: boolean): void {
  const options = { style: report.style, verbose: globals.verbose };
  if (table)
    report.table(
      ledgerColumns(report.style),
      steps.map((step) => ledgerRow(step)),
    );
  const details = steps.flatMap((step) => describeStep(step, options));
  if (table && details.length > 0) report.print('');
  report.print(...details, ...(details.length > 0 ? [''] : []), describeLedger(steps));
}

function chartPoints(steps: readonly Step[]) {
  const [first] = steps;
  if (first === undefined) return [];
  const point = (patch: string, topic: string, standing: Standing) => ({
    patch,
    topic,
    left: standing.left.length,
    placeholders: placeholderCount(standing),
  });
  return [
    point('', '', first.before),
    ...steps.map(({ patch, after }) => point(patch.name, patch.topic ?? '', after)),
  ];
}

function ledgerJson(tree: string, steps: readonly Step[]): Record<string, unknown> {
  const standing = (of: Standing | undefined) =>
    of === undefined
      ? null
      : {
          writable: of.writable,
          left: of.left.length,
          placeholders: Object.fromEntries(of.placeholders),
        };
  return {
    tree,
    before: standing(steps[0]?.before),
    patches: steps.map(({ number, patch, entry, after }) => ({
      number,
      name: patch.name,
      topic: patch.topic ?? null,
      ...standing(after),
      ...entry,
    })),
    remaining: steps.at(-1)?.after.left ?? [],
  };
}
