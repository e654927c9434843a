/** `quilt graph --all --lines` on the same series. Where the two differ, applying the patches decides. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applySeries } from '../../tools/apply/series.ts';
import { chain, closure, dependents } from '../../tools/deps/graph.ts';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { type Subject, ancestors, inOrder, subject } from './deps.ts';
import { output } from './programs.ts';

/** Edges `late early` as quilt draws them, by index; and how long it took, in seconds. */
async function quiltEdges(
  what: Subject,
  series: string,
  cwd: string,
): Promise<{ edges: Set<string>; seconds: number }> {
  const paths = new Set(
    what.patches.flatMap((patch) => patch.files.flatMap((f) => [f.oldPath, f.newPath])),
  );
  const tree = await what.store.load([...paths].filter((path) => path !== null));
  for (const path of paths) {
    const entry = path === null ? null : tree.get(path);
    const content = entry === null ? undefined : what.result.blobs.get(entry.id);
    if (path === null || content === undefined) continue;
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  cpSync(series, join(cwd, 'patches'), { recursive: true });
  output('quilt', ['--quiltrc', '-', 'push', '-a', '-q'], { cwd });
  const started = performance.now();
  // It opens /dev/stderr, which it cannot when that is a socket.
  const command = 'quilt --quiltrc - graph --all --lines 2>graph.err | cat';
  const graph = output('sh', ['-c', command], { cwd });
  const seconds = (performance.now() - started) / 1000;
  const names = new Map(what.patches.map((patch, index) => [patch.name, index]));
  const labels = [...graph.matchAll(/(n\d+) \[label="([^"]+)"/g)];
  const nodes = new Map(labels.map(([, node = '', name = '']) => [node, names.get(name) ?? -1]));
  const arrows = [...graph.matchAll(/(n\d+) -> (n\d+)/g)];
  return {
    edges: new Set(arrows.map(([, a = '', b = '']) => `${nodes.get(b)} ${nodes.get(a)}`)),
    seconds,
  };
}

async function check(place: Place, series: string, fuzz: number): Promise<Findings> {
  const root = join(place.dir, 'debian-linux');
  const what = await subject(`${root}/base.git@base`, join(root, series), fuzz);
  const tally = new Tally();
  try {
    const { edges: theirs, seconds } = await quiltEdges(what, join(root, series), place.scratch);
    const ours = new Set(what.graph.edges.map(({ from, to }) => `${from} ${to}`));
    const count = { both: 0, ours: 0, theirs: 0, implied: 0 };
    for (const pair of new Set([...ours, ...theirs])) {
      const [late = -1, early = -1] = pair.split(' ').map(Number);
      if (ours.has(pair) && theirs.has(pair)) count.both += 1;
      else if (ours.has(pair)) {
        count.ours += 1;
        tally.same(`${late + 1} without ${early + 1} fails`, await fails(what, late, early), true);
      } else if (chain(what.graph, late, early) === null) {
        count.theirs += 1;
        tally.same(`${late + 1} before ${early + 1}`, await same(what, late, early), true);
      } else count.implied += 1;
    }
    const differ = `${count.ours} of ours alone fail when tried, ${count.theirs} of quilt's alone can be swapped, ${count.implied} of quilt's follow from ours`;
    const counts = `${count.both} edges in both; ${differ}; quilt graph ${seconds.toFixed(1)} s`;
    return tally.checked === 0 ? { counts, mismatches: [] } : tally.findings('differences', counts);
  } finally {
    await what.store.close();
  }
}

/** Whether `late` does not apply on all that it needs but `early`, or `early` not on top of it. */
async function fails(what: Subject, late: number, early: number): Promise<boolean> {
  const without = new Set(dependents(what.graph, [early]));
  const rest = closure(what.graph, [late]).filter((index) => !without.has(index));
  const before = new Set(ancestors(what.graph, early));
  const wanted = [...new Set([...rest, ...before])].filter(
    (index) => index !== late && index !== early,
  );
  const order = [...wanted.sort((a, b) => a - b), late, early];
  const patches = order.flatMap((index) => what.patches[index] ?? []);
  return !(await applySeries(what.store, patches)).ok;
}

async function same(what: Subject, late: number, early: number): Promise<boolean> {
  const ahead = new Set(ancestors(what.graph, late));
  const all = [...what.patches.keys()];
  const again = await inOrder(what, [
    ...all.filter((index) => index < early || ahead.has(index)),
    ...all.filter((index) => index >= early && !ahead.has(index)),
  ]);
  return typeof again !== 'string' && again.ok && again.tree.id === what.result.tree.id;
}

export const depsQuilt: readonly Corpus[] = (
  [
    ['deps-quilt-rt', 'patches-rt', 0],
    ['deps-quilt-patches', 'patches', 2],
  ] as const
).map(([name, series, fuzz]) => ({
  name,
  needs: ['debian-linux/base.git', `debian-linux/${series}`],
  tools: ['git', 'quilt'],
  check: (place) => check(place, series, fuzz),
}));
