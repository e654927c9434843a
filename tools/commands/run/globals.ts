import { resolve } from 'node:path';
import { EXIT, SeamError } from '../../errors.ts';
import { compareWithObjects } from '../../globals/census.ts';
import { readBuild } from '../../globals/objects.ts';
import type { GlobalVariable, Inventory } from '../../globals/inventory.ts';
import type { Sources } from '../../globals/sources.ts';
import { describeAgreement, unexplained } from '../../report/agreement-text.ts';
import {
  describeGlobal,
  describeUnread,
  listColumns,
  listRow,
  totals,
} from '../../report/globals-text.ts';
import { printable } from '../../report/printable.ts';
import { nearest } from '../../series/selection.ts';
import type { Context } from '../context.ts';
import type { globals } from '../globals.ts';
import type { Run } from '../types.ts';
import { Taker, applyAll, openTree, sortWords } from './globals-input.ts';
import { agreementJson, globalsJson } from './globals-json.ts';
import { openNamedSeries, patchesUpTo } from './inputs.ts';

export const run: Run<typeof globals> = async (ctx, { args: [words], options }) => {
  const asked = sortWords(ctx, words);
  const store = await openTree(ctx, asked.tree);
  try {
    const taker = new Taker(ctx, options.path);
    const sources = await sourcesAt(ctx, taker, store, options.at);
    const inventory = await taker.inventory(sources);
    ctx.report.clearStatus();
    if (options.objects !== undefined)
      return compare(ctx, inventory, new Set(sources.blobs.keys()), options.objects);
    const shown =
      asked.names.length === 0
        ? inventory.globals.filter((each) => options.all || each.writable)
        : asked.names.flatMap((name) => named(inventory, name));
    if (ctx.globals.json) ctx.report.json('globals/1', globalsJson(store.label, inventory, shown));
    else if (asked.names.length > 0) printNamed(ctx, shown);
    else printList(ctx, inventory, shown);
    return EXIT.yes;
  } finally {
    await store.close();
  }
};

async function sourcesAt(
  ctx: Context,
  taker: Taker,
  store: Parameters<Taker['sources']>[0],
  patch: string | undefined,
): Promise<Sources> {
  const reading = taker.sources(store);
  if (patch === undefined) return reading;
  const series = await openNamedSeries(ctx);
  const result = await applyAll(ctx, store, patchesUpTo(series, patch));
  let sources = await reading;
  for (const index of result.verdicts.keys()) sources = taker.after(sources, result, index);
  return sources;
}

/** Source against objects; no when anything is left unexplained. */
function compare(
  ctx: Context,
  inventory: Inventory,
  sources: ReadonlySet<string>,
  directory: string,
): number {
  const { objects, configuration } = readBuild(resolve(ctx.cwd, directory), sources);
  const agreement = compareWithObjects(inventory, objects, configuration);
  if (ctx.globals.json) ctx.report.json('globals-objects/1', agreementJson(agreement));
  else ctx.report.print(...describeAgreement(agreement));
  const { symbols, variables } = unexplained(agreement);
  return symbols + variables === 0 ? EXIT.yes : EXIT.no;
}

function named(inventory: Inventory, spec: string): GlobalVariable[] {
  const found = inventory.globals.filter(
    ({ name, key, inside }) => name === spec || key === spec || `${inside}.${name}` === spec,
  );
  if (found.length > 0) return found;
  const near = nearest(
    inventory.globals.map(({ name }) => name),
    spec,
  );
  throw new SeamError('no-global', `no variable '${printable(spec)}' of static storage duration`, {
    data: { name: spec },
    hint: near === null ? 'seam globals --all' : `seam globals ${near}`,
  });
}

function printNamed({ report }: Context, shown: readonly GlobalVariable[]): void {
  for (const each of shown) report.print(...describeGlobal(each, report.style));
}

function printList(
  { report }: Context,
  inventory: Inventory,
  shown: readonly GlobalVariable[],
): void {
  report.table(
    listColumns(report.style),
    shown.map((each) => listRow(each)),
  );
  report.print(...totals(inventory));
  for (const line of describeUnread(inventory)) report.warn(line);
}
