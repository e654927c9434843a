import { EXIT, SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { cacheCat } from '../cache.ts';
import type { Run } from '../types.ts';
import { openStore } from './cache-place.ts';
import { writeBytes } from './outputs.ts';

export const run: Run<typeof cacheCat> = (ctx, { args: [digest] }) => {
  if (!/^[0-9a-f]{64}$/.test(digest))
    throw new SeamError('bad-digest', `'${printable(digest)}' is no SHA-256`, { kind: 'usage' });
  const content = openStore(ctx).content(digest);
  if (content === null)
    throw new SeamError('not-cached', `the cache has no '${digest}'`, {
      hint: 'seam check --rerun makes it again',
    });
  writeBytes(ctx, content);
  return EXIT.yes;
};
