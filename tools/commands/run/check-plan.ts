/** What a check would do, without doing it. */
import type { Task } from '../../check/session.ts';
import type { Forecast } from '../../check/types.ts';
import { EXIT } from '../../errors.ts';
import { plural } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import type { Series } from '../../series/types.ts';
import type { Context } from '../context.ts';

type Planned = Task & Forecast;

export function printPlan(ctx: Context, plan: readonly Planned[], { patches }: Series): number {
  const { report, globals } = ctx;
  report.clearStatus();
  const named = plan.map((task) => ({ patch: patches[task.position - 1]?.name ?? null, ...task }));
  if (globals.json) {
    report.json('check-plan/1', { tasks: named });
    return EXIT.yes;
  }
  const { good, warning, faint } = report.style;
  report.table(
    [
      { align: 'right', style: faint },
      { shrink: true },
      {},
      {},
      { style: (cell) => (cell === 'known' ? good(cell) : warning(cell)) },
      { shrink: true, style: faint },
    ],
    named.map(({ position, patch, step, config, cached, why }) => [
      String(position),
      printable(patch ?? '(base)'),
      step,
      config ?? '',
      cached ? 'known' : 'to do',
      printable(why),
    ]),
  );
  const known = plan.filter(({ cached }) => cached).length;
  report.print(
    `${plural(plan.length, 'answer')}: ${known} known, ${plan.length - known} to find out`,
  );
  return EXIT.yes;
}
