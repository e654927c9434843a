/** Opens what builds and tests trees of a series from which patches are left out. */
import { Isolation } from '../../check/isolation.ts';
import type { Applied } from '../../check/subsets.ts';
import type { BuildEngine } from '../../check/types.ts';
import { symbolGraph } from '../../deps/symbols.ts';
import type { Graph } from '../../deps/types.ts';
import { SeamError } from '../../errors.ts';
import { type CheckConfig, readCheckConfig } from '../check-config.ts';
import type { Context } from '../context.ts';
import { openStore } from './cache-place.ts';
import { stepFilter } from './check-steps.ts';
import { loadBase, openEngines } from './check-trees.ts';
import { type Analysed, diffsOf } from './dependencies.ts';

/** What a verb was told about building. */
export interface BuildOptions {
  /** Steps; none for those that `usual` says. */
  readonly only: readonly string[];
  /** Lines for the shell. */
  readonly exec: readonly string[];
  readonly 'config-set': readonly string[];
  readonly jobs: number | undefined;
}

export interface Builds {
  readonly applied: Applied;
  readonly isolation: Isolation;
  readonly engines: readonly BuildEngine[];
  /** Whether a step is asked, by its name. */
  readonly wants: (step: string) => boolean;
  readonly sets: readonly string[];
  readonly jobs: number;
}

/**
 * Open engines for the series that was applied, hand them to `use`, and close them. Without a choice of
 * steps, those count that build something for others (`builds`) or all usual ones (`usual`).
 */
export async function withBuilds<T>(
  ctx: Context,
  analysed: Analysed,
  options: BuildOptions,
  otherwise: 'builds' | 'usual',
  use: (builds: Builds) => Promise<T>,
): Promise<T> {
  const { base, series, result, footprints, text } = analysed;
  const config = await readCheckConfig(ctx, options.exec);
  const { paths, tree } = await loadBase(base, series.patches);
  const blobs = new Map(result.blobs);
  const family = { store: base, paths, blobs };
  const given = { rerun: false, jobs: options.jobs };
  const opened = openEngines(ctx, { family, tree }, config, openStore(ctx), given);
  const engines = opened.engines.filter(({ builds }) => builds);
  const { jobs } = opened;
  try {
    const wants = wantedSteps(engines, config, options.only, otherwise);
    const sets = options['config-set'].length > 0 ? options['config-set'] : config.sets;
    const applied: Applied = {
      store: base,
      patches: series.patches,
      footprints,
      base: tree,
      trees: result.verdicts.map((verdict) => verdict.tree),
      blobs,
    };
    const isolation = openIsolation(ctx, applied, text, analysed, { engines, wants, sets });
    return await use({ applied, isolation, engines, wants, sets, jobs });
  } finally {
    for (const engine of opened.engines) await engine.close();
  }
}

function openIsolation(
  ctx: Context,
  applied: Applied,
  known: Graph,
  analysed: Analysed,
  ask: Pick<Builds, 'engines' | 'wants' | 'sets'>,
): Isolation {
  const status = ctx.report.status('leaving patches out', applied.patches.length);
  const onTrial = (index: number): void =>
    status.update(index + 1, applied.patches[index]?.name ?? 'base');
  const likely = symbolGraph(diffsOf(analysed));
  return new Isolation({ ...ask, applied, known, likely, onTrial, signal: ctx.signal });
}

function wantedSteps(
  engines: readonly BuildEngine[],
  { untrusted }: CheckConfig,
  only: readonly string[],
  otherwise: 'builds' | 'usual',
): (step: string) => boolean {
  const offers = engines.flatMap(({ steps }) => steps);
  if (offers.length === 0) throw nothingBuilds(untrusted);
  if (only.length > 0) {
    const wants = stepFilter(engines, false, untrusted, { only, skip: [], paranoid: false });
    const idle = only.find((name) => !offers.some((offer) => offer.name === name));
    if (idle === undefined) return wants;
    throw new SeamError('no-build-step', `step '${idle}' reads patches and builds no tree`, {
      kind: 'usage',
      hint: `steps that do: ${offers.map(({ name }) => name).join(', ')}`,
    });
  }
  const usual = offers.filter((offer) => offer.usual);
  // A step on whose products others work is a build.
  const builds = usual.filter(({ name }) => offers.some(({ after }) => after === name));
  const chosen = otherwise === 'usual' || builds.length === 0 ? usual : builds;
  const names = new Set(chosen.map(({ name }) => name));
  return (step) => names.has(step);
}

export function nothingBuilds(untrusted: readonly string[]): SeamError {
  return new SeamError('nothing-builds', 'nothing is known that builds this tree', {
    kind: 'config',
    hint:
      untrusted.length > 0
        ? 'the project brings commands, which run once you trust it: seam trust'
        : "name a command: --exec 'make -s'",
  });
}

/** Options about building where nothing is built; `command` is the one that does. */
export function refuseIdle(command: string, builds: boolean, options: BuildOptions): void {
  const idle = (['exec', 'only', 'config-set', 'jobs'] as const).find((name) => {
    const value = options[name];
    return typeof value === 'number' || (value?.length ?? 0) > 0;
  });
  if (builds || idle === undefined) return;
  throw new SeamError('option-idle', `'--${idle}' says how to build, and nothing is built`, {
    kind: 'usage',
    hint: `seam ${command}`,
  });
}
