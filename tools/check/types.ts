/**
 * The words of a check: what is asked of the trees along a series, and what is answered. A step looks
 * at one tree and says everything that it finds there; which patch brought a finding is decided
 * afterwards, by comparing a tree with the one before it (`delta.ts`).
 */
import type { Tree } from '../tree/types.ts';

/** A warning or an error that a patch brings makes its check fail; a note is worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

/** Something found in one tree, or in a patch as such. */
export interface Observation {
  /** `step/what`: `build/warning`, `lint/subject`, `checkpatch/LONG_LINE`, `tests/failed`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Relative to the top of the tree; for what concerns the patch's text, the patch file. */
  readonly path: string | null;
  /** From 1. No part of a finding's identity: a patch further up in the file moves it. */
  readonly line: number | null;
  /** One line, lower case where it is ours, no full stop. With rule and path it is the identity. */
  readonly message: string;
  /** More lines for the reader: the source with a caret, the log of a test. */
  readonly detail?: string;
  /** The identity with the rule, where what is found may move to another file: the name of a variable. */
  readonly subject?: string;
}

/** An observation with the patch that brought it. */
export interface Finding extends Observation {
  /** Name of the patch; for a fixed finding, of the patch that took it away. */
  readonly introduced: string;
}

/**
 * `error` is what stood in the way of an answer (a program crashed or is missing); `not-run` says that
 * a step before it left nothing to work on.
 */
export type VerdictKind = 'passed' | 'failed' | 'skipped' | 'timed-out' | 'error' | 'not-run';

/** What one step says of one tree in one configuration, whatever the other trees are like. */
export interface Outcome {
  /**
   * `passed` if the step came to its end, whatever it observed; `failed` if it did not: the tree does
   * not build, the program dies in its tests. What it observed is then only a part.
   */
  readonly verdict: VerdictKind;
  /** Why it did not pass, in a few words; null where the findings say it. */
  readonly reason: string | null;
  /** Nothing was run for it. */
  readonly cached: boolean;
  /** That the work took when it was done. */
  readonly seconds: number;
  readonly observations: readonly Observation[];
  /** Numbers to be compared with the tree before: bytes of an object, instructions of a loop. */
  readonly measures?: Readonly<Record<string, number>>;
  /** Where the whole output lies in the store. */
  readonly log: string | null;
}

/** What one step says of one patch: the difference that it made. */
export interface StepResult {
  readonly patch: string;
  readonly step: string;
  readonly config: string | null;
  readonly verdict: VerdictKind;
  readonly reason: string | null;
  readonly cached: boolean;
  readonly seconds: number;
  /** Brought by this patch. */
  readonly findings: readonly Finding[];
  /** Taken away by this patch. */
  readonly fixed: readonly Finding[];
  /** How many findings it brings that the baseline accepts. */
  readonly accepted: number;
  /** How many findings were there before the patch and still are. */
  readonly inherited: number;
  readonly log: string | null;
}

/** Everything about one patch, in the order of steps and configurations. */
export interface PatchReport {
  readonly number: number;
  readonly name: string;
  readonly subject: string;
  /** Id of the tree after the patch; null when it does not apply. */
  readonly tree: string | null;
  readonly results: readonly StepResult[];
}

/**
 * The document `seam/check/1`, whole or one shard of it.

 */
export interface CheckReport {
  readonly base: { readonly label: string; readonly commit: string | null };
  readonly series: { readonly source: string; readonly patches: number };
  /** `{index, count}` of `--shard`; null for the whole series. */
  readonly shard: { readonly index: number; readonly count: number } | null;
  readonly steps: readonly string[];
  readonly patches: readonly PatchReport[];
}

/** A step that an engine offers. */
export interface StepOffer {
  readonly name: string;
  /** Whether its answer depends on the configuration. */
  readonly configured: boolean;
  /** A step of the same engine that must have passed on the same tree and configuration. */
  readonly after: string | null;
  /** Part of a check without `--only`. */
  readonly usual: boolean;
  /** It works on copies, so that the engine can go on to the next tree meanwhile. */
  readonly detached?: boolean;
}

/** One tree along the series, as an engine is told of it. */
export interface Subject {
  readonly tree: Tree;
  /** Patches applied: 0 is the base. */
  readonly position: number;
  /** Name of the last patch; empty for the base. */
  readonly patch: string;
}

/** Whether an answer is known, for `--plan`; if not, why. */
export interface Forecast {
  readonly cached: boolean;
  /** A few words: `never run on this tree`, `include/linux/ipc.h changed`. */
  readonly why: string;
}

/**
 * Does steps on trees: the build engine of the model is one, the runner of configured commands is
 * another. Trees come in the order of the series, and what is the same for two trees is computed once.

 */
export interface BuildEngine {
  readonly steps: readonly StepOffer[];
  /** Whether it makes or runs anything: one that only reads sources cannot say what a patch needs to build. */
  readonly builds: boolean;
  /**
   * Names of the configurations that `sets` (`def`, `allno`, `each`, `rand:4:1`, …) mean for this tree.
   * A name means something for every tree: an option that a tree lacks is left out there.
   */
  configurations(tree: Tree, sets: readonly string[]): Promise<readonly string[]>;
  /** Throws only if aborted or if Seam itself is wrong: a crash or a missing tool is a verdict. */
  perform(
    step: string,
    config: string | null,
    subject: Subject,
    signal: AbortSignal,
  ): Promise<Outcome>;
  /** What `perform` would do, without doing it. */
  forecast(step: string, config: string | null, subject: Subject): Promise<Forecast>;
  close(): Promise<void>;
}

/**
 * Results and contents that were computed once, by what decides them (`store.ts`). What cannot be
 * read is absent, and what cannot be kept is not: neither stops anybody.
 */
export interface ActionStore {
  /** The result kept under `key`, 64 hexadecimal digits made by `actionKey`; null if there is none. */
  result(key: string): unknown;
  keep(key: string, result: unknown): void;
  content(sha256: string): Buffer | null;
  /** Keep `bytes` and return their SHA-256. */
  add(bytes: Uint8Array): string;
}
