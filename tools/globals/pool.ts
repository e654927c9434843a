/** Facts of many files: on several processors where there is enough to read, else in this thread. */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { extractFacts } from './c/extract.ts';
import { loadGrammar } from './c/grammar.ts';
import type { FileFacts } from './types.ts';

/** Below this many bytes starting threads takes longer than reading. */
const WORTH_THREADS = 200_000;
/** Bytes in one message: enough to make asking cheap, few enough to share evenly. */
const PORTION = 150_000;
const MOST_THREADS = 8;

export interface PoolOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many files are done. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Read files; the answers are in the order of the contents. */
export async function readFiles(
  contents: readonly Uint8Array[],
  options: PoolOptions = {},
): Promise<FileFacts[]> {
  const bytes = contents.reduce((sum, each) => sum + each.length, 0);
  const threads = Math.min(MOST_THREADS, availableParallelism());
  if (bytes < WORTH_THREADS || threads < 2) return readHere(contents, options);
  return readInThreads(contents, threads, options);
}

async function readHere(
  contents: readonly Uint8Array[],
  { signal, onProgress }: PoolOptions,
): Promise<FileFacts[]> {
  if (contents.length === 0) return [];
  const grammar = await loadGrammar();
  const facts: FileFacts[] = [];
  for (const each of contents) {
    await setImmediate();
    signal?.throwIfAborted();
    facts.push(extractFacts(grammar, each));
    onProgress?.(facts.length);
  }
  return facts;
}

/** Indexes of files in portions, the largest files first, so that no thread is left with one at the end. */
function portions(contents: readonly Uint8Array[]): number[][] {
  const order = [...contents.keys()].sort(
    (a, b) => (contents[b]?.length ?? 0) - (contents[a]?.length ?? 0),
  );
  const all: number[][] = [];
  let size = Infinity;
  for (const index of order) {
    if (size >= PORTION) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(index);
    size += contents[index]?.length ?? 0;
  }
  return all;
}

async function readInThreads(
  contents: readonly Uint8Array[],
  threads: number,
  { signal, onProgress }: PoolOptions,
): Promise<FileFacts[]> {
  const waiting = portions(contents);
  const facts: FileFacts[] = [];
  const file = import.meta.filename.endsWith('.ts') ? './worker.ts' : './worker.js';
  const count = Math.min(threads, waiting.length);
  const workers = Array.from({ length: count }, () => new Worker(new URL(file, import.meta.url)));
  let done = 0;
  const serve = async (worker: Worker): Promise<void> => {
    for (let portion = waiting.shift(); portion !== undefined; portion = waiting.shift()) {
      signal?.throwIfAborted();
      const answers = await ask(
        worker,
        portion.map((index) => contents[index] ?? new Uint8Array()),
      );
      for (const [at, index] of portion.entries())
        facts[index] = JSON.parse(answers[at] ?? 'null') as FileFacts;
      done += portion.length;
      onProgress?.(done);
    }
  };
  try {
    await Promise.all(workers.map(serve));
    return facts;
  } finally {
    await Promise.all(workers.map(async (worker) => worker.terminate()));
  }
}

async function ask(worker: Worker, files: readonly Uint8Array[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const answered = (answers: readonly string[]): void => {
      worker.off('error', failed);
      resolve(answers);
    };
    const failed = (error: Error): void => {
      worker.off('message', answered);
      reject(error);
    };
    worker.once('message', answered);
    worker.once('error', failed);
    worker.postMessage(files);
  });
}
