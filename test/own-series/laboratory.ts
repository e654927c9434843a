/**
 * The trees along the project's own series, and trees that differ from them on purpose, to be built
 * and tested by the engine that `seam check` uses, with the same store of answers.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { applySeries } from '../../tools/apply/series.ts';
import type { ApplyVerdict } from '../../tools/apply/types.ts';
import { ModelEngine } from '../../tools/check/model/engine.ts';
import { toolEnvironment } from '../../tools/check/model/variant.ts';
import { findSandbox } from '../../tools/check/sandbox.ts';
import { DiskStore } from '../../tools/check/store.ts';
import type { Outcome } from '../../tools/check/types.ts';
import type { Bytes, Path } from '../../tools/patch/types.ts';
import { openSeries } from '../../tools/series/open.ts';
import type { Patch } from '../../tools/series/types.ts';
import { DirectoryStore } from '../../tools/tree/directory.ts';
import { hashObject } from '../../tools/tree/objects.ts';
import { writeTree } from '../../tools/tree/output.ts';
import type { Tree } from '../../tools/tree/types.ts';
import { io } from '../series/support.ts';
import { CHECKOUT } from '../checkout.ts';

/** Steps that look at a tree, cheap ones first; see `ModelEngine`. */
export type Step =
  | 'build'
  | 'kunit'
  | 'scenarios'
  | 'clang'
  | 'sparse'
  | 'sanitize'
  | 'faults'
  | 'size'
  | 'bench';

/** What is wrong with a tree, as far as it is the tree's fault. */
export interface Complaint {
  readonly step: Step;
  readonly config: string;
  /** One line. */
  readonly message: string;
}

export class Laboratory {
  readonly patches: readonly Patch[];
  readonly #verdicts: readonly ApplyVerdict[];
  readonly #blobs: Map<string, Bytes>;
  readonly #base: Tree;
  readonly #engine: ModelEngine;
  readonly #store: DirectoryStore;
  readonly #place: string;
  readonly #signal: AbortSignal;

  private constructor(
    patches: readonly Patch[],
    verdicts: readonly ApplyVerdict[],
    blobs: Map<string, Bytes>,
    base: Tree,
    store: DirectoryStore,
    signal: AbortSignal,
  ) {
    this.patches = patches;
    this.#verdicts = verdicts;
    this.#blobs = blobs;
    this.#base = base;
    this.#store = store;
    this.#signal = signal;
    const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'seam');
    mkdirSync(cache, { recursive: true });
    this.#place = mkdtempSync(join(cache, 'laboratory-'));
    const paths = new Set(verdicts.flatMap(({ changes }) => changes.map(([path]) => path)));
    this.#engine = new ModelEngine(
      { store, paths, blobs },
      {
        store: new DiskStore(join(cache, 'store'), () => new Date()),
        env: toolEnvironment(process.env['PATH']),
        parent: this.#place,
        jobs: availableParallelism(),
        prefix: findSandbox(process.env['PATH']).prefix,
        rerun: false,
        now: () => new Date(),
        signal,
      },
    );
  }

  static async open(signal: AbortSignal): Promise<Laboratory> {
    const store = new DirectoryStore(join(CHECKOUT, 'kernel-model'), 'kernel-model');
    const { patches } = await openSeries(join(CHECKOUT, 'series'), { cwd: CHECKOUT, io });
    const { verdicts, blobs, ok } = await applySeries(store, patches, { signal });
    if (!ok) throw new Error('the series does not apply: seam apply says where');
    const paths = verdicts.flatMap(({ changes }) => changes.map(([path]) => path));
    const base = await store.load(paths);
    return new Laboratory(patches, verdicts, new Map(blobs), base, store, signal);
  }

  /** The tree behind so many patches. */
  treeAt(position: number): Tree {
    return position === 0 ? this.#base : this.#verdict(position - 1).tree;
  }

  /** Paths that a patch, counted from 0, changes. */
  changedBy(index: number): readonly Path[] {
    return this.#verdict(index).changes.map(([path]) => path);
  }

  /** Content of a file that some patch changes; null when the tree lacks it. */
  text(tree: Tree, path: Path): string | null {
    const entry = tree.get(path);
    const bytes = entry === null ? undefined : this.#blobs.get(entry.id);
    return bytes === undefined ? null : Buffer.from(bytes).toString('utf8');
  }

  /** The tree with another text in a file that it has. */
  withText(tree: Tree, path: Path, text: string): Tree {
    const bytes = Buffer.from(text);
    const id = hashObject('blob', bytes);
    this.#blobs.set(id, bytes);
    return tree.with([[path, { mode: tree.get(path)?.mode ?? 0o100644, id }]]);
  }

  /** Write the whole tree to `directory`, which is made. */
  async write(tree: Tree, directory: string): Promise<void> {
    await writeTree(this.#store, tree, this.#blobs, directory, { signal: this.#signal });
  }

  /** Names of the configurations in `sets` that the tree has. */
  async configurations(tree: Tree, sets: readonly string[]): Promise<readonly string[]> {
    return this.#engine.configurations(tree, sets);
  }

  async ask(step: Step, config: string, tree: Tree): Promise<Outcome> {
    return this.#engine.perform(step, config, { tree, position: 0, patch: '' }, this.#signal);
  }

  /** What a step has against a tree; null when it is content or has nothing to look at. */
  async complaint(step: Step, config: string, tree: Tree): Promise<Complaint | null> {
    const { verdict, reason, observations } = await this.ask(step, config, tree);
    if (verdict === 'error') throw new Error(`${step} in ${config}: ${reason ?? 'no answer'}`);
    const bad = observations.find(({ severity }) => severity !== 'note');
    if (bad === undefined && (verdict === 'passed' || verdict === 'skipped')) return null;
    return { step, config, message: bad?.message ?? reason ?? verdict };
  }

  async close(): Promise<void> {
    await this.#engine.close();
    await this.#store.close();
    rmSync(this.#place, { recursive: true, force: true });
  }

  #verdict(index: number): ApplyVerdict {
    const verdict = this.#verdicts[index];
    if (verdict === undefined) throw new RangeError(`the series has no patch ${index + 1}`);
    return verdict;
  }
}

/** Files that test and describe; all others are the kernel. */
export function isTest(path: Path): boolean {
  return /_test\.[ch]$|^(tests|Documentation)\/|^MAINTAINERS$|\.rst$/.test(path);
}
