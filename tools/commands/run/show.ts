import { EXIT } from '../../errors.ts';
import type { show } from '../show.ts';
import type { Run } from '../types.ts';
import { lastOrChosen, openNamedSeries } from './inputs.ts';
import { writeBytes } from './outputs.ts';

export const run: Run<typeof show> = async (ctx, { args: [specs] }) => {
  const patches = lastOrChosen(await openNamedSeries(ctx), specs);
  if (ctx.globals.json) {
    const shown = patches.map(({ name, raw }) => ({
      name,
      bytes: Buffer.from(raw).toString('base64'),
    }));
    ctx.report.json('show/1', { encoding: 'base64', patches: shown });
    return EXIT.yes;
  }
  for (const { raw } of patches) writeBytes(ctx, raw);
  return EXIT.yes;
};
