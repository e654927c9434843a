/** Looking after a store: how large it is, whether it is sound, and removing what nobody uses. */
import { type Dirent, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import { PARTS, type Part, sha256, unsealResult } from './store.ts';

export interface StoredFile {
  readonly part: Part;
  /** 64 hexadecimal digits; for a left-over of a killed process, the file's name. */
  readonly name: string;
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970; to the day. */
  readonly used: number;
  /** Begun and never finished. */
  readonly unfinished: boolean;
}

const HOUR_MS = 3_600_000;
const NAME = /^[0-9a-f]{64}$/;
/** Files after which others get a turn. */
const TURN = 256;

/** Every file of the store in `directory`; none if there is no such directory. */
export function* listStore(directory: string): Generator<StoredFile> {
  for (const part of PARTS) {
    for (const folder of names(join(directory, part))) {
      for (const { name } of names(join(directory, part, folder.name))) {
        const file = join(directory, part, folder.name, name);
        const stat = statSync(file, { throwIfNoEntry: false });
        if (stat?.isFile() !== true) continue;
        const unfinished = !NAME.test(name);
        yield { part, name, file, size: stat.size, used: stat.mtimeMs, unfinished };
      }
    }
  }
}

function names(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Whether a file holds what its name promises. */
export function isSound({ part, name, file }: StoredFile): boolean {
  const bytes = readFileSync(file);
  return part === 'cas'
    ? sha256(bytes) === name
    : unsealResult(name, bytes.toString('utf8')) !== null;
}

/**
 * Read everything and remove what is damaged, which heals the store: a missing file is computed again.
 * Returns the damaged ones.
 */
export async function verifyStore(
  directory: string,
  signal: AbortSignal,
  onFile: (done: number) => void,
): Promise<StoredFile[]> {
  const damaged: StoredFile[] = [];
  let done = 0;
  for (const each of listStore(directory)) {
    if (done % TURN === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
    if (!each.unfinished && !isSound(each)) {
      damaged.push(each);
      rmSync(each.file, { force: true });
    }
    onFile((done += 1));
  }
  return damaged;
}

export interface Pruning {
  /** Remove what was last used before this, in milliseconds since 1970. */
  readonly before: number;
  /** Then remove what was unused for longest until this many bytes are left; null for any number. */
  readonly most: number | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a pruning removes: removing is safe at any time, because what is missing is computed again. */
export function choosePrey(
  files: readonly StoredFile[],
  { before, most, now }: Pruning,
): StoredFile[] {
  // Somebody may be writing it at this moment.
  const left = files.filter(({ unfinished, used }) => unfinished && now - used > HOUR_MS);
  const finished = files.filter(({ unfinished }) => !unfinished).sort((a, b) => a.used - b.used);
  const old = finished.filter(({ used }) => used < before);
  const kept = finished.slice(old.length);
  let size = kept.reduce((sum, each) => sum + each.size, 0);
  const excess = kept.filter((each) => {
    if (most === null || size <= most) return false;
    size -= each.size;
    return true;
  });
  return [...left, ...old, ...excess];
}
