/** The step `globals` of a check: every tree's globals against its own allow-list. */
import type { TreeFamily } from '../check/scratch.ts';
import { actionKey } from '../check/store.ts';
import type {
  ActionStore,
  BuildEngine,
  Forecast,
  Observation,
  Outcome,
  StepOffer,
  Subject,
} from '../check/types.ts';
import type { Bytes, Path } from '../patch/types.ts';
import type { Change, ObjectId, Tree } from '../tree/types.ts';
import { ALLOW_LIST } from './allow.ts';
import { codeDigest } from './code.ts';
import { FactKeeper } from './facts.ts';
import { takeInventory } from './inventory.ts';
import { watchGlobals } from './ratchet.ts';
import { type Sources, readSources, sourcesAfter } from './sources.ts';

const STEP: StepOffer = { name: 'globals', configured: false, after: null, usual: true };

export interface GlobalsEngineOptions {
  readonly store: ActionStore;
  readonly rerun: boolean;
  readonly now: () => Date;
}

/** Whether any tree along a series may have an allow-list. */
export function hasAllowList(tree: Tree, paths: ReadonlySet<Path>): boolean {
  return paths.has(ALLOW_LIST) || tree.get(ALLOW_LIST) !== null;
}

export class GlobalsEngine implements BuildEngine {
  readonly steps = [STEP];
  readonly builds = false;
  readonly #family: TreeFamily;
  readonly #options: GlobalsEngineOptions;
  readonly #keeper: FactKeeper;
  #base: Promise<Sources> | null = null;

  constructor(family: TreeFamily, options: GlobalsEngineOptions) {
    this.#family = family;
    this.#options = options;
    this.#keeper = new FactKeeper(options.store);
  }

  async configurations(): Promise<readonly string[]> {
    return [];
  }

  async perform(
    _step: string,
    _config: string | null,
    { tree }: Subject,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { store, rerun, now } = this.#options;
    const start = now().getTime();
    const sources = await this.#sourcesOf(tree);
    const key = keyOf(sources, await this.#had());
    const known = rerun ? null : store.result(key);
    if (known !== null) return { ...(known as Outcome), cached: true };
    const observations = await this.#observe(sources, signal);
    const seconds = (now().getTime() - start) / 1000;
    const outcome = outcomeOf(observations, seconds);
    store.keep(key, outcome);
    return outcome;
  }

  async forecast(_step: string, _config: string | null, { tree }: Subject): Promise<Forecast> {
    const key = keyOf(await this.#sourcesOf(tree), await this.#had());
    const cached = !this.#options.rerun && this.#options.store.result(key) !== null;
    return { cached, why: cached ? '' : 'never read with this list' };
  }

  async close(): Promise<void> {
    await this.#base?.catch(() => undefined);
  }

  /** Null where there is no list, and never was. */
  async #observe(sources: Sources, signal: AbortSignal): Promise<Observation[] | null> {
    const text = sources.texts.get(ALLOW_LIST);
    if (text === undefined) return (await this.#had()) ? [listGone()] : null;
    const facts = await this.#keeper.factsOf(sources.blobs, sources.contents, { signal });
    return watchGlobals(takeInventory(facts), text);
  }

  /** Whether the base has a list: then no patch may take it away. */
  async #had(): Promise<boolean> {
    return (await this.#sourcesOfBase()).texts.has(ALLOW_LIST);
  }

  async #sourcesOfBase(): Promise<Sources> {
    const { store } = this.#family;
    this.#base ??= store.load([]).then(async (tree) => readSources(store, tree, [], [ALLOW_LIST]));
    return this.#base;
  }

  async #sourcesOf(tree: Tree): Promise<Sources> {
    const base = await this.#sourcesOfBase();
    const changes = [...this.#family.paths].map((path): Change => [path, tree.get(path)]);
    const made = await this.#contents(base, changes);
    return sourcesAfter(base, changes, made, [], [ALLOW_LIST]);
  }

  /** Contents of everything that may differ: of the base, of the patches, or asked of the store. */
  async #contents(
    base: Sources,
    changes: readonly Change[],
  ): Promise<ReadonlyMap<ObjectId, Bytes>> {
    const { store, blobs } = this.#family;
    const found = new Map<ObjectId, Bytes>();
    const missing = new Set<ObjectId>();
    for (const [, entry] of changes) {
      if (entry === null) continue;
      const content = blobs.get(entry.id) ?? base.contents.get(entry.id);
      if (content === undefined) missing.add(entry.id);
      else found.set(entry.id, content);
    }
    if (missing.size > 0)
      for (const [id, content] of await store.blobs(missing)) found.set(id, content);
    return found;
  }
}

function keyOf({ blobs, texts }: Sources, had: boolean): string {
  const files = [...blobs].sort(([a], [b]) => (a < b ? -1 : 1));
  const list = texts.get(ALLOW_LIST) ?? null;
  return actionKey({ action: 'globals/check', code: codeDigest(), files, list, had });
}

function listGone(): Observation {
  return {
    rule: 'globals/no-list',
    severity: 'error',
    path: ALLOW_LIST,
    line: null,
    message: 'the list of globals that may stay is gone',
  };
}

function outcomeOf(observations: Observation[] | null, seconds: number): Outcome {
  const none = observations === null;
  return {
    verdict: none ? 'skipped' : 'passed',
    reason: none ? `no '${ALLOW_LIST}'` : null,
    cached: false,
    seconds,
    observations: observations ?? [],
    log: null,
  };
}
