/** A thread that reads files of C beside this one (`worker.ts`). */
import { Worker } from 'node:worker_threads';
import type { FileFacts } from './types.ts';

interface Asked {
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
}

export class Helper {
  readonly #worker: Worker;
  /** Answers come in the order of the questions. */
  readonly #asked: Asked[] = [];

  constructor() {
    const file = import.meta.filename.endsWith('.ts') ? './worker.ts' : './worker.js';
    this.#worker = new Worker(new URL(file, import.meta.url));
    this.#worker.on('message', (answer: string) => this.#asked.shift()?.resolve(answer));
    this.#worker.on('error', (error: Error) => {
      for (const { reject } of this.#asked.splice(0)) reject(error);
    });
  }

  /** Facts of files, in their order. */
  async read(files: readonly Uint8Array[]): Promise<readonly FileFacts[]> {
    const answer = await new Promise<string>((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(files);
    });
    return JSON.parse(answer) as FileFacts[];
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
