/** What has to be looked at for an answer about some patches. Pure. */

/** A patch by its index in the series; the tree behind it is at position index + 1. */
type Index = number;

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** `2/5`, or null when it is no shard. */
export function parseShard(text: string): Shard | null {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  const shard = { index: Number(match?.[1]), count: Number(match?.[2]) };
  return match !== null && shard.index <= shard.count ? shard : null;
}

/**
 * The share of one machine: neighbours stay together, because a build goes on where the one before it
 * ended. All shards together are the list, whatever their number.
 */
export function shardOf<T>(all: readonly T[], { index, count }: Shard): readonly T[] {
  const edge = (before: number): number => Math.round((before * all.length) / count);
  return all.slice(edge(index - 1), edge(index));
}

/** Positions of the trees that are needed: those behind the patches, and those before them. */
export function positionsFor(patches: readonly Index[]): number[] {
  const all = new Set(patches.flatMap((index) => [index, index + 1]));
  return [...all].sort((a, b) => a - b);
}

/** Patches without a gap between them: within a run, each is compared with the one before. */
export function runsOf(patches: readonly Index[]): Index[][] {
  const runs: Index[][] = [];
  for (const index of patches) {
    const last = runs.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else runs.push([index]);
  }
  return runs;
}
