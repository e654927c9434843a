/** The steps that the engine offers, and what each is made of. */
import { SeamError } from '../../errors.ts';
import type { StepOffer } from '../types.ts';
import type { PartName } from './parts.ts';
import { CLANG, PLAIN, SANITIZED, type Variant } from './variant.ts';

/** What a step is made of. */
export interface Step extends StepOffer {
  readonly variant: Variant;
  readonly parts: readonly PartName[];
  /** Its answer is looked for in the store. */
  readonly kept: boolean;
}

export const STEPS: readonly Step[] = [
  step('build', PLAIN, ['build'], { usual: true }),
  step('kunit', PLAIN, ['kunit'], { after: 'build', usual: true }),
  step('scenarios', PLAIN, ['scenarios'], { after: 'build', usual: true }),
  step('clang', CLANG, ['build'], {}),
  step('sparse', PLAIN, ['sparse'], { after: 'build' }),
  step('sanitize', SANITIZED, ['build', 'kunit', 'scenarios'], { after: 'build' }),
  step('faults', PLAIN, ['faults'], { after: 'build' }),
  step('size', PLAIN, ['size'], { after: 'build' }),
  step('bench', PLAIN, ['bench'], { after: 'build' }),
  // It is asked because what is kept is not trusted.
  step('paranoid', PLAIN, ['paranoid'], { after: 'build', kept: false }),
];

function step(
  name: string,
  variant: Variant,
  parts: Step['parts'],
  { after = null, usual = false, kept = true }: Partial<Pick<Step, 'after' | 'usual' | 'kept'>>,
): Step {
  return { name, variant, parts, after, usual, kept, configured: true };
}

/** The step of this name. Which there are, everybody was told. */
export function stepCalled(name: string): Step {
  const known = STEPS.find((each) => each.name === name);
  if (known !== undefined) return known;
  throw new SeamError('no-such-step', `the build engine has no step '${name}'`, {
    kind: 'internal',
  });
}
