import { readFileSync } from 'node:fs';
import { EXIT, SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import { readProjectSteps } from '../check-config.ts';
import type { trust as verb } from '../trust.ts';
import { distrust, isTrusted, trust } from '../trusted.ts';
import type { Run } from '../types.ts';

export const run: Run<typeof verb> = async (ctx, { options }) => {
  if (options.show && options.revoke)
    throw new SeamError('options-clash', "'--show' and '--revoke' cannot be used together", {
      kind: 'usage',
    });
  const file = ctx.globals.config;
  if (file === undefined)
    throw new SeamError('config-not-found', 'there is no seam.toml here to trust', {
      kind: 'config',
      hint: 'seam -C DIR trust, or name the file with --config',
    });
  const bytes = readFileSync(file);
  const steps = await readProjectSteps(file, bytes);
  if (options.revoke) distrust(ctx.env, file);
  else if (!options.show) trust(ctx.env, file, bytes);
  const trusted = isTrusted(ctx.env, file, bytes);
  if (ctx.globals.json) {
    ctx.report.json('trust/1', { file, trusted, steps });
    return EXIT.yes;
  }
  for (const { name, run: command, setup } of steps) {
    ctx.report.print(`${name}: ${shown(command)}`);
    if (setup !== null) ctx.report.print(`  set up by: ${shown(setup)}`);
  }
  const count = steps.length === 0 ? 'no commands in' : `${steps.length} commands in`;
  ctx.report.print(`${count} '${printable(file)}', which is ${trusted ? '' : 'not '}trusted`);
  return EXIT.yes;
};

/** The words of a command, each told from the next. */
function shown(command: readonly string[]): string {
  return command
    .map((word) =>
      /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", "'\\''")}'`,
    )
    .join(' ');
}
