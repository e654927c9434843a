/** What a check works on: the trees along the series, and who answers for them. */
import { resolve } from 'node:path';
import { join } from 'node:path';
import { applySeries } from '../../apply/series.ts';
import { pathsOf } from '../../apply/target.ts';
import type { ApplyVerdict } from '../../apply/types.ts';
import { CommandEngine } from '../../check/commands/engine.ts';
import { commandEnvironment } from '../../check/commands/environment.ts';
import { Checkpatch } from '../../check/checkpatch.ts';
import { findSandbox } from '../../check/sandbox.ts';
import type { TreeFamily } from '../../check/scratch.ts';
import type { ActionStore, BuildEngine } from '../../check/types.ts';
import { SeamError } from '../../errors.ts';
import { findProgram } from '../../programs.ts';
import type { Series } from '../../series/types.ts';
import type { Tree, TreeStore } from '../../tree/types.ts';
import type { CheckConfig } from '../check-config.ts';
import type { Context } from '../context.ts';
import { cacheDirectory } from './cache-place.ts';
import { openNamedBase, openNamedSeries } from './inputs.ts';

export interface Prepared {
  readonly series: Series;
  readonly base: TreeStore;
  /** The tree of the base. */
  readonly tree: Tree;
  readonly verdicts: readonly ApplyVerdict[];
  readonly engines: readonly BuildEngine[];
  readonly checkpatch: Checkpatch | null;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly fuzz: number | undefined;
  readonly rerun: boolean;
  readonly checkpatch: string | undefined;
}

/** Apply the series and open what answers questions about its trees. */
export async function prepare(
  ctx: Context,
  config: CheckConfig,
  store: ActionStore,
  options: Options,
): Promise<Prepared> {
  const opening = openNamedBase(ctx);
  const opened = Promise.all([opening, openNamedSeries(ctx)]);
  try {
    const [base, series] = await opened;
    const applied = await apply(ctx, base, series, options.fuzz ?? 0);
    const engines = openEngines(ctx, applied.family, config, store, options);
    return {
      series,
      base,
      tree: applied.tree,
      verdicts: applied.verdicts,
      engines,
      checkpatch: openCheckpatch(ctx, store, options),
      close: async () => {
        for (const engine of engines) await engine.close();
        await base.close();
      },
    };
  } catch (error) {
    await (await opening.catch(() => null))?.close();
    throw error;
  }
}

async function apply(ctx: Context, base: TreeStore, series: Series, fuzz: number) {
  const { patches } = series;
  const paths = new Set(patches.flatMap((patch) => patch.files.flatMap((file) => pathsOf(file))));
  const tree = await base.load(paths);
  const status = ctx.report.status('applying patches', patches.length);
  const { verdicts, blobs } = await applySeries(base, patches, {
    fuzz,
    signal: ctx.signal,
    onVerdict: (verdict, done) => status.update(done, verdict.patch.name),
  });
  ctx.report.clearStatus();
  const family: TreeFamily = { store: base, paths, blobs };
  return { tree, verdicts, family };
}

function openEngines(
  ctx: Context,
  family: TreeFamily,
  config: CheckConfig,
  store: ActionStore,
  { rerun }: Options,
): BuildEngine[] {
  if (config.steps.length === 0) return [];
  const sandbox = findSandbox(ctx.env['PATH']);
  ctx.report.detail(`network for commands: ${sandbox.network}`);
  return [
    new CommandEngine(family, config.steps, {
      env: commandEnvironment(ctx.env, config.passed),
      store,
      limits: config.limits,
      sandbox,
      rerun,
      parent: join(cacheDirectory(ctx), 'work'),
      now: ctx.now,
    }),
  ];
}

function openCheckpatch(ctx: Context, store: ActionStore, options: Options): Checkpatch | null {
  const script =
    options.checkpatch === undefined
      ? ctx.tools['checkpatch.pl']
      : resolve(ctx.cwd, options.checkpatch);
  if (script === undefined) return null;
  const perl = ctx.tools['perl'] ?? findProgram('perl', ctx.env['PATH']);
  if (perl === null)
    throw new SeamError('tool-missing', "step 'checkpatch' needs 'perl', which is not here", {
      kind: 'environment',
      hint: 'apt-get install perl, or leave the step out: --skip checkpatch',
    });
  return new Checkpatch({ script, perl, store, rerun: options.rerun, now: ctx.now });
}
