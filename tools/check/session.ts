/**
 * A check from beginning to end: which trees are needed, what is asked of each, and, as answers come
 * in, what each patch is to blame for. Answers come in any order, reports in that of the series.
 */
import { stops } from '../apply/types.ts';
import type { Tree } from '../tree/types.ts';
import { Ledger } from './delta.ts';
import { type Group, chosenSteps, findGroups } from './groups.ts';
import { type PatchStepOptions, PatchSteps } from './patch-steps.ts';
import { runsOf } from './plan.ts';
import type {
  BuildEngine,
  Forecast,
  Outcome,
  PatchReport,
  StepOffer,
  StepResult,
  Subject,
} from './types.ts';
import { type Rest, workThrough } from './work.ts';

export interface SessionOptions extends PatchStepOptions {
  readonly base: Tree;
  /** Indexes of the patches that are checked, ascending. */
  readonly chosen: readonly number[];
  readonly engines: readonly BuildEngine[];
  /** Sets of configurations; the engine's own choice if there are none. */
  readonly sets: readonly string[];
  /** Trees worked on at a time. */
  readonly jobs: number;
  /** What is said of a patch by leaving others out; asked when all trees are done, in order. */
  readonly isolated?: ((index: number) => Promise<Outcome>) | undefined;
  /** Told when an answer is there, of how many. */
  readonly onAnswer?: (done: number, total: number, what: Task, outcome: Outcome) => void;
  /** Told of every patch, in order. */
  readonly onPatch?: (report: PatchReport) => void;
}

/** One question. */
export interface Task {
  readonly position: number;
  readonly step: string;
  readonly config: string | null;
}

/** The step of patches on the base with what they need and nothing else. */
const ISOLATED = 'isolated';

export class Session {
  readonly #options: SessionOptions;
  readonly #patchSteps: PatchSteps;
  readonly #groups: readonly Group[];
  readonly #runs: readonly number[][];
  readonly #outcomes = new Map<string, Outcome>();
  readonly #ledgers = new Map<string, Ledger>();
  readonly #patchResults = new Map<number, readonly StepResult[]>();
  readonly #isolated = new Map<number, StepResult>();
  /** Groups that are not done yet, by position. */
  readonly #open = new Map<number, number>();
  readonly #reports: PatchReport[] = [];

  private constructor(options: SessionOptions, groups: readonly Group[]) {
    this.#options = options;
    this.#groups = groups;
    const { wants } = options;
    this.#patchSteps = new PatchSteps({
      ...options,
      wants: (step) => wants(step) || (step === 'apply' && lacksTrees(options)),
    });
    this.#runs = runsOf(options.chosen);
    for (const { position } of groups)
      this.#open.set(position, (this.#open.get(position) ?? 0) + 1);
  }

  /** Find out what has to be asked. */
  static async open(options: SessionOptions): Promise<Session> {
    const treeAt = (position: number): Tree | null => treeBehind(options, position);
    return new Session(options, await findGroups({ ...options, treeAt }));
  }

  /** Names of the steps that this check has, in order. */
  get steps(): string[] {
    const { engines, wants } = this.#options;
    const offered = engines.flatMap((engine) => chosenSteps(engine, wants).map(({ name }) => name));
    const isolated = this.#options.isolated === undefined ? [] : [ISOLATED];
    return [...this.#patchSteps.names, ...new Set(offered), ...isolated];
  }

  /** What would be asked, and whether the answer is known. */
  async forecast(): Promise<(Task & Forecast)[]> {
    const all: (Task & Forecast)[] = [];
    for (const { engine, position, config, steps } of this.#groups) {
      for (const { name } of steps) {
        const forecast = await engine.forecast(name, config, this.#subject(position));
        all.push({ position, step: name, config, ...forecast });
      }
    }
    return all;
  }

  /** Ask everything. Throws if aborted or if a tool is missing; all work has ended then. */
  async run(): Promise<readonly PatchReport[]> {
    const { jobs, signal } = this.#options;
    await workThrough(this.#items(), jobs, signal, async (item, aborted) => {
      if (typeof item !== 'number') return this.#ask(item, aborted);
      await this.#readPatch(item);
      this.#reportUnlessIsolated();
      return null;
    });
    for (const index of this.#options.chosen) {
      await this.#isolate(index);
      this.#reportReady();
    }
    return this.#reports;
  }

  /** Indexes of patches and groups, in the order of the series. */
  #items(): (number | Group)[] {
    const { chosen } = this.#options;
    const order = (item: number | Group): number =>
      typeof item === 'number' ? item + 0.5 : item.position;
    return [...chosen, ...this.#groups].sort((a, b) => order(a) - order(b));
  }

  async #readPatch(index: number): Promise<void> {
    const patch = this.#options.patches[index];
    if (patch === undefined) throw new RangeError(`no patch ${index}`);
    this.#patchResults.set(index, await this.#patchSteps.results(index, patch));
  }

  async #isolate(index: number): Promise<void> {
    const { isolated, accepts, patches } = this.#options;
    if (isolated === undefined) return;
    const place = { patch: patches[index]?.name ?? '', step: ISOLATED, config: null };
    this.#isolated.set(index, new Ledger(accepts).follow(place, await isolated(index)));
  }

  /** Ask what needs the tree's own place; what works on copies is the rest. */
  async #ask(group: Group, signal: AbortSignal): Promise<Rest | null> {
    const { steps } = group;
    const behind = steps.filter(({ detached }) => detached === true);
    const here = steps.filter((step) => !behind.includes(step));
    await this.#perform(group, here, signal);
    const rest = this.#finish(group, behind, signal);
    if (behind.length > 0) return { rest };
    await rest;
    return null;
  }

  async #finish(group: Group, steps: readonly StepOffer[], signal: AbortSignal): Promise<void> {
    await this.#perform(group, steps, signal);
    this.#open.set(group.position, (this.#open.get(group.position) ?? 0) - 1);
    this.#reportUnlessIsolated();
  }

  async #perform(
    { engine, position, config }: Group,
    steps: readonly StepOffer[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const { name, after } of steps) {
      const needed = this.#outcomes.get(nameOf(position, after ?? '', config));
      const outcome =
        needed === undefined || needed.verdict === 'passed'
          ? await engine.perform(name, config, this.#subject(position), signal)
          : notRun(`'${after}' did not pass`);
      this.#outcomes.set(nameOf(position, name, config), outcome);
      this.#tell({ position, step: name, config }, outcome);
    }
  }

  #reportUnlessIsolated(): void {
    if (this.#options.isolated === undefined) this.#reportReady();
  }

  #tell(task: Task, outcome: Outcome): void {
    const total = this.#groups.reduce((sum, { steps }) => sum + steps.length, 0);
    this.#options.onAnswer?.(this.#outcomes.size, total, task, outcome);
  }

  /** Report the patches, in order, for which everything is known. */
  #reportReady(): void {
    const { chosen, onPatch } = this.#options;
    for (;;) {
      const index = chosen[this.#reports.length];
      const own = this.#patchResults.get(index ?? -1);
      if (index === undefined || own === undefined) return;
      if (this.#options.isolated !== undefined && !this.#isolated.has(index)) return;
      if ([index, index + 1].some((position) => (this.#open.get(position) ?? 0) > 0)) return;
      const report = this.#report(index, own);
      this.#reports.push(report);
      onPatch?.(report);
    }
  }

  #report(index: number, own: readonly StepResult[]): PatchReport {
    const patch = this.#options.patches[index];
    if (patch === undefined) throw new RangeError(`no patch ${index}`);
    return {
      number: index + 1,
      name: patch.name,
      subject: patch.header.subject,
      tree: treeBehind(this.#options, index + 1)?.id ?? null,
      results: [...own, ...this.#treeResults(index, patch.name), ...this.#isolatedResult(index)],
    };
  }

  #isolatedResult(index: number): StepResult[] {
    const result = this.#isolated.get(index);
    return result === undefined ? [] : [result];
  }

  #treeResults(index: number, patch: string): StepResult[] {
    const here = this.#groups.filter(({ position }) => position === index + 1);
    return here.flatMap(({ steps, config }) =>
      steps.flatMap(({ name: step }) => {
        const outcome = this.#outcomes.get(nameOf(index + 1, step, config));
        if (outcome === undefined) return [];
        return [this.#ledgerBefore(index, step, config).follow({ patch, step, config }, outcome)];
      }),
    );
  }

  /** The ledger that has followed the step up to the tree before the patch. */
  #ledgerBefore(index: number, step: string, config: string | null): Ledger {
    const run = this.#runs.find((each) => each.includes(index))?.[0] ?? index;
    const name = nameOf(run, step, config);
    const known = this.#ledgers.get(name);
    if (known !== undefined) return known;
    const ledger = new Ledger(this.#options.accepts);
    this.#ledgers.set(name, ledger);
    const before = this.#outcomes.get(nameOf(index, step, config));
    if (before !== undefined) ledger.start(before);
    return ledger;
  }

  #subject(position: number): Subject {
    const tree = treeBehind(this.#options, position);
    if (tree === null) throw new RangeError(`no tree at ${position}`);
    return { tree, position, patch: this.#options.patches[position - 1]?.name ?? '' };
  }
}

/** Whether a step wants a tree that is not there: without its reason the patch would seem good. */
function lacksTrees({ engines, wants, verdicts }: SessionOptions): boolean {
  const reads = engines.some((engine) => chosenSteps(engine, wants).length > 0);
  return reads && verdicts.some((verdict) => stops(verdict));
}

/** The tree behind that many patches; null if one of them does not apply. */
function treeBehind({ base, verdicts }: SessionOptions, position: number): Tree | null {
  if (position === 0) return base;
  const verdict = verdicts[position - 1];
  if (verdict === undefined || verdict.kind === 'skipped' || stops(verdict)) return null;
  return verdict.tree;
}

function nameOf(position: number, step: string, config: string | null): string {
  return JSON.stringify([position, step, config]);
}

function notRun(reason: string): Outcome {
  return { verdict: 'not-run', reason, cached: false, seconds: 0, observations: [], log: null };
}
