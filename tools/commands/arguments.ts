/** Arguments that several verbs take. */
import type { ArgumentSpec } from './types.ts';

/** Patches of the series; `otherwise` says which are meant when none are named. */
export function patchesArgument(otherwise: string) {
  return {
    name: 'patches',
    summary: `names, numbers or ranges such as a..b, ..b and a..; ${otherwise} if there are none`,
    optional: true,
    variadic: true,
    kind: 'patch',
  } as const satisfies ArgumentSpec;
}

/** Topics of the series, of which threads are made. */
export const TOPICS_ARGUMENT = {
  name: 'topics',
  summary: 'topics of the series; all if there are none',
  optional: true,
  variadic: true,
} as const satisfies ArgumentSpec;
