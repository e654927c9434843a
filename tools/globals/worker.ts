/** A thread that reads files of C: gets their bytes, answers with the facts of each as JSON. */
import { parentPort } from 'node:worker_threads';
import { extractFacts } from './c/extract.ts';
import { loadGrammar } from './c/grammar.ts';

const grammar = await loadGrammar();

parentPort?.on('message', (files: readonly Uint8Array[]) => {
  parentPort?.postMessage(files.map((bytes) => JSON.stringify(extractFacts(grammar, bytes))));
});
