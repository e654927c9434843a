/** What a bisect works on: the trees between the ends, the command, and the answers so far. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applySeries } from '../../apply/series.ts';
import { pathsOf } from '../../apply/target.ts';
import type { ApplyVerdict } from '../../apply/types.ts';
import { stops } from '../../apply/types.ts';
import { type LogEntry, formatLogEntry, formatLogHead, parseLog } from '../../bisect/log.ts';
import type { Answer, Ends, Goal, Position } from '../../bisect/types.ts';
import { type Evaluation, Evaluator } from '../../check/runner/evaluate.ts';
import type { TreeFamily } from '../../check/scratch.ts';
import { SeamError } from '../../errors.ts';
import { findPatch } from '../../series/selection.ts';
import type { Patch, Series } from '../../series/types.ts';
import type { Bytes } from '../../patch/types.ts';
import type { ObjectId, Tree, TreeStore } from '../../tree/types.ts';
import type { bisect } from '../bisect.ts';
import type { Context } from '../context.ts';
import type { Input } from '../types.ts';
import { cacheDirectory, openStore } from './cache-place.ts';

export type Options = Input<(typeof bisect)['arguments'], (typeof bisect)['options']>['options'];

/** Where an answer came from. */
export type Source = 'run' | 'cached' | 'replayed';

export interface Testimony extends Evaluation {
  readonly source: Source;
  readonly tree: ObjectId;
  /** Patches applied: `12` for the first twelve, `+4+12` for these alone on top of the first end. */
  readonly where: string;
  readonly patch: Patch | null;
}

export function goalOf(options: Options): Goal {
  return options['first-that-fixes'] ? 'fixes' : 'breaks';
}

/** The positions that `--good` and `--bad` name, checked for having something between them. */
export function endsOf(series: Series, options: Options): Ends {
  const [first, last] =
    goalOf(options) === 'breaks' ? [options.good, options.bad] : [options.bad, options.good];
  const at = (spec: string | undefined, otherwise: Position): Position => {
    if (spec === undefined) return otherwise;
    return spec === '0' ? 0 : findPatch(series.patches, spec) + 1;
  };
  const ends = { first: at(first, 0), last: at(last, series.patches.length) };
  if (ends.first < ends.last) return ends;
  const why =
    series.patches.length === 0
      ? `the series '${series.source}' is empty`
      : 'there is no patch between the good and the bad end';
  throw new SeamError('empty-range', why, {
    kind: 'usage',
    data: ends,
    hint:
      ends.first > ends.last
        ? 'the ends stand the other way round: is --first-that-fixes meant?'
        : 'seam series lists the patches',
  });
}

/**
 * The positions between which the command's answer can change: the first end, and behind each patch
 * up to the last that `--touching` lets be to blame.
 */
export function stopsOf({ patches }: Series, { first, last }: Ends, options: Options): Position[] {
  const { touching } = options;
  const wanted = touching.map((path) => path.replace(/\/+$/, ''));
  const touches = (path: string): boolean =>
    wanted.some((each) => path === each || path.startsWith(`${each}/`));
  const between = Array.from({ length: last - first }, (_, index) => first + 1 + index);
  const stops = between.filter((position) => {
    const files = patches[position - 1]?.files ?? [];
    return wanted.length === 0 || files.some((file) => pathsOf(file).some((path) => touches(path)));
  });
  if (stops.length > 0) return [first, ...stops];
  const names = touching.map((path) => `'${path}'`).join(' or ');
  throw new SeamError('empty-range', `no patch between the ends touches ${names}`, {
    kind: 'usage',
    data: { touching },
    hint: 'seam files lists what each patch touches',
  });
}

/** A patch between the ends does not apply; a value, because its explanation is the answer. */
export interface Unappliable {
  readonly verdict: ApplyVerdict;
  readonly position: Position;
}

export class Session {
  readonly ctx: Context;
  readonly base: TreeStore;
  readonly series: Series;
  readonly ends: Ends;
  /** Positions that are worth asking about, from the first end to the last. */
  readonly stops: readonly Position[];
  readonly options: Options;
  readonly command: readonly string[];
  readonly testimonies: Testimony[] = [];
  #log = '';
  readonly #replay: ReadonlyMap<string, Answer>;
  readonly #blobs = new Map<ObjectId, Bytes>();
  readonly #trees: Tree[] = [];
  #evaluator: Evaluator | null = null;

  constructor(
    ctx: Context,
    base: TreeStore,
    series: Series,
    options: Options,
    command: readonly string[],
  ) {
    this.ctx = ctx;
    this.base = base;
    this.series = series;
    this.options = options;
    this.command = command;
    const { first, last } = endsOf(series, options);
    this.stops = stopsOf(series, { first, last }, options);
    this.ends = { first, last: this.stops.at(-1) ?? last };
    this.#replay = readReplay(ctx, options.replay);
  }

  get goal(): Goal {
    return goalOf(this.options);
  }

  /** Every answer so far, as a file that `--replay` reads. */
  get log(): string {
    return this.#log;
  }

  /** Make the trees up to the last end. Returns the patch that stands in the way, if one does. */
  async prepare(): Promise<Unappliable | null> {
    const patches = this.series.patches.slice(0, this.ends.last);
    const paths = new Set(patches.flatMap((patch) => patch.files.flatMap((file) => pathsOf(file))));
    const status = this.ctx.report.status('applying patches', patches.length);
    this.#trees.push(await this.base.load(paths));
    const result = await applySeries(this.base, patches, {
      fuzz: this.options.fuzz ?? 0,
      signal: this.ctx.signal,
      onVerdict: (verdict, done) => status.update(done, verdict.patch.name),
    });
    this.ctx.report.clearStatus();
    for (const verdict of result.verdicts) this.#trees.push(verdict.tree);
    this.#keep(result.blobs);
    const failed = result.verdicts.findIndex((verdict) => stops(verdict));
    const verdict = result.verdicts[failed];
    if (verdict !== undefined) return { verdict, position: failed + 1 };
    this.#evaluator = this.#makeEvaluator({ store: this.base, paths, blobs: this.#blobs });
    this.#startLog();
    return null;
  }

  patchAt(position: Position): Patch | null {
    return position === 0 ? null : (this.series.patches[position - 1] ?? null);
  }

  /** What the tree behind the first `position` patches is. */
  async ask(position: Position, signal: AbortSignal): Promise<Testimony> {
    const tree = this.#trees[position];
    if (tree === undefined) throw new RangeError(`no tree at ${position}`);
    return this.#testify(tree, position, String(position), signal);
  }

  /**
   * What the tree is with these patches on top of the first end and nothing else between the ends.
   * Null for a subset that does not apply.
   */
  async askSubset(positions: readonly Position[], signal: AbortSignal): Promise<Testimony | null> {
    const below = Array.from({ length: this.ends.first }, (_, index) => index + 1);
    const chosen = [...below, ...positions].flatMap((position) => this.patchAt(position) ?? []);
    const result = await applySeries(this.base, chosen, { fuzz: this.options.fuzz ?? 0, signal });
    if (!result.ok) return null;
    this.#keep(result.blobs);
    const [base] = this.#trees;
    // Made from the base of the family, which answers for the paths of all patches.
    const tree = base?.with(result.verdicts.flatMap((verdict) => verdict.changes));
    if (tree === undefined) throw new RangeError('no base tree');
    return this.#testify(
      tree,
      positions.at(-1) ?? 0,
      positions.map((each) => `+${each}`).join(''),
      signal,
    );
  }

  close(): void {
    this.#evaluator?.close();
  }

  async #testify(
    tree: Tree,
    position: Position,
    where: string,
    signal: AbortSignal,
  ): Promise<Testimony> {
    const patch = this.patchAt(position);
    const label = { patch: patch?.name ?? '', number: position };
    const replayed = this.#replay.get(tree.id);
    const evaluation =
      replayed === undefined
        ? await this.#evaluator?.evaluate(tree, label, signal)
        : { answer: replayed, runs: [], cached: true };
    if (evaluation === undefined) throw new Error('asked before the trees were made');
    const source = replayed === undefined ? (evaluation.cached ? 'cached' : 'run') : 'replayed';
    const testimony = { ...evaluation, source, tree: tree.id, where, patch } as const;
    this.testimonies.push(testimony);
    const { answer } = testimony;
    this.#write({ tree: tree.id, answer, where, name: patch?.name ?? 'base' });
    return testimony;
  }

  #keep(blobs: ReadonlyMap<ObjectId, Bytes>): void {
    for (const [id, bytes] of blobs) this.#blobs.set(id, bytes);
  }

  #makeEvaluator(family: TreeFamily): Evaluator {
    const { ctx, options, command } = this;
    const cache = cacheDirectory(ctx);
    return new Evaluator(family, {
      command,
      env: ctx.env,
      store: openStore(ctx),
      repeat: options.repeat ?? 1,
      timeout: options.timeout ?? null,
      clean: options.clean,
      rerun: options.rerun,
      parent: join(cache, 'work'),
      now: ctx.now,
    });
  }

  #startLog(): void {
    const { command } = this;
    this.#log = formatLogHead({ command, base: this.base.label, series: this.series.source });
    if (this.#logFile !== null) writeFileSync(this.#logFile, this.#log);
  }

  #write(entry: LogEntry): void {
    const line = formatLogEntry(entry);
    this.#log += line;
    if (this.#logFile !== null) appendFileSync(this.#logFile, line);
  }

  get #logFile(): string | null {
    const { log } = this.options;
    return log === undefined || log === '-' ? null : resolve(this.ctx.cwd, log);
  }
}

function readReplay(ctx: Context, name: string | undefined): ReadonlyMap<string, Answer> {
  if (name === undefined) return new Map();
  try {
    return parseLog(readFileSync(resolve(ctx.cwd, name), 'utf8'), name);
  } catch (cause) {
    if (cause instanceof SeamError) throw cause;
    throw new SeamError('log-not-read', `cannot read '${name}': ${(cause as Error).message}`, {
      cause,
      data: { file: name },
    });
  }
}
