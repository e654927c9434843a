/** What a check works on: the trees along the series, and who answers for them. */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { applySeries } from '../../apply/series.ts';
import { pathsOf } from '../../apply/target.ts';
import type { ApplyVerdict } from '../../apply/types.ts';
import { CommandEngine } from '../../check/commands/engine.ts';
import type { CommandStep } from '../../check/commands/types.ts';
import { commandEnvironment } from '../../check/commands/environment.ts';
import { Checkpatch, readTuning } from '../../check/checkpatch.ts';
import { MODEL_MARKS, ModelEngine, isModel } from '../../check/model/engine.ts';
import { toolEnvironment } from '../../check/model/variant.ts';
import { findSandbox } from '../../check/sandbox.ts';
import type { TreeFamily } from '../../check/scratch.ts';
import type { ActionStore, BuildEngine } from '../../check/types.ts';
import { SeamError } from '../../errors.ts';
import { ALLOW_LIST } from '../../globals/allow.ts';
import { GlobalsEngine, hasAllowList } from '../../globals/engine.ts';
import { findProgram } from '../../programs.ts';
import type { Bytes, Path } from '../../patch/types.ts';
import { printable } from '../../report/printable.ts';
import type { Patch, Series } from '../../series/types.ts';
import type { ObjectId, Tree, TreeStore } from '../../tree/types.ts';
import type { CheckConfig } from '../check-config.ts';
import type { Context } from '../context.ts';
import { cacheDirectory } from './cache-place.ts';
import { openNamedBase, openNamedSeries } from './inputs.ts';

/** Where a kernel tree says how its patches are to be looked at. */
const TUNING = '.checkpatch.conf';

export interface Prepared {
  readonly series: Series;
  readonly base: TreeStore;
  /** The tree of the base. */
  readonly tree: Tree;
  readonly verdicts: readonly ApplyVerdict[];
  /** Contents that the base lacks, of every tree that the engines are asked about. */
  readonly blobs: Map<ObjectId, Bytes>;
  readonly engines: readonly BuildEngine[];
  /** Whether the tree is the modelled kernel, whose engine is one of them. */
  readonly model: boolean;
  readonly checkpatch: Checkpatch | null;
  /** Trees worth working on at a time. */
  readonly jobs: number;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly fuzz: number | undefined;
  readonly rerun: boolean;
  readonly checkpatch: string | undefined;
  readonly jobs: number | undefined;
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
    const { engines, jobs } = openEngines(ctx, applied, config, store, options);
    return {
      series,
      base,
      tree: applied.tree,
      verdicts: applied.verdicts,
      blobs: applied.family.blobs,
      engines,
      model: isModel(applied.tree),
      jobs,
      checkpatch: await openCheckpatch(ctx, applied, store, options),
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
  const { paths, tree } = await loadBase(base, patches);
  const status = ctx.report.status('applying patches', patches.length);
  const { verdicts, blobs } = await applySeries(base, patches, {
    fuzz,
    signal: ctx.signal,
    onVerdict: (verdict, done) => status.update(done, verdict.patch.name),
  });
  ctx.report.clearStatus();
  const family = { store: base, paths, blobs: new Map(blobs) } satisfies TreeFamily;
  return { tree, verdicts, family };
}

/** The base with every path that a patch touches, and those by which an engine knows its trees. */
export async function loadBase(
  base: TreeStore,
  patches: readonly Patch[],
): Promise<{ readonly paths: ReadonlySet<Path>; readonly tree: Tree }> {
  const paths = new Set(patches.flatMap((patch) => patch.files.flatMap((file) => pathsOf(file))));
  return { paths, tree: await base.load([...paths, ...MODEL_MARKS, ALLOW_LIST, TUNING]) };
}

/** Trees of a series and their base. */
export interface Grown {
  readonly family: TreeFamily;
  readonly tree: Tree;
}

/** Who answers for the trees: the list of globals, the build engine of the model, the user's commands. */
export function openEngines(
  ctx: Context,
  { family, tree }: Grown,
  config: CheckConfig,
  store: ActionStore,
  { rerun, jobs }: Pick<Options, 'rerun' | 'jobs'>,
): { readonly engines: BuildEngine[]; readonly jobs: number } {
  const model = isModel(tree);
  const processors = jobs ?? availableParallelism();
  // The model's engine shares out its processors itself; commands are a make with its own -j.
  const directories = jobs ?? (model ? processors : 1);
  const steps = config.steps.filter((step) => isFor(step, family.store));
  const engines: BuildEngine[] = hasAllowList(tree, family.paths)
    ? [new GlobalsEngine(family, { store, rerun, now: ctx.now })]
    : [];
  if (!model && steps.length === 0) return { engines, jobs: processors };
  const sandbox = findSandbox(ctx.env['PATH']);
  ctx.report.detail(`network for commands: ${sandbox.network}`);
  const common = { store, rerun, parent: join(cacheDirectory(ctx), 'work'), now: ctx.now };
  const env = commandEnvironment(ctx.env, config.passed);
  if (model)
    engines.push(
      new ModelEngine(family, {
        ...common,
        env: toolEnvironment(ctx.env['PATH']),
        jobs: processors,
        prefix: sandbox.prefix,
        signal: ctx.signal,
      }),
    );
  if (steps.length > 0)
    engines.push(
      new CommandEngine(family, steps, {
        ...common,
        env,
        limits: config.limits,
        sandbox,
        directories,
      }),
    );
  refuseNamesakes(engines);
  return { engines, jobs: model ? 2 * processors : directories };
}

/** A step that names a directory is for trees in there. */
function isFor({ within }: CommandStep, { label }: TreeStore): boolean {
  return (
    within === null ||
    label === within ||
    (/^[/@]/.test(label.slice(within.length)) && label.startsWith(within))
  );
}

function refuseNamesakes(engines: readonly BuildEngine[]): void {
  const names = engines.flatMap((engine) => engine.steps.map(({ name }) => name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new SeamError(
    'config-invalid',
    `step '${twice}' of the configuration has the name of one of the model's`,
    {
      kind: 'config',
      hint: 'give it another name, or a directory that it is for: within = "/src/linux"',
    },
  );
}

async function openCheckpatch(
  ctx: Context,
  { family, tree }: Grown,
  store: ActionStore,
  options: Options,
): Promise<Checkpatch | null> {
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
  const tuning = await tuningOf(ctx, family.store, tree);
  return new Checkpatch({ script, perl, tuning, store, rerun: options.rerun, now: ctx.now });
}

/** What the base wants its patches to be looked at for, and how. */
async function tuningOf(ctx: Context, store: TreeStore, tree: Tree): Promise<readonly string[]> {
  const entry = tree.get(TUNING);
  if (entry === null) return [];
  const blob = (await store.blobs([entry.id])).get(entry.id) ?? new Uint8Array();
  const { options, refused } = readTuning(Buffer.from(blob).toString('latin1'));
  for (const word of refused)
    ctx.report.warn(`'${printable(word)}' in '${TUNING}' of the base is left out`);
  return options;
}
