/** Proposals for globals, for a terminal. */
import type { GlobalVariable } from '../globals/inventory.ts';
import type { Suggestion } from '../globals/suggest.ts';
import { count, nameOf } from './globals-text.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';

/** Entry points named before the rest are only counted. */
const NAMED = 3;

/** Two lines: what is proposed and why; who uses it, from where, and under which lock. */
export function proposalLines(
  variable: GlobalVariable,
  suggestion: Suggestion,
  style: Style,
): string[] {
  const { users, guard, to } = suggestion;
  const entries = entriesText(suggestion);
  const facts = [
    `${variable.kind} in ${printable(variable.path)}`,
    `used by ${count(users.functions, 'function', 'functions')} in ${count(users.files.length, 'file', 'files')}`,
    ...(entries === '' ? [] : [`from ${entries}`]),
    ...(guard === null
      ? []
      : [`${printable(guard.lock)} in ${guard.functions} of ${guard.of} of them`]),
  ];
  return [
    `${style.name(nameOf(variable))}  ${style.heading(to)}, ${whyText(suggestion)}`,
    `    ${style.faint(facts.join('; '))}`,
  ];
}

/** `shared: a cache: its objects know their owners; counts as kmemsize`. */
export function whyText({ reason, because, beancounter }: Suggestion): string {
  const why = reason === null ? because : `${reason}: ${because}`;
  return beancounter === null ? why : `${why}; beancounter ${beancounter}`;
}

/** `msgget, msgsnd and 3 more calls, ipc_table, boot`. */
export function entriesText({ entries }: Suggestion): string {
  const { calls, tables, boot, more } = entries;
  const words = [
    listed(calls, 'calls'),
    listed(tables, 'tables'),
    boot ? 'boot' : '',
    more ? '…' : '',
  ].filter((word) => word !== '');
  return words.join(', ');
}

function listed(names: readonly string[], what: string): string {
  const some = names.slice(0, NAMED).map((name) => printable(name));
  if (names.length <= NAMED) return some.join(', ');
  return `${some.join(', ')} and ${names.length - NAMED} more ${what}`;
}

/** The same as lines of what is told of one variable. */
export function describeSuggestion(suggestion: Suggestion): string[] {
  const { to, guard, users } = suggestion;
  const entries = entriesText(suggestion);
  const lines = [
    `  proposal: ${to}, because ${whyText(suggestion)}`,
    `  used by ${count(users.functions, 'function', 'functions')} in ${count(users.files.length, 'file', 'files')}`,
  ];
  if (entries !== '') lines.push(`  reached from ${entries}`);
  if (guard !== null)
    lines.push(
      `  lock: ${printable(guard.lock)}, in ${guard.functions} of ${count(guard.of, 'function', 'functions')}`,
    );
  return lines;
}
