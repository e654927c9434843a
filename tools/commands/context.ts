/**
 * Everything a verb gets from outside. A verb reads no global: the directory, the environment, the
 * streams, the clock and the abort signal are all here, so that a test runs it in-process.
 */
import type { Readable } from 'node:stream';
import type { Report } from '../report/report.ts';

/** A stream for text or bytes; `columns` only where it is a terminal. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What `cli.ts` hands to `main`, and what tests make up. */
export interface Host {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly now: () => Date;
  /** What runs Seam: `node v24.21.0, linux x64`. */
  readonly runtime: string;
  /** Aborted by SIGINT and SIGTERM; pass it to every child process and long loop. */
  readonly signal: AbortSignal;
}

/** Where a value came from, because relative names in a configuration are relative to its file. */
export interface Setting {
  /** As written: `kernel-model`, `../linux@v6.1`, `-`. */
  readonly spec: string;
  /** The absolute directory that a relative path in `spec` starts from. */
  readonly from: string;
  /** `--base`, or the path of the configuration file; for messages. */
  readonly source: string;
  /** A base that is a revision, even where there is a directory of that name. */
  readonly revision?: boolean;
}

export interface Globals {
  readonly base: Setting | undefined;
  readonly series: Setting | undefined;
  /** Absolute path of the project's configuration, if there is one. */
  readonly config: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export interface Context extends Omit<Host, 'stdout' | 'stderr'> {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly globals: Globals;
  /** Absolute paths of tools that the user's own configuration names, by tool. */
  readonly tools: Readonly<Record<string, string>>;
  readonly report: Report;
}
