/** Which patches of a series touch a variable, by its name in the lines that they change. Pure. */
import type { Patch } from '../series/types.ts';
import { isSource } from './facts.ts';
import type { LedgerEntry } from './ledger.ts';

/** Lines with the name that a patch removes and adds. */
export interface Mention {
  readonly index: number;
  readonly removed: number;
  readonly added: number;
}

/** Patches whose changed lines of C name `name`, in order. */
export function mentionsOf(patches: readonly Patch[], name: string): Mention[] {
  const word = new RegExp(`\\b${name.replace(/\W/g, '')}\\b`);
  return patches.flatMap(({ files }, index) => {
    const lines = files
      .filter(({ oldPath, newPath }) => isSource(newPath ?? oldPath ?? ''))
      .flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines))
      .filter(({ op, text }) => op !== ' ' && word.test(Buffer.from(text).toString('latin1')));
    const removed = lines.filter(({ op }) => op === '-').length;
    return lines.length === 0 ? [] : [{ index, removed, added: lines.length - removed }];
  });
}

/** What an entry of the ledger says of one variable, in words; it has several keys if it moves. */
export function changesOf(entry: LedgerEntry, keys: ReadonlySet<string>): string[] {
  const own = <T extends { readonly key: string }>(list: readonly T[]): readonly T[] =>
    list.filter(({ key }) => keys.has(key));
  return [
    ...own(entry.appeared).map(() => 'brings it'),
    ...own(entry.vanished).map(() => 'takes it away'),
    ...own(entry.moved).map(({ key }) => `makes it '${key}'`),
    ...own(entry.kinds).map(({ before, kind }) => `${before} before, ${kind} now`),
    ...own(entry.users).map(({ before, after }) => `${before} users before, ${after} now`),
  ];
}
