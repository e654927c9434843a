/**
 * Objects and programs. They are kept compressed in the store (see the README for what that costs and
 * saves); what names them in keys is the digest of what the compiler made. The latest stay in memory:
 * they are linked soon, and a store that cannot be written to must not stop anybody.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { sha256 } from '../store.ts';
import type { ActionStore } from '../types.ts';

/** Something that was made, and where its compressed content is. */
export interface Artefact {
  /** SHA-256 of the content. */
  readonly digest: string;
  /** Name in the store. */
  readonly packed: string;
}

/** The fastest level: the higher ones save little on objects. */
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 };
/** Bytes that stay in memory. */
const REMEMBERED = 64 << 20;

export class Contents {
  readonly #store: ActionStore;
  readonly #recent = new Map<string, Buffer>();
  #size = 0;

  constructor(store: ActionStore) {
    this.#store = store;
  }

  /** Keep what was made. */
  add(content: Buffer): Artefact {
    const packed = this.#store.add(zstdCompressSync(content, { params: PARAMS }));
    const digest = sha256(content);
    this.#remember(digest, content);
    return { digest, packed };
  }

  /** The content; null when it is not there any more. */
  get({ digest, packed }: Artefact): Buffer | null {
    const known = this.#recent.get(digest);
    if (known !== undefined) return known;
    const bytes = this.#store.content(packed);
    const content = bytes === null ? null : zstdDecompressSync(bytes);
    if (content === null || sha256(content) !== digest) return null;
    this.#remember(digest, content);
    return content;
  }

  #remember(digest: string, content: Buffer): void {
    if (this.#recent.has(digest)) return;
    this.#recent.set(digest, content);
    this.#size += content.length;
    for (const [oldest, { length }] of this.#recent) {
      if (this.#size <= REMEMBERED) return;
      this.#recent.delete(oldest);
      this.#size -= length;
    }
  }
}
