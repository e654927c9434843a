import { applySeries } from '../../apply/series.ts';
import { type Node, drawingOf } from '../../deps/drawing.ts';
import { formatDot } from '../../deps/dot.ts';
import { mergeGraphs } from '../../deps/edges.ts';
import { chain, edgesFrom, edgesTo } from '../../deps/graph.ts';
import { reorder } from '../../deps/reorder.ts';
import { formatSvg } from '../../deps/svg.ts';
import { symbolGraph } from '../../deps/symbols.ts';
import type { Graph } from '../../deps/types.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { type DepsView, describeEdge, describePatch, overview } from '../../report/deps-text.ts';
import { printable } from '../../report/printable.ts';
import { findPatch, selectWithTopics } from '../../series/selection.ts';
import type { Context } from '../context.ts';
import type { deps } from '../deps.ts';
import type { Run } from '../types.ts';
import { refuseIdle } from './builds.ts';
import { type Unanswered, buildLayer } from './deps-build.ts';
import { type Analysed, diffsOf, nodesOf, withDependencies, withFiles } from './dependencies.ts';

export const run: Run<typeof deps> = async (ctx, { args: [specs], options }) =>
  withDependencies(ctx, options.fuzz ?? 0, async (analysed) => {
    const nodes = nodesOf(analysed.series);
    if (options.order) return answerOrder(ctx, analysed, nodes, specs);
    const layer = options.layer ?? 'text';
    refuseIdle('deps --layer build', layer === 'build', options);
    const chosen = selectWithTopics(nodes, specs);
    const { graph, unanswered } =
      layer === 'build'
        ? await buildLayer(ctx, analysed, specs.length === 0 ? nodes.keys() : chosen, options)
        : { graph: graphOf(analysed, layer), unanswered: [] };
    const view = { graph, nodes, style: ctx.report.style, all: ctx.globals.verbose };
    const shown = specs.length === 0 ? new Set(nodes.keys()) : around(graph, chosen);
    switch (ctx.globals.json ? 'json' : (options.format ?? 'text')) {
      case 'json':
        printJson(ctx, view, layer, specs.length === 0 ? null : new Set(chosen), unanswered);
        break;
      case 'dot':
        ctx.report.write(formatDot(drawingOf(graph, nodes, shown)));
        break;
      case 'svg':
        ctx.report.write(formatSvg(drawingOf(graph, nodes, shown)));
        break;
      case 'text':
        if (specs.length === 0) printOverview(ctx, view);
        else for (const index of chosen) ctx.report.print(...describePatch(view, index));
    }
    return unanswered.length === 0 ? EXIT.yes : EXIT.no;
  });

function graphOf(analysed: Analysed, layer: 'text' | 'symbols' | 'all'): Graph {
  if (layer === 'text') return analysed.text;
  const symbols = symbolGraph(diffsOf(analysed));
  return layer === 'symbols' ? symbols : mergeGraphs(analysed.text.size, [analysed.text, symbols]);
}

/** Patches and their neighbours in the graph. */
function around(graph: Graph, chosen: readonly number[]): Set<number> {
  const [down, up] = [edgesFrom(graph), edgesTo(graph)];
  return new Set([
    ...chosen,
    ...chosen.flatMap((index) => (down[index] ?? []).map(({ to }) => to)),
    ...chosen.flatMap((index) => (up[index] ?? []).map(({ from }) => from)),
  ]);
}

function printOverview(ctx: Context, view: DepsView): void {
  const { report } = ctx;
  const faint = report.style.faint;
  const columns = [{ align: 'right', style: faint }, { shrink: true }, { shrink: true }] as const;
  report.table(columns, overview(view));
  const { graph, nodes } = view;
  const tied = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
  const count = (some: number, one: string, many: string): string =>
    `${some} ${some === 1 ? one : many}`;
  report.print(
    [
      count(nodes.length, 'patch', 'patches'),
      count(graph.edges.length, 'edge', 'edges'),
      count(nodes.length - tied.size, 'patch stands alone', 'patches stand alone'),
    ].join(', '),
  );
}

/** Numbers count from 1 and edges name patches by them. */
function printJson(
  ctx: Context,
  { graph, nodes }: DepsView,
  layer: string,
  chosen: ReadonlySet<number> | null,
  unanswered: readonly Unanswered[],
): void {
  const wanted = ({ from, to }: { from: number; to: number }): boolean =>
    chosen === null || chosen.has(from) || chosen.has(to);
  const edges = graph.edges.filter(wanted).map(({ from, to, kind, reasons }) => ({
    from: from + 1,
    to: to + 1,
    kind,
    reasons,
  }));
  ctx.report.json('deps/1', {
    layer,
    patches: nodes,
    edges,
    ...(layer === 'build' ? { unanswered } : {}),
  });
}

async function answerOrder(
  ctx: Context,
  analysed: Analysed,
  nodes: readonly Node[],
  specs: readonly string[],
): Promise<number> {
  const [first, second] = specs.map((spec) => findPatch(nodes, spec));
  if (first === undefined || second === undefined || specs.length !== 2 || first === second) {
    throw new SeamError('two-patches', "'--order' takes two different patches", {
      kind: 'usage',
      hint: 'seam deps --order 5 2',
    });
  }
  const { report } = ctx;
  const why = first < second ? [] : chain(analysed.text, first, second);
  const names = [first, second].map((index) => printable(nodes[index]?.name ?? ''));
  const verified = why === null ? await tryOrder(analysed, first, second) : null;
  const yes = why === null || first < second;
  if (ctx.globals.json) {
    const because = (why ?? []).map((edge) => ({ ...edge, from: edge.from + 1, to: edge.to + 1 }));
    report.json('deps-order/1', {
      first: first + 1,
      second: second + 1,
      possible: yes,
      because,
      tree: verified,
    });
    return yes ? EXIT.yes : EXIT.no;
  }
  if (yes) {
    const how = verified === null ? 'it does already' : `tried: the tree is ${verified} as before`;
    report.print(`'${names[0]}' can go before '${names[1]}': ${how}`);
    return EXIT.yes;
  }
  report.print(`'${names[0]}' cannot go before '${names[1]}'`);
  const view = { graph: analysed.text, nodes, style: report.style, all: ctx.globals.verbose };
  for (const edge of why) {
    const word = edge.kind === 'needs' ? 'needs' : 'must come after';
    report.print(`  ${edge.from + 1} ${printable(nodes[edge.from]?.name ?? '')} ${word}`);
    report.print(...describeEdge(view, edge, edge.to));
  }
  return EXIT.no;
}

/** Put `moved`, with all that it depends on, before the earlier patch `early`; the tree must stay the same. */
async function tryOrder(analysed: Analysed, moved: number, early: number): Promise<string> {
  const { text, series, base, result } = analysed;
  const ahead = reached(text, moved);
  const all = [...series.patches.keys()];
  const order = [
    ...all.filter((index) => index < early || ahead.has(index)),
    ...all.filter((index) => index >= early && !ahead.has(index)),
  ];
  const moving = reorder(diffsOf(analysed), order);
  const patches = order.flatMap((index, at) => {
    const patch = series.patches[index];
    const files = moving.kind === 'reordered' ? moving.patches[at] : undefined;
    return patch === undefined || files === undefined ? [] : [withFiles(patch, files)];
  });
  const again = await applySeries(base, patches);
  if (again.ok && again.tree.id === result.tree.id) return again.tree.id;
  throw new SeamError('order-differs', 'a reordering that should be the same is not', {
    kind: 'internal',
    data: { moved: moved + 1, early: early + 1, tree: again.tree.id, expected: result.tree.id },
  });
}

/** The patch and all that must come before it. */
function reached(graph: Graph, start: number): Set<number> {
  const rows = edgesFrom(graph);
  const seen = new Set([start]);
  for (const patch of seen) for (const { to } of rows[patch] ?? []) seen.add(to);
  return seen;
}
