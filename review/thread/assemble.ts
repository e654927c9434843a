/**
 * A planned series → its threads, in order, each naming those that it needs by their Message-IDs.
 * Pure: patches, covers, differences and recipients are handed in.
 */
import { patchId } from '../../tools/patch/patch-id.ts';
import type { Graph } from '../../tools/deps/types.ts';
import type { FilePatch } from '../../tools/patch/types.ts';
import type { Patch, Person } from '../../tools/series/types.ts';
import { fill } from '../cover/blocks.ts';
import { type Cover, LETTER_WIDTH, NO_FACTS } from '../cover/types.ts';
import { composeThread } from './compose.ts';
import { type PlannedThread, prerequisitesOf } from './plan.ts';
import type { CoverInput, Dependency, Recipients, Thread, ThreadEntry } from './types.ts';
import { type Choices, styleOf } from './style.ts';

export interface AssembleInput {
  /** The whole series. */
  readonly patches: readonly Patch[];
  readonly plan: readonly PlannedThread[];
  /** Those of the plan that are asked for. The others are made, too, because they are referred to. */
  readonly chosen: readonly PlannedThread[];
  /** Null where the base is not known. */
  readonly graph: Graph | null;
  /** Covers by topic; the empty name for patches without topic. */
  readonly covers: ReadonlyMap<string, Cover>;
  readonly base: { readonly commit: string | null; readonly tree: string | null };
  /** From the tree before a thread to the one after it. */
  readonly diffOf: (thread: PlannedThread) => readonly FilePatch[];
  /** Whom patches go to besides those that the cover names. */
  readonly recipientsOf: (patches: readonly Patch[]) => Recipients;
  /** Each mail to its own people, and not all to all. */
  readonly perPatch: boolean;
  readonly choices: Choices;
}

/** The input, and what several threads ask of the same patch. */
interface Input extends AssembleInput {
  readonly patchIdOf: (patch: Patch) => string | null;
}

/** Compose all threads of the plan. */
export function assembleThreads(given: AssembleInput): Thread[] {
  const threads: Thread[] = [];
  const input = { ...given, patchIdOf: patchIds() };
  const needs = neededThreads(input);
  const overview = input.plan.map((planned, index) =>
    entryOf(planned, withoutImplied(needs[index] ?? [], needs), input),
  );
  for (const [index, planned] of input.plan.entries()) {
    const needed = (needs[index] ?? []).flatMap((at) => threads[at] ?? []);
    const ahead = needed.filter((thread) => goesAhead(input, threads.indexOf(thread)));
    threads.push(assembleOne(planned, index, { overview, needed, ahead, before: threads }, input));
  }
  return threads;
}

/**
 * Whether threads that need this one are dated behind it. A date that the user gives is that of the
 * first mail that he asked for: what is not asked for was sent before, or will be.
 */
function goesAhead({ choices, plan, chosen }: AssembleInput, index: number): boolean {
  const planned = plan[index];
  return choices.date === null || (planned !== undefined && chosen.includes(planned));
}

/** Ids of patches, each made once: a patch can be needed by every thread behind it. */
function patchIds(): Input['patchIdOf'] {
  const known = new Map<Patch, string | null>();
  return (patch) => {
    let id = known.get(patch);
    if (id === undefined) known.set(patch, (id = patchId(patch.files)));
    return id;
  };
}

/** The cover of a planned thread's topic, if it has one. */
export function coverFor(planned: PlannedThread, covers: AssembleInput['covers']): Cover | null {
  return covers.get(planned.topic ?? '') ?? null;
}

/** What threads of a topic are called: patches without topic by their letter, or by the first of them. */
export function topicName(
  topic: string | null,
  cover: Cover | null,
  first: Patch | undefined,
): string {
  return topic ?? cover?.subject ?? first?.header.subject ?? 'series';
}

function entryOf(
  planned: PlannedThread,
  needs: readonly number[],
  input: AssembleInput,
): ThreadEntry {
  const cover = coverFor(planned, input.covers);
  const title =
    cover?.subject ?? planned.topic ?? input.patches[planned.patches[0] ?? 0]?.header.subject ?? '';
  return {
    title: withPart(title, planned),
    patches: planned.patches.length,
    needs: needs.map((index) => index + 1),
  };
}

function withPart(title: string, { part, parts }: PlannedThread): string {
  return parts === 1 ? title : `${title}, part ${part} of ${parts}`;
}

/** What a thread is told of the others. */
interface Others {
  readonly overview: readonly ThreadEntry[];
  /** Those that must be applied before it, in order. */
  readonly needed: readonly Thread[];
  /** Of those, the ones whose dates must be earlier. */
  readonly ahead: readonly Thread[];
  /** All that stand before it. */
  readonly before: readonly Thread[];
}

function assembleOne(
  planned: PlannedThread,
  position: number,
  { overview, needed, ahead, before }: Others,
  input: Input,
): Thread {
  const patches = planned.patches.flatMap((index) => input.patches[index] ?? []);
  const cover = coverFor(planned, input.covers);
  const facts = cover?.facts ?? NO_FACTS;
  const parts = input.plan.filter((part) => part.topic === planned.topic);
  const topic = topicName(planned.topic, cover, patches[0]);
  const named = { to: facts.to, cc: facts.cc };
  const all = merged([named, input.recipientsOf(patches)]);
  const own = (patch: Patch): Recipients =>
    input.perPatch ? merged([named, input.recipientsOf([patch])]) : all;
  return composeThread({
    topic,
    section: planned.parts === 1 ? '' : `${planned.part}of${planned.parts}`,
    style: styleOf({
      choices: input.choices,
      cover,
      patches,
      topic: parts.flatMap((part) => part.patches.flatMap((at) => input.patches[at] ?? [])),
      earlier: before.filter((_, at) => parts.includes(input.plan[at] ?? planned)),
      ahead,
    }),
    cover: cover === null ? null : coverInput(planned, cover, position, overview, before, input),
    patches,
    base: {
      ...input.base,
      commit: facts.baseCommit ?? input.base.commit,
      prerequisites: prerequisites(planned, input),
    },
    recipients: { cover: all, patches: patches.map(own) },
    dependencies: dependenciesOf(needed, facts.dependsOn, input.plan),
    changeId: facts.changeId,
  });
}

/** Everyone once; whom a mail goes to is not copied, too. */
export function merged(lists: readonly Recipients[]): Recipients {
  const seen = new Set<string>();
  const take = (people: readonly Person[]): Person[] =>
    people.filter(({ email }) => {
      const known = seen.has(email.toLowerCase());
      seen.add(email.toLowerCase());
      return !known;
    });
  const to = take(lists.flatMap((list) => list.to));
  return { to, cc: take(lists.flatMap((list) => list.cc)) };
}

function coverInput(
  planned: PlannedThread,
  cover: Cover,
  position: number,
  overview: readonly ThreadEntry[],
  before: readonly Thread[],
  input: AssembleInput,
): CoverInput {
  const { part } = planned;
  const first = before[position - part + 1];
  const lines =
    part === 1 || first === undefined
      ? cover.lines
      : [
          ...fill(
            `Part ${part} of ${planned.parts} of a topic that is too long for one thread. What it is about stands in the letter of part 1:`,
            LETTER_WIDTH,
          ),
          '',
          `  ${first.title}`,
          `    <${first.mails[0]?.mail.id ?? ''}>`,
        ];
  return {
    cover,
    subject: withPart(cover.subject, planned),
    lines,
    diff: input.diffOf(planned),
    overview: overview.length > 1 ? overview : [],
    position,
  };
}

function prerequisites(planned: PlannedThread, { graph, patches, patchIdOf }: Input): string[] {
  const indexes =
    graph === null
      ? Array.from({ length: planned.patches[0] ?? 0 }, (_, index) => index)
      : prerequisitesOf(planned.patches, graph);
  return indexes.flatMap((index) => {
    const patch = patches[index];
    return patch === undefined ? [] : (patchIdOf(patch) ?? []);
  });
}

/**
 * By thread, the indexes of those before it that it needs, directly or through others: as its patches
 * show, and as its cover says.
 */
function neededThreads({ plan, covers }: AssembleInput): number[][] {
  const all: number[][] = [];
  for (const [at, planned] of plan.entries()) {
    const declared = coverFor(planned, covers)?.facts.dependsOn ?? [];
    const named = plan.flatMap(({ topic }, index) =>
      index < at && topic !== null && topic !== planned.topic && declared.includes(topic)
        ? [index]
        : [],
    );
    const direct = [...planned.needs, ...named];
    const needs = new Set(direct.flatMap((index) => [index, ...(all[index] ?? [])]));
    all.push([...needs].sort((a, b) => a - b));
  }
  return all;
}

/** For people: who needs the last of a chain needs the others, too. */
function withoutImplied(own: readonly number[], needs: readonly (readonly number[])[]): number[] {
  return own.filter((index) => !own.some((other) => needs[other]?.includes(index)));
}

/** Threads of this series that are needed, then what the cover names besides. */
function dependenciesOf(
  needed: readonly Thread[],
  declared: readonly string[],
  plan: readonly PlannedThread[],
): Dependency[] {
  const topics = new Set(plan.map(({ topic }) => topic));
  const own = needed.map(({ title, mails }) => {
    const [first] = mails;
    return { title, reference: first === undefined ? null : `<${first.mail.id}>` };
  });
  const others = declared.filter((text) => !topics.has(text));
  return [
    ...own,
    ...others.map((text) =>
      /^<|^https?:/.test(text) ? { title: '', reference: text } : { title: text, reference: null },
    ),
  ];
}
