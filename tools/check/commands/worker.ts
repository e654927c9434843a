/**
 * One directory in which steps are done on tree after tree, and what is known of its state. `make`
 * builds there only what differs, so it also prints only what differs: warnings of sources that were
 * not compiled again are carried over from the tree before.
 */
import { basename, dirname } from 'node:path';
import { readFileSync, statfsSync } from 'node:fs';
import { SeamError } from '../../errors.ts';
import { type Limits, run } from '../runner/runner.ts';
import { FULL_DISK } from '../full-disk.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Scratch } from '../scratch.ts';
import type { Observation, Outcome, Subject } from '../types.ts';
import type { Diagnostic } from './diagnostics.ts';
import { programFor } from './environment.ts';
import { type Reading, readRun } from './read-output.ts';
import type { CommandStep } from './types.ts';

/** With less than this left, in bytes, what a program could not write is anybody's guess. */
const FULL_BYTES = 1 << 16;

export interface WorkerOptions {
  /** All that commands get, but for the variables that are made here. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly sandbox: Sandbox;
  readonly now: () => Date;
}

/** What a step said here, with its output. */
export interface Performance {
  readonly outcome: Omit<Outcome, 'log' | 'cached'>;
  readonly output: Buffer;
}

export class Worker {
  readonly config: string | null;
  readonly #scratch: Scratch;
  readonly #options: WorkerOptions;
  #subject: Subject | null = null;
  /** Steps that passed on the tree that stands here. */
  readonly #done = new Set<string>();
  /** Diagnostics of the last run of each step, carried ones included. */
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly #observed = new Map<string, readonly Observation[]>();
  #fresh = false;

  constructor(scratch: Scratch, config: string | null, options: WorkerOptions) {
    this.#scratch = scratch;
    this.config = config;
    this.#options = options;
  }

  /** How far the tree that stands here is from another: 0 for the same one. */
  distance(subject: Subject): number {
    if (this.#subject === null) return Infinity;
    if (this.#subject.tree.id === subject.tree.id) return 0;
    return 1 + Math.abs(this.#subject.position - subject.position);
  }

  /** Whether the directory was empty before the tree that stands here. */
  get fresh(): boolean {
    return this.#fresh;
  }

  /**
   * Do the last of `steps`, each of which needs the one before it. Steps that were done on this tree
   * here are not done again. Null when one before the last did not pass.
   */
  async perform(
    steps: readonly CommandStep[],
    subject: Subject,
    options: { readonly clean: boolean; readonly signal: AbortSignal },
  ): Promise<Performance | null> {
    await this.#settle(steps, subject, options);
    for (const step of steps) {
      const last = step === steps.at(-1);
      if (!last && this.#done.has(step.name)) continue;
      const performance = await this.#run(step, subject, options.signal);
      if (performance.outcome.verdict === 'passed') this.#done.add(step.name);
      if (last) return performance;
      if (performance.outcome.verdict !== 'passed') return null;
    }
    return null;
  }

  /** Observations that the step had made here on the tree before this one. */
  observedBefore(step: string): readonly Observation[] {
    return this.#observed.get(step) ?? [];
  }

  async #settle(
    steps: readonly CommandStep[],
    subject: Subject,
    { clean, signal }: { readonly clean: boolean; readonly signal: AbortSignal },
  ): Promise<void> {
    const same = this.#subject?.tree.id === subject.tree.id;
    if (same && !clean) return;
    const empty = clean || this.#subject === null;
    this.#subject = null;
    await this.#scratch.checkout(subject.tree, { clean: empty, signal });
    this.#done.clear();
    this.#fresh = empty;
    if (empty) this.#diagnostics.clear();
    for (const step of empty ? steps : []) await this.#setUp(step, subject, signal);
    this.#subject = subject;
  }

  async #setUp(step: CommandStep, subject: Subject, signal: AbortSignal): Promise<void> {
    if (step.setup === null) return;
    const { end } = await this.#execute(step, step.setup, subject, signal);
    if (end.kind === 'exited' && end.status === 0) return;
    const text = readFileSync(this.#scratch.output, 'utf8').trim().split('\n').at(-1) ?? '';
    throw new SeamError('setup-failed', `the setup of step '${step.name}' fails: ${text}`, {
      kind: 'environment',
      data: { step: step.name, setup: step.setup, end },
      hint: 'it runs once in every new directory, with {tree}, {build} and {config} filled in',
    });
  }

  async #run(step: CommandStep, subject: Subject, signal: AbortSignal): Promise<Performance> {
    const { end, seconds } = await this.#execute(step, step.run, subject, signal);
    const output = readFileSync(this.#scratch.output).subarray(0, this.#options.limits.output);
    const strip = this.#strip();
    const text = `${output.toString('utf8')}${this.#lastWord()}`;
    const reading = readRun(step.name, step.output, end, text, strip);
    const observations = this.#carry(step, reading);
    this.#observed.set(step.name, observations);
    const { verdict, reason } = reading;
    return { outcome: { verdict, reason, seconds, observations }, output };
  }

  /** On a full disk the complaint itself may not have found its way into the output. */
  #lastWord(): string {
    const { bavail, bsize } = statfsSync(this.#scratch.directory);
    return bavail * bsize < FULL_BYTES ? `\n${FULL_DISK}\n` : '';
  }

  /** What was said here before of sources that this run did not compile. */
  #carry(step: CommandStep, { observations, diagnostics }: Reading): readonly Observation[] {
    if (diagnostics === null) return observations;
    const before = this.#diagnostics.get(step.name) ?? [];
    const { found, compiled } = diagnostics;
    const said = new Set(found.map(({ unit }) => unit));
    const carried = before.filter(
      ({ unit, observation }) =>
        unit !== null &&
        observation.severity === 'warning' &&
        !compiled.has(unit) &&
        !said.has(unit),
    );
    this.#diagnostics.set(step.name, [...carried, ...found]);
    return [...carried.map(({ observation }) => observation), ...observations];
  }

  async #execute(
    step: CommandStep,
    words: readonly string[],
    subject: Subject,
    signal: AbortSignal,
  ) {
    const { env, limits, sandbox, now } = this.#options;
    const { directory, home, temporary, output } = this.#scratch;
    const command = words.map((word) => this.#fill(word));
    this.#demand(step, command[0] ?? '');
    const start = now().getTime();
    const end = await run([...sandbox.prefix, ...command], {
      cwd: directory,
      env: {
        ...env,
        ...step.env,
        HOME: home,
        TMPDIR: temporary,
        CCACHE_BASEDIR: dirname(directory),
        // A repository that lies around the scratch directory is not the tree's.
        GIT_CEILING_DIRECTORIES: dirname(directory),
        SEAM_PATCH: subject.patch,
        SEAM_NUMBER: String(subject.position),
        SEAM_TREE: subject.tree.id,
        SEAM_BUILD: this.#scratch.build,
        SEAM_CONFIG: this.config ?? '',
      },
      job: `${basename(dirname(dirname(directory)))}/${basename(dirname(directory))}/`,
      output,
      timeout: step.timeout,
      signal,
      limits,
    });
    return { end, seconds: (now().getTime() - start) / 1000 };
  }

  #demand(step: CommandStep, program: string): void {
    const { PATH: path } = { ...this.#options.env, ...step.env } as Record<string, string>;
    if (programFor(program, this.#scratch.directory, path) !== null) return;
    throw new SeamError(
      'tool-missing',
      `step '${step.name}' needs '${program}', which is not here`,
      {
        kind: 'environment',
        data: { step: step.name, program },
        hint: `install it, or leave the step out: --skip ${step.name}`,
      },
    );
  }

  #fill(word: string): string {
    const { directory, build } = this.#scratch;
    return word
      .replaceAll('{tree}', directory)
      .replaceAll('{build}', build)
      .replaceAll('{config}', this.config ?? '');
  }

  /** Compilers print paths as make gave them: absolute, or from the build directory. */
  #strip(): (path: string) => string {
    const { directory, build } = this.#scratch;
    const roots = [`${directory}/`, `${build}/`, `../${basename(directory)}/`, './'];
    return (path) =>
      roots.reduce((rest, root) => (rest.startsWith(root) ? rest.slice(root.length) : rest), path);
  }
}
