/**
 * Facts of many files: on several processors where there is enough to read. This thread reads along
 * with its helpers, and hands out the next files whenever it is done with one of its own.
 */
import { setImmediate } from 'node:timers/promises';
import { extractFacts } from './c/extract.ts';
import { loadGrammar } from './c/grammar.ts';
import { type Helper, startHelpers } from './helper.ts';
import type { FileFacts } from './types.ts';

/** Bytes handed out at once: enough to make asking cheap, few enough to share evenly at the end. */
const [SMALLEST, LARGEST] = [30_000, 150_000] as const;
/** A helper that is done with one portion has the next one already. */
const AHEAD = 2;

export interface PoolOptions {
  /** Threads that have been started already; they are stopped behind the last file. */
  readonly helpers?: readonly Helper[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many files are done. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Takes the facts of the file that has that index, and the same as JSON where a helper made it. */
export type TakeFacts = (index: number, facts: FileFacts, json: string | null) => void;

/** Read files, in whatever order is fastest. */
export async function readFiles(
  contents: readonly Uint8Array[],
  options: PoolOptions,
  take: TakeFacts,
): Promise<void> {
  if (contents.length > 0) await new Reading(contents, options, take).run();
}

class Reading {
  readonly #contents: readonly Uint8Array[];
  readonly #options: PoolOptions;
  readonly #takeFacts: TakeFacts;
  /** Indexes, the largest files last: they are taken first, so that none is left over at the end. */
  readonly #waiting: number[];
  #bytesLeft: number;
  #done = 0;

  constructor(contents: readonly Uint8Array[], options: PoolOptions, take: TakeFacts) {
    this.#contents = contents;
    this.#options = options;
    this.#takeFacts = take;
    this.#waiting = [...contents.keys()].sort((a, b) => this.#sizeOf(a) - this.#sizeOf(b));
    this.#bytesLeft = contents.reduce((sum, { length }) => sum + length, 0);
  }

  async run(): Promise<void> {
    const started = this.#options.helpers ?? [];
    const helpers = started.length > 0 ? started : startHelpers(this.#bytesLeft);
    const lanes = helpers.flatMap((helper) => Array.from({ length: AHEAD }, () => helper));
    try {
      await Promise.all([...lanes.map(async (helper) => this.#readWith(helper)), this.#readHere()]);
    } finally {
      await Promise.all(helpers.map(async (helper) => helper.stop()));
    }
  }

  async #readHere(): Promise<void> {
    const grammar = await loadGrammar();
    for (let index = this.#take(); index !== undefined; index = this.#take()) {
      this.#note(index, extractFacts(grammar, this.#content(index)), null);
      // Helpers may have answered.
      await setImmediate();
    }
  }

  async #readWith(helper: Helper): Promise<void> {
    for (let some = this.#portion(); some.length > 0; some = this.#portion()) {
      const answers = await helper.read(some.map((index) => this.#content(index)));
      for (const [at, index] of some.entries()) {
        const json = answers[at];
        if (json !== undefined) this.#note(index, JSON.parse(json) as FileFacts, json);
      }
    }
  }

  #portion(): number[] {
    const size = Math.min(LARGEST, Math.max(SMALLEST, this.#bytesLeft / 16));
    const some: number[] = [];
    for (let bytes = 0; bytes < size;) {
      const index = this.#take();
      if (index === undefined) break;
      some.push(index);
      bytes += this.#sizeOf(index);
    }
    return some;
  }

  #take(): number | undefined {
    this.#options.signal?.throwIfAborted();
    const index = this.#waiting.pop();
    if (index !== undefined) this.#bytesLeft -= this.#sizeOf(index);
    return index;
  }

  #note(index: number, facts: FileFacts, json: string | null): void {
    this.#takeFacts(index, facts, json);
    this.#done += 1;
    this.#options.onProgress?.(this.#done);
  }

  #content(index: number): Uint8Array {
    return this.#contents[index] ?? new Uint8Array();
  }

  #sizeOf(index: number): number {
    return this.#content(index).length;
  }
}
