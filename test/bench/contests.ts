/** Everything that is measured. */
import type { Contest } from './contender.ts';
import { APPLY } from './contests/apply.ts';
import { BISECT } from './contests/bisect.ts';
import { CHECK } from './contests/check.ts';
import { DEPS } from './contests/deps.ts';
import { GLOBALS } from './contests/globals.ts';
import { THREADS } from './contests/threads.ts';
import { VERSIONS } from './contests/versions.ts';

export const CONTESTS: readonly Contest[] = [
  ...APPLY,
  ...DEPS,
  ...BISECT,
  ...GLOBALS,
  ...VERSIONS,
  ...THREADS,
  ...CHECK,
];
