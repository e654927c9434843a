/** The layer of dependencies that is found by building. */
import { mergeGraphs } from '../../deps/edges.ts';
import type { Graph } from '../../deps/types.ts';
import { plural } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';
import { type BuildOptions, withBuilds } from './builds.ts';
import type { Analysed } from './dependencies.ts';

/** A patch of which nothing can be learnt by leaving others out. */
export interface Unanswered {
  /** From 1. */
  readonly patch: number;
  readonly reason: string;
}

/** What the patches at `asked` need to apply and to build. */
export async function buildLayer(
  ctx: Context,
  analysed: Analysed,
  asked: Iterable<number>,
  options: BuildOptions,
): Promise<{ readonly graph: Graph; readonly unanswered: readonly Unanswered[] }> {
  return withBuilds(ctx, analysed, options, 'builds', async ({ isolation }) => {
    const unanswered: Unanswered[] = [];
    for (const index of asked) {
      const needs = await isolation.needs(index);
      if (needs.kind === 'unanswered') unanswered.push({ patch: index + 1, reason: needs.reason });
    }
    ctx.report.clearStatus();
    warn(ctx, unanswered);
    const { text } = analysed;
    return { graph: mergeGraphs(text.size, [text, isolation.graph()]), unanswered };
  });
}

/** One warning for each reason, however many patches it is about. */
function warn(ctx: Context, unanswered: readonly Unanswered[]): void {
  for (const [reason, some] of Map.groupBy(unanswered, (each) => each.reason)) {
    const [first] = some;
    const whom =
      some.length === 1 ? `patch ${first?.patch}` : plural(some.length, 'patch', 'patches');
    ctx.report.warn(
      `what ${whom} needs to build is not known: ${printable(reason)}`,
      `seam check ${first?.patch ?? ''}`,
    );
  }
}
