/** A directory of the modelled kernel as the engine sees it, for tests that look at its parts. */
import { Pool } from '../../tools/check/model/pool.ts';
import { type Rules, rulesOf } from '../../tools/check/model/rules.ts';
import { findToolchain } from '../../tools/check/model/toolchain.ts';
import { type ModelTree, ModelTrees } from '../../tools/check/model/trees.ts';
import { toolEnvironment } from '../../tools/check/model/variant.ts';
import { DiskStore } from '../../tools/check/store.ts';
import { DirectoryStore } from '../../tools/tree/directory.ts';

export interface OpenModel {
  readonly tree: ModelTree;
  /** What make would do, told these variables. */
  rules(autoConf: string, variables: Readonly<Record<string, string>>): Promise<Rules>;
}

/** Open `directory`; `scratch` is one that may be written to. */
export async function openModel(directory: string, scratch: string): Promise<OpenModel> {
  const base = new DirectoryStore(directory, directory);
  const trees = new ModelTrees({ store: base, paths: new Set(), blobs: new Map() });
  const tree = await trees.at(await base.load([]));
  const env = toolEnvironment(process.env['PATH']);
  const { signal } = new AbortController();
  const store = new DiskStore(scratch, () => new Date());
  const pool = new Pool(scratch, 1, env);
  return {
    tree,
    rules: async (autoConf, variables) => {
      const toolchain = await findToolchain('cc', { store, env, signal, cwd: scratch });
      if (toolchain === null) throw new Error('no compiler');
      const context = { store, env, signal, inWorkshop: pool.lend.bind(pool) };
      const variant = { name: 'plain', rule: 'build', cc: 'cc', variables } as const;
      const rules = await rulesOf(tree, autoConf, variant, toolchain, context);
      if (rules.kind === 'no-rules') throw new Error(rules.message);
      return rules;
    },
  };
}
