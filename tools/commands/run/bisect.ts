import { Bisection } from '../../bisect/search.ts';
import { type Subset, type SubsetResult, SubsetSearch, subsetName } from '../../bisect/subset.ts';
import type { Answer, Position, Result } from '../../bisect/types.ts';
import { drive } from '../../check/runner/drive.ts';
import { EXIT, SeamError } from '../../errors.ts';
import type { bisect } from '../bisect.ts';
import type { Run } from '../types.ts';
import { aborted, printResult, printUnappliable } from './bisect-report.ts';
import { Session } from './bisect-session.ts';
import { talkOf } from './bisect-talk.ts';
import { openNamedBase, openNamedSeries } from './inputs.ts';

export const run: Run<typeof bisect> = async (ctx, { args: [command], options }) => {
  if (options.subset && options['first-that-fixes'])
    throw new SeamError(
      'options-clash',
      "'--subset' and '--first-that-fixes' cannot be used together",
      { kind: 'usage' },
    );
  if (options.subset && options.touching.length > 0)
    throw new SeamError('options-clash', "'--subset' and '--touching' cannot be used together", {
      kind: 'usage',
    });
  const series = await openNamedSeries(ctx);
  const base = await openNamedBase(ctx);
  const session = new Session(ctx, base, series, options, command);
  try {
    const unappliable = await session.prepare();
    if (unappliable !== null) {
      printUnappliable(session, unappliable);
      return EXIT.no;
    }
    const result = await bisectPositions(session);
    const subset = options.subset ? await bisectSubset(session, result) : null;
    if (result.kind === 'aborted' || subset?.kind === 'aborted') throw aborted(session);
    printResult(session, result, subset);
    return result.kind === 'found' || subset !== null ? EXIT.yes : EXIT.no;
  } finally {
    session.close();
    await base.close();
  }
};

/** The options of `drive` that both searches share. */
function workers(session: Session): { readonly jobs: number; readonly signal: AbortSignal } {
  return { jobs: session.options.jobs ?? 1, signal: session.ctx.signal };
}

/** The search counts the positions that are worth asking about, and no others. */
async function bisectPositions(session: Session): Promise<Result> {
  const { stops, goal, options } = session;
  const last = stops.length - 1;
  const trusted: [Position, Answer][] =
    goal === 'breaks'
      ? [
          [0, 'good'],
          [last, 'bad'],
        ]
      : [
          [0, 'bad'],
          [last, 'good'],
        ];
  const marks = new Map(options['trust-ends'] ? trusted : []);
  let shown = new Bisection({ first: 0, last }, goal, marks);
  const result = await drive<Position, Result>(shown, {
    ...workers(session),
    nameOf: String,
    evaluate: async (stop, signal) => {
      const testimony = await session.ask(stops[stop] ?? 0, signal);
      shown = shown.mark(stop, testimony.answer);
      talkOf(session, testimony, shown);
      return testimony.answer;
    },
  });
  return inSeries(result, stops);
}

/** A result that counts stops as one that counts patches. */
function inSeries(result: Result, stops: readonly Position[]): Result {
  const at = (stop: number): Position => stops[stop] ?? 0;
  switch (result.kind) {
    case 'found':
    case 'indeterminate':
    case 'aborted':
      return { ...result, position: at(result.position) };
    case 'found-despite-skips':
      return { ...result, first: at(result.first), last: at(result.last) };
    case 'ends-wrong':
      return result;
  }
}

/** The patches up to the first that fails are a set that fails; the smallest is among them. */
async function bisectSubset(session: Session, result: Result): Promise<SubsetResult | null> {
  const { first } = session.ends;
  const last =
    result.kind === 'found'
      ? result.position
      : result.kind === 'found-despite-skips'
        ? result.last
        : null;
  if (last === null) return null;
  const all = Array.from({ length: last - first }, (_, index) => first + 1 + index);
  return drive<Subset, SubsetResult>(new SubsetSearch(all), {
    ...workers(session),
    nameOf: subsetName,
    evaluate: async (subset, signal) => {
      const testimony = await session.askSubset(subset, signal);
      if (testimony === null) return 'skip';
      talkOf(session, testimony, null);
      return testimony.answer;
    },
  });
}
