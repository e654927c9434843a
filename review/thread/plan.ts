/**
 * Which patches go into which thread. A list reads fifteen or twenty mails at once, not a hundred; so
 * topics are threads, and a topic that is too long is cut where the fewest dependencies cross.
 */
import { closure } from '../../tools/deps/graph.ts';
import type { Graph } from '../../tools/deps/types.ts';

/** What the planner wants to know of a patch. */
export interface PlanPatch {
  readonly topic: string | null;
  readonly subject: string;
}

export interface PlanOptions {
  /** Most patches of one thread; the cover letter is one mail more. */
  readonly most: number;
  /** More patches than this are better cut, if there is a good place. */
  readonly comfortable?: number;
}

/** One thread of a plan. */
export interface PlannedThread {
  readonly topic: string | null;
  /** Which part of its topic, from 1, and of how many. */
  readonly part: number;
  readonly parts: number;
  /** Indexes of its patches in the series, ascending. */
  readonly patches: readonly number[];
  /** Indexes of earlier threads that its patches depend on, directly or through others. */
  readonly needs: readonly number[];
}

/**
 * Threads in an order in which they apply. `graph` tells which patch needs which; null where nobody
 * knows, and then every thread needs the one before it.
 */
export function planThreads(
  patches: readonly PlanPatch[],
  graph: Graph | null,
  options: PlanOptions,
): PlannedThread[] {
  const groups = inLegalOrder(byTopic(patches), graph) ?? byRuns(patches);
  const pieces = groups.flatMap(({ topic, members }) => {
    const parts = cutGroup(members, patches, graph, options);
    return parts.map((part, index) => ({
      topic,
      part: index + 1,
      parts: parts.length,
      patches: part,
    }));
  });
  const needs = threadNeeds(
    pieces.map((piece) => piece.patches),
    graph,
  );
  return pieces.map((piece, index) => ({ ...piece, needs: needs[index] ?? [] }));
}

interface Group {
  readonly topic: string | null;
  readonly members: readonly number[];
}

function byTopic(patches: readonly PlanPatch[]): Group[] {
  const groups = Map.groupBy(patches.keys(), (index) => patches[index]?.topic ?? null);
  return [...groups].map(([topic, members]) => ({ topic, members }));
}

/** Where topics lie mixed and each needs the other, only neighbours can share a thread. */
function byRuns(patches: readonly PlanPatch[]): Group[] {
  const runs: { topic: string | null; members: number[] }[] = [];
  for (const [index, { topic }] of patches.entries()) {
    const last = runs.at(-1);
    if (last === undefined || last.topic !== topic) runs.push({ topic, members: [index] });
    else last.members.push(index);
  }
  return runs;
}

/** The groups in the order of their first patches, if none needs a patch of a later one; else null. */
function inLegalOrder(groups: Group[], graph: Graph | null): Group[] | null {
  const place = new Map<number, number>();
  for (const [at, { members }] of groups.entries())
    for (const index of members) place.set(index, at);
  const follows = (from: number, to: number): boolean =>
    (place.get(from) ?? 0) >= (place.get(to) ?? 0);
  if (graph !== null) return graph.edges.every(({ from, to }) => follows(from, to)) ? groups : null;
  // Unknown dependencies: only the order of the series itself is safe.
  const order = groups.flatMap(({ members }) => members);
  return order.every((index, at) => at === 0 || index > (order[at - 1] ?? 0)) ? groups : null;
}

/** What a plan costs; the least of all is taken. Only their ratios matter. */
const COST = { thread: 6, edge: 1, subsystem: 4, crowd: 1, few: 3 } as const;

/** Fewer patches than this are hardly a part of their own. */
const FEW = 5;

/** Cut the members of a group into consecutive parts of at most `most`, as cheaply as can be. */
function cutGroup(
  members: readonly number[],
  patches: readonly PlanPatch[],
  graph: Graph | null,
  { most, comfortable = Math.max(1, most - 4) }: PlanOptions,
): number[][] {
  if (members.length <= most) return [[...members]];
  const crossing = crossings(members, graph);
  const split = (at: number): number => {
    const [before, after] = [members[at - 1] ?? 0, members[at] ?? 0];
    const torn =
      subsystemOf(patches[before]?.subject ?? '') === subsystemOf(patches[after]?.subject ?? '');
    return COST.thread + COST.edge * (crossing[at] ?? 0) + (torn ? COST.subsystem : 0);
  };
  // best[end]: the cheapest way to cut the first `end` members, and where its last part begins.
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= members.length; end += 1) {
    let choice = { cost: Infinity, from: 0 };
    for (let from = Math.max(0, end - most); from < end; from += 1) {
      const crowd = Math.max(0, end - from - comfortable) * COST.crowd;
      const few = Math.max(0, FEW - (end - from)) * COST.few;
      const cost = (best[from]?.cost ?? 0) + (from === 0 ? 0 : split(from)) + crowd + few;
      if (cost < choice.cost) choice = { cost, from };
    }
    best.push(choice);
  }
  const parts: number[][] = [];
  for (let end = members.length; end > 0; end = best[end]?.from ?? 0)
    parts.unshift(members.slice(best[end]?.from ?? 0, end));
  return parts;
}

/** How many dependencies lead over the gap in front of each member. */
function crossings(members: readonly number[], graph: Graph | null): number[] {
  const place = new Map(members.map((index, at) => [index, at]));
  const steps = Array.from({ length: members.length + 1 }, () => 0);
  for (const { from, to } of graph?.edges ?? []) {
    const [low, high] = [place.get(to), place.get(from)];
    if (low === undefined || high === undefined) continue;
    steps[low + 1] = (steps[low + 1] ?? 0) + 1;
    steps[high + 1] = (steps[high + 1] ?? 0) - 1;
  }
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** What stands before the first colon of a subject: `drm/i915`. A revert belongs to what it reverts. */
function subsystemOf(subject: string): string {
  const plain = subject.replace(/^revert:?\s+"?/i, '');
  return /^([^:]{1,40}):/.exec(plain)?.[1]?.trim() ?? plain;
}

function threadNeeds(threads: readonly (readonly number[])[], graph: Graph | null): number[][] {
  if (graph === null)
    return threads.map((_, index) => Array.from({ length: index }, (_unused, at) => at));
  const threadOf = new Map<number, number>();
  for (const [at, members] of threads.entries())
    for (const index of members) threadOf.set(index, at);
  const direct = threads.map(() => new Set<number>());
  for (const { from, to } of graph.edges) {
    const [later, earlier] = [threadOf.get(from), threadOf.get(to)];
    if (later !== undefined && earlier !== undefined && later !== earlier)
      direct[later]?.add(earlier);
  }
  // Threads stand in a legal order, so what earlier ones need is known by the time it is asked for.
  const all: number[][] = [];
  for (const own of direct) {
    const needs = new Set([...own].flatMap((index) => [index, ...(all[index] ?? [])]));
    all.push([...needs].sort((a, b) => a - b));
  }
  return all;
}

/** Indexes of the patches outside of a thread that it needs so that it applies, in series order. */
export function prerequisitesOf(thread: readonly number[], graph: Graph): number[] {
  const inside = new Set(thread);
  return closure(graph, thread).filter((index) => !inside.has(index));
}
