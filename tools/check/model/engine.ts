/**
 * The build engine of the modelled kernel: a step on a tree is made of actions (compile, link, run)
 * that are known by what they read, so that nothing is done twice over patches and configurations.
 * See ../../kbuild/README.md.
 */
import { readFileSync } from 'node:fs';
import type { Tree } from '../../tree/types.ts';
import type { TreeFamily } from '../scratch.ts';
import { actionKey, sha256 } from '../store.ts';
import { AnewStore } from '../store-anew.ts';
import type {
  ActionStore,
  BuildEngine,
  Forecast,
  Outcome,
  StepOffer,
  Subject,
  VerdictKind,
} from '../types.ts';
import type { Compiler } from './build.ts';
import { Builder } from './builder.ts';
import { Configurations } from './config.ts';
import { Contents } from './contents.ts';
import { Forecaster } from './forecast.ts';
import { type Fresh, problem } from './parts.ts';
import { Pool } from './pool.ts';
import { STEPS, type Step, stepCalled } from './steps.ts';
import { ModelTrees } from './trees.ts';

export interface ModelOptions {
  readonly store: ActionStore;
  /** All that compilers and programs get; see `toolEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute directory in which scratch directories are made. */
  readonly parent: string;
  /** Compilers and programs that run at a time. */
  readonly jobs: number;
  /** What goes before a program that was built, to keep it from the network. */
  readonly prefix: readonly string[];
  /** Do not believe what is known. */
  readonly rerun: boolean;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** Files by which the modelled kernel is known. */
export const MODEL_MARKS = ['Kbuild', 'arch/host/defconfig', 'scripts/kconfig/conf.c'] as const;

/** Whether the engine has anything to say of `tree`, in which the marks must be loaded. */
export function isModel(tree: Tree): boolean {
  return MODEL_MARKS.every((path) => tree.get(path) !== null);
}

export class ModelEngine implements BuildEngine {
  readonly builds = true;
  readonly steps: readonly StepOffer[] = STEPS.map(({ name, configured, after, usual }) => {
    return { name, configured, after, usual };
  });
  readonly #options: ModelOptions;
  readonly #trees: ModelTrees;
  readonly #configurations = new Configurations();
  readonly #pool: Pool;
  readonly #builder: Builder;
  readonly #forecaster: Forecaster;
  readonly #stopping = new AbortController();
  readonly #digests = new Map<string, string | null>();

  constructor(family: TreeFamily, options: ModelOptions) {
    const { env, parent, jobs, prefix, now, signal } = options;
    const store = options.rerun ? new AnewStore(options.store) : options.store;
    this.#options = { ...options, store };
    this.#trees = new ModelTrees(family);
    this.#pool = new Pool(parent, jobs, env);
    const shared = {
      store,
      env,
      prefix,
      now,
      signal: AbortSignal.any([signal, this.#stopping.signal]),
      trees: this.#trees,
      configurations: this.#configurations,
      contents: new Contents(store),
      digestOf: (file: string) => this.#digestOf(file),
    };
    this.#builder = new Builder({ ...shared, inWorkshop: this.#pool.lend.bind(this.#pool) });
    this.#forecaster = new Forecaster(shared);
  }

  async configurations(tree: Tree, sets: readonly string[]): Promise<readonly string[]> {
    const key = actionKey({ action: 'configurations', version: 1, tree: tree.id, sets });
    const known = this.#options.store.result(key) as string[] | null;
    if (known !== null) return known;
    const names = this.#configurations.names(await this.#trees.at(tree), sets);
    this.#options.store.keep(key, names);
    return names;
  }

  async perform(
    name: string,
    config: string | null,
    subject: Subject,
    signal: AbortSignal,
  ): Promise<Outcome> {
    signal.throwIfAborted();
    const { store } = this.#options;
    const step = stepCalled(name);
    const compiler = await this.#builder.compiler(step.variant.cc);
    if (compiler === null) return withLog(problem(`'${step.variant.cc}' is not installed`), store);
    const key = keyOf(step, config, subject, compiler);
    const known = this.#known(step, key);
    if (known !== null) return { ...known, cached: true };
    const work = this.#builder.do(step, config ?? 'def', subject, compiler);
    const outcome = withLog(await untilAborted(signal, work), store);
    if (step.kept && LASTING.has(outcome.verdict)) store.keep(key, outcome);
    return outcome;
  }

  async forecast(name: string, config: string | null, subject: Subject): Promise<Forecast> {
    const step = stepCalled(name);
    const compiler = await this.#builder.compiler(step.variant.cc);
    if (compiler === null) return { cached: false, why: `'${step.variant.cc}' is not installed` };
    if (this.#options.rerun) return { cached: false, why: '--rerun' };
    if (this.#known(step, keyOf(step, config, subject, compiler)) !== null)
      return { cached: true, why: 'same tree, configuration and compiler' };
    return this.#forecaster.forecast(step, config ?? 'def', subject);
  }

  #known(step: Step, key: string): Outcome | null {
    return step.kept ? (this.#options.store.result(key) as Outcome | null) : null;
  }

  async close(): Promise<void> {
    this.#stopping.abort(new Error('the engine was closed'));
    await this.#pool.close();
  }

  #digestOf(file: string): string | null {
    let digest = this.#digests.get(file);
    if (digest === undefined) {
      try {
        digest = sha256(readFileSync(file));
      } catch {
        digest = null;
      }
      this.#digests.set(file, digest);
    }
    return digest;
  }
}

function keyOf(step: Step, config: string | null, { tree }: Subject, compiler: Compiler): string {
  return actionKey({
    action: 'step',
    version: 2,
    step: step.name,
    config,
    tree: tree.id,
    toolchain: compiler.context.toolchain.identity,
  });
}

/** Verdicts that say something of the tree; others may be the fault of the machine. */
const LASTING: ReadonlySet<VerdictKind> = new Set<VerdictKind>(['passed', 'failed', 'skipped']);

function withLog({ output, ...rest }: Fresh, store: ActionStore): Outcome {
  const { verdict, reason, cached, seconds, observations } = rest;
  const log = output === '' ? null : store.add(Buffer.from(output));
  const { measures } = rest;
  return {
    verdict,
    reason,
    cached,
    seconds,
    observations,
    log,
    ...(measures === undefined ? {} : { measures }),
  };
}

/** `work`, or the reason of `signal` as soon as that is aborted; others may wait for the work, too. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
