/** Digests of the code that reads globals: a change of it makes no old answer a wrong one. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sha256 } from '../check/store.ts';

const require = createRequire(import.meta.url);
const known = new Map<string, string>();

function digestOf(directory: string): string {
  let digest = known.get(directory);
  if (digest === undefined) {
    const files = readdirSync(directory, { withFileTypes: true }).filter((each) => each.isFile());
    const names = files.map(({ name }) => join(directory, name)).sort();
    digest = sha256(names.map((file) => sha256(readFileSync(file))).join('\n'));
    known.set(directory, digest);
  }
  return digest;
}

function grammarDigest(): string {
  return sha256(readFileSync(require.resolve('tree-sitter-c/tree-sitter-c.wasm')));
}

let reader: string | undefined;

/** Of what reads one file: the parser and `c/`. Asked for with every file. */
export function readerDigest(): string {
  reader ??= sha256(grammarDigest() + digestOf(join(import.meta.dirname, 'c')));
  return reader;
}

/** Of everything that decides what is said of a tree. */
export function codeDigest(): string {
  return sha256(readerDigest() + digestOf(import.meta.dirname));
}
