/**
 * A cache on disk that several processes share. Two parts: `ac` has small results under the key of
 * the action that made them, `cas` has contents under their own SHA-256. The division, and the idea
 * that an action's key is the digest of everything that decides its result, are those of Bazel's
 * remote cache; nothing in it is ever stale, only unused.
 *
 * A file appears by being renamed into place, so it is there as a whole or not at all. Every read is
 * verified: a damaged file is removed and counts as absent. The time of a file's last use, to the
 * day, is its modification time; `store-care.ts` removes what nobody has used for long.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ActionStore } from './types.ts';

const DAY_MS = 86_400_000;
const NAME = /^[0-9a-f]{64}$/;

/** The parts of a store; each has 256 directories of files. */
export const PARTS = ['ac', 'cas'] as const;
export type Part = (typeof PARTS)[number];

/** SHA-256 in hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * The key of an action from the facts that decide its result. The order of properties does not matter
 * at the top, that of lists does. `undefined` is no fact: use null.
 */
export function actionKey(facts: Readonly<Record<string, unknown>>): string {
  return sha256(JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** A result as a file: the digest of key and text, and the text. */
export function sealResult(key: string, result: unknown): string {
  const text = JSON.stringify(result);
  return `${sha256(`${key}\n${text}`)}\n${text}`;
}

/** The text of a result file; null when it is damaged or belongs to another key. */
export function unsealResult(key: string, file: string): string | null {
  const end = file.indexOf('\n');
  const text = file.slice(end + 1);
  return end === 64 && sha256(`${key}\n${text}`) === file.slice(0, end) ? text : null;
}

/** What is in a directory, an absolute path; it is made when something is kept. */
export class DiskStore implements ActionStore {
  readonly directory: string;
  readonly #now: () => Date;
  #trouble: Error | null = null;

  constructor(directory: string, now: () => Date) {
    this.directory = directory;
    this.#now = now;
  }

  /** The first thing that could not be kept, and why: a full disk costs later runs their time. */
  get trouble(): Error | null {
    return this.#trouble;
  }

  result(key: string): unknown {
    const file = this.#file('ac', key);
    const bytes = read(file);
    if (bytes === null) return null;
    const text = unsealResult(key, bytes.toString('utf8'));
    if (text === null) return this.#discard(file);
    this.#touch(file);
    return JSON.parse(text);
  }

  keep(key: string, result: unknown): void {
    this.#write(this.#file('ac', key), sealResult(key, result));
  }

  content(name: string): Buffer | null {
    const file = this.#file('cas', name);
    const bytes = read(file);
    if (bytes === null) return null;
    if (sha256(bytes) !== name) return this.#discard(file);
    this.#touch(file);
    return bytes;
  }

  add(bytes: Uint8Array): string {
    const name = sha256(bytes);
    const file = this.#file('cas', name);
    // A damaged file has another size, or is found when it is read.
    if (statSync(file, { throwIfNoEntry: false })?.size === bytes.length) this.#touch(file);
    else this.#write(file, bytes);
    return name;
  }

  #write(file: string, data: string | Uint8Array): void {
    const temporary = `${file}.${randomBytes(6).toString('hex')}.new`;
    try {
      writeNew(temporary, data);
      renameSync(temporary, file);
    } catch (error) {
      this.#trouble ??= error as Error;
      this.#discard(temporary);
    }
  }

  #discard(file: string): null {
    try {
      rmSync(file, { force: true });
    } catch {
      // A store that is read-only is of use nevertheless.
    }
    return null;
  }

  /** Say that a file was used, at most once a day: not every reading should cost a write. */
  #touch(file: string): void {
    const now = this.#now();
    try {
      if (now.getTime() - statSync(file).mtimeMs > DAY_MS) utimesSync(file, now, now);
    } catch {
      // As above, or somebody has removed it meanwhile.
    }
  }

  #file(part: Part, name: string): string {
    if (!NAME.test(name)) throw new RangeError(`'${name}' is no SHA-256`);
    return join(this.directory, part, name.slice(0, 2), name);
  }
}

/** Write a file that is not there. Its directory nearly always is: it is made when it is missed. */
function writeNew(file: string, data: string | Uint8Array): void {
  const options = { flag: 'wx', mode: 0o600 } as const;
  try {
    writeFileSync(file, data, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, data, options);
  }
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
