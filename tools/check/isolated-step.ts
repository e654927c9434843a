/** The step `isolated` of a check: does a patch hold on the base with what it is known to need? */
import type { Isolation, Lack } from './isolation.ts';
import type { Outcome } from './types.ts';

/** The answer of `isolation` for the patch at `index` as a step of a check; `nameOf` names patches. */
export async function isolatedOutcome(
  isolation: Isolation,
  index: number,
  nameOf: (index: number) => string,
): Promise<Outcome> {
  const needs = await isolation.needs(index);
  const common = { cached: false, seconds: 0, log: null };
  if (needs.kind === 'unanswered')
    return { ...common, verdict: 'skipped', reason: needs.reason, observations: [] };
  const observations = needs.lacks.map((lack) => observationOf(lack, nameOf));
  return { ...common, verdict: 'passed', reason: null, observations };
}

/** It works only by luck of its neighbours: the edge that is missing, and what is said without it. */
function observationOf({ index, fault }: Lack, nameOf: (index: number) => string) {
  const { step, observation } = fault;
  const { path, line, message, detail } = observation;
  return {
    rule: `isolated/${step}`,
    severity: 'error',
    path,
    line,
    message: `works by luck of '${nameOf(index)}', which neither lines nor names ask for: ${message}`,
    ...(detail === undefined ? {} : { detail }),
  } as const;
}
