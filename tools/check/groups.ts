/** Which questions are to be asked of which trees. */
import type { Tree } from '../tree/types.ts';
import { positionsFor } from './plan.ts';
import type { BuildEngine, StepOffer } from './types.ts';

/** Questions about one tree in one configuration, which build on each other. */
export interface Group {
  readonly engine: BuildEngine;
  /** Patches applied. */
  readonly position: number;
  readonly config: string | null;
  readonly steps: readonly StepOffer[];
}

export interface GroupOptions {
  readonly engines: readonly BuildEngine[];
  /** Indexes of the patches that are checked, ascending. */
  readonly chosen: readonly number[];
  /** Which steps; by name. */
  readonly wants: (step: string) => boolean;
  /** Sets of configurations; the engine's own choice if there are none. */
  readonly sets: readonly string[];
  /** The tree at a position; null if a patch before it does not apply. */
  readonly treeAt: (position: number) => Tree | null;
}

/** All groups, in the order of the trees. */
export async function findGroups(options: GroupOptions): Promise<Group[]> {
  const groups: Group[] = [];
  for (const position of positionsFor(options.chosen)) {
    if (options.treeAt(position) === null) continue;
    for (const engine of options.engines)
      groups.push(...(await groupsAt(engine, position, options)));
  }
  return groups;
}

/** The steps of an engine that are wanted, and those that they need, in the order of the offer. */
export function chosenSteps(engine: BuildEngine, wants: (step: string) => boolean): StepOffer[] {
  const needed = new Set<string>();
  for (const offer of engine.steps.toReversed()) {
    if (!wants(offer.name) && !needed.has(offer.name)) continue;
    needed.add(offer.name);
    if (offer.after !== null) needed.add(offer.after);
  }
  return engine.steps.filter(({ name }) => needed.has(name));
}

async function groupsAt(
  engine: BuildEngine,
  position: number,
  options: GroupOptions,
): Promise<Group[]> {
  const offers = chosenSteps(engine, options.wants);
  const plain = offers.filter(({ configured }) => !configured);
  const configured = offers.filter((offer) => offer.configured);
  const configs = new Set<string>();
  for (const tree of configured.length === 0 ? [] : treesThatDecide(position, options)) {
    for (const config of await engine.configurations(tree, options.sets)) configs.add(config);
  }
  return [
    ...(plain.length === 0 ? [] : [{ engine, position, config: null, steps: plain }]),
    ...[...configs].map((config) => ({ engine, position, config, steps: configured })),
  ];
}

/**
 * The trees whose configurations matter at a position: its own, if the patch before it is checked, and
 * the next one, which is compared with it.
 */
function treesThatDecide(position: number, { chosen, treeAt }: GroupOptions): Tree[] {
  const own = chosen.includes(position - 1) ? treeAt(position) : null;
  const next = chosen.includes(position) ? treeAt(position + 1) : null;
  return [own, next].filter((tree) => tree !== null);
}
