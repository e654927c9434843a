import { EXIT } from '../../errors.ts';
import { formatTotal, statOf, totalOf } from '../../patch/stat.ts';
import { printable } from '../../report/printable.ts';
import type { Patch } from '../../series/types.ts';
import type { series } from '../series.ts';
import type { Run } from '../types.ts';
import { chosenPatches, openNamedSeries } from './inputs.ts';

export const run: Run<typeof series> = async (ctx, { args: [specs] }) => {
  const { report, globals } = ctx;
  const all = await openNamedSeries(ctx);
  const patches = chosenPatches(all, specs);
  const number = (patch: Patch): number => all.patches.indexOf(patch) + 1;
  if (globals.json) {
    const { origin, source, version, baseCommit } = all;
    report.json('series/1', {
      origin,
      source,
      version,
      baseCommit,
      patches: patches.map((patch) => patchJson(patch, number(patch))),
    });
  } else if (globals.verbose) {
    report.table(
      [
        { align: 'right', style: report.style.faint },
        { shrink: true },
        { align: 'right', style: report.style.faint },
        { shrink: true },
      ],
      patches.map((patch) => [
        String(number(patch)),
        printable(patch.name),
        size(patch),
        printable(patch.header.subject),
      ]),
    );
    report.print(
      formatTotal(
        totalOf(patches.flatMap((patch) => patch.files.map((file) => statOf(file)))),
      ).trim(),
    );
  } else {
    report.print(...patches.map((patch) => printable(patch.name)));
  }
  return EXIT.yes;
};

function size(patch: Patch): string {
  const { added, deleted } = totalOf(patch.files.map((file) => statOf(file)));
  return `+${added} -${deleted}`;
}

function patchJson(patch: Patch, number: number): Record<string, unknown> {
  const { files, added, deleted } = totalOf(patch.files.map((file) => statOf(file)));
  const { name, topic, strip, reverse, commit } = patch;
  return {
    number,
    name,
    subject: patch.header.subject,
    topic,
    strip,
    reverse,
    commit,
    files,
    added,
    deleted,
  };
}
