/**
 * The build engine of the modelled kernel: a step on a tree is made of actions (compile, link, run)
 * that are known by what they read, so that nothing is done twice over patches and configurations.
 * See ../../kbuild/README.md.
 */
import { readFileSync } from 'node:fs';
import { SeamError } from '../../errors.ts';
import type { Tree } from '../../tree/types.ts';
import { type Built, Compiler, build } from './build.ts';
import { type Configuration, Configurations } from './config.ts';
import { Contents } from './contents.ts';
import { type Fresh, type PartName, doPart, joined, problem } from './parts.ts';
import { Pool } from './pool.ts';
import { type Toolchain, findToolchain } from './toolchain.ts';
import { type ModelTree, ModelTrees } from './trees.ts';
import { CLANG, PLAIN, SANITIZED, type Variant } from './variant.ts';
import type { TreeFamily } from '../scratch.ts';
import { actionKey, sha256 } from '../store.ts';
import type {
  ActionStore,
  BuildEngine,
  Forecast,
  Outcome,
  StepOffer,
  Subject,
  VerdictKind,
} from '../types.ts';

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
  readonly parts: readonly PartName[];
}

const STEPS: readonly Step[] = [
  step('build', PLAIN, ['build'], { usual: true }),
  step('kunit', PLAIN, ['kunit'], { after: 'build', usual: true }),
  step('scenarios', PLAIN, ['scenarios'], { after: 'build', usual: true }),
  step('clang', CLANG, ['build'], {}),
  step('sparse', PLAIN, ['sparse'], { after: 'build' }),
  step('sanitize', SANITIZED, ['build', 'kunit', 'scenarios'], { after: 'build' }),
  step('faults', PLAIN, ['faults'], { after: 'build' }),
  step('size', PLAIN, ['size'], { after: 'build' }),
  step('bench', PLAIN, ['bench'], { after: 'build' }),
  step('paranoid', PLAIN, ['paranoid'], { after: 'build' }),
];

function step(
  name: string,
  variant: Variant,
  parts: Step['parts'],
  { after = null, usual = false }: Partial<Pick<StepOffer, 'after' | 'usual'>>,
): Step {
  return { name, variant, parts, after, usual, configured: true };
}

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
  readonly #signal: AbortSignal;
  readonly #digests = new Map<string, string | null>();

  constructor(family: TreeFamily, options: ModelOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#stopping.signal]);
    this.#trees = new ModelTrees(family);
    this.#contents = new Contents(options.store);
    this.#pool = new Pool(options.parent, options.jobs, options.env);
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
    if (compiler === null) return withLog(problem(`'${known.variant.cc}' is not installed`), store);
    const key = this.#key(known, config, subject, compiler.context.toolchain);
    const kept = rerun ? null : (store.result(key) as Outcome | null);
    if (kept !== null) return { ...kept, cached: true };
    const work = this.#do(known, config ?? 'def', subject, compiler);
    const outcome = withLog(await untilAborted(signal, work), store);
    if (LASTING.has(outcome.verdict)) store.keep(key, outcome);
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
      version: 2,
      step: known.name,
      config,
      tree: tree.id,
      toolchain: toolchain.identity,
    });
  }

  async #do(
    { name: step, variant, parts }: Step,
    config: string,
    subject: Subject,
    compiler: Compiler,
  ): Promise<Fresh> {
    const tree = await this.#trees.at(subject.tree);
    if (!tree.isModel) return problem('this tree is not the modelled kernel');
    const configuration = this.#configurations.get(tree, config);
    if (configuration.kind === 'none') {
      const { observations } = configuration;
      return { ...problem('there is no such configuration'), verdict: 'failed', observations };
    }
    const built = await this.#build(tree, config, configuration, variant, compiler);
    const { prefix } = this.#options;
    const tool = async (name: string) => this.#toolchain(name);
    const cell = { step, tree, config, configuration, variant, built, compiler, prefix, tool };
    const done: Fresh[] = [];
    for (const part of built.verdict === 'passed' ? parts : parts.slice(0, 1))
      done.push(await doPart(part, cell));
    return joined(done);
  }

  #build(
    tree: ModelTree,
    config: string,
    configuration: Configuration,
    variant: Variant,
    compiler: Compiler,
  ): Promise<Built> {
    const key = `${tree.id} ${variant.name} ${config}`;
    let built = this.#builds.get(key);
    if (built === undefined) {
      built = build(tree, configuration, variant, compiler);
      this.#builds.set(key, built);
      // What comes next on this tree follows soon; nobody asks for old ones again.
      const [oldest] = this.#builds.keys();
      if (this.#builds.size > 64 && oldest !== undefined) this.#builds.delete(oldest);
      built.catch(() => this.#builds.delete(key));
    }
    return built;
  }

  /** What compiles with `cc`; null when that is not installed. */
  #compiler(cc: string): Promise<Compiler | null> {
    let compiler = this.#compilers.get(cc);
    if (compiler === undefined) this.#compilers.set(cc, (compiler = this.#openCompiler(cc)));
    return compiler;
  }

  async #openCompiler(cc: string): Promise<Compiler | null> {
    const { store, env, now } = this.#options;
    const toolchain = await this.#toolchain(cc);
    if (toolchain === null) return null;
    return new Compiler({
      store,
      env,
      signal: this.#signal,
      now,
      toolchain,
      contents: this.#contents,
      digestOf: (file) => this.#digestOf(file),
      inWorkshop: async (work) => this.#pool.lend(work),
    });
  }

  async #toolchain(name: string): Promise<Toolchain | null> {
    const { store, env } = this.#options;
    return findToolchain(name, { store, env, signal: this.#signal, cwd: '/' });
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

function stepCalled(name: string): Step {
  const known = STEPS.find((each) => each.name === name);
  if (known !== undefined) return known;
  throw new SeamError('no-such-step', `the build engine has no step '${name}'`, {
    kind: 'internal',
  });
}
