import { patchesArgument } from './arguments.ts';
import { BUILD_OPTIONS, REPORT_OPTIONS } from './check-options.ts';
import { defineVerb } from './types.ts';

export const check = defineVerb({
  name: 'check',
  group: 'prove',
  summary: 'check every patch of the series on its own',
  description: [
    'Looks at the tree behind every patch in every configuration, step by step, and says what each patch brought: a warning or an error that was not there before it fails the patch, notes do not. Prints a line for each patch and then what was found.',
    "Steps that every series has: 'apply' (how well it fits), 'lint' (subject, description, signatures, white space, size) and, where a kernel tree is named, 'checkpatch'. A tree with 'Documentation/globals.allow' has 'globals': whether every global variable that can be written stands in there, with a reason. The modelled kernel is built and tested; other trees with the commands that you give as --exec, that stand as [[check.step]] in your configuration, or in the project's once you have looked at it with 'seam trust'.",
    "What --exec names is run by the shell in the patched tree, as 'git rebase --exec' does, with SEAM_PATCH, SEAM_NUMBER and SEAM_TREE in its environment; SEAM_BUILD is a directory beside the tree that stays from patch to patch, for make O=. Warnings and errors of compilers are read from its output. A second one is run where the first has passed.",
    'Commands run in a private directory, which is reused from patch to patch so that make builds only what differs; what looks like a fault is believed only if a build from nothing says the same. They get a HOME and TMPDIR of their own, few variables, no network where the machine allows that, and limits of time, memory, processes and output.',
    'Answers are kept in the cache directory by everything that decides them: nothing is computed twice, and a check that was interrupted goes on where it was. The status is 0 if all is well, 1 if a patch fails, 2 if the check could not be made.',
  ],
  arguments: [patchesArgument('all patches')],
  options: {
    only: { type: 'list', value: 'STEP', summary: 'do STEP, and what it needs (can be repeated)' },
    skip: { type: 'list', value: 'STEP', summary: 'do not do STEP (can be repeated)' },
    exec: BUILD_OPTIONS.exec,
    'config-set': BUILD_OPTIONS['config-set'],
    shard: { type: 'text', value: 'I/N', summary: 'do the I-th of N parts; see seam merge' },
    isolated: {
      type: 'flag',
      summary: 'also build and test each patch on the base with only what it needs',
    },
    jobs: BUILD_OPTIONS.jobs,
    paranoid: {
      type: 'flag',
      summary: 'build the model once more with make and compare, byte for byte',
    },
    plan: { type: 'flag', summary: 'print what would be done, and what is known already' },
    rerun: { type: 'flag', summary: 'do everything again, even where the answer is known' },
    checkpatch: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'the checkpatch.pl to use (default: the one under [tools] in your configuration)',
    },
    baseline: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'findings that are accepted (default: the one that the configuration names)',
    },
    accept: { type: 'flag', summary: 'write what was found to the baseline' },
    fuzz: {
      type: 'number',
      short: 'F',
      value: 'N',
      summary: 'ignore up to N lines of context when applying (default 0)',
    },
    ...REPORT_OPTIONS,
  },
  examples: [
    ['seam check', 'everything about every patch'],
    ["seam check --exec 'make -s -j2' --exec 'make -s test'", 'does every patch build, and pass?'],
    ['seam check ipc/msg.patch.. --only build', 'does it build from there on?'],
    ['seam check --shard 2/5 --json > part-2.json', 'the second of five machines'],
    ['seam check --plan', 'what would be done, and what is known already'],
    ['seam check --checkpatch ../linux/scripts/checkpatch.pl --accept', 'accept what is there now'],
  ],
});
