import { resolve } from 'node:path';
import { EXIT, SeamError } from '../../errors.ts';
import { ALLOW_LIST } from '../../globals/allow.ts';
import { compareWithObjects } from '../../globals/census.ts';
import { readBuild } from '../../globals/objects.ts';
import { PLAN } from '../../globals/plan.ts';
import { describeAgreement, unexplained } from '../../report/agreement-text.ts';
import { describeUnread, listColumns, listRow, totals } from '../../report/globals-text.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';
import type { globals } from '../globals.ts';
import type { Input, Run } from '../types.ts';
import { type Asked, type Reading, Taker, openTree, readTree, sortWords } from './globals-input.ts';
import { agreementJson, globalsJson } from './globals-json.ts';
import { printLedger } from './globals-ledger.ts';
import { printNamed } from './globals-named.ts';
import { printSuggestions } from './globals-suggest.ts';

type Options = Input<(typeof globals)['arguments'], (typeof globals)['options']>['options'];

export const run: Run<typeof globals> = async (ctx, { args: [words], options }) => {
  const asked = sortWords(ctx, words);
  refuseMixtures(asked, options);
  const store = await openTree(ctx, asked.tree);
  try {
    const taker = new Taker(ctx, options.path, [ALLOW_LIST, PLAN]);
    if (options.diff) {
      await printLedger(ctx, taker, store, options);
      return EXIT.yes;
    }
    const reading = await readTree(ctx, taker, store, options.at);
    if (options.objects !== undefined) return compare(ctx, reading, options.objects);
    if (options.suggest) printSuggestions(ctx, reading, asked.names, options);
    else if (asked.names.length > 0) await printNamed(ctx, reading, asked);
    else printList(ctx, reading, options.all);
    return EXIT.yes;
  } finally {
    await store.close();
  }
};

function refuseMixtures({ names }: Asked, { diff, format, suggest, objects }: Options): void {
  const [name] = names;
  if (diff && name !== undefined)
    throw new SeamError('name-and-diff', "'--diff' is of all globals and takes no names", {
      kind: 'usage',
      hint: `seam globals ${printable(name)}`,
    });
  const forms = [diff && 'diff', suggest && 'suggest', objects !== undefined && 'objects'];
  const [one, other] = forms.filter((form) => form !== false);
  if (one !== undefined && other !== undefined)
    throw new SeamError('two-forms', `'--${one}' and '--${other}' do not go together`, {
      kind: 'usage',
      hint: `seam globals --${one}`,
    });
  if (!diff && format !== undefined)
    throw new SeamError('format-alone', "'--format' is for '--diff'", {
      kind: 'usage',
      hint: `seam globals --diff --format ${format}`,
    });
}

/** Source against objects; no when anything is left unexplained. */
function compare(ctx: Context, { inventory, sources }: Reading, directory: string): number {
  const { objects, configuration } = readBuild(
    resolve(ctx.cwd, directory),
    new Set(sources.blobs.keys()),
  );
  const agreement = compareWithObjects(inventory, objects, configuration);
  if (ctx.globals.json) ctx.report.json('globals-objects/1', agreementJson(agreement));
  else ctx.report.print(...describeAgreement(agreement));
  const { symbols, variables } = unexplained(agreement);
  return symbols + variables === 0 ? EXIT.yes : EXIT.no;
}

function printList(
  { report, globals: { json } }: Context,
  { store, inventory }: Reading,
  all: boolean,
): void {
  const shown = inventory.globals.filter((each) => all || each.writable);
  if (json) return report.json('globals/1', globalsJson(store.label, inventory, shown));
  report.table(
    listColumns(report.style),
    shown.map((each) => listRow(each)),
  );
  report.print(...totals(inventory));
  for (const line of describeUnread(inventory)) report.warn(line);
}
