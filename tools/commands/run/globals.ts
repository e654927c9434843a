import { EXIT, SeamError } from '../../errors.ts';
import { ALLOW_LIST } from '../../globals/allow.ts';
import { PLAN } from '../../globals/plan.ts';
import { describeUnread, listColumns, listRow, totals } from '../../report/globals-text.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';
import type { globals } from '../globals.ts';
import type { Input, Run } from '../types.ts';
import { type Asked, type Reading, Taker, openTree, readTree, sortWords } from './globals-input.ts';
import { globalsJson } from './globals-json.ts';

type Options = Input<(typeof globals)['arguments'], (typeof globals)['options']>['options'];

export const run: Run<typeof globals> = async (ctx, { args: [words], options }) => {
  const asked = sortWords(ctx, words);
  refuseMixtures(asked, options);
  const store = await openTree(ctx, asked.tree);
  try {
    const taker = new Taker(ctx, options.path, [ALLOW_LIST, PLAN]);
    if (options.diff) {
      const { printLedger } = await import('./globals-ledger.ts');
      await printLedger(ctx, taker, store, options);
      return EXIT.yes;
    }
    const reading = await readTree(ctx, taker, store, options.at);
    return await answer(ctx, reading, asked, options);
  } finally {
    await store.close();
  }
};

/** Each form of the answer is loaded when it is asked for: the list is wanted most, and quickly. */
async function answer(
  ctx: Context,
  reading: Reading,
  asked: Asked,
  { objects, suggest, all }: Options,
): Promise<number> {
  if (objects !== undefined) {
    const { printAgreement } = await import('./globals-objects.ts');
    return printAgreement(ctx, reading, objects);
  }
  if (suggest) {
    const { printSuggestions } = await import('./globals-suggest.ts');
    printSuggestions(ctx, reading, asked.names, { all });
  } else if (asked.names.length > 0) {
    const { printNamed } = await import('./globals-named.ts');
    await printNamed(ctx, reading, asked);
  } else printList(ctx, reading, all);
  return EXIT.yes;
}

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
