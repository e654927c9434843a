/** `seam check --isolated`: each patch on the base with what its lines and names say that it needs. */
import { footprintsOf } from '../../apply/footprints.ts';
import { stops } from '../../apply/types.ts';
import { isolatedOutcome } from '../../check/isolated-step.ts';
import { Isolation } from '../../check/isolation.ts';
import type { Applied } from '../../check/subsets.ts';
import type { TrialOptions } from '../../check/trial.ts';
import type { Outcome } from '../../check/types.ts';
import { mergeGraphs } from '../../deps/edges.ts';
import { symbolGraph } from '../../deps/symbols.ts';
import { textGraph } from '../../deps/text.ts';
import { SeamError } from '../../errors.ts';
import { nothingBuilds } from './builds.ts';
import type { Prepared } from './check-trees.ts';

type Ask = (index: number) => Promise<Outcome>;

/** Who answers for single patches. Refuses a choice of steps with which nothing would be tried. */
export function openIsolated(
  prepared: Prepared,
  trial: TrialOptions,
  untrusted: readonly string[],
  onTrial: (index: number) => void,
): Ask {
  const { series, verdicts, blobs, tree } = prepared;
  const engines = trial.engines.filter(({ builds }) => builds);
  const offers = engines.flatMap(({ steps }) => steps);
  if (offers.length === 0) throw nothingBuilds(untrusted);
  if (!offers.some(({ name }) => trial.wants(name))) throw nothingChosen();
  if (verdicts.some((verdict) => verdict.kind === 'skipped' || stops(verdict)))
    return async () => skipped('the series does not apply');
  const result = { verdicts, tree, blobs, ok: true };
  const footprints = footprintsOf(tree, result);
  const applied: Applied = {
    store: prepared.base,
    patches: series.patches,
    footprints,
    base: tree,
    trees: verdicts.map((verdict) => verdict.tree),
    blobs,
  };
  const size = series.patches.length;
  const diffs = footprints.patches.map((files) => files.map(({ file }) => file));
  const symbols = symbolGraph(diffs);
  const known = mergeGraphs(size, [textGraph(footprints), symbols]);
  const isolation = new Isolation({ ...trial, engines, applied, known, likely: symbols, onTrial });
  return async (index) =>
    isolatedOutcome(isolation, index, (each) => series.patches[each]?.name ?? '');
}

function nothingChosen(): SeamError {
  return new SeamError('isolated-idle', "'--isolated' builds, and no step that builds is chosen", {
    kind: 'usage',
    hint: 'seam check --isolated --only build',
  });
}

function skipped(reason: string): Outcome {
  return { verdict: 'skipped', reason, cached: false, seconds: 0, observations: [], log: null };
}
