import { resolve } from 'node:path';
import { execa } from 'execa';
import type { modelRun } from '../model.ts';
import type { Run } from '../types.ts';
import { build } from './model-build.ts';

export const run: Run<typeof modelRun> = async (ctx, { args: [file], options }) => {
  const { program } = await build(ctx, options);
  const argv = file === undefined ? [] : ['run', resolve(ctx.cwd, file)];
  const result = await execa(program, argv, {
    env: ctx.env,
    extendEnv: false,
    cwd: ctx.cwd,
    encoding: 'buffer',
    reject: false,
    stripFinalNewline: false,
    cancelSignal: ctx.signal,
    ...(file === undefined ? { input: ctx.stdin } : { stdin: 'ignore' as const }),
  });
  ctx.report.write(result.stdout);
  ctx.stderr.write(result.stderr);
  return result.exitCode ?? 3;
};
