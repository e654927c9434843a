/** Series that apply to small trees, for tests of dependencies. */
import { footprintsOf } from '../../tools/apply/footprints.ts';
import { applySeries } from '../../tools/apply/series.ts';
import type { ApplyResult } from '../../tools/apply/types.ts';
import type { Footprints, Graph } from '../../tools/deps/types.ts';
import { textGraph } from '../../tools/deps/text.ts';
import { formatPatch } from '../../tools/patch/format.ts';
import { makeFilePatch } from '../../tools/patch/make.ts';
import type { FilePatch } from '../../tools/patch/types.ts';
import type { Patch } from '../../tools/series/types.ts';
import type { MemoryStore } from '../../tools/tree/memory.ts';
import { type Files, bytes, patchOf, treeOf } from '../apply/small-tree.ts';

export interface Worked {
  readonly store: MemoryStore;
  readonly patches: readonly Patch[];
  readonly result: ApplyResult;
  readonly footprints: Footprints;
  readonly graph: Graph;
}

/** Apply `patches` to `base` and find who needs whom. */
export async function work(base: Files, patches: readonly Patch[]): Promise<Worked> {
  const store = treeOf(base);
  const result = await applySeries(store, patches);
  if (!result.ok) throw new Error('the series of a test does not apply');
  const footprints = footprintsOf(await store.load(), result);
  return { store, patches, result, footprints, graph: textGraph(footprints) };
}

/** The patches between successive states of a tree: one for each state after the first. */
export function patchesBetween(
  states: readonly Readonly<Record<string, string>>[],
  context = 3,
): Patch[] {
  return states.slice(1).map((next, index) => {
    const old = states[index] ?? {};
    const paths = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort();
    const files = paths.flatMap((path) => {
      const file = diffOf(path, old[path], next[path], context);
      return file === null ? [] : [file];
    });
    const diff = Buffer.from(formatPatch(files)).toString('latin1');
    return patchOf(diff, { name: `${index + 1}.patch` });
  });
}

function diffOf(
  path: string,
  old: string | undefined,
  next: string | undefined,
  context: number,
): FilePatch | null {
  if (old === next) return null;
  const mode = 0o100644;
  return makeFilePatch(
    {
      oldPath: old === undefined ? null : path,
      newPath: next === undefined ? null : path,
      oldMode: old === undefined ? null : mode,
      newMode: next === undefined ? null : mode,
      old: old === undefined ? null : bytes(old),
      new: next === undefined ? null : bytes(next),
    },
    { context },
  );
}

/** Lines `first` to `last`, each saying which it is. */
export function numbered(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_none, index) => `line ${first + index}\n`);
}

/** Edges as text, patches counted from 1: `3 needs 1`. */
export function edgesOf(graph: Graph): string[] {
  return graph.edges.map(({ from, to, kind }) => `${from + 1} ${kind} ${to + 1}`);
}
