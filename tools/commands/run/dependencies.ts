/** The series applied, and what its patches did: what `deps` and `extract` start from. */
import { footprintsOf } from '../../apply/footprints.ts';
import { applySeries } from '../../apply/series.ts';
import type { ApplyResult } from '../../apply/types.ts';
import { stops } from '../../apply/types.ts';
import type { Node } from '../../deps/drawing.ts';
import { textGraph } from '../../deps/text.ts';
import type { Footprints, Graph } from '../../deps/types.ts';
import { SeamError } from '../../errors.ts';
import type { FilePatch } from '../../patch/types.ts';
import { printable } from '../../report/printable.ts';
import type { Patch, Series } from '../../series/types.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import { type Opening, closeOpening, startOpening } from './inputs.ts';

export interface Analysed {
  readonly base: TreeStore;
  readonly series: Series;
  readonly result: ApplyResult;
  readonly footprints: Footprints;
  /** What each patch needs so that it applies. */
  readonly text: Graph;
}

/** Apply the named series to the named base, hand both to `use`, and close the base. */
export async function withDependencies(
  ctx: Context,
  fuzz: number,
  use: (analysed: Analysed) => Promise<number>,
  opening: Opening = startOpening(ctx),
): Promise<number> {
  try {
    const [base, series] = await Promise.all([opening.base, opening.series]);
    const status = ctx.report.status('applying patches', series.patches.length);
    const { signal } = ctx;
    const result = await applySeries(base, series.patches, {
      fuzz,
      signal,
      onVerdict: (verdict, done) => status.update(done, verdict.patch.name),
    });
    refuseFailure(result);
    const tree = await base.load(new Set(series.patches.flatMap((patch) => pathsOf(patch))));
    const footprints = footprintsOf(tree, result);
    return await use({ base, series, result, footprints, text: textGraph(footprints) });
  } finally {
    await closeOpening(opening);
  }
}

function refuseFailure({ verdicts }: ApplyResult): void {
  const failed = verdicts.find((verdict) => stops(verdict));
  if (failed === undefined) return;
  const name = printable(failed.patch.name);
  const why = failed.kind === 'conflict' ? 'does not apply' : 'is in the tree already';
  throw new SeamError('series-does-not-apply', `patch '${name}' ${why}`, {
    data: { patch: failed.patch.name, verdict: failed.kind },
    hint: 'seam apply',
  });
}

function pathsOf({ files }: Patch): string[] {
  return files.flatMap(({ oldPath, newPath }) =>
    [oldPath, newPath].filter((path) => path !== null),
  );
}

/** The patches as drawings and listings have them. */
export function nodesOf({ patches }: Series): Node[] {
  return patches.map(({ name, topic, header }, index) => ({
    number: index + 1,
    name,
    subject: header.subject,
    topic,
  }));
}

/** The diffs of every patch, hunks numbered by where they stand. */
export function diffsOf({ footprints }: Analysed): readonly (readonly FilePatch[])[] {
  return footprints.patches.map((files) => files.map(({ file }) => file));
}

/** The patch with other diffs, which go forward whatever the series says. */
export function withFiles(patch: Patch, files: readonly FilePatch[]): Patch {
  return { ...patch, files, reverse: false };
}
