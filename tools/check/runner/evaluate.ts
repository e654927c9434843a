/** What a command says of a tree: from the store when it is known, else by running it in a scratch directory. */
import { mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { answerOf, combine, settled } from '../../bisect/answer.ts';
import type { Answer } from '../../bisect/types.ts';
import type { Tree } from '../../tree/types.ts';
import { type RunRecord, surroundings } from './answers.ts';
import { run, tailOf } from './runner.ts';
import { Scratch, type TreeFamily } from '../scratch.ts';
import { actionKey } from '../store.ts';
import type { ActionStore } from '../types.ts';
import { makeWorkPlace } from '../work-place.ts';

/** How much of a run's output is kept, in bytes. */
const TAIL_SIZE = 4096;

export interface EvaluatorOptions {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly store: ActionStore;
  /** Runs on the same tree before it is called good. */
  readonly repeat: number;
  /** Seconds that one run may take; null for any time. */
  readonly timeout: number | null;
  /** Make the scratch directory anew for every run. */
  readonly clean: boolean;
  /** Do not believe the store. */
  readonly rerun: boolean;
  /** Absolute directory in which scratch directories are made. */
  readonly parent: string;
  readonly now: () => Date;
}

/** What the command is told about the tree. */
export interface Label {
  readonly patch: string;
  readonly number: number;
}

export interface Evaluation {
  readonly answer: Answer;
  readonly runs: readonly RunRecord[];
  /** No command was run for it. */
  readonly cached: boolean;
}

export class Evaluator {
  readonly #options: EvaluatorOptions;
  readonly #family: TreeFamily;
  readonly #env: Readonly<Record<string, string>>;
  readonly #surroundings: string;
  readonly #idle: Scratch[] = [];
  #place: string | null = null;
  #workers = 0;

  constructor(family: TreeFamily, options: EvaluatorOptions) {
    this.#family = family;
    this.#options = options;
    this.#env = commandEnvironment(options.env);
    this.#surroundings = surroundings(options.command, this.#env);
  }

  /**
   * The answer for `tree`. Only runs that ended by themselves are kept for later: that a run took
   * too long may be the fault of what else the machine had to do.
   */
  async evaluate(tree: Tree, label: Label, signal: AbortSignal): Promise<Evaluation> {
    const { store, repeat, rerun } = this.#options;
    const key = this.#key(tree);
    const known = rerun ? [] : ((store.result(key) ?? []) as readonly RunRecord[]);
    const runs = firstRuns(known, repeat);
    const cached = settled(runs.map(answerOfRun), repeat);
    if (!cached) {
      const scratch = this.#idle.pop() ?? this.#newScratch();
      try {
        while (!settled(runs.map(answerOfRun), repeat)) {
          const record = await this.#runOnce(scratch, tree, label, signal);
          runs.push(record);
          if (isLasting(record)) store.keep(key, runs.filter(isLasting));
        }
      } finally {
        this.#idle.push(scratch);
      }
    }
    return { answer: combine(runs.map(answerOfRun)), runs, cached };
  }

  /** Remove the scratch directories. */
  close(): void {
    if (this.#place !== null) rmSync(this.#place, { recursive: true, force: true });
  }

  async #runOnce(
    scratch: Scratch,
    tree: Tree,
    label: Label,
    signal: AbortSignal,
  ): Promise<RunRecord> {
    const { command, timeout, clean, now } = this.#options;
    await scratch.checkout(tree, { clean, signal });
    const start = now().getTime();
    const end = await run(command, {
      cwd: scratch.directory,
      env: {
        ...this.#env,
        HOME: scratch.home,
        TMPDIR: scratch.temporary,
        // The directory is another one next time: a compiler cache is not to look at its name.
        CCACHE_BASEDIR: this.#env['CCACHE_BASEDIR'] ?? dirname(scratch.directory),
        // A repository that lies around the scratch directory is not the tree's.
        GIT_CEILING_DIRECTORIES: dirname(scratch.directory),
        SEAM_BUILD: scratch.build,
        SEAM_PATCH: label.patch,
        SEAM_NUMBER: String(label.number),
        SEAM_TREE: tree.id,
      },
      job: `${basename(this.#place ?? '')}/${basename(dirname(scratch.directory))}/`,
      output: scratch.output,
      timeout,
      signal,
    });
    const seconds = (now().getTime() - start) / 1000;
    return { end, seconds, tail: tailOf(scratch.output, TAIL_SIZE).toString('utf8') };
  }

  #key(tree: Tree): string {
    const { command } = this.#options;
    return actionKey({
      kind: 'answer',
      version: 1,
      tree: tree.id,
      command,
      surroundings: this.#surroundings,
    });
  }

  #newScratch(): Scratch {
    this.#place ??= makeWorkPlace(this.#options.parent);
    this.#workers += 1;
    const place = join(this.#place, String(this.#workers));
    mkdirSync(place, { mode: 0o700 });
    return new Scratch(place, this.#family);
  }
}

function answerOfRun(record: RunRecord): Answer {
  return answerOf(record.end);
}

/** Whether the same run would end the same way tomorrow, as far as the command is not flaky. */
function isLasting({ end }: RunRecord): boolean {
  return end.kind === 'exited' && answerOf(end) !== 'abort';
}

/** As many of the known runs as a search with this many repeats would have made. */
function firstRuns(known: readonly RunRecord[], repeat: number): RunRecord[] {
  const failed = known.findIndex((record) => answerOfRun(record) !== 'good');
  return known.slice(0, failed === -1 ? repeat : failed + 1);
}

/** git's own variables would lead a git in the scratch directory to the user's repository. */
function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const own = Object.entries(env).filter(
    (pair): pair is [string, string] =>
      pair[1] !== undefined &&
      !/^(GIT_(DIR|WORK_TREE|INDEX_FILE|.*OBJECT.*|PREFIX|COMMON_DIR)|SEAM_.*)$/.test(pair[0]),
  );
  return Object.fromEntries(own);
}
