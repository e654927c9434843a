/** How source and objects agree, for a terminal. */
import type { Agreement } from '../globals/census.ts';
import { count, nameOf, placeOf } from './globals-text.ts';
import { printable } from './printable.ts';

/** What is unexplained line by line, what is explained by its number, and the totals. */
export function describeAgreement(agreement: Agreement): string[] {
  const { missedSymbols, missedVariables, found, symbols, variables, confirmed } = agreement;
  return [
    ...missedSymbols
      .filter(({ because }) => because === null)
      .map(
        ({ path, symbol }) =>
          `${printable(path)}: symbol '${printable(symbol.name)}' is not in the source`,
      ),
    ...missedVariables
      .filter(({ because }) => because === null)
      .map(({ variable }) => `${placeOf(variable)}: '${nameOf(variable)}' is not in the object`),
    ...reasons('symbols made by other means', missedSymbols),
    ...reasons('variables without a symbol', missedVariables),
    `${found} of ${count(symbols, 'writable symbol', 'writable symbols')} found in the source, in ${count(agreement.objects, 'object', 'objects')}`,
    `${confirmed} of ${count(variables, 'writable variable', 'writable variables')} found in the objects, ${unexplained(agreement).variables} missing without a reason`,
  ];
}

/** How much is neither found nor explained. */
export function unexplained({ missedSymbols, missedVariables }: Agreement): {
  readonly symbols: number;
  readonly variables: number;
} {
  const none = ({ because }: { because: string | null }): boolean => because === null;
  return {
    symbols: missedSymbols.filter((each) => none(each)).length,
    variables: missedVariables.filter((each) => none(each)).length,
  };
}

function reasons(title: string, all: readonly { readonly because: string | null }[]): string[] {
  const explained = all.flatMap(({ because }) => because ?? []);
  if (explained.length === 0) return [];
  const groups = [...Map.groupBy(explained, (because) => because)];
  groups.sort(([, a], [, b]) => b.length - a.length);
  return [
    `${title}:`,
    ...groups.map(([because, some]) => `  ${String(some.length).padStart(5)}  ${because}`),
  ];
}
