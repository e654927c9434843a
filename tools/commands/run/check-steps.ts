/** Which steps a check does. */
import type { BuildEngine } from '../../check/types.ts';
import { SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import { suggest } from '../suggest.ts';

interface Choice {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Compare with make, too. */
  readonly paranoid: boolean;
}

const PARANOID = 'paranoid';
const OWN = ['apply', 'lint', 'checkpatch'];

/** Whether a step is wanted, by its name. Refuses names that no step has. */
export function stepFilter(
  engines: readonly BuildEngine[],
  checkpatch: boolean,
  untrusted: readonly string[],
  { only, skip, paranoid }: Choice,
): (step: string) => boolean {
  const offers = engines.flatMap((engine) => engine.steps);
  const usual = new Set([...OWN, ...offers.filter((offer) => offer.usual).map(({ name }) => name)]);
  const known = [...OWN, ...offers.map(({ name }) => name)];
  for (const name of [...only, ...skip]) {
    if (untrusted.includes(name) && only.includes(name)) throw notTrusted(name);
    if (!known.includes(name) && !untrusted.includes(name)) throw unknownStep(name, known);
  }
  if (only.includes('checkpatch') && !checkpatch) throw noCheckpatch();
  if (paranoid && !known.includes(PARANOID)) throw noModel();
  const wanted = only.length > 0 ? new Set(only) : usual;
  if (paranoid) wanted.add(PARANOID);
  return (step) => !skip.includes(step) && wanted.has(step);
}

function unknownStep(name: string, known: readonly string[]): SeamError {
  const likely = suggest(name, known);
  return new SeamError('no-step', `there is no step '${printable(name)}'`, {
    kind: 'usage',
    data: { step: name, known },
    hint: likely === undefined ? `steps: ${known.join(', ')}` : `did you mean '${likely}'?`,
  });
}

function notTrusted(name: string): SeamError {
  return new SeamError(
    'not-trusted',
    `step '${name}' comes with the project, which is not trusted`,
    {
      kind: 'config',
      data: { step: name },
      hint: 'seam trust shows its commands and lets them run',
    },
  );
}

function noModel(): SeamError {
  return new SeamError('no-model', 'only the modelled kernel can be compared with make', {
    kind: 'usage',
    hint: 'name its directory with --base',
  });
}

function noCheckpatch(): SeamError {
  return new SeamError(
    'checkpatch-missing',
    "step 'checkpatch' needs 'checkpatch.pl', which is not named",
    {
      kind: 'environment',
      hint: 'name checkpatch.pl of a kernel tree: --checkpatch ../linux/scripts/checkpatch.pl',
    },
  );
}
