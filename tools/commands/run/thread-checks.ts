/** The report of a check, as replies in the threads that it is about. */
import { parseAddress } from '../../../review/message/address.ts';
import { reportWithoutPlaces } from '../../../review/robot/places.ts';
import { withReplies } from '../../../review/robot/replies.ts';
import type { Thread } from '../../../review/thread/types.ts';
import type { CheckReport } from '../../check/types.ts';
import { SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { Person, Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import { cacheDirectory } from './cache-place.ts';
import { readReport } from './check-input.ts';
import type { Analysed } from './dependencies.ts';
import type { ThreadOptions } from './thread-choices.ts';

/** Add a build robot's replies to these threads, if the user has named a report. */
export function addReplies(
  ctx: Context,
  threads: readonly Thread[],
  series: Series,
  analysed: Analysed | null,
  options: ThreadOptions,
): readonly Thread[] {
  const { checks: file } = options;
  if (file === undefined) return threads;
  const report = reportWithoutPlaces(readReport(ctx, file), placesOf(ctx));
  refuseOther(file, report, series, analysed);
  const all = options['checks-for'] === 'all';
  const named = options.robot === undefined ? null : robotOf(options.robot);
  return threads.map((thread) => {
    const sender = thread.mails[0]?.mail.from;
    if (sender === undefined) return thread;
    const robot = named ?? { name: 'Check robot', email: sender.email };
    return withReplies(thread, report, { robot, all });
  });
}

/** Directories that nobody but this user has. */
function placesOf(ctx: Context): string[] {
  const { HOME, TMPDIR } = ctx.env;
  return [ctx.cwd, cacheDirectory(ctx), ...[HOME, TMPDIR].filter((place) => place !== undefined)];
}

/** Answers to other patches would be worse than none: names and trees must be those of the series. */
function refuseOther(
  file: string,
  report: CheckReport,
  { patches }: Series,
  analysed: Analysed | null,
): void {
  const places = new Map(patches.map(({ name }, index) => [name, index]));
  const wrong = (why: string): SeamError =>
    new SeamError('report-of-another', `'${printable(file)}' is about another series: ${why}`, {
      data: { file },
      hint: 'seam check --json > FILE makes a new one',
    });
  for (const { name, tree } of report.patches) {
    const place = places.get(name);
    if (place === undefined) throw wrong(`there is no patch '${printable(name)}' here`);
    const found = analysed?.result.verdicts[place]?.tree.id;
    if (found !== undefined && tree !== null && found !== tree)
      throw wrong(`patch '${printable(name)}' gives another tree here`);
  }
}

function robotOf(text: string): Person {
  const robot = parseAddress(text);
  if (robot !== null && robot.name !== '') return robot;
  throw new SeamError('option-value', `'${printable(text)}' does not fit option '--robot'`, {
    kind: 'usage',
    data: { option: 'robot', value: text },
    hint: "--robot takes 'Name <name@host>'",
  });
}
