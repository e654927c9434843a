/**
 * `node parse-alone.ts DIR FOLDER…`: tree-sitter's parser on every C file in folders of DIR, with two
 * threads and nothing else. What reads C with it cannot be faster.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { Language, Parser } from 'web-tree-sitter';

async function parseAll(files: readonly string[]): Promise<void> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-c/tree-sitter-c.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  for (const file of files) {
    const tree = parser.parse(readFileSync(file, 'latin1'));
    if (tree === null) throw new Error(`no tree of '${file}'`);
    tree.delete();
  }
}

if (isMainThread) {
  const [directory = '.', ...folders] = process.argv.slice(2);
  const found = folders.flatMap((folder) => globSync(`${folder}/**/*.[ch]`, { cwd: directory }));
  const sized = found
    .map((file) => join(directory, file))
    .map((file) => [file, statSync(file).size] as const);
  const files = sized.sort(([, a], [, b]) => b - a).map(([file]) => file);
  if (files.length === 0) throw new Error(`no C files in '${directory}'`);
  const half = (which: number): string[] => files.filter((_, index) => index % 2 === which);
  const worker = new Worker(new URL(import.meta.url), { workerData: half(1) });
  const other = new Promise((resolve, reject) => {
    worker.once('exit', resolve);
    worker.once('error', reject);
  });
  await Promise.all([parseAll(half(0)), other]);
} else await parseAll(workerData as readonly string[]);
