/** The proof that an extract builds and passes its tests, patch by patch. */
import { EXIT } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';
import { type BuildOptions, type Builds, withBuilds } from './builds.ts';
import type { Analysed } from './dependencies.ts';

/** A patch of the extract that no line of text asked for. */
export interface NamedLack {
  readonly patch: string;
  readonly needs: string;
  readonly step: string;
  readonly message: string;
}

export type Proof =
  | {
      readonly kind: 'proved';
      /** Indexes of the extract, ascending. */
      readonly chosen: readonly number[];
      readonly lacks: readonly NamedLack[];
    }
  | { readonly kind: 'failed'; readonly patch: string; readonly reason: string };

/** Find what it takes to build `wanted`, and try every tree of the series that this makes. */
export async function proveBuild(
  ctx: Context,
  analysed: Analysed,
  wanted: ReadonlySet<number>,
  options: BuildOptions,
): Promise<Proof> {
  const proof = withBuilds(ctx, analysed, options, 'usual', async (builds) => {
    const nameOf = (index: number): string => analysed.series.patches[index]?.name ?? '';
    const chosen = new Set<number>();
    for (const index of wanted) {
      const needs = await builds.isolation.needs(index);
      if (needs.kind === 'unanswered')
        return { kind: 'failed' as const, patch: nameOf(index), reason: needs.reason };
      for (const each of needs.series) chosen.add(each);
    }
    const series = [...chosen].sort((a, b) => a - b);
    for (const [at, index] of series.entries()) {
      const reason = await builds.isolation.against(series.slice(0, at + 1));
      if (reason !== null) return { kind: 'failed' as const, patch: nameOf(index), reason };
    }
    return { kind: 'proved' as const, chosen: series, lacks: lacksOf(builds, chosen, nameOf) };
  });
  return proof.finally(() => ctx.report.clearStatus());
}

function lacksOf(
  { isolation }: Builds,
  chosen: ReadonlySet<number>,
  nameOf: (index: number) => string,
): NamedLack[] {
  const edges = isolation.graph().edges.filter(({ from }) => chosen.has(from));
  return edges.flatMap(({ from, to, reasons }) =>
    reasons.flatMap((reason) =>
      reason.layer === 'build'
        ? [{ patch: nameOf(from), needs: nameOf(to), step: reason.step, message: reason.message }]
        : [],
    ),
  );
}

export function lackText({ patch, needs, step, message }: NamedLack): string {
  return printable(`'${patch}' needs '${needs}' for ${step}: ${message}`);
}

/** Nothing is written, and the status says no. */
export function refuseBuild(ctx: Context, { patch, reason }: Proof & { kind: 'failed' }): number {
  const { report, globals } = ctx;
  if (globals.json) report.json('extract/1', { possible: false, patch, reason });
  else report.print(printable(`'${patch}' cannot be proved to build: ${reason}`));
  return EXIT.no;
}
