/** What reading a series needs from the outside, so that everything else here stays pure. */
import type { Bytes } from '../patch/types.ts';

/** A machine's files and tools. Paths are absolute. */
export interface SeriesIo {
  /** What is at a path, symbolic links followed; null when nothing is. */
  kind(path: string): Promise<'file' | 'directory' | null>;
  /** A file's content. Throws when it is larger than `limit` bytes. */
  read(path: string, limit: number): Promise<Bytes>;
  /** Names in a directory, sorted. */
  list(path: string): Promise<readonly string[]>;
  /**
   * Run git in a directory and give its output; with `onOutput` that gets it piece by piece, while git
   * is running, and nothing is left to give. Throws a `SeamError` when it fails.
   */
  git(args: readonly string[], options: GitCall): Promise<Bytes>;
  /**
   * Run an unpacking tool (`xz -dc`) over bytes. Null when it is not installed. Throws when the
   * output gets longer than `limit` bytes or the tool fails.
   */
  unpack(command: readonly string[], input: Bytes, limit: number): Promise<Bytes | null>;
}

export interface GitCall {
  readonly cwd: string;
  readonly stdin?: Bytes;
  /** Must not throw. */
  readonly onOutput?: (piece: Bytes) => void;
}
