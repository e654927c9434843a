/** `seam apply --output`: the resulting tree as files. */
import { resolve } from 'node:path';
import type { ApplyResult } from '../../apply/types.ts';
import { writeTree } from '../../tree/output.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import type { Written } from './apply.ts';

export async function writeDirectory(
  ctx: Context,
  base: TreeStore,
  result: ApplyResult,
  name: string,
): Promise<Written> {
  const target = resolve(ctx.cwd, name);
  const status = ctx.report.status('writing files', 0);
  const files = await writeTree(base, result.tree, result.blobs, target, {
    signal: ctx.signal,
    onProgress: (done) => status.update(done),
  });
  return { text: `${files} files in ${name}`, json: { output: { directory: target, files } } };
}
