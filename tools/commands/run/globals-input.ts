/** The trees whose globals are meant: the base or a tree by name, and the trees along the series. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { applySeries } from '../../apply/series.ts';
import { type ApplyResult, stops } from '../../apply/types.ts';
import { SeamError } from '../../errors.ts';
import { FactKeeper } from '../../globals/facts.ts';
import { type Inventory, takeInventory } from '../../globals/inventory.ts';
import { type Sources, readSources, sourcesAfter } from '../../globals/sources.ts';
import type { TreeFacts } from '../../globals/types.ts';
import type { Path } from '../../patch/types.ts';
import { printable } from '../../report/printable.ts';
import type { Patch } from '../../series/types.ts';
import { openBase } from '../../tree/base.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import { openStore } from './cache-place.ts';
import { openNamedBase, openPatchesUpTo } from './inputs.ts';

/** What the words of the command line mean. */
export interface Asked {
  /** A tree in place of the base. */
  readonly tree: string | null;
  readonly names: readonly string[];
}

export function sortWords(ctx: Context, words: readonly string[]): Asked {
  const isTree = (word: string): boolean =>
    /[/@]/.test(word) ||
    statSync(resolve(ctx.cwd, word), { throwIfNoEntry: false })?.isDirectory() === true;
  const trees = words.filter((word) => isTree(word));
  if (trees.length > 1) {
    throw new SeamError('two-trees', `'${trees[1]}' is a second tree`, {
      kind: 'usage',
      hint: `seam globals ${trees[0]}`,
    });
  }
  return { tree: trees[0] ?? null, names: words.filter((word) => !isTree(word)) };
}

/** Open the tree that is asked for. The caller closes it. */
export async function openTree(ctx: Context, tree: string | null): Promise<TreeStore> {
  if (tree === null) return openNamedBase(ctx);
  return openBase(tree, { cwd: ctx.cwd, env: ctx.env, git: ctx.tools['git'], signal: ctx.signal });
}

/** Takes inventories of trees that have much in common. */
export class Taker {
  readonly #ctx: Context;
  readonly #folders: readonly Path[];
  readonly #texts: readonly Path[];
  readonly #keeper: FactKeeper;

  /** `texts` are further files to be read along with the source. */
  constructor(ctx: Context, folders: readonly string[], texts: readonly Path[] = []) {
    this.#ctx = ctx;
    this.#folders = folders.map((folder) => folder.replace(/^\.\/|\/+$/g, ''));
    this.#texts = texts;
    this.#keeper = new FactKeeper(openStore(ctx));
  }

  async sources(store: TreeStore): Promise<Sources> {
    const tree = await store.load([]);
    const foresee = this.#keeper.foresee.bind(this.#keeper);
    const sources = await readSources(store, tree, this.#folders, this.#texts, foresee);
    if (sources.blobs.size > 0) return sources;
    const where = this.#folders.length === 0 ? '' : ` in '${printable(this.#folders.join(', '))}'`;
    throw new SeamError('no-source', `'${printable(store.label)}' has no C files${where}`, {
      data: { tree: store.label, folders: this.#folders },
    });
  }

  after(before: Sources, result: ApplyResult, index: number): Sources {
    const changes = result.verdicts[index]?.changes ?? [];
    return sourcesAfter(before, changes, result.blobs, this.#folders, this.#texts);
  }

  async facts({ blobs, contents }: Sources): Promise<TreeFacts> {
    const status = this.#ctx.report.status('reading source', blobs.size);
    return this.#keeper.factsOf(blobs, contents, {
      signal: this.#ctx.signal,
      onProgress: (done) => status.update(done),
    });
  }

  async inventory(sources: Sources): Promise<Inventory> {
    return takeInventory(await this.facts(sources));
  }
}

/** A tree that was read, with what stands beside its source. */
export interface Reading {
  readonly store: TreeStore;
  readonly taker: Taker;
  readonly sources: Sources;
  readonly facts: TreeFacts;
  readonly inventory: Inventory;
}

/** Read the tree, or the one after `patch`. */
export async function readTree(
  ctx: Context,
  taker: Taker,
  store: TreeStore,
  patch: string | undefined,
): Promise<Reading> {
  const sources = await sourcesAt(ctx, taker, store, patch);
  const facts = await taker.facts(sources);
  const inventory = takeInventory(facts);
  ctx.report.clearStatus();
  return { store, taker, sources, facts, inventory };
}

async function sourcesAt(
  ctx: Context,
  taker: Taker,
  store: TreeStore,
  patch: string | undefined,
): Promise<Sources> {
  const reading = taker.sources(store);
  if (patch === undefined) return reading;
  const result = await applyAll(ctx, store, await openPatchesUpTo(ctx, patch));
  let sources = await reading;
  for (const index of result.verdicts.keys()) sources = taker.after(sources, result, index);
  return sources;
}

/** Apply patches to `base`; all must apply. */
export async function applyAll(
  ctx: Context,
  base: TreeStore,
  patches: readonly Patch[],
): Promise<ApplyResult> {
  const status = ctx.report.status('applying patches', patches.length);
  const result = await applySeries(base, patches, {
    signal: ctx.signal,
    onVerdict: (verdict, done) => status.update(done, verdict.patch.name),
  });
  const failed = result.verdicts.find((verdict) => stops(verdict));
  if (failed === undefined) return result;
  const name = printable(failed.patch.name);
  throw new SeamError('series-does-not-apply', `patch '${name}' does not apply`, {
    data: { patch: failed.patch.name, verdict: failed.kind },
    hint: 'seam apply',
  });
}
