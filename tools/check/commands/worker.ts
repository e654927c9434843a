/**
 * One directory in which steps are done on tree after tree, and what is known of its state. `make`
 * builds there only what differs, so it also prints only what differs: warnings of sources that were
 * not compiled again are carried over from the tree before.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEnd } from '../../bisect/answer.ts';
import { SeamError } from '../../errors.ts';
import type { Scratch } from '../scratch.ts';
import type { Observation, Subject } from '../types.ts';
import { Progress } from './chain.ts';
import type { Diagnostic } from './diagnostics.ts';
import {
  type Performance,
  type RunContext,
  type RunOptions,
  execute,
  performanceOf,
  readStep,
} from './execute.ts';
import type { Reading } from './read-output.ts';
import type { CommandStep } from './types.ts';

export interface PerformOptions {
  /** From nothing, whatever stands here. */
  readonly clean: boolean;
  readonly signal: AbortSignal;
}

export class Worker {
  readonly config: string | null;
  readonly #scratch: Scratch;
  readonly #options: RunOptions;
  #subject: Subject | null = null;
  /** Steps that passed on the tree that stands here. */
  readonly #progress = new Progress();
  /** Steps whose setup was done in what stands here. */
  readonly #setUp = new Set<string>();
  /** Diagnostics of the last run of each step, carried ones included. */
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly #observed = new Map<string, readonly Observation[]>();
  #fresh = false;

  constructor(scratch: Scratch, config: string | null, options: RunOptions) {
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

  /** Absolute directory of what was built. */
  get build(): string {
    return this.#scratch.build;
  }

  /**
   * Do the last of `steps`, each of which needs the one before it. Steps that were done on this tree
   * here are not done again. Null when one before the last did not pass.
   */
  async perform(
    steps: readonly CommandStep[],
    subject: Subject,
    options: PerformOptions,
  ): Promise<Performance | null> {
    await this.#settle(subject, options);
    return this.#progress.perform(steps, (step) => this.#run(step, subject, options.signal));
  }

  /** Do all of `steps` that were not done on this tree here; whether each of them passes. */
  async pass(
    steps: readonly CommandStep[],
    subject: Subject,
    options: PerformOptions,
  ): Promise<boolean> {
    await this.#settle(subject, options);
    return this.#progress.pass(steps, (step) => this.#run(step, subject, options.signal));
  }

  /** Observations that the step had made here on the tree before this one. */
  observedBefore(step: string): readonly Observation[] {
    return this.#observed.get(step) ?? [];
  }

  async #settle(subject: Subject, { clean, signal }: PerformOptions): Promise<void> {
    const same = this.#subject?.tree.id === subject.tree.id;
    if (same && !clean) return;
    const empty = clean || this.#subject === null;
    this.#subject = null;
    await this.#scratch.checkout(subject.tree, { clean: empty, signal });
    this.#progress.clear();
    this.#fresh = empty;
    if (empty) for (const each of [this.#diagnostics, this.#setUp]) each.clear();
    this.#subject = subject;
  }

  async #run(step: CommandStep, subject: Subject, signal: AbortSignal): Promise<Performance> {
    const context = { step, subject, config: this.config, signal };
    await this.#prepare(context);
    const ran = await execute(this.#scratch, step.run, context, this.#options);
    const reading = readStep(this.#scratch, step, ran);
    const said = this.#demand(step, { ...reading, observations: this.#carry(step, reading) });
    this.#observed.set(step.name, said.observations);
    return performanceOf(ran, said);
  }

  /** A build that comes to its end has made its artifacts. */
  #demand({ name: step, artifacts }: CommandStep, reading: Reading): Reading {
    const missing = artifacts.filter((name) => !existsSync(join(this.build, name)));
    if (reading.verdict !== 'passed' || missing.length === 0) return reading;
    const fault = (name: string): Observation => ({
      rule: `${step}/artifact`,
      severity: 'error',
      path: null,
      line: null,
      message: `'${name}' was not made`,
    });
    const observations = [...reading.observations, ...missing.map(fault)];
    return { ...reading, verdict: 'failed', observations };
  }

  async #prepare(context: RunContext): Promise<void> {
    const { name, setup } = context.step;
    if (setup === null || this.#setUp.has(name)) return;
    const { end, output } = await execute(this.#scratch, setup, context, this.#options);
    if (end.kind !== 'exited' || end.status !== 0) throw setupFailed(name, setup, end, output);
    this.#setUp.add(name);
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
}

function setupFailed(
  step: string,
  setup: readonly string[],
  end: RunEnd,
  output: Buffer,
): SeamError {
  const text = output.toString('utf8').trim().split('\n').at(-1) ?? '';
  return new SeamError('setup-failed', `the setup of step '${step}' fails: ${text}`, {
    kind: 'environment',
    data: { step, setup, end },
    hint: 'it runs once in every new directory, with {tree}, {build} and {config} filled in',
  });
}
