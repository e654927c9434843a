import { EXIT } from '../../errors.ts';
import { formatMailDate } from '../../series/date.ts';
import type { Patch } from '../../series/types.ts';
import type { header } from '../header.ts';
import type { Run } from '../types.ts';
import { lastOrChosen, openNamedSeries } from './inputs.ts';
import { writeBytes } from './outputs.ts';

export const run: Run<typeof header> = async (ctx, { args: [specs] }) => {
  const patches = lastOrChosen(await openNamedSeries(ctx), specs);
  if (ctx.globals.json) {
    ctx.report.json('header/1', { patches: patches.map(headerJson) });
    return EXIT.yes;
  }
  for (const { prologue } of patches) writeBytes(ctx, prologue);
  return EXIT.yes;
};

function headerJson({ name, header: said }: Patch): Record<string, unknown> {
  const { style, author, subject, body, trailers, notes, fields, envelope, warnings } = said;
  const date = said.date === null ? null : { ...said.date, text: formatMailDate(said.date) };
  return { name, style, author, date, subject, body, trailers, notes, fields, envelope, warnings };
}
