/**
 * Facts in the store that `seam check` has, by content. Those of a few files, as a patch brings them,
 * are results of their own. Those of many files read at once lie together in packs: to make, find
 * and read a file for each would take a sixth of what reading the source does.
 *
 * A list says what is in which pack, the newest first. Two processes that add to it at the same time
 * may lose one's packs, and what the list has no room for is forgotten: both are read again.
 */
import { actionKey } from '../check/store.ts';
import type { ActionStore } from '../check/types.ts';
import type { ObjectId } from '../tree/types.ts';
import { readerDigest } from './code.ts';
import type { FileFacts } from './types.ts';

/** So many files are worth a pack. */
export const MANY = 32;
/** A pack is read as a whole: of a large tree, one has a few folders. Bytes. */
const PACK_SIZE = 4 << 20;
/** Files in the packs of the list, but for those that were read last: all of Linux, and the rest. */
const MOST_LISTED = 80_000;

interface Pack {
  /** SHA-256 of its content: the facts as JSON, one behind the other. */
  readonly name: string;
  readonly files: readonly (readonly [id: ObjectId, bytes: number])[];
}

interface Place {
  readonly pack: string;
  readonly start: number;
  readonly end: number;
}

/** Facts of a content, as JSON in UTF-8. */
export type Parcel = readonly [id: ObjectId, json: Buffer];

export class FactShelf {
  readonly #store: ActionStore;
  readonly #most: number;
  #places: ReadonlyMap<ObjectId, Place> | null = null;
  /** Contents of packs; null for those that are gone. */
  readonly #packs = new Map<string, Buffer | null>();

  constructor(store: ActionStore, most = MOST_LISTED) {
    this.#store = store;
    this.#most = most;
  }

  recall(id: ObjectId): FileFacts | null {
    this.#places ??= placesIn(this.#list());
    const place = this.#places.get(id);
    const pack = place === undefined ? null : this.#pack(place.pack);
    if (place === undefined || pack === null)
      return this.#store.result(keyOf(id)) as FileFacts | null;
    return JSON.parse(pack.toString('utf8', place.start, place.end)) as FileFacts;
  }

  keep(id: ObjectId, facts: FileFacts): void {
    this.#store.keep(keyOf(id), facts);
  }

  /** Keep facts of many contents. What comes together is found together. */
  keepMany(parcels: readonly Parcel[]): void {
    const packs = divide(parcels).map((some): Pack => ({
      name: this.#store.add(Buffer.concat(some.map(([, json]) => json))),
      files: some.map(([id, { length }]) => [id, length]),
    }));
    // Another process may have changed the list since it was read.
    for (const pack of this.#list()) {
      const listed = packs.reduce((sum, { files }) => sum + files.length, pack.files.length);
      if (listed <= this.#most && this.#packs.get(pack.name) !== null) packs.push(pack);
    }
    this.#store.keep(listKey(), packs);
    this.#places = null;
  }

  #list(): readonly Pack[] {
    return (this.#store.result(listKey()) ?? []) as readonly Pack[];
  }

  #pack(name: string): Buffer | null {
    let pack = this.#packs.get(name);
    if (pack === undefined) this.#packs.set(name, (pack = this.#store.content(name)));
    return pack;
  }
}

function keyOf(id: ObjectId): string {
  return actionKey({ action: 'globals/facts', blob: id, reader: readerDigest() });
}

function listKey(): string {
  return actionKey({ action: 'globals/packs', reader: readerDigest() });
}

function placesIn(packs: readonly Pack[]): Map<ObjectId, Place> {
  const places = new Map<ObjectId, Place>();
  for (const { name, files } of packs) {
    let start = 0;
    for (const [id, bytes] of files) {
      places.set(id, { pack: name, start, end: start + bytes });
      start += bytes;
    }
  }
  return places;
}

/** In their order, as many in each as fill a pack. */
function divide(parcels: readonly Parcel[]): Parcel[][] {
  const packs: Parcel[][] = [];
  let room = 0;
  for (const parcel of parcels) {
    if (room <= 0) {
      packs.push([]);
      room = PACK_SIZE;
    }
    packs.at(-1)?.push(parcel);
    room -= parcel[1].length;
  }
  return packs;
}
