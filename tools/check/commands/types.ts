/** Commands that a user has configured as steps of a check, for trees that Seam knows nothing about. */

import type { Limits } from '../runner/runner.ts';

/** How the output of a command is read. */
export type OutputKind =
  /** Diagnostics as gcc, clang and sparse print them, among the talk of make. */
  | 'gcc'
  /** Test results as kernels print them. */
  | 'ktap'
  /** Nothing: the status tells. */
  | 'text';

export interface CommandStep {
  /** A word; the first part of its rules. */
  readonly name: string;
  /**
   * Program and arguments, no shell. `{tree}`, `{build}` and `{config}` stand for the patched tree, a
   * directory for what is built from it, and the configuration.
   */
  readonly run: readonly string[];
  /** Run before the first `run` in a new directory, to bring a configuration there, say. */
  readonly setup: readonly string[] | null;
  /** Names of configurations; with none the step is done once for a tree. */
  readonly configs: readonly string[];
  /** The step whose products it needs. */
  readonly after: string | null;
  /**
   * Files and directories below `{build}` that the steps after it need and nothing else. With any, those
   * get copies, and run while the next tree is built.
   */
  readonly artifacts: readonly string[];
  readonly output: OutputKind;
  /** Absolute directory in which the base must be; null for any. */
  readonly within: string | null;
  /** Variables beside those that every command gets. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
}

export const DEFAULT_LIMITS: Limits = { memory: 8 * 2 ** 30, processes: 1024, output: 64 << 20 };
export const DEFAULT_TIMEOUT = 3600;
