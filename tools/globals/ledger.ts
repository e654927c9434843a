/**
 * What a series does to the globals of a tree, patch by patch: which appear, vanish, move, change their
 * kind, lose users; and how many are left to convert. Pure.
 */
import { AllowFinder, parseAllowList } from './allow.ts';
import type { GlobalVariable, Inventory } from './inventory.ts';
import type { Kind } from './kinds.ts';
import { isInitialInstance, unconverted } from './ratchet.ts';

/** A variable in a patch's account. */
export interface Noted {
  readonly key: string;
  readonly kind: Kind;
  /** Neither in the allow-list nor a namespace's initial instance. */
  readonly toConvert: boolean;
}

export interface Moved extends Noted {
  readonly from: string;
}

export interface KindChange extends Noted {
  readonly before: Kind;
}

/** Functions, initialisers and macros that use a variable, before and after. */
export interface UserChange extends Noted {
  readonly before: number;
  readonly after: number;
}

/** What one patch changes. Only what can be written counts. */
export interface LedgerEntry {
  readonly appeared: readonly Noted[];
  readonly vanished: readonly Noted[];
  readonly moved: readonly Moved[];
  readonly kinds: readonly KindChange[];
  readonly users: readonly UserChange[];
}

/** How a tree stands. */
export interface Standing {
  readonly writable: number;
  /** Keys of those that still have to be converted. */
  readonly left: readonly string[];
  /** Where functions name a namespace's initial instance: code that has no context yet. */
  readonly placeholders: ReadonlyMap<string, number>;
}

/** The globals of one tree, as far as following them along a series needs it. */
export interface Account {
  readonly standing: Standing;
  readonly byKey: ReadonlyMap<string, Accounted>;
}

interface Accounted extends Noted {
  /** The same after a move to another file. */
  readonly subject: string;
  readonly users: number;
}

/** Take account of a tree. `list` is its allow-list; without one, everything is left to convert. */
export function accountOf(inventory: Inventory, list: string | undefined): Account {
  const finder = new AllowFinder(parseAllowList(list ?? ''));
  const left = new Set(unconverted(inventory, finder));
  const writable = inventory.globals.filter((each) => each.writable);
  const initial = writable.filter((each) => isInitialInstance(each));
  return {
    standing: {
      writable: writable.length,
      left: [...left].map(({ key }) => key),
      placeholders: new Map(initial.map((each) => [each.name, placesOf(each, finder)])),
    },
    byKey: new Map(writable.map((each) => [each.key, accounted(each, left.has(each))])),
  };
}

function accounted(each: GlobalVariable, toConvert: boolean): Accounted {
  const { key, kind, name, inside } = each;
  const subject = inside === null ? name : `${inside}.${name}`;
  return { key, kind, toConvert, subject, users: usersOf(each) };
}

/** How many functions, initialisers and macros use it. */
function usersOf({ references }: GlobalVariable): number {
  return new Set(references.map(({ path, owner }) => `${path}:${owner.kind}:${owner.name}`)).size;
}

/**
 * A macro that stands for the initial instance says what it means, and a test has to name it; in any
 * other function its name says that the caller was not asked.
 */
function placesOf({ references }: GlobalVariable, finder: AllowFinder): number {
  return references.filter(
    ({ owner, via, access, path }) =>
      owner.kind === 'function' &&
      via === null &&
      access === 'address' &&
      finder.find(`${path}:${owner.name}`)?.reason !== 'test',
  ).length;
}

/** What differs between the tree before a patch and the one after it. */
export function compareAccounts(before: Account, after: Account): LedgerEntry {
  const fresh = [...after.byKey.values()].filter(({ key }) => !before.byKey.has(key));
  const gone = [...before.byKey.values()].filter(({ key }) => !after.byKey.has(key));
  const { moved, appeared, vanished } = matchMoves(gone, fresh);
  const both = [...after.byKey.values()].flatMap((now) => {
    const was = before.byKey.get(now.key);
    return was === undefined ? [] : [{ now, was }];
  });
  return {
    appeared: appeared.map((each) => noted(each)),
    vanished: vanished.map((each) => noted(each)),
    moved,
    kinds: both
      .filter(({ now, was }) => now.kind !== was.kind)
      .map(({ now, was }) => ({ ...noted(now), before: was.kind })),
    users: both
      .filter(({ now, was }) => now.users !== was.users)
      .map(({ now, was }) => ({ ...noted(now), before: was.users, after: now.users })),
  };
}

function noted({ key, kind, toConvert }: Noted): Noted {
  return { key, kind, toConvert };
}

/** What goes and what comes by the same name, and is of one kind, has only moved. */
function matchMoves(gone: readonly Accounted[], fresh: readonly Accounted[]) {
  const moved: Moved[] = [];
  const appeared: Accounted[] = [];
  const waiting = Map.groupBy(gone, ({ subject, kind }) => `${subject} ${kind}`);
  for (const each of fresh) {
    const from = waiting.get(`${each.subject} ${each.kind}`)?.shift();
    if (from === undefined) appeared.push(each);
    else moved.push({ ...noted(each), from: from.key });
  }
  return { moved, appeared, vanished: [...waiting.values()].flat() };
}

/** Sum over all instances. */
export function placeholderCount({ placeholders }: Standing): number {
  return [...placeholders.values()].reduce((sum, count) => sum + count, 0);
}
