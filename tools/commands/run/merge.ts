import type { CheckReport, PatchReport } from '../../check/types.ts';
import { SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { merge } from '../merge.ts';
import type { Run } from '../types.ts';
import { readReport } from './check-input.ts';
import { deliver } from './check-output.ts';

export const run: Run<typeof merge> = (ctx, { args: [files], options }) => {
  const reports = files.map((file) => ({ file, report: readReport(ctx, file) }));
  const [first] = reports;
  if (first === undefined)
    throw new SeamError('no-reports', 'no reports given to join', { kind: 'usage' });
  for (const { file, report } of reports) refuseOther(first.file, first.report, file, report);
  const patches = joinPatches(reports);
  const { series } = first.report;
  const missing = series.patches - patches.length;
  if (missing > 0 && !options.partial)
    throw new SeamError(
      'patches-missing',
      `${missing} of ${series.patches} patches are in none of the reports, the first is number ${firstMissing(patches)}`,
      { hint: 'is a shard missing? to join what is there: --partial', data: { missing } },
    );
  const steps = [...new Set(reports.flatMap(({ report }) => report.steps))];
  return deliver(ctx, { ...first.report, shard: null, steps, patches }, options);
};

/** Reports that were made of something else cannot be joined. */
function refuseOther(
  firstFile: string,
  first: CheckReport,
  file: string,
  other: CheckReport,
): void {
  const what =
    first.base.commit !== other.base.commit
      ? 'another base'
      : first.series.patches !== other.series.patches
        ? 'a series of another length'
        : null;
  if (what === null) return;
  throw new SeamError(
    'reports-differ',
    `'${printable(file)}' is about ${what} than '${printable(firstFile)}'`,
    { data: { files: [firstFile, file] } },
  );
}

function joinPatches(
  reports: readonly { readonly file: string; readonly report: CheckReport }[],
): PatchReport[] {
  const joined = new Map<number, PatchReport>();
  for (const { file, report } of reports) {
    for (const patch of report.patches) {
      if (joined.has(patch.number))
        throw new SeamError(
          'patch-twice',
          `patch ${patch.number} is in '${printable(file)}' and in another report`,
          {
            data: { file, patch: patch.name },
          },
        );
      joined.set(patch.number, patch);
    }
  }
  return [...joined.values()].sort((a, b) => a.number - b.number);
}

function firstMissing(patches: readonly PatchReport[]): number {
  const gap = patches.findIndex(({ number }, index) => number !== index + 1);
  return (gap === -1 ? patches.length : gap) + 1;
}
