/** `seam globals --objects`: source against the objects of a build. */
import { resolve } from 'node:path';
import { EXIT } from '../../errors.ts';
import { type Agreement, compareWithObjects } from '../../globals/census.ts';
import { readBuild } from '../../globals/objects.ts';
import { describeAgreement, unexplained } from '../../report/agreement-text.ts';
import type { Context } from '../context.ts';
import type { Reading } from './globals-input.ts';

/** Returns the status: no when anything is left unexplained. */
export function printAgreement(
  ctx: Context,
  { inventory, sources }: Reading,
  directory: string,
): number {
  const { objects, configuration } = readBuild(
    resolve(ctx.cwd, directory),
    new Set(sources.blobs.keys()),
  );
  const agreement = compareWithObjects(inventory, objects, configuration);
  if (ctx.globals.json) ctx.report.json('globals-objects/1', agreementJson(agreement));
  else ctx.report.print(...describeAgreement(agreement));
  const { symbols, variables } = unexplained(agreement);
  return symbols + variables === 0 ? EXIT.yes : EXIT.no;
}

/**
 * The document `seam/globals-objects/1`. Variables go by their key; `because` is null where nothing
 * explains the difference.
 */
function agreementJson(agreement: Agreement): Record<string, unknown> {
  return {
    ...agreement,
    missedVariables: agreement.missedVariables.map(({ variable, because }) => ({
      key: variable.key,
      path: variable.path,
      line: variable.line,
      because,
    })),
  };
}
