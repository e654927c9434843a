import { EXIT } from '../../errors.ts';
import { formatStat } from '../../patch/stat-graph.ts';
import { formatNumstat, formatSummary, statName, statOf, totalOf } from '../../patch/stat.ts';
import type { FilePatch } from '../../patch/types.ts';
import type { diffstat } from '../diffstat.ts';
import type { Run } from '../types.ts';
import { chosenPatches, openNamedSeries } from './inputs.ts';

export const run: Run<typeof diffstat> = async (ctx, { args: [specs], options }) => {
  const patches = chosenPatches(await openNamedSeries(ctx), specs);
  const changed = together(patches.flatMap((patch) => patch.files));
  if (ctx.globals.json) {
    const stats = changed.map((file) => statOf(file));
    const files = stats.map(({ file, added, deleted, binary }) => ({
      path: file.newPath ?? file.oldPath,
      change: file.change,
      added,
      deleted,
      binary,
    }));
    ctx.report.json('diffstat/1', { ...totalOf(stats), changes: files });
  } else if (options.numstat) {
    ctx.report.write(formatNumstat(changed));
  } else {
    const width = options.width === undefined ? {} : { width: options.width };
    ctx.report.write(formatStat(changed, width) + formatSummary(changed));
  }
  return EXIT.yes;
};

/** One entry for each file: what several patches do to it is added up. */
function together(changes: readonly FilePatch[]): FilePatch[] {
  const byName = new Map<string, FilePatch>();
  for (const file of changes) {
    const name = statName(file, 'apply');
    const before = byName.get(name);
    byName.set(
      name,
      before === undefined ? file : { ...before, hunks: [...before.hunks, ...file.hunks] },
    );
  }
  return [...byName.values()];
}
