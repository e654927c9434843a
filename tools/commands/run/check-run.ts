/** One check of the named series, for the verbs that need its report. */
import { appendFileSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseAccepted } from '../../check/accepted.ts';
import type { Accepts } from '../../check/delta.ts';
import { type Shard, parseShard, shardOf } from '../../check/plan.ts';
import { Session, type SessionOptions } from '../../check/session.ts';
import type { CheckReport, PatchReport } from '../../check/types.ts';
import { SeamError } from '../../errors.ts';
import { isBadVerdict, standingOf } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import { selectAll } from '../../series/selection.ts';
import type { Series } from '../../series/types.ts';
import { type CheckConfig, readCheckConfig } from '../check-config.ts';
import type { check } from '../check.ts';
import type { Context } from '../context.ts';
import type { Input } from '../types.ts';
import { openStore } from './cache-place.ts';
import { openIsolated } from './check-isolated.ts';
import { writeReport } from './check-output.ts';
import { stepFilter } from './check-steps.ts';
import { type Prepared, prepare } from './check-trees.ts';

export type CheckOptions = Input<(typeof check)['arguments'], (typeof check)['options']>['options'];

/** What a check is about, ready to be asked. */
export interface Opened {
  readonly session: Session;
  readonly series: Series;
  readonly config: CheckConfig;
  /** Ask everything. */
  readonly report: () => Promise<CheckReport>;
}

/** What holds where neither the command line nor a configuration says anything. */
export interface CheckDefaults {
  /** Sets of configurations of the modelled kernel. */
  readonly modelSets: readonly string[];
}

/** Open the check of the patches that `specs` mean and hand it to `use`. */
export async function withCheck<T>(
  ctx: Context,
  specs: readonly string[],
  options: CheckOptions,
  use: (opened: Opened) => Promise<T>,
  defaults: CheckDefaults = { modelSets: [] },
): Promise<T> {
  const config = await readCheckConfig(ctx, options.exec);
  const shard = readShard(options.shard);
  const store = openStore(ctx);
  const prepared = await prepare(ctx, config, store, options);
  try {
    const { series, base } = prepared;
    const chosen = choose(series, specs, shard);
    const session = await openSession(ctx, prepared, chosen, options, {
      ...config,
      sets: setsOf(prepared, config, options, defaults),
    });
    sayUntrusted(ctx, config);
    if (options.only.length === 0) sayUnbuilt(ctx, prepared, config);
    const report = async (): Promise<CheckReport> => {
      const patches = await session.run();
      if (store.trouble !== null)
        ctx.report.warn(`answers could not all be kept: ${store.trouble.message}`);
      return {
        base: { label: base.label, commit: base.commit },
        series: { source: series.source, patches: series.patches.length },
        shard,
        steps: session.steps,
        patches,
      };
    };
    return await use({ session, series, config, report });
  } finally {
    await prepared.close();
  }
}

function readShard(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const shard = parseShard(text);
  if (shard !== null) return shard;
  throw new SeamError('bad-shard', `'${printable(text)}' is no shard`, {
    kind: 'usage',
    hint: 'the second of five: --shard 2/5',
  });
}

function choose(series: Series, specs: readonly string[], shard: Shard | null): readonly number[] {
  const all = specs.length === 0 ? [...series.patches.keys()] : selectAll(series.patches, specs);
  return shard === null ? all : shardOf(all, shard);
}

async function openSession(
  ctx: Context,
  prepared: Prepared,
  chosen: readonly number[],
  options: CheckOptions,
  config: CheckConfig,
): Promise<Session> {
  const { engines, checkpatch, series, verdicts, tree } = prepared;
  const wants = stepFilter(engines, checkpatch !== null, config.untrusted, options);
  const watcher = watch(ctx, chosen.length, options);
  const trial = { engines, wants, sets: config.sets, signal: ctx.signal };
  const isolated = options.isolated
    ? openIsolated(prepared, trial, config.untrusted, watchIsolated(ctx, series))
    : undefined;
  return Session.open({
    patches: series.patches,
    verdicts,
    base: tree,
    chosen,
    engines,
    checkpatch,
    wants,
    sets: config.sets,
    isolated,
    jobs: prepared.jobs,
    accepts: options.accept ? () => false : readBaseline(ctx, config, options),
    signal: ctx.signal,
    ...watcher,
  });
}

function setsOf(
  { model }: Prepared,
  config: CheckConfig,
  { 'config-set': given }: CheckOptions,
  { modelSets }: CheckDefaults,
): readonly string[] {
  if (given.length > 0) return given;
  return config.sets.length === 0 && model ? modelSets : config.sets;
}

/** Progress on standard error, and events to a file. */
function watch(
  ctx: Context,
  count: number,
  { events, plan }: CheckOptions,
): Pick<SessionOptions, 'onAnswer' | 'onPatch'> {
  let status = ctx.report.status('checking patches', count);
  let known = false;
  if (events !== undefined) writeReport(ctx, events, '');
  const tell = (event: Readonly<Record<string, unknown>>): void => {
    if (events !== undefined && !plan)
      appendFileSync(resolve(ctx.cwd, events), `${JSON.stringify(event)}\n`);
  };
  return {
    onAnswer: (done, total, task, outcome) => {
      if (!known) status = ctx.report.status('checking', total);
      known = true;
      status.update(done, [task.position, task.step, task.config ?? ''].join(' ').trim());
      const { verdict, reason, cached, seconds } = outcome;
      tell({ event: 'answer', done, total, ...task, verdict, reason, cached, seconds });
    },
    onPatch: (report) => {
      tell({ event: 'patch', ...report });
      if (standingOf(report) === 'bad') ctx.report.detail(failureLine(report));
    },
  };
}

/** Progress while patches are left out, which comes after all else. */
function watchIsolated(ctx: Context, { patches }: Series): (index: number) => void {
  let status: ReturnType<Context['report']['status']> | null = null;
  return (index) => {
    status ??= ctx.report.status('leaving patches out', patches.length);
    status.update(index + 1, patches[index]?.name ?? 'base');
  };
}

function failureLine({ number, name, results }: PatchReport): string {
  const bad = results.filter(({ verdict }) => isBadVerdict(verdict));
  const steps = [...new Set(bad.map(({ step }) => step))].join(', ');
  return `${number} '${printable(name)}' fails: ${steps}`;
}

/** The file of accepted findings; null if none is named. */
export function baselineFile(
  ctx: Context,
  config: CheckConfig,
  options: Pick<CheckOptions, 'baseline'>,
): string | null {
  return options.baseline === undefined ? config.baseline : resolve(ctx.cwd, options.baseline);
}

function readBaseline(
  ctx: Context,
  config: CheckConfig,
  options: Pick<CheckOptions, 'baseline'>,
): Accepts {
  const file = baselineFile(ctx, config, options);
  if (file === null) return () => false;
  try {
    return parseAccepted(readFileSync(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof SeamError) throw cause;
    throw new SeamError('baseline-unreadable', `cannot read the baseline '${file}'`, {
      cause,
      data: { file },
      hint: 'seam check --accept writes it',
    });
  }
}

/** Patches that only read well must not pass for patches that build. */
function sayUnbuilt(ctx: Context, { engines }: Prepared, { untrusted }: CheckConfig): void {
  if (untrusted.length > 0 || engines.some(({ builds }) => builds)) return;
  ctx.report.warn('nothing is built: no command is known for this tree', "--exec 'make -s'");
}

function sayUntrusted(ctx: Context, { untrusted }: CheckConfig): void {
  if (untrusted.length === 0) return;
  const file = ctx.globals.config ?? '';
  ctx.report.warn(
    `steps of '${printable(file)}' are left out until you trust it: ${untrusted.join(', ')}`,
    `seam -C ${dirname(file)} trust`,
  );
}
