/** Builds the model: where tree and objects are, and make with progress. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { applySeries } from '../../apply/series.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { explainVerdict } from '../../report/apply-text.ts';
import { writeTree } from '../../tree/output.ts';
import type { Context } from '../context.ts';
import type { modelBuild } from '../model.ts';
import type { Input, Run } from '../types.ts';
import { openNamedBase, openPatchesUpTo } from './inputs.ts';

export type BuildOptions = Input<
  (typeof modelBuild)['arguments'],
  (typeof modelBuild)['options']
>['options'];

/** A tree and the directory of its objects. */
export interface Model {
  readonly source: string;
  readonly objects: string;
  /** `make`, to be run in `source`, and what must stand behind it whatever the target. */
  readonly make: readonly [string, ...string[]];
  readonly program: string;
}

export const run: Run<typeof modelBuild> = async (ctx, { options }) => {
  const { source, program } = await build(ctx, options);
  if (ctx.globals.json) ctx.report.json('model-build/1', { source, program });
  else ctx.report.print(program);
  return EXIT.yes;
};

/** Build what the options ask for. Throws when it does not build: that is the tree's fault, shown as make said it. */
export async function build(ctx: Context, options: BuildOptions): Promise<Model> {
  const source = await sourceDirectory(ctx, options.at);
  if (!existsSync(join(source, 'Kbuild')) || !existsSync(join(source, 'arch/host'))) {
    throw new SeamError('no-model', `'${source}' is not the modelled kernel`, {
      kind: 'usage',
      hint: 'name its directory with --base',
    });
  }
  const config =
    options.kconfig === undefined ? null : readFileSync(resolve(ctx.cwd, options.kconfig));
  const key = createHash('sha256')
    .update(source)
    .update(String(options.san))
    .update(config ?? 'defconfig')
    .digest('hex');
  const objects = join(cacheDirectory(ctx), 'objects', key.slice(0, 16));
  mkdirSync(objects, { recursive: true });
  const make: Model['make'] = ['make', `O=${objects}`, ...(options.san ? ['SAN=1'] : [])];
  if (config !== null) {
    writeFileSync(join(objects, '.config'), config);
    await runMake(ctx, source, [...make, 'olddefconfig']);
  }
  await compile(ctx, source, make, options.jobs ?? availableParallelism());
  return { source, objects, make, program: join(objects, 'vmlinux') };
}

function cacheDirectory({ env }: Context): string {
  const cache =
    env['XDG_CACHE_HOME'] ?? (env['HOME'] === undefined ? undefined : join(env['HOME'], '.cache'));
  if (cache !== undefined) return join(cache, 'seam', 'model');
  throw new SeamError('no-cache', 'no directory to keep objects in', {
    kind: 'environment',
    hint: 'set HOME or XDG_CACHE_HOME',
  });
}

/** A base that lies there as files is built as it lies there, so that an edit is compiled at once. */
async function sourceDirectory(ctx: Context, at: string | undefined): Promise<string> {
  const { base } = ctx.globals;
  const directory = base === undefined ? null : resolve(base.from, base.spec);
  const plain = at === undefined && directory !== null && existsSync(join(directory, 'Kbuild'));
  return plain ? directory : treeDirectory(ctx, at);
}

/** The tree after patch `at` as files, made once for every tree there is. */
async function treeDirectory(ctx: Context, at: string | undefined): Promise<string> {
  const base = await openNamedBase(ctx);
  try {
    const patches = at === undefined ? [] : await openPatchesUpTo(ctx, at);
    const result = await applySeries(base, patches, { signal: ctx.signal });
    const failed = result.verdicts.find(
      (verdict) => verdict.kind === 'conflict' || verdict.kind === 'already-applied',
    );
    if (failed !== undefined) {
      const [title = '', ...rest] = explainVerdict(failed);
      throw new SeamError('does-not-apply', title, { data: { why: rest } });
    }
    const directory = join(cacheDirectory(ctx), 'trees', result.tree.id);
    if (!existsSync(directory)) {
      mkdirSync(join(directory, '..'), { recursive: true });
      await writeTree(base, result.tree, result.blobs, directory, { signal: ctx.signal });
    }
    return directory;
  } finally {
    await base.close();
  }
}

async function compile(
  ctx: Context,
  source: string,
  make: Model['make'],
  jobs: number,
): Promise<void> {
  const plan = await runMake(ctx, source, [...make, '-n']);
  const total = plan.split('\n').filter((line) => /^echo '\s+(CC|LD)\s/.test(line)).length;
  const status = ctx.report.status('compiling', total);
  let done = 0;
  await runMake(ctx, source, [...make, `-j${jobs}`], (line) => {
    const [, file] = /^\s+(?:CC|LD)\s+(\S+)/.exec(line) ?? [];
    if (file !== undefined) status.update((done += 1), file);
  });
  ctx.report.clearStatus();
}

/** Run make; what it says when it fails is the error. */
async function runMake(
  ctx: Context,
  cwd: string,
  [program, ...args]: readonly [string, ...string[]],
  onLine: (line: string) => void = () => {},
): Promise<string> {
  const child = execa(program, args, {
    env: ctx.env,
    extendEnv: false,
    cwd,
    all: true,
    reject: false,
    stdin: 'ignore',
    cancelSignal: ctx.signal,
    forceKillAfterDelay: 1000,
  });
  const lines: string[] = [];
  for await (const line of child.iterable({ from: 'all' })) {
    lines.push(line);
    onLine(line);
  }
  const result = await child;
  if (!result.failed) return lines.join('\n');
  if (result.code === 'ENOENT')
    throw new SeamError('make-missing', 'cannot build without make', {
      kind: 'environment',
      hint: 'apt-get install make gcc',
    });
  const errors = lines.filter((line) => /error|undefined reference|warning:|hint:/i.test(line));
  throw new SeamError('build-failed', 'the model does not build', {
    data: { output: (errors.length > 0 ? errors : lines).slice(-20) },
  });
}
