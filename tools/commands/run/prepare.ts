import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckReport } from '../../check/types.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { countReport, plural } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import { check } from '../check.ts';
import type { Context } from '../context.ts';
import type { prepare } from '../prepare.ts';
import { type Input, type Run, noneOf } from '../types.ts';
import { printText, writeForms } from './check-output.ts';
import { withCheck } from './check-run.ts';
import { type Needs, type Threads, drawNeeds, makeThreads } from './prepare-review.ts';

type Options = Input<(typeof prepare)['arguments'], (typeof prepare)['options']>['options'];

/** The file by which a directory that was written here is known. */
const MARK = 'check.json';
/** Objections that are shown; `seam thread` shows all. */
const MOST_SHOWN = 10;

/** What is there for reviewers; null when the series does not apply. */
interface Review {
  readonly threads: Threads;
  readonly needs: Needs;
}

export const run: Run<typeof prepare> = async (ctx, { options }) => {
  const name = options.output ?? 'seam-out';
  const directory = resolve(ctx.cwd, name);
  refuseForeign(directory);
  const report = await checkAll(ctx, options);
  if (!ctx.globals.json) printText(ctx, report);
  mkdirSync(directory, { recursive: true });
  const reports = writeForms(ctx, directory, report);
  const applies = report.patches.every(({ tree }) => tree !== null);
  const review = applies ? await prepareReview(ctx, directory) : null;
  const { good, patches } = countReport(report);
  const ready = good === patches && review !== null && review.threads.objections.length === 0;
  if (ctx.globals.json)
    ctx.report.json('prepare/1', { ready, directory, reports, check: report, ...review });
  else ctx.report.print('', ...whereToLook(name, review), '', readiness(report, review));
  return ready ? EXIT.yes : EXIT.no;
};

/** Only what an earlier run has written is written over. */
function refuseForeign(directory: string): void {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  if (names.length === 0 || names.includes(MARK)) return;
  throw new SeamError('output-exists', `'${printable(directory)}' holds something else`, {
    data: { directory },
    hint: 'name a new directory: -o DIR',
  });
}

function checkAll(ctx: Context, options: Options): Promise<CheckReport> {
  const { output: _, ...given } = options;
  const all = { ...noneOf(check.options), ...given };
  return withCheck(ctx, [], all, async ({ report }) => report(), { modelSets: ['def'] });
}

async function prepareReview(ctx: Context, directory: string): Promise<Review> {
  const needs = await drawNeeds(ctx, directory);
  const threads = await makeThreads(ctx, join(directory, 'threads'));
  ctx.report.clearStatus();
  return { threads, needs };
}

function whereToLook(name: string, review: Review | null): string[] {
  const place = printable(name);
  const reports = `  ${place}/check.md   what was found; also .json, .xml (JUnit), .sarif and .ktap`;
  if (review === null) return [reports];
  const { needs, threads } = review;
  const alone = needs.alone === 1 ? '1 stands alone' : `${needs.alone} stand alone`;
  const [first] = threads.files;
  return [
    reports,
    `  ${place}/deps.svg   which patch needs which: ${plural(needs.edges, 'edge')}, ${alone}`,
    first === undefined
      ? `  no threads yet: ${plural(threads.objections.length, 'objection')}`
      : `  ${place}/threads/   ${plural(threads.files.length, 'thread')} of ${plural(threads.mails, 'mail')}: less ${place}/threads/${printable(first)}`,
    ...threads.objections.slice(0, MOST_SHOWN).map((each) => `    ${printable(each)}`),
  ];
}

function readiness(report: CheckReport, review: Review | null): string {
  const { bad } = countReport(report);
  if (review === null) return 'not ready: the series does not apply';
  if (bad > 0) return `not ready: ${plural(bad, 'patch', 'patches')} to be put right`;
  return review.threads.objections.length > 0
    ? 'not ready: see what the threads lack with seam thread'
    : 'ready to be posted: seam send';
}
