/** Where a check's report goes. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckReport } from '../../check/types.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { countReport, summaryOf } from '../../report/check/gather.ts';
import { formatJunit } from '../../report/check/junit.ts';
import { formatKtap } from '../../report/check/ktap.ts';
import { formatMarkdown } from '../../report/check/markdown.ts';
import { formatSarif } from '../../report/check/sarif.ts';
import { checkColumns, checkRow, explainReport } from '../../report/check/text.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';

const FORMS = {
  junit: formatJunit,
  sarif: formatSarif,
  ktap: formatKtap,
  markdown: formatMarkdown,
} as const;

type FormFiles = { readonly [name in keyof typeof FORMS]: string | undefined };

/** Print a report, write the files that were asked for, and say what the exit status is. */
export function deliver(ctx: Context, report: CheckReport, files: FormFiles): number {
  if (ctx.globals.json) ctx.report.json('check/1', { ...report, counts: countReport(report) });
  else printText(ctx, report);
  for (const name of Object.keys(FORMS) as (keyof FormFiles)[]) {
    const file = files[name];
    if (file !== undefined) writeReport(ctx, file, FORMS[name](report));
  }
  const { good, patches } = countReport(report);
  return good === patches ? EXIT.yes : EXIT.no;
}

/** The table, what was found, and the sums. */
export function printText(ctx: Context, report: CheckReport): void {
  const { style, columns } = ctx.report;
  if (!ctx.globals.quiet)
    ctx.report.table(
      checkColumns(report.steps, style),
      report.patches.map((patch) => checkRow(patch, report.steps)),
    );
  ctx.report.print(
    ...explainReport(report, { style, columns, verbose: ctx.globals.verbose }),
    ...(ctx.globals.quiet ? [] : ['']),
    summaryOf(report),
  );
}

const SUFFIXES = { junit: 'xml', sarif: 'sarif', ktap: 'ktap', markdown: 'md' } as const;

/** Write a report in all its forms to `directory`, as `check.*`. Returns the names of the files. */
export function writeForms(ctx: Context, directory: string, report: CheckReport): string[] {
  const json = `${JSON.stringify({ schema: 'seam/check/1', ...report, counts: countReport(report) })}\n`;
  const forms = Object.entries(FORMS).map(
    ([name, format]) => [`check.${SUFFIXES[name as keyof FormFiles]}`, format(report)] as const,
  );
  const all = [['check.json', json] as const, ...forms];
  for (const [name, content] of all) writeReport(ctx, join(directory, name), content);
  return all.map(([name]) => name);
}

/** Write a file that the user named. */
export function writeReport(ctx: Context, name: string, content: string): void {
  try {
    writeFileSync(resolve(ctx.cwd, name), content);
  } catch (cause) {
    throw new SeamError(
      'report-not-written',
      `cannot write '${printable(name)}': ${(cause as Error).message}`,
      { kind: 'environment', cause, data: { file: name } },
    );
  }
}
