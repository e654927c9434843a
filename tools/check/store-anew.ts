/** A store for `--rerun`: what others have found out is not asked for, what this run finds is kept. */
import type { ActionStore } from './types.ts';

export class AnewStore implements ActionStore {
  readonly #store: ActionStore;
  readonly #own = new Set<string>();

  constructor(store: ActionStore) {
    this.#store = store;
  }

  result(key: string): unknown {
    return this.#own.has(key) ? this.#store.result(key) : null;
  }

  keep(key: string, result: unknown): void {
    this.#own.add(key);
    this.#store.keep(key, result);
  }

  /** Contents are what their names say, whoever made them. */
  content(name: string): Buffer | null {
    return this.#store.content(name);
  }

  add(bytes: Uint8Array): string {
    return this.#store.add(bytes);
  }
}
