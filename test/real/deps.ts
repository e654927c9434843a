/** Dependencies of real series: every answer is tried by applying. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractPatches } from '../../tools/apply/extract.ts';
import { footprintsOf } from '../../tools/apply/footprints.ts';
import { applySeries } from '../../tools/apply/series.ts';
import type { ApplyResult } from '../../tools/apply/types.ts';
import { closure, dependents, legalOrder, reduced } from '../../tools/deps/graph.ts';
import { reorder } from '../../tools/deps/reorder.ts';
import { symbolGraph } from '../../tools/deps/symbols.ts';
import { textGraph } from '../../tools/deps/text.ts';
import type { Footprints, Graph } from '../../tools/deps/types.ts';
import { commutePatches } from '../../tools/patch/commute.ts';
import type { FilePatch } from '../../tools/patch/types.ts';
import { openSeries } from '../../tools/series/open.ts';
import type { Patch } from '../../tools/series/types.ts';
import { openBase } from '../../tools/tree/base.ts';
import type { TreeStore } from '../../tools/tree/types.ts';
import { seriesIo } from '../../tools/commands/run/series-io.ts';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { slice, writeQuilt } from './slice.ts';

export interface Subject {
  readonly store: TreeStore;
  readonly patches: readonly Patch[];
  readonly result: ApplyResult;
  readonly footprints: Footprints;
  readonly diffs: readonly (readonly FilePatch[])[];
  readonly graph: Graph;
  readonly symbols: Graph;
  /** What the edges took, and how long the series takes to apply, in milliseconds. */
  readonly times: string;
}

export async function subject(base: string, series: string, fuzz: number): Promise<Subject> {
  const { signal } = new AbortController();
  const env = process.env;
  const store = await openBase(base, { cwd: '/', env, git: undefined, signal });
  const io = seriesIo({ env, signal } as never);
  const { patches } = await openSeries(series, {
    cwd: '/',
    io,
    stdin: async () => Buffer.of(),
    env,
  });
  const started = performance.now();
  const result = await applySeries(store, patches, { fuzz });
  if (!result.ok) throw new Error(`${series} does not apply`);
  const applied = performance.now();
  const paths = patches.flatMap((patch) => patch.files.flatMap((f) => [f.oldPath, f.newPath]));
  const tree = await store.load(new Set(paths.filter((path) => path !== null)));
  const footprints = footprintsOf(tree, result);
  const graph = textGraph(footprints);
  const tied = performance.now();
  const diffs = footprints.patches.map((files) => files.map(({ file }) => file));
  const symbols = symbolGraph(diffs);
  const named = performance.now();
  const ms = (from: number, to: number): string => `${(to - from).toFixed(0)} ms`;
  const times = `apply ${ms(started, applied)}, text ${ms(applied, tied)}, symbols ${ms(tied, named)}`;
  return { store, patches, result, footprints, diffs, graph, symbols, times };
}

/** Apply the patches that `order` names, numbered for that order. */
export async function inOrder(
  { store, patches, diffs }: Subject,
  order: readonly number[],
): Promise<ApplyResult | string> {
  const moved = reorder(diffs, order);
  if (moved.kind === 'blocked')
    return `${patches[moved.late]?.name} meets ${patches[moved.early]?.name}`;
  const chosen = order.flatMap((index, at): Patch[] => {
    const patch = patches[index];
    return patch === undefined
      ? []
      : [{ ...patch, files: moved.patches[at] ?? [], reverse: false }];
  });
  return applySeries(store, chosen);
}

/**
 * Pairs with no edge, directly or not. Those that share a file are swapped, and the tree is the same.
 * Of the others no file of one may be where the other has a directory: then no order can matter.
 */
async function checkPairs(what: Subject, tally: Tally): Promise<string> {
  const { patches, graph, result } = what;
  let [pairs, apart] = [0, 0];
  const files = patches.map(
    (patch) =>
      new Set(patch.files.flatMap((f) => [f.oldPath, f.newPath]).filter((p) => p !== null)),
  );
  const folders = files.map((some) => new Set([...some].flatMap((path) => foldersOf(path))));
  const meet = (a: number, b: number): boolean =>
    [...(files[a] ?? [])].some((path) => folders[b]?.has(path) === true);
  const reached = patches.map((_patch, index) => new Set(ancestors(graph, index)));
  for (const [late, some] of files.entries()) {
    for (let early = 0; early < late; early += 1) {
      const shares = [...some].some((path) => files[early]?.has(path) === true);
      if (reached[late]?.has(early) === true) continue;
      if (!shares) {
        apart += 1;
        if (meet(late, early) || meet(early, late))
          tally.fail(`${late + 1} and ${early + 1}: a file is a directory of the other`);
        continue;
      }
      pairs += 1;
      // As near as may be: what the late one needs goes before both, what needs the early one behind.
      const ahead = new Set(ancestors(graph, late));
      const order = Array.from({ length: late + 1 }, (_none, index) => index);
      const moved = [
        ...order.filter((index) => index < early || ahead.has(index)),
        ...order.filter((index) => index >= early && !ahead.has(index)),
      ];
      const again = await inOrder(what, moved);
      const tree = typeof again === 'string' ? again : again.tree.id;
      tally.same(`swapped ${late + 1} and ${early + 1}`, tree, result.verdicts[late]?.tree.id);
    }
  }
  return `${pairs} pairs swapped, ${apart} share no file`;
}

/** The directories above a path. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** The patch and all that must come before it. */
export function ancestors(graph: Graph, start: number): number[] {
  const seen = new Set([start]);
  for (const patch of seen)
    for (const { from, to } of graph.edges) if (from === patch) seen.add(to);
  return [...seen];
}

/** Neighbours: the edges and the swapping of patches must agree. */
function checkNeighbours({ diffs, graph }: Subject, tally: Tally): void {
  const tied = new Set(graph.edges.map(({ from, to }) => `${from} ${to}`));
  for (const [index, files] of diffs.entries()) {
    const before = diffs[index - 1];
    if (before === undefined) continue;
    const blocked = commutePatches(before, files).kind === 'blocked';
    tally.same(`neighbours ${index} and ${index + 1}`, blocked, tied.has(`${index} ${index - 1}`));
  }
}

const ORDERS = 50;

async function checkOrders(what: Subject, tally: Tally): Promise<void> {
  // Numerical Recipes' generator: the same orders in every run.
  let seed = 1;
  const pick = (count: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * count);
  };
  for (let round = 1; round <= ORDERS; round += 1) {
    const again = await inOrder(what, legalOrder(what.graph, pick));
    const tree = typeof again === 'string' ? again : again.tree.id;
    tally.same(`legal order ${round}`, tree, what.result.tree.id);
  }
}

async function checkExtracts(what: Subject, tally: Tally): Promise<string> {
  const { store, patches, footprints, graph } = what;
  let [largest, renumbered] = [0, 0];
  for (const index of patches.keys()) {
    const chosen = closure(graph, [index]);
    largest = Math.max(largest, chosen.length);
    const extracted = await extractPatches(store, patches, footprints, chosen);
    tally.same(`extract of ${index + 1}`, extracted.kind, 'extracted');
    if (extracted.kind !== 'extracted') continue;
    renumbered += extracted.renumbered.length;
    for (const [at, each] of chosen.entries()) {
      const [patch, taken] = [patches[each], extracted.patches[at]];
      const verdict = extracted.result.verdicts[at]?.kind;
      if (verdict === 'fuzz' || bare(patch) !== bare(taken))
        tally.fail(`extract of ${index + 1}: '${patch?.name}' is ${verdict}, or not what it was`);
    }
  }
  return `extracts of up to ${largest}, ${renumbered} patches renumbered`;
}

/** All bytes of a patch but the numbers of its `@@` lines. */
function bare(patch: Patch | undefined): string {
  const text = Buffer.from(patch?.raw ?? []).toString('latin1');
  return text.replace(/^@@ -\d+((?:,\d+)?) \+\d+((?:,\d+)?) @@/gm, '@@ -$1 +$2 @@');
}

/** Edges that are needed by the lines' history and not by their content: the patch applies without. */
async function countSpare({ store, patches, graph }: Subject): Promise<string> {
  let [spare, tried] = [0, 0];
  for (const { from, to, kind } of reduced(graph).edges) {
    if (kind === 'after') continue;
    tried += 1;
    const without = new Set(dependents(graph, [to]));
    const rest = closure(graph, [from]).filter((index) => !without.has(index));
    const attempt = [...rest, from].flatMap((index) => patches[index] ?? []);
    if ((await applySeries(store, attempt)).ok) spare += 1;
  }
  return `${tried - spare} of ${tried} direct needs fail without`;
}

async function check(base: string, series: string, fuzz: number): Promise<Findings> {
  const what = await subject(base, series, fuzz);
  const tally = new Tally();
  try {
    checkNeighbours(what, tally);
    const pairs = await checkPairs(what, tally);
    await checkOrders(what, tally);
    const extracts = await checkExtracts(what, tally);
    const spare = await countSpare(what);
    const { graph, symbols, patches, times } = what;
    const after = graph.edges.filter(({ kind }) => kind === 'after').length;
    const counts = `${patches.length} patches, ${graph.edges.length} text edges (${after} after), ${symbols.edges.length} symbol edges; ${pairs}; ${extracts}; ${spare}; ${times}`;
    return tally.findings('answers', counts);
  } finally {
    await what.store.close();
  }
}

async function checkSlices({ dir, scratch }: Place): Promise<Findings> {
  const root = join(dir, 'ovz-monolith');
  const base = `${root}/repo.git@${readFileSync(`${root}/base`, 'utf8').trim()}`;
  const diff = readFileSync(join(root, 'openvz.diff'), 'latin1');
  const tally = new Tally();
  const counts: string[] = [];
  for (const count of [1000, 3000]) {
    const what = await subject(
      base,
      writeQuilt(join(scratch, String(count)), slice(diff, count)),
      0,
    );
    checkNeighbours(what, tally);
    counts.push(`${count}: ${what.graph.edges.length} text edges, ${what.times}`);
    await what.store.close();
  }
  return tally.findings('neighbours', counts.join('; '));
}

export const deps: readonly Corpus[] = [
  {
    name: 'deps-debian-rt',
    root: 'debian-linux',
    base: 'base.git@base',
    series: 'patches-rt',
    fuzz: 0,
  },
  {
    name: 'deps-debian-patches',
    root: 'debian-linux',
    base: 'base.git@base',
    series: 'patches',
    fuzz: 2,
  },
]
  .map(({ name, root, base, series, fuzz }): Corpus => ({
    name,
    needs: [`${root}/base.git`, `${root}/${series}`],
    tools: ['git'],
    check: ({ dir }) => check(join(dir, root, base), join(dir, root, series), fuzz),
  }))
  .concat([
    {
      name: 'deps-ovz-2008',
      needs: ['ovz-2008/repo.git', 'ovz-2008/base', 'ovz-2008/patches'],
      tools: ['git'],
      check: ({ dir }) => {
        const root = join(dir, 'ovz-2008');
        const base = readFileSync(join(root, 'base'), 'utf8').trim();
        return check(`${root}/repo.git@${base}`, join(root, 'patches'), 0);
      },
    },
    {
      name: 'deps-slices',
      needs: ['ovz-monolith/repo.git', 'ovz-monolith/base', 'ovz-monolith/openvz.diff'],
      tools: ['git'],
      check: checkSlices,
    },
  ]);
