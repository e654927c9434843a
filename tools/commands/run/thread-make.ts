/** From the command line to threads: what `seam thread` and `seam send` share. */
import { assembleThreads, coverFor } from '../../../review/thread/assemble.ts';
import type { Choices } from '../../../review/thread/style.ts';
import { recipientsOf } from '../../../review/people/recipients.ts';
import { subjectOfPatches } from '../../../review/people/subject.ts';
import { inspectPatch } from '../../../review/thread/inspect.ts';
import { type PlannedThread, planThreads } from '../../../review/thread/plan.ts';
import type { Thread } from '../../../review/thread/types.ts';
import type { Cover } from '../../../review/cover/types.ts';
import type { Objection } from '../../../review/message/objections.ts';
import { netDiff } from '../../apply/net.ts';
import { mergeGraphs } from '../../deps/edges.ts';
import { symbolGraph } from '../../deps/symbols.ts';
import type { Graph } from '../../deps/types.ts';
import { SeamError } from '../../errors.ts';
import type { Patch, Person, Series } from '../../series/types.ts';
import { nearest } from '../../series/selection.ts';
import type { Context } from '../context.ts';
import { type Analysed, diffsOf, withDependencies } from './dependencies.ts';
import { closeOpening, openNamedSeries } from './inputs.ts';
import { type People, openPeople } from './people.ts';
import type { Since } from './last-version.ts';
import { type ThreadOptions, choicesOf } from './thread-choices.ts';
import { loadReader } from './thread-covers.ts';
import { refuseContradiction } from './thread-declared.ts';
import type { Started } from './thread-start.ts';
import { coversAndChanges } from './thread-versions.ts';

/** Threads that were asked for, and what keeps them from being written. */
export interface Made {
  readonly threads: readonly Thread[];
  readonly objections: readonly Objection[];
  /** What became of the last versions, by topic, where some are kept. */
  readonly since: ReadonlyMap<string, Since>;
}

/** One mail is the cover's: a thread of twenty. */
const MOST = 19;

/** Make the threads of these topics and hand them to `use`. What was opened for it is closed. */
export async function withThreads(
  { ctx, opening }: Started,
  topics: readonly string[],
  options: ThreadOptions,
  use: (made: Made) => Promise<number> | number,
): Promise<number> {
  try {
    const choices = choicesOf(ctx, options);
    const make = async (series: Series, analysed: Analysed | null): Promise<number> =>
      use(await makeThreads(ctx, series, analysed, topics, options, choices));
    if (opening === null) {
      ctx.report.warn(
        'no base: dependencies are not known, and no diffstat of whole threads',
        'name one with --base',
      );
      return await make(await openNamedSeries(ctx), null);
    }
    const used = withDependencies(ctx, 0, (analysed) => make(analysed.series, analysed), opening);
    if (!options['without-cover']) await Promise.all([used, loadReader()]);
    return await used;
  } finally {
    await closeOpening(opening);
  }
}

async function makeThreads(
  ctx: Context,
  series: Series,
  analysed: Analysed | null,
  wanted: readonly string[],
  options: ThreadOptions,
  choices: Choices,
): Promise<Made> {
  const graph = analysed === null ? null : dependencyGraph(analysed);
  const plan = planThreads(
    series.patches.map(({ topic, header }) => ({ topic, subject: header.subject })),
    graph,
    { most: options.most ?? MOST },
  );
  const chosen = chosenThreads(plan, wanted);
  const versions = await coversAndChanges(ctx, { series, plan, chosen, analysed }, options);
  const { covers } = versions;
  refuseContradiction(series, covers);
  const people = await peopleFor(ctx, series, analysed, options);
  const asked = options.recipients === 'cover' ? new Map<Patch, Person[]>() : versions.asked;
  const objections = chosen.flatMap((planned) =>
    objectionsTo(planned, series.patches, covers, options['without-cover']),
  );
  // What is refused is not made: mails of it could not even be put together.
  if (objections.length > 0) return { threads: [], objections, since: versions.since };
  const own = new Set(
    chosen.flatMap((planned) => planned.patches.map((index) => series.patches[index])),
  );
  const unreachable: Objection[] = [];
  const threads = assembleThreads({
    patches: series.patches,
    plan,
    chosen,
    graph,
    covers,
    base: await baseOf(analysed),
    diffOf: await differences(analysed),
    recipientsOf: (patches) => {
      const { to, cc, objections: more } = recipientsOf(people.contacts(subjectOfPatches(patches)));
      const first = patches[0];
      if (first !== undefined && own.has(first)) unreachable.push(...more);
      return { to, cc: [...cc, ...patches.flatMap((patch) => asked.get(patch) ?? [])] };
    },
    perPatch: options.recipients === 'patch',
    choices,
  });
  const kept = plan.flatMap((planned, index) =>
    chosen.includes(planned) ? (threads[index] ?? []) : [],
  );
  return {
    threads: await withRobot(ctx, kept, series, analysed, options),
    objections: [...objections, ...unreachable],
    since: versions.since,
  };
}

async function withRobot(
  ctx: Context,
  threads: readonly Thread[],
  series: Series,
  analysed: Analysed | null,
  options: ThreadOptions,
): Promise<readonly Thread[]> {
  if (options.checks === undefined) return threads;
  const { addReplies } = await import('./thread-checks.ts');
  return addReplies(ctx, threads, series, analysed, options);
}

/** What patches need so that they apply, and the names that they use. */
function dependencyGraph(analysed: Analysed): Graph {
  return mergeGraphs(analysed.text.size, [analysed.text, symbolGraph(diffsOf(analysed))]);
}

async function peopleFor(
  ctx: Context,
  series: Series,
  analysed: Analysed | null,
  options: ThreadOptions,
): Promise<Pick<People, 'contacts'>> {
  if (options.recipients === 'cover') return { contacts: () => [] };
  const paths = [...new Set(series.patches.flatMap(({ files }) => files.flatMap(pathsOf)))];
  return openPeople(ctx, analysed?.base ?? null, paths, {
    maintainers: options.maintainers,
    overlay: options.overlay,
  });
}

/** The threads of the topics that were named; names that are none are refused. */
function chosenThreads(plan: readonly PlannedThread[], wanted: readonly string[]): PlannedThread[] {
  const topics = [...new Set(plan.flatMap(({ topic }) => topic ?? []))];
  for (const name of wanted) {
    if (topics.includes(name)) continue;
    const near = nearest(topics, name);
    throw new SeamError('topic-not-found', `no topic '${name}' in the series`, {
      kind: 'usage',
      data: { topics },
      ...(near === null ? {} : { hint: `did you mean '${near}'?` }),
    });
  }
  return plan.filter(({ topic }) => wanted.length === 0 || wanted.includes(topic ?? ''));
}

function objectionsTo(
  planned: PlannedThread,
  patches: readonly Patch[],
  covers: ReadonlyMap<string, Cover>,
  none: boolean,
): Objection[] {
  const own = planned.patches.flatMap((index) => patches[index] ?? []);
  const cover = coverFor(planned, covers);
  const folder = planned.topic === null ? 'cover.md' : `${planned.topic}/cover.md`;
  const missing =
    cover === null && !none && own.length > 1
      ? [
          {
            file: folder,
            line: null,
            message: 'no cover letter; write one, or take --without-cover',
          },
        ]
      : [];
  return [
    ...missing,
    ...(planned.part === 1 ? (cover?.objections ?? []) : []),
    ...own.flatMap(inspectPatch),
  ];
}

async function baseOf(
  analysed: Analysed | null,
): Promise<{ commit: string | null; tree: string | null }> {
  if (analysed === null) return { commit: null, tree: null };
  return { commit: analysed.base.commit, tree: (await analysed.base.load([])).id };
}

async function differences(
  analysed: Analysed | null,
): Promise<(planned: PlannedThread) => ReturnType<typeof netDiff>> {
  if (analysed === null) return () => [];
  const { base, result, series } = analysed;
  const touched = new Set(series.patches.flatMap(({ files }) => files.flatMap(pathsOf)));
  const start = await base.load(touched);
  return ({ patches }) => {
    const first = patches[0] ?? 0;
    const before = first === 0 ? start : (result.verdicts[first - 1]?.tree ?? start);
    return netDiff(
      before,
      patches.flatMap((index) => result.verdicts[index] ?? []),
      result.blobs,
    );
  };
}

function pathsOf({ oldPath, newPath }: Patch['files'][number]): string[] {
  return [oldPath, newPath].filter((path) => path !== null);
}
