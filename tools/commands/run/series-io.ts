/** The machine's files and tools, as `openSeries` wants them. */
import { closeSync, fstatSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { SeamError } from '../../errors.ts';
import type { Bytes } from '../../patch/types.ts';
import type { GitCall, SeriesIo } from '../../series/io.ts';
import { Git, findGit, gitMessage } from '../../tree/git/command.ts';
import type { Context } from '../context.ts';

/** Reads are synchronous inside: patch files are many and small, and nothing else can be done meanwhile. */
export function seriesIo(ctx: Context): SeriesIo {
  return {
    kind: async (path) => kindOf(path),
    read: async (path, limit) => readLimited(path, limit),
    list: async (path) => readdirSync(path).sort(),
    git: async (args, call) => runGit(ctx, args, call),
    unpack: async (command, input, limit) => unpack(ctx, command, input, limit),
  };
}

function kindOf(path: string): 'file' | 'directory' | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  return stat.isDirectory() ? 'directory' : 'file';
}

function readLimited(path: string, limit: number): Bytes {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size <= limit) return readFileSync(descriptor);
    throw new SeamError(
      'file-too-large',
      `'${path}' has ${size} bytes, above the limit of ${limit}`,
    );
  } finally {
    closeSync(descriptor);
  }
}

async function runGit(
  ctx: Context,
  args: readonly string[],
  { cwd, stdin, onOutput }: GitCall,
): Promise<Bytes> {
  const program = ctx.tools['git'] ?? findGit(ctx.env);
  if (program === null) {
    throw new SeamError('git-missing', 'cannot read a range of commits without git', {
      kind: 'environment',
      hint: 'apt-get install git',
    });
  }
  const git = new Git(program, cwd, ctx.env, { signal: ctx.signal });
  const result = await git.run(args, stdin === undefined ? undefined : [stdin], onOutput);
  if (result.status === 0) return result.stdout;
  throw new SeamError('git-failed', gitMessage(result.stderr), { data: { directory: cwd } });
}

async function unpack(
  ctx: Context,
  command: readonly string[],
  input: Bytes,
  limit: number,
): Promise<Bytes | null> {
  // Few series hold packed patches, and this takes longer to load than all the rest of Seam.
  const { execa } = await import('execa');
  const result = await execa(command[0] ?? '', command.slice(1), {
    input,
    encoding: 'buffer',
    env: ctx.env,
    extendEnv: false,
    cwd: '/',
    maxBuffer: limit,
    reject: false,
    cancelSignal: ctx.signal,
  });
  if (result.code === 'ENOENT') return null;
  if (!result.failed) return result.stdout;
  const reason = result.isMaxBuffer
    ? `unpacks to more than ${limit} bytes`
    : (result.shortMessage ?? 'failed');
  throw new SeamError('unpack-failed', reason);
}
