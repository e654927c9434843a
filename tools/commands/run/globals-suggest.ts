/** Proposals for what is left to convert. */
import { ALLOW_LIST, AllowFinder, parseAllowList } from '../../globals/allow.ts';
import { unconverted } from '../../globals/ratchet.ts';
import { Suggester } from '../../globals/suggest.ts';
import { proposalLines } from '../../report/suggest-text.ts';
import type { Context } from '../context.ts';
import type { Reading } from './globals-input.ts';
import { named } from './globals-named.ts';

/** For the variables that are named; else for those left to convert, or (`all`) all that can be written. */
export function printSuggestions(
  { report, globals }: Context,
  { store, facts, inventory, sources }: Reading,
  names: readonly string[],
  { all }: { readonly all: boolean },
): void {
  const list = parseAllowList((all ? undefined : sources.texts.get(ALLOW_LIST)) ?? '');
  const shown =
    names.length > 0
      ? names.flatMap((name) => named(inventory, name))
      : unconverted(inventory, new AllowFinder(list));
  const suggester = new Suggester(facts, inventory);
  const proposals = shown.map((variable) => ({
    variable,
    suggestion: suggester.suggest(variable),
  }));
  if (globals.json) {
    report.json('globals-suggest/1', {
      tree: store.label,
      proposals: proposals.map(({ variable, suggestion }) => ({
        key: variable.key,
        path: variable.path,
        line: variable.line,
        kind: variable.kind,
        ...suggestion,
      })),
    });
    return;
  }
  for (const { variable, suggestion } of proposals)
    report.print(...proposalLines(variable, suggestion, report.style));
  const groups = Map.groupBy(proposals, ({ suggestion }) => suggestion.to);
  report.print([...groups].map(([to, some]) => `${to} ${some.length}`).join(', '));
}
