/** Does steps: builds a tree in a configuration, once for all steps on it, and looks at what came out. */
import type { Subject } from '../types.ts';
import { type Built, Compiler, build } from './build.ts';
import type { CompileContext } from './compile.ts';
import type { Configuration, Configurations } from './config.ts';
import { type Fresh, doPart, joined, problem } from './parts.ts';
import type { Step } from './steps.ts';
import { type Toolchain, findToolchain } from './toolchain.ts';
import type { ModelTree, ModelTrees } from './trees.ts';
import type { Variant } from './variant.ts';

/** Builds that are remembered: what comes next on a tree follows soon, nobody asks for old ones. */
const REMEMBERED = 64;

export interface BuilderOptions extends Omit<CompileContext, 'toolchain'> {
  readonly trees: ModelTrees;
  readonly configurations: Configurations;
  /** What goes before a program that was built. */
  readonly prefix: readonly string[];
}

export class Builder {
  readonly #options: BuilderOptions;
  readonly #compilers = new Map<string, Promise<Compiler | null>>();
  readonly #builds = new Map<string, Promise<Built>>();

  constructor(options: BuilderOptions) {
    this.#options = options;
  }

  /** What compiles with `cc`; null when that is not installed. */
  compiler(cc: string): Promise<Compiler | null> {
    let compiler = this.#compilers.get(cc);
    if (compiler === undefined) this.#compilers.set(cc, (compiler = this.#openCompiler(cc)));
    return compiler;
  }

  /** Do a step in the configuration called `config`. */
  async do(step: Step, config: string, subject: Subject, compiler: Compiler): Promise<Fresh> {
    const { trees, configurations, prefix } = this.#options;
    const { name, variant, parts } = step;
    const tree = await trees.at(subject.tree);
    if (!tree.isModel) return problem('this tree is not the modelled kernel');
    const configuration = configurations.get(tree, config);
    if (configuration.kind === 'none') {
      const { observations } = configuration;
      return { ...problem('there is no such configuration'), verdict: 'failed', observations };
    }
    const built = await this.#build(tree, config, configuration, variant, compiler);
    const tool = async (program: string) => this.#toolchain(program);
    const cell = {
      step: name,
      tree,
      config,
      configuration,
      variant,
      built,
      compiler,
      prefix,
      tool,
    };
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
      const [oldest] = this.#builds.keys();
      if (this.#builds.size > REMEMBERED && oldest !== undefined) this.#builds.delete(oldest);
      built.catch(() => this.#builds.delete(key));
    }
    return built;
  }

  async #openCompiler(cc: string): Promise<Compiler | null> {
    const toolchain = await this.#toolchain(cc);
    return toolchain === null ? null : new Compiler({ ...this.#options, toolchain });
  }

  async #toolchain(name: string): Promise<Toolchain | null> {
    const { store, env, signal } = this.#options;
    return findToolchain(name, { store, env, signal, cwd: '/' });
  }
}
