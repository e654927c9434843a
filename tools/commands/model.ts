/** The verbs of the worked example, a modelled kernel that builds into an ordinary program. */
import { defineVerb, type TextOption, type FlagOption, type NumberOption } from './types.ts';

/** What every one of them takes: which tree, and how it is built. */
const BUILD_OPTIONS = {
  at: {
    type: 'text',
    value: 'PATCH',
    kind: 'patch',
    summary: 'the tree after PATCH of the series, in place of the base',
  } satisfies TextOption,
  kconfig: {
    type: 'text',
    value: 'FILE',
    kind: 'file',
    summary: 'the configuration to build (default: defconfig)',
  } satisfies TextOption,
  san: { type: 'flag', summary: 'build with ASan and UBSan' } satisfies FlagOption,
  jobs: {
    type: 'number',
    short: 'j',
    value: 'N',
    min: 1,
    summary: 'compile N files at once (default: one for each processor)',
  } satisfies NumberOption,
} as const;

const WHERE =
  'The tree is the base (see --base), or the base with the series applied up to --at. Objects are kept between runs in the cache directory, apart from the tree, so that only what changed is compiled again.';

export const modelBuild = defineVerb({
  name: 'model build',
  group: 'model',
  summary: 'build the modelled kernel',
  description: ['Builds the model and prints where the program is.', WHERE],
  arguments: [],
  options: BUILD_OPTIONS,
  examples: [
    ['seam model build', 'the base, default configuration'],
    ['seam model build --at ipc/msg.patch --san', 'after a patch, with sanitizers'],
  ],
});

export const modelRun = defineVerb({
  name: 'model run',
  group: 'model',
  summary: 'run a scenario on the modelled kernel',
  description: [
    'Builds the model if need be and plays a scenario, a text of system calls; prints its trace. Without FILE the scenario is read from standard input. The status is that of the model: 2 for a scenario that cannot be played.',
    WHERE,
  ],
  arguments: [{ name: 'file', summary: 'the scenario', optional: true, kind: 'file' }],
  options: BUILD_OPTIONS,
  examples: [
    ['seam model run kernel-model/tests/scenarios/kernel/wait4.scn', 'play one of its scenarios'],
    ["echo 'init uname' | seam model run", 'one call'],
  ],
});

export const modelTest = defineVerb({
  name: 'model test',
  group: 'model',
  summary: 'run unit tests and scenarios of the modelled kernel',
  description: [
    'Builds the model if need be, runs its unit tests and compares the traces of its scenarios with those recorded on a real Linux kernel. Prints a line for each suite and what failed. The status is 0 if everything passed, 1 otherwise.',
    WHERE,
  ],
  arguments: [
    {
      name: 'suite',
      summary: 'only suites that match this pattern; no scenarios then',
      optional: true,
    },
  ],
  options: {
    ...BUILD_OPTIONS,
    ktap: {
      type: 'flag',
      summary: 'print the KTAP of the unit tests as it is',
    } satisfies FlagOption,
  },
  examples: [
    ['seam model test', 'everything'],
    ["seam model test 'ipc*' --at ipc/msg.patch", 'the suites of ipc, after a patch'],
  ],
});

export const modelBench = defineVerb({
  name: 'model bench',
  group: 'model',
  summary: 'run fixed loops of system calls of the modelled kernel',
  description: [
    'Builds the model if need be and runs its benchmark: a fixed number of each of twelve system calls. Where valgrind is installed, instructions are counted, which gives the same number every time; otherwise the loops are only run.',
    WHERE,
  ],
  arguments: [{ name: 'name', summary: 'only this loop', optional: true }],
  options: BUILD_OPTIONS,
  examples: [
    ['seam model bench', 'all loops'],
    ['seam model bench semop --at ipc/sem.patch', 'one loop after a patch'],
  ],
});
