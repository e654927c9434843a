/**
 * The build engine of the modelled kernel: a step on a tree is made of actions (compile, link, run)
 * that are known by what they read, so that nothing is done twice over patches and configurations.
 * See ../kbuild/README.md.
 */
import { readFileSync } from 'node:fs';
import { SeamError } from '../errors.ts';
import type { Tree } from '../tree/types.ts';
import { type Built, Compiler, build } from './model-build.ts';
import { type Configuration, Configurations } from './model-config.ts';
import { type Artefact, Contents } from './model-contents.ts';
import { Pool } from './model-pool.ts';
import { type Ran, type RunContext, runScenarios, runUnitTests } from './model-runs.ts';
import { type Toolchain, findToolchain } from './model-toolchain.ts';
import { type ModelTree, ModelTrees } from './model-trees.ts';
import { CLANG, PLAIN, SANITIZED, type Variant } from './model-variant.ts';
import type { TreeFamily } from './scratch.ts';
import { actionKey, sha256 } from './store.ts';
import type { ActionStore, BuildEngine, Forecast, Outcome, StepOffer, Subject } from './types.ts';

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
  /** Do not believe what is known of whole steps. */
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

/** What a step is made of. */
interface Step extends StepOffer {
  readonly variant: Variant;
  readonly runs: readonly ('build' | 'kunit' | 'scenarios')[];
}

const STEPS: readonly Step[] = [
  step('build', PLAIN, ['build'], { usual: true }),
  step('kunit', PLAIN, ['kunit'], { after: 'build', usual: true }),
  step('scenarios', PLAIN, ['scenarios'], { after: 'build', usual: true }),
  step('clang', CLANG, ['build'], {}),
  step('sanitize', SANITIZED, ['build', 'kunit', 'scenarios'], { after: 'build' }),
];

function step(
  name: string,
  variant: Variant,
  runs: Step['runs'],
  { after = null, usual = false }: Partial<Pick<StepOffer, 'after' | 'usual'>>,
): Step {
  return { name, variant, runs, after, usual, configured: true };
}

/** The outcome without what the store adds. */
type Fresh = Omit<Outcome, 'log'> & { readonly output: string };

export class ModelEngine implements BuildEngine {
  readonly steps: readonly StepOffer[] = STEPS.map(({ name, configured, after, usual }) => {
    return { name, configured, after, usual };
  });
  readonly #options: ModelOptions;
  readonly #trees: ModelTrees;
  readonly #configurations = new Configurations();
  readonly #pool: Pool;
  readonly #contents: Contents;
  readonly #compilers = new Map<string, Promise<Compiler | null>>();
  readonly #builds = new Map<string, Promise<Built>>();
  readonly #stopping = new AbortController();
  readonly #digests = new Map<string, string | null>();

  constructor(family: TreeFamily, options: ModelOptions) {
    this.#options = options;
    this.#trees = new ModelTrees(family);
    this.#contents = new Contents(options.store);
    this.#pool = new Pool(options.parent, options.jobs);
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
    const { store, rerun } = this.#options;
    const known = stepCalled(name);
    const compiler = await this.#compiler(known.variant.cc);
    if (compiler === null) return error(`'${known.variant.cc}' is not installed`);
    const key = this.#key(known, config, subject, compiler.context.toolchain);
    const kept = rerun ? null : (store.result(key) as Outcome | null);
    if (kept !== null) return { ...kept, cached: true };
    const { output, ...rest } = await untilAborted(
      signal,
      this.#do(known, config ?? 'def', subject, compiler),
    );
    const outcome = { ...rest, log: output === '' ? null : store.add(Buffer.from(output)) };
    if (
      outcome.verdict === 'passed' ||
      outcome.verdict === 'failed' ||
      outcome.verdict === 'skipped'
    )
      store.keep(key, outcome);
    return outcome;
  }

  async forecast(name: string, config: string | null, subject: Subject): Promise<Forecast> {
    const known = stepCalled(name);
    const compiler = await this.#compiler(known.variant.cc);
    if (compiler === null) return { cached: false, why: `'${known.variant.cc}' is not installed` };
    if (this.#options.rerun) return { cached: false, why: '--rerun' };
    const key = this.#key(known, config, subject, compiler.context.toolchain);
    if (this.#options.store.result(key) !== null)
      return { cached: true, why: 'same tree, configuration and compiler' };
    return { cached: false, why: 'never done on this tree; units that did not change are known' };
  }

  async close(): Promise<void> {
    this.#stopping.abort(new Error('the engine was closed'));
    await this.#pool.close();
  }

  #key(known: Step, config: string | null, { tree }: Subject, toolchain: Toolchain): string {
    return actionKey({
      action: 'step',
      version: 1,
      step: known.name,
      config,
      tree: tree.id,
      toolchain: toolchain.identity,
    });
  }

  async #do(known: Step, config: string, subject: Subject, compiler: Compiler): Promise<Fresh> {
    const tree = await this.#trees.at(subject.tree);
    if (!tree.isModel) return { ...error('this tree is not the modelled kernel'), output: '' };
    const configuration = this.#configurations.get(tree, config);
    if (configuration.kind === 'none') {
      const { observations } = configuration;
      const reason = 'there is no such configuration';
      return { verdict: 'failed', reason, cached: false, seconds: 0, observations, output: '' };
    }
    const built = await this.#build(tree, config, configuration, known, compiler);
    const parts: Fresh[] = [];
    for (const run of known.runs) {
      const part =
        run === 'build' ? built : await this.#run(run, known, tree, configuration, built);
      parts.push(part);
      if (built.verdict !== 'passed') break;
    }
    return joined(parts);
  }

  #build(
    tree: ModelTree,
    config: string,
    configuration: Configuration,
    { variant, name }: Step,
    compiler: Compiler,
  ): Promise<Built> {
    const key = `${tree.id} ${variant.name} ${config}`;
    let built = this.#builds.get(key);
    if (built === undefined) {
      const rule = variant === PLAIN ? 'build' : name;
      built = build(tree, configuration, variant, rule, compiler);
      this.#builds.set(key, built);
      // What comes next on this tree follows soon; nobody asks for old ones again.
      const [oldest] = this.#builds.keys();
      if (this.#builds.size > 64 && oldest !== undefined) this.#builds.delete(oldest);
      built.catch(() => this.#builds.delete(key));
    }
    return built;
  }

  async #run(
    what: 'kunit' | 'scenarios',
    { name }: Step,
    tree: ModelTree,
    configuration: Configuration,
    built: Built,
  ): Promise<Fresh> {
    if (built.program === null)
      return { ...error(built.reason ?? 'it does not build'), output: built.output };
    const [option, lacks] =
      what === 'kunit' ? ['KUNIT', 'no unit tests'] : ['SCENARIO', 'no scenarios'];
    if (!configuration.has(option)) return skipped(`this configuration has ${lacks}`);
    const compiler = await this.#compiler('cc');
    if (compiler === null) return { ...error("'cc' is not installed"), output: '' };
    const context: RunContext = { ...compiler.context, prefix: this.#options.prefix };
    const start = (program: Artefact): Promise<Ran | null> =>
      what === 'kunit'
        ? runUnitTests(program, name, context)
        : runScenarios(program, tree, name, context);
    let ran = await start(built.program);
    if (ran === null) {
      const again = await built.again();
      ran = again === null ? null : await start(again);
    }
    return ran ?? { ...error('the program is gone from the store'), output: '' };
  }

  /** What compiles with `cc`; null when that is not installed. */
  #compiler(cc: string): Promise<Compiler | null> {
    let compiler = this.#compilers.get(cc);
    if (compiler === undefined) this.#compilers.set(cc, (compiler = this.#openCompiler(cc)));
    return compiler;
  }

  async #openCompiler(cc: string): Promise<Compiler | null> {
    const { store, env, now } = this.#options;
    const signal = AbortSignal.any([this.#options.signal, this.#stopping.signal]);
    const toolchain = await findToolchain(cc, { store, env, signal, cwd: '/' });
    if (toolchain === null) return null;
    return new Compiler({
      store,
      env,
      signal,
      now,
      toolchain,
      contents: this.#contents,
      digestOf: (file) => this.#digestOf(file),
      inWorkshop: async (work) => this.#pool.lend(work),
    });
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

function stepCalled(name: string): Step {
  const known = STEPS.find((each) => each.name === name);
  if (known !== undefined) return known;
  throw new SeamError('no-such-step', `the build engine has no step '${name}'`, {
    kind: 'internal',
  });
}

const RANK = ['passed', 'skipped', 'not-run', 'failed', 'timed-out', 'error'] as const;

/** One outcome of several: the worst verdict, all that was seen. */
function joined(parts: readonly Fresh[]): Fresh {
  const worst = [...parts].sort((a, b) => RANK.indexOf(b.verdict) - RANK.indexOf(a.verdict))[0];
  const skips = parts.length > 1 && worst?.verdict === 'skipped';
  return {
    verdict: skips ? 'passed' : (worst?.verdict ?? 'passed'),
    reason: skips ? null : (worst?.reason ?? null),
    cached: parts.every((part) => part.cached),
    seconds: parts.reduce((sum, part) => sum + part.seconds, 0),
    observations: parts.flatMap((part) => part.observations),
    output: parts.map((part) => part.output).join(''),
  };
}

function skipped(reason: string): Fresh {
  const plain = { cached: false, seconds: 0, observations: [], output: '' };
  return { verdict: 'skipped', reason, ...plain };
}

function error(reason: string): Outcome {
  return { verdict: 'error', reason, cached: false, seconds: 0, observations: [], log: null };
}
