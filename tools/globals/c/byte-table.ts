/**
 * Numbers by rows of bytes, which are parts of larger ones. A map would need a string of each, which
 * takes longer than all else that is done with most of them. Open addressing, with FNV-1a for hash.
 */

/** Of an entry: its hash, where its key begins and ends in the table's own copy, and its number. */
const [HASH, START, END, VALUE, ENTRY] = [0, 1, 2, 3, 4] as const;
const [FNV_BASIS, FNV_PRIME] = [0x811c9dc5 | 0, 0x01000193] as const;
const [FIRST_SLOTS, FIRST_KEYS] = [1 << 10, 1 << 14] as const;

export class ByteTable {
  /** Entries by hash, counted from 1; 0 where there is none. Twice as many as entries at least. */
  #slots = new Int32Array(FIRST_SLOTS);
  #entries = new Int32Array((FIRST_SLOTS / 2) * ENTRY);
  #count = 0;
  #keys = new Uint8Array(FIRST_KEYS);
  #keysEnd = 0;
  /** Of what was looked for last. */
  #hash = 0;

  get size(): number {
    return this.#count;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
    this.#keysEnd = 0;
  }

  /** The number of bytes [start, end); -1 if there is none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    let hash: number = FNV_BASIS;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME);
    this.#hash = hash;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot] ?? 0;
      if (index === 0) return -1;
      const entry = (index - 1) * ENTRY;
      if (this.#entries[entry + HASH] === hash && this.#isKey(entry, bytes, start, end))
        return this.#entries[entry + VALUE] ?? -1;
    }
  }

  #isKey(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const keys = this.#keys;
    const key = this.#entries[entry + START] ?? 0;
    if ((this.#entries[entry + END] ?? 0) - key !== end - start) return false;
    for (let at = start; at < end; at += 1) if (keys[key + at - start] !== bytes[at]) return false;
    return true;
  }

  /** Add what was looked for last, and not found. */
  add(bytes: Uint8Array, start: number, end: number, value: number): void {
    if (2 * (this.#count + 1) > this.#slots.length) this.#grow();
    const length = end - start;
    if (this.#keysEnd + length > this.#keys.length) this.#growKeys(length);
    this.#keys.set(bytes.subarray(start, end), this.#keysEnd);
    const entry = this.#count * ENTRY;
    this.#entries[entry + HASH] = this.#hash;
    this.#entries[entry + START] = this.#keysEnd;
    this.#entries[entry + END] = this.#keysEnd + length;
    this.#entries[entry + VALUE] = value;
    this.#keysEnd += length;
    this.#count += 1;
    this.#put(this.#hash, this.#count);
  }

  #put(hash: number, index: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = index;
  }

  #grow(): void {
    const entries = new Int32Array(2 * this.#entries.length);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let index = 0; index < this.#count; index += 1)
      this.#put(entries[index * ENTRY + HASH] ?? 0, index + 1);
  }

  #growKeys(more: number): void {
    const keys = new Uint8Array(2 * (this.#keys.length + more));
    keys.set(this.#keys);
    this.#keys = keys;
  }
}
