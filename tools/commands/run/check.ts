import { existsSync, readFileSync } from 'node:fs';
import { addAccepted, parseAccepted } from '../../check/accepted.ts';
import type { CheckReport } from '../../check/types.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { gather } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import type { CheckConfig } from '../check-config.ts';
import type { check } from '../check.ts';
import type { Context } from '../context.ts';
import type { Run } from '../types.ts';
import { deliver, writeReport } from './check-output.ts';
import { printPlan } from './check-plan.ts';
import { type CheckOptions, baselineFile, withCheck } from './check-run.ts';

export const run: Run<typeof check> = async (ctx, { args: [specs], options }) =>
  withCheck(ctx, specs, options, async ({ session, series, config, report }) => {
    if (options.plan) return printPlan(ctx, await session.forecast(), series);
    const made = await report();
    return options.accept ? accept(ctx, config, made, options) : deliver(ctx, made, options);
  });

/** Write what was found to the baseline. Notes need no pardon. */
function accept(
  ctx: Context,
  config: CheckConfig,
  report: CheckReport,
  options: CheckOptions,
): number {
  const file = baselineFile(ctx, config, options);
  if (file === null)
    throw new SeamError('no-baseline', 'no baseline to write to', {
      kind: 'usage',
      hint: 'name one: --baseline accepted.txt',
    });
  const findings = report.patches
    .flatMap((patch) => gather(patch))
    .map(({ finding }) => finding)
    .filter(({ severity }) => severity !== 'note');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  parseAccepted(before, file);
  writeReport(ctx, file, addAccepted(before, findings));
  ctx.report.print(`${findings.length} findings are accepted in '${printable(file)}'`);
  return EXIT.yes;
}
