/** The configurations of trees, each solved once for all trees that have the same Kconfig files. */
import {
  type ConfigFile,
  type Configured,
  type ConfigurationName,
  configure,
  isSingle,
  namesOf,
  setsIn,
} from '../../kbuild/configurations.ts';
import { autoConf, definitions, dotConfig } from '../../kbuild/kconfig-files.ts';
import { readKconfig } from '../../kbuild/kconfig-read.ts';
import type { Kconfig, KconfigFault } from '../../kbuild/kconfig-types.ts';
import type { ModelTree } from './trees.ts';
import type { Observation } from '../types.ts';

const DEFCONFIG = 'arch/host/defconfig';

/** What a check without named sets looks at. */
const USUAL = ['def', 'allno', 'allyes'];

/** A configuration as make and the compiler see it. */
export interface Configuration {
  readonly kind: 'configuration';
  readonly dotConfig: string;
  readonly autoConf: string;
  /** CONFIG symbols that are defined, with what stands for them. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Every CONFIG symbol that a configuration of this tree can define. */
  readonly symbols: readonly string[];
  has(option: string): boolean;
}

/** The tree has no such configuration. */
export interface NoConfiguration {
  readonly kind: 'none';
  readonly observations: readonly Observation[];
}

export class Configurations {
  readonly #kconfigs = new Map<string, Kconfig | KconfigFault>();
  readonly #made = new Map<string, Configuration | NoConfiguration>();

  /**
   * The names in `sets`, without those that give this tree a `.config` that an earlier name gives.
   * A tree that cannot be configured has all of them: each will say why.
   */
  names(tree: ModelTree, sets: readonly string[]): readonly ConfigurationName[] {
    const { kconfig } = this.#kconfig(tree);
    if (kconfig.kind === 'fault') {
      const single = setsIn(sets).filter(isSingle);
      return single.length === 0 ? USUAL : single;
    }
    const byText = new Map<string, ConfigurationName>();
    for (const name of namesOf(sets.length === 0 ? USUAL : sets, kconfig)) {
      const made = this.get(tree, name);
      const text = made.kind === 'none' ? name : made.dotConfig;
      if (!byText.has(text)) byText.set(text, name);
    }
    return [...byText.values()];
  }

  get(tree: ModelTree, name: ConfigurationName): Configuration | NoConfiguration {
    const { digest, kconfig } = this.#kconfig(tree);
    const key = `${digest} ${name}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = this.#make(tree, kconfig, name);
    this.#made.set(key, made);
    return made;
  }

  #kconfig(tree: ModelTree): { digest: string; kconfig: Kconfig | KconfigFault } {
    const deciding = tree.paths().filter((path) => /(^|\/)Kconfig[^/]*$/.test(path));
    const digest = tree.digest([...deciding, DEFCONFIG]);
    let kconfig = this.#kconfigs.get(digest);
    if (kconfig === undefined) {
      kconfig = readKconfig('Kconfig', (path) => tree.text(path));
      this.#kconfigs.set(digest, kconfig);
    }
    return { digest, kconfig };
  }

  #make(
    tree: ModelTree,
    kconfig: Kconfig | KconfigFault,
    name: ConfigurationName,
  ): Configuration | NoConfiguration {
    if (kconfig.kind === 'fault') return none(kconfig);
    const text = tree.text(DEFCONFIG);
    const own: ConfigFile | null = text === null ? null : { path: DEFCONFIG, text };
    const solution = configure(kconfig, name, own);
    if (solution.kind !== 'solution') return none(solution);
    return {
      kind: 'configuration',
      dotConfig: dotConfig(solution),
      autoConf: autoConf(solution),
      definitions: definitions(solution),
      symbols: symbolsOf(kconfig),
      has: (option) => solution.values.get(option) === 'y',
    };
  }
}

/** The same array for the same Kconfig files. */
const symbols = new WeakMap<Kconfig, readonly string[]>();

function symbolsOf(kconfig: Kconfig): readonly string[] {
  const known = symbols.get(kconfig) ?? [...kconfig.options.keys()].map((name) => `CONFIG_${name}`);
  symbols.set(kconfig, known);
  return known;
}

function none(fault: Exclude<Configured, { kind: 'solution' }>): NoConfiguration {
  const plain = { rule: 'build/kconfig', severity: 'error' } as const;
  if (fault.kind === 'fault') {
    const { path, line, message } = fault;
    return { kind: 'none', observations: [{ ...plain, path, line, message }] };
  }
  const observations = fault.complaints.map((complaint): Observation => {
    const [, path = '', line = '', message = ''] = /^(.*?):(\d+): (.*)$/.exec(complaint) ?? [];
    return { ...plain, path, line: Number(line), message };
  });
  return { kind: 'none', observations };
}
