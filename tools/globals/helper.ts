/** A thread that reads files of C beside this one (`worker.ts`). */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FileFacts } from './types.ts';

/** Below this many bytes starting a thread takes longer than reading. */
const WORTH_THREADS = 200_000;
const MOST_THREADS = 8;

/** As many as are of use where so many bytes are to be read, besides this thread. */
export function startHelpers(bytes: number): Helper[] {
  const threads = bytes < WORTH_THREADS ? 1 : Math.min(MOST_THREADS, availableParallelism());
  return Array.from({ length: threads - 1 }, () => new Helper());
}

interface Asked {
  readonly resolve: (answer: string) => void;
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
    this.#worker.on('message', (answer: string) => this.#asked.shift()?.resolve(answer));
    this.#worker.on('error', (error: Error) => {
      this.#failure = error;
      for (const { reject } of this.#asked.splice(0)) reject(error);
    });
  }

  /** Facts of files, in their order. */
  async read(files: readonly Uint8Array[]): Promise<readonly FileFacts[]> {
    if (this.#failure !== null) throw this.#failure;
    const answer = await new Promise<string>((resolve, reject) => {
      this.#worker.ref();
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(files);
    });
    return JSON.parse(answer) as FileFacts[];
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
