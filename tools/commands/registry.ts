/** Every verb. The order here is the order in help, manual and README. */
import { completion } from './completion.ts';
import { doctor } from './doctor.ts';
import { help } from './help.ts';
import { man } from './man.ts';
import { type AnyVerb, entry } from './types.ts';

export const VERBS: readonly AnyVerb[] = [
  entry(doctor, () => import('./run/doctor.ts')),
  entry(help, () => import('./run/help.ts')),
  entry(man, () => import('./run/man.ts')),
  entry(completion, () => import('./run/completion.ts')),
];
