import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { EXIT, SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';
import type { modelBench } from '../model.ts';
import type { Run } from '../types.ts';
import { build } from './model-build.ts';

export const run: Run<typeof modelBench> = async (ctx, { args: [name], options }) => {
  const { program } = await build(ctx, options);
  const argv = [program, 'bench', ...(name === undefined ? [] : [name])];
  const plain = await start(ctx, argv);
  if (plain.failed) {
    throw new SeamError('bench-failed', `'${argv.slice(1).join(' ')}' failed`, {
      data: { output: plain.all.trimEnd().split('\n').slice(-10) },
    });
  }
  const instructions = await count(ctx, argv);
  if (ctx.globals.json) {
    ctx.report.json('model-bench/1', { name: name ?? null, instructions, output: plain.stdout });
  } else {
    ctx.report.print(
      ...plain.stdout
        .trimEnd()
        .split('\n')
        .map((line) => printable(line)),
    );
    if (instructions === null)
      ctx.report.note('instructions are not counted: valgrind is not there');
    else ctx.report.print(`${instructions.toLocaleString('en')} instructions, from start to end`);
  }
  return EXIT.yes;
};

/** Instructions of a whole run, by callgrind; null where valgrind is missing. */
async function count(ctx: Context, argv: readonly string[]): Promise<number | null> {
  const directory = mkdtempSync(join(tmpdir(), 'seam-bench-'));
  try {
    const out = `--callgrind-out-file=${join(directory, 'out')}`;
    const result = await start(ctx, ['valgrind', '--tool=callgrind', out, ...argv]);
    if (result.code === 'ENOENT') return null;
    const [, collected] = /Collected : (\d+)/.exec(result.all) ?? [];
    if (collected !== undefined) return Number(collected);
    throw new SeamError('valgrind-failed', 'valgrind did not count', {
      kind: 'environment',
      data: { output: result.all.trimEnd().split('\n').slice(-5) },
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function start(ctx: Context, [program = '', ...args]: readonly string[]) {
  return execa(program, args, {
    env: ctx.env,
    extendEnv: false,
    all: true,
    reject: false,
    stdin: 'ignore',
    cancelSignal: ctx.signal,
  });
}
