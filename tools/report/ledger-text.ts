/** What a series does to globals, for a terminal. */
import { type LedgerEntry, type Standing, placeholderCount } from '../globals/ledger.ts';
import { count } from './globals-text.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import type { Column } from './table.ts';

interface Step {
  readonly number: number;
  readonly patch: { readonly name: string };
  readonly entry: LedgerEntry;
  readonly before: Standing;
  readonly after: Standing;
}

export function ledgerColumns(style: Style): Column[] {
  return [
    { title: '#', align: 'right', style: style.faint },
    { title: 'PATCH', shrink: true },
    { title: 'WRITABLE', align: 'right' },
    { title: 'LEFT', align: 'right', style: style.heading },
    { title: 'INITIAL', align: 'right' },
    { title: 'NEW', align: 'right', style: style.warning },
    { title: 'GONE', align: 'right', style: style.good },
    { title: 'MOVED', align: 'right' },
    { title: 'KIND', align: 'right' },
    { title: 'USERS', align: 'right' },
  ];
}

/** Numbers of one patch; a dot is none. USERS are variables that more or fewer functions use. */
export function ledgerRow({ number, patch, entry, after }: Step): string[] {
  const some = (list: readonly unknown[]): string =>
    list.length === 0 ? '.' : String(list.length);
  const { appeared, vanished, moved, kinds, users } = entry;
  return [
    String(number),
    printable(patch.name),
    String(after.writable),
    String(after.left.length),
    String(placeholderCount(after)),
    ...[appeared, vanished, moved, kinds, users].map((list) => some(list)),
  ];
}

/** What one patch changes, line by line. Users of what is not to be converted only with `verbose`. */
export function describeStep(
  { number, patch, entry, before, after }: Step,
  { style, verbose }: { readonly style: Style; readonly verbose: boolean },
): string[] {
  const mark = ({ toConvert }: { toConvert: boolean }): string =>
    toConvert ? style.faint(' (to convert)') : '';
  const lines = [
    ...entry.appeared.map((each) => `  + ${printable(each.key)}  ${each.kind}${mark(each)}`),
    ...entry.vanished.map((each) => `  - ${printable(each.key)}  ${each.kind}`),
    ...entry.moved.map(
      (each) => `  > ${printable(each.from)} is ${printable(each.key)} now${mark(each)}`,
    ),
    ...entry.kinds.map((each) => `  ~ ${printable(each.key)}  ${each.before}, now ${each.kind}`),
    ...entry.users
      .filter(({ toConvert }) => verbose || toConvert)
      .map((each) => `  u ${printable(each.key)}  ${usersText(each)}`),
    ...placeholderLines(before, after),
  ];
  return lines.length === 0 ? [] : [`${number} ${style.name(printable(patch.name))}`, ...lines];
}

export function usersText({ before, after }: { before: number; after: number }): string {
  return `${count(before, 'user', 'users')}, now ${after}`;
}

function placeholderLines(before: Standing, after: Standing): string[] {
  const names = new Set([...before.placeholders.keys(), ...after.placeholders.keys()]);
  return [...names].flatMap((name) => {
    const [was, is] = [before.placeholders.get(name) ?? 0, after.placeholders.get(name) ?? 0];
    return was === is ? [] : [`  & &${name}  in ${count(was, 'place', 'places')}, now ${is}`];
  });
}

/** The last line: from where to where, and the highest point of the hump on the way. */
export function describeLedger(steps: readonly Step[]): string {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return 'no patches';
  const hump = Math.max(...steps.map(({ after }) => placeholderCount(after)));
  return [
    count(first.before.left.length, 'global', 'globals'),
    `to convert before, ${last.after.left.length} left;`,
    `initial namespaces named in ${count(placeholderCount(first.before), 'place', 'places')} before,`,
    `${placeholderCount(last.after)} now, at most ${hump}`,
  ].join(' ');
}
