/**
 * A planned series → its threads, in order, each naming those that it needs by their Message-IDs.
 * Pure: patches, covers, differences and recipients are handed in.
 */
import { patchId } from '../../tools/patch/patch-id.ts';
import type { Graph } from '../../tools/deps/types.ts';
import type { FilePatch } from '../../tools/patch/types.ts';
import { toCommitInfo } from '../../tools/series/commit.ts';
import type { Moment, Patch, Person } from '../../tools/series/types.ts';
import { SeamError } from '../../tools/errors.ts';
import { type Cover, LETTER_WIDTH } from '../cover/letter.ts';
import { fill } from '../cover/blocks.ts';
import { NO_FACTS, normalPrefix } from '../cover/facts.ts';
import { composeThread } from './compose.ts';
import { type PlannedThread, prerequisitesOf } from './plan.ts';
import type {
  CoverInput,
  Dependency,
  Recipients,
  Thread,
  ThreadEntry,
  ThreadStyle,
  Threading,
} from './types.ts';

/** What the user chooses; null leaves it to the cover, and then to custom. */
export interface Choices {
  readonly prefix: string | null;
  readonly version: number | null;
  readonly from: Person | null;
  readonly date: Moment | null;
  readonly threading: Threading;
  readonly numbered: boolean;
  readonly resend: boolean;
  readonly inReplyTo: string | null;
}

export interface AssembleInput {
  /** The whole series. */
  readonly patches: readonly Patch[];
  readonly plan: readonly PlannedThread[];
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

/** Compose all threads of the plan. */
export function assembleThreads(input: AssembleInput): Thread[] {
  const threads: Thread[] = [];
  const overview = input.plan.map((planned) => entryOf(planned, input));
  for (const [index, planned] of input.plan.entries())
    threads.push(assembleOne(planned, index, overview, threads, input));
  return threads;
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

function entryOf(planned: PlannedThread, input: AssembleInput): ThreadEntry {
  const cover = coverFor(planned, input.covers);
  const title =
    cover?.subject ?? planned.topic ?? input.patches[planned.patches[0] ?? 0]?.header.subject ?? '';
  return {
    title: withPart(title, planned),
    patches: planned.patches.length,
    needs: neededThreads(planned, cover?.facts.dependsOn ?? [], input.plan).map(
      (index) => index + 1,
    ),
  };
}

function withPart(title: string, { part, parts }: PlannedThread): string {
  return parts === 1 ? title : `${title}, part ${part} of ${parts}`;
}

function assembleOne(
  planned: PlannedThread,
  position: number,
  overview: readonly ThreadEntry[],
  before: readonly Thread[],
  input: AssembleInput,
): Thread {
  const patches = planned.patches.flatMap((index) => input.patches[index] ?? []);
  const cover = coverFor(planned, input.covers);
  const facts = cover?.facts ?? NO_FACTS;
  const partName = planned.parts === 1 ? '' : `-${planned.part}of${planned.parts}`;
  const topic = topicName(planned.topic, cover, patches[0]);
  const named = { to: facts.to, cc: facts.cc };
  const all = merged([named, input.recipientsOf(patches)]);
  const own = (patch: Patch): Recipients =>
    input.perPatch ? merged([named, input.recipientsOf([patch])]) : all;
  return composeThread({
    name: `${topic}${partName}`,
    topic,
    style: styleOf(planned, cover, patches, before, input),
    cover: cover === null ? null : coverInput(planned, cover, position, overview, before, input),
    patches,
    base: {
      ...input.base,
      commit: facts.baseCommit ?? input.base.commit,
      prerequisites: prerequisites(planned, input),
    },
    recipients: { cover: all, patches: patches.map(own) },
    dependencies: dependenciesOf(planned, facts.dependsOn, before, input),
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

function styleOf(
  planned: PlannedThread,
  cover: Cover | null,
  patches: readonly Patch[],
  before: readonly Thread[],
  { choices, patches: all, plan }: AssembleInput,
): ThreadStyle {
  const facts = cover?.facts ?? NO_FACTS;
  const prefix = choices.prefix ?? facts.prefix;
  const topic = plan.filter((other) => other.topic === planned.topic);
  const date =
    choices.date ??
    facts.date ??
    newest(topic.flatMap((other) => other.patches.flatMap((index) => all[index] ?? [])));
  // The parts of a topic follow each other, so that readers sort them.
  const earlier = before.filter((_, index) => plan[index]?.topic === planned.topic);
  const offset = earlier.reduce((sum, { mails }) => sum + mails.length, 0);
  return {
    prefix: choices.resend ? (normalPrefix(`${prefix} RESEND`) ?? prefix) : prefix,
    version: choices.version ?? facts.version,
    from: choices.from ?? facts.from ?? onlyAuthor(patches),
    date: { seconds: date.seconds + offset, zone: date.zone },
    threading: choices.threading,
    numbered: choices.numbered,
    inReplyTo: choices.inReplyTo,
    resend: choices.resend,
  };
}

function newest(patches: readonly Patch[]): Moment {
  const dates = patches.map((patch) => toCommitInfo(patch).authorDate);
  return dates.reduce((latest, date) => (date.seconds > latest.seconds ? date : latest), {
    seconds: 0,
    zone: 0,
  });
}

function onlyAuthor(patches: readonly Patch[]): Person {
  const [first, ...rest] = patches.map((patch) => toCommitInfo(patch).author);
  const same = rest.every(({ name, email }) => name === first?.name && email === first.email);
  if (first !== undefined && same) return first;
  throw new SeamError(
    'thread-no-sender',
    'patches of several authors, and nobody named who sends them',
    {
      kind: 'usage',
      hint: "--from 'Your Name <you@example.org>', or 'from:' in front of the cover letter",
    },
  );
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
            `This is ${withPart('the topic', planned)}, cut because one thread would be too long. What it is about stands in the letter of part 1:`,
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

function prerequisites(planned: PlannedThread, { graph, patches }: AssembleInput): string[] {
  const indexes =
    graph === null
      ? Array.from({ length: planned.patches[0] ?? 0 }, (_, index) => index)
      : prerequisitesOf(planned.patches, graph);
  return indexes.flatMap((index) => patchId(patches[index]?.files ?? []) ?? []);
}

/** Indexes of the threads that one needs: as its patches show, and as its cover says. */
function neededThreads(
  planned: PlannedThread,
  declared: readonly string[],
  plan: readonly PlannedThread[],
): number[] {
  const named = plan.flatMap(({ topic }, index) =>
    topic !== null && declared.includes(topic) && topic !== planned.topic ? [index] : [],
  );
  return [...new Set([...planned.needs, ...named])].sort((a, b) => a - b);
}

/** Threads of this series that are needed, then what the cover names besides. */
function dependenciesOf(
  planned: PlannedThread,
  declared: readonly string[],
  before: readonly Thread[],
  { plan }: AssembleInput,
): Dependency[] {
  const topics = new Set(plan.map(({ topic }) => topic));
  const indexes = neededThreads(planned, declared, plan);
  const own = indexes.flatMap((index): Dependency[] => {
    const thread = before[index];
    const first = thread?.mails[0];
    if (thread === undefined || first === undefined) return [];
    return [{ title: thread.title, reference: `<${first.mail.id}>` }];
  });
  const others = declared.filter((text) => !topics.has(text));
  return [
    ...own,
    ...others.map((text) =>
      /^<|^https?:/.test(text) ? { title: '', reference: text } : { title: text, reference: null },
    ),
  ];
}
