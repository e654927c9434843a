/** The modelled kernel's list of globals that stay: true of its source, and of its table of the 120. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ALLOW_LIST, AllowFinder, parseAllowList } from '../../tools/globals/allow.ts';
import { FactKeeper } from '../../tools/globals/facts.ts';
import { type Inventory, takeInventory } from '../../tools/globals/inventory.ts';
import { watchGlobals } from '../../tools/globals/ratchet.ts';
import { destinationOf, parsePlan } from '../../tools/globals/plan.ts';
import { readSources } from '../../tools/globals/sources.ts';
import { Suggester } from '../../tools/globals/suggest.ts';
import type { TreeFacts } from '../../tools/globals/types.ts';
import { openBase } from '../../tools/tree/base.ts';

const MODEL = resolve(import.meta.dirname, '../../kernel-model');
const LIST = readFileSync(join(MODEL, ALLOW_LIST), 'utf8');
let facts: TreeFacts;
let inventory: Inventory;

beforeAll(async () => {
  const { signal } = new AbortController();
  const store = await openBase(MODEL, { cwd: '/', env: process.env, git: undefined, signal });
  const { blobs, contents } = await readSources(store, await store.load([]));
  facts = await new FactKeeper(null).factsOf(blobs, contents);
  inventory = takeInventory(facts);
  await store.close();
});

test('the source is read as a whole', () => {
  expect(inventory.unread).toEqual([]);
});

test('every line has a reason and a variable that can be written', () => {
  const wrong = watchGlobals(inventory, LIST).filter(({ rule }) => rule !== 'globals/unlisted');
  expect(wrong).toEqual([]);
});

test('what stays by the table is in the list, what moves is not', () => {
  const table = readFileSync(join(MODEL, 'Documentation/globals.rst'), 'utf8');
  const rows = [...table.matchAll(/^``(\w+)``\s+(\S+)\s+.*\s{2,}(\w+)$/gm)];
  expect(rows).toHaveLength(120);
  const finder = new AllowFinder(parseAllowList(LIST));
  const listed = ([, name = '', path = '']: RegExpExecArray): boolean =>
    (finder.find(name) ?? finder.find(`${path}:${name}`)) !== null;
  const wrong = rows.filter((row) => listed(row) !== (row[3] === 'stays')).map(([, name]) => name);
  expect(wrong).toEqual([]);
});

test("nothing writes to what is 'immutable', except to register it", () => {
  const finder = new AllowFinder(parseAllowList(LIST));
  const registers = ({ attributes, name }: { attributes: readonly string[]; name: string }) =>
    attributes.includes('__init') ||
    /register|_add$|_table_init$|_add_protocol$|_del_protocol$/.test(name);
  const written = inventory.globals.filter(({ key, references }) =>
    references.some(
      ({ access, owner }) =>
        finder.find(key)?.reason === 'immutable' &&
        (access === 'write' || access === 'update') &&
        !registers(owner),
    ),
  );
  expect(written.map(({ key }) => key)).toEqual([]);
});

test('proposals are what people have planned', () => {
  const plan = parsePlan(readFileSync(join(MODEL, 'Documentation/globals.rst'), 'utf8'));
  const suggester = new Suggester(facts, inventory);
  const compared = inventory.globals.flatMap((each) => {
    const planned = each.inside === null ? destinationOf(plan, each) : null;
    return planned === null ? [] : [{ name: each.name, planned, to: suggester.suggest(each).to }];
  });
  expect(compared).toHaveLength(120);
  expect(compared.filter(({ planned, to }) => planned !== to)).toEqual([]);
});
