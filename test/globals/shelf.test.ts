import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DiskStore } from '../../tools/check/store.ts';
import { FactKeeper } from '../../tools/globals/facts.ts';
import { FactShelf, MANY, type Parcel } from '../../tools/globals/shelf.ts';
import type { FileFacts } from '../../tools/globals/types.ts';
import { hashObject } from '../../tools/tree/objects.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'seam-shelf-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function store(): DiskStore {
  return new DiskStore(directory, () => new Date('2026-01-01T00:00:00Z'));
}

function facts(name: string): FileFacts {
  return {
    variables: [],
    owners: [],
    uses: [[name, [1, 0, 0]]],
    constants: [],
    exported: [],
    includes: [],
    problems: [],
    lines: 1,
  };
}

function parcels(...names: string[]): Parcel[] {
  return names.map((name) => [name, Buffer.from(JSON.stringify(facts(name)))]);
}

function filesIn(part: string): string[] {
  const files = readdirSync(join(directory, part), { recursive: true, withFileTypes: true });
  return files
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

test('what is kept together lies in one file, and each is found by itself', () => {
  new FactShelf(store()).keepMany(parcels('a', '… and more', 'c'));
  expect(filesIn('cas')).toHaveLength(1);
  const shelf = new FactShelf(store());
  expect(['c', 'a', '… and more'].map((id) => shelf.recall(id))).toEqual(
    ['c', 'a', '… and more'].map((id) => facts(id)),
  );
  expect(shelf.recall('d')).toBeNull();
});

test('what is kept later is found as well, in a pack or alone', () => {
  const shelf = new FactShelf(store());
  expect(shelf.recall('a')).toBeNull();
  shelf.keepMany(parcels('a'));
  shelf.keepMany(parcels('b'));
  shelf.keep('c', facts('c'));
  for (const each of [shelf, new FactShelf(store())])
    expect(['a', 'b', 'c'].map((id) => each.recall(id)?.uses[0]?.[0])).toEqual(['a', 'b', 'c']);
});

test('a large tree is divided, so that a folder of it needs no other packs', () => {
  const large = 'x'.repeat(3 << 20);
  const json = (name: string): Buffer => Buffer.from(JSON.stringify(facts(name + large)));
  new FactShelf(store()).keepMany(['a', 'b', 'c'].map((id) => [id, json(id)]));
  expect(filesIn('cas')).toHaveLength(2);
  expect(new FactShelf(store()).recall('c')).toEqual(facts(`c${large}`));
});

test('of a damaged pack nothing is known, and the next list is without it', () => {
  new FactShelf(store()).keepMany(parcels('a', 'b'));
  writeFileSync(filesIn('cas')[0] ?? '', 'damaged');
  const shelf = new FactShelf(store());
  expect(shelf.recall('a')).toBeNull();
  shelf.keepMany(parcels('b'));
  expect(shelf.recall('a')).toBeNull();
  expect(new FactShelf(store()).recall('b')).toEqual(facts('b'));
});

test('the list has an end: what was read last stays', () => {
  const shelf = new FactShelf(store(), 5);
  shelf.keepMany(parcels('1', '2', '3'));
  shelf.keepMany(parcels('4', '5'));
  expect(shelf.recall('1')).toEqual(facts('1'));
  shelf.keepMany(parcels('6'));
  expect(['1', '4', '6'].map((id) => shelf.recall(id) !== null)).toEqual([false, true, true]);
  const all = Array.from({ length: 6 }, (_, index) => `many${index}`);
  shelf.keepMany(parcels(...all));
  expect(all.map((id) => shelf.recall(id))).toEqual(all.map((id) => facts(id)));
});

test('what was read before an interruption is not read again', async () => {
  const sources = Array.from({ length: MANY }, (_, index) => Buffer.from(`int x${index};\n`));
  const contents = new Map(sources.map((bytes) => [hashObject('blob', bytes), bytes]));
  const blobs = new Map([...contents.keys()].map((id, index) => [`f${index}.c`, id]));
  const stop = new AbortController();
  const reading = new FactKeeper(store()).factsOf(blobs, contents, {
    signal: stop.signal,
    onProgress: (done) => {
      if (done === 5) stop.abort();
    },
  });
  await expect(reading).rejects.toThrow('abort');
  let again = 0;
  const keeper = new FactKeeper(store());
  const all = await keeper.factsOf(blobs, contents, { onProgress: () => (again += 1) });
  expect(all.size).toBe(MANY);
  expect(again).toBe(MANY - 5);
});
