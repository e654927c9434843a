/** A thread that reads files of C beside this one (`worker.ts`). */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Below this many bytes starting a thread takes longer than reading. */
const WORTH_THREADS = 200_000;
const MOST_THREADS = 8;

/** As many as are of use where so many bytes are to be read, besides this thread. */
export function startHelpers(bytes: number): Helper[] {
  const threads = bytes < WORTH_THREADS ? 1 : Math.min(MOST_THREADS, availableParallelism());
  return Array.from({ length: threads - 1 }, () => new Helper());
}

interface Asked {
  readonly resolve: (answer: readonly string[]) => void;
  readonly reject: (error: Error) => void;
}

export class Helper {
  readonly #worker: Worker;
  /** Answers come in the order of the questions. */
  readonly #asked: Asked[] = [];
  #failure: Error | null = null;

  constructor() {
    const file = import.meta.filename.endsWith('.ts') ? './worker.ts' : './worker.js';
    this.#worker = new Worker(new URL(file, import.meta.url));
    // Nobody waits for it until there is a question.
    this.#worker.unref();
    this.#worker.on('message', (answer: readonly string[]) => this.#asked.shift()?.resolve(answer));
    this.#worker.on('error', (error: Error) => {
      this.#failure = error;
      for (const { reject } of this.#asked.splice(0)) reject(error);
    });
  }

  /** Facts of files as JSON, in their order. */
  async read(files: readonly Uint8Array[]): Promise<readonly string[]> {
    if (this.#failure !== null) throw this.#failure;
    return new Promise((resolve, reject) => {
      this.#worker.ref();
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(files);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
