import { defineVerb } from './types.ts';

export const bisect = defineVerb({
  name: 'bisect',
  group: 'prove',
  summary: 'find the patch from which on a command fails',
  description: [
    'Runs the command in trees from the middle of the series, until one patch is left at which its answer changes, and prints that patch. First both ends are verified: without the patches the command must succeed, with all of them it must fail. The trees are made in memory and written to a private directory, which is reused, so that make builds only what differs; neither the base nor a work tree is touched.',
    'The command runs as it is given, without a shell, in the patched tree, with HOME and TMPDIR of its own and SEAM_PATCH, SEAM_NUMBER and SEAM_TREE in its environment; SEAM_BUILD is a directory beside the tree that stays from run to run, for make O=. Its status says what the tree is: 0 good, 125 cannot be tested, 127 or 128 and more stop the search, all others bad. It is bad to take longer than --timeout.',
    'Answers are kept in the cache directory by tree, command, environment and tools, so that a search that was interrupted goes on where it was, and the same question costs nothing a second time.',
    'The status is 0 if the patch was found, 1 if the answers do not single one out, and 2 if the search could not be made.',
  ],
  arguments: [
    { name: 'command', summary: 'the command and its arguments, after --', variadic: true },
  ],
  options: {
    good: {
      type: 'text',
      value: 'PATCH',
      kind: 'patch',
      summary: 'it is good after PATCH; 0 is the base (default 0)',
    },
    bad: {
      type: 'text',
      value: 'PATCH',
      kind: 'patch',
      summary: 'it is bad after PATCH (default: the last)',
    },
    'first-that-fixes': {
      type: 'flag',
      summary: 'look for the patch that repairs: bad first, good last',
    },
    touching: {
      type: 'list',
      value: 'PATH',
      summary:
        'only patches that change PATH, or files below it, can be to blame (can be repeated)',
    },
    'trust-ends': {
      type: 'flag',
      summary: 'believe, as git does, that it is good at one end and bad at the other',
    },
    subset: {
      type: 'flag',
      summary: 'then find the smallest set of patches that break it together',
    },
    jobs: {
      type: 'number',
      short: 'j',
      value: 'N',
      min: 1,
      summary: 'test N trees at a time, each in a directory of its own (default 1)',
    },
    repeat: {
      type: 'number',
      value: 'N',
      min: 1,
      summary: 'call a tree good after N runs only, for commands that fail now and then',
    },
    timeout: {
      type: 'number',
      value: 'S',
      min: 1,
      summary: 'stop a run after S seconds: it is bad',
    },
    clean: { type: 'flag', summary: 'make the directory anew for every run' },
    rerun: { type: 'flag', summary: 'run the command even where the answer is known' },
    log: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'write every answer to FILE when it comes; - is standard output',
    },
    replay: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'take the answers in FILE as known',
    },
    fuzz: {
      type: 'number',
      short: 'F',
      value: 'N',
      summary: 'ignore up to N lines of context when applying (default 0)',
    },
  },
  examples: [
    ['seam bisect -- make -j2', 'which patch broke the build?'],
    ["seam bisect --good 12 -- sh -c 'make && ./vmlinux kunit'", 'patches up to the 12th are fine'],
    [
      'seam bisect -j 2 --repeat 5 --timeout 60 -- /home/me/boot-test',
      'a test that fails now and then',
    ],
    [
      'seam bisect --trust-ends --touching fs/ext4 -- make fs/ext4/',
      'as few runs as can be, for who knows where it is',
    ],
    ['seam bisect --subset -- make test', 'no single patch breaks it: which do together?'],
  ],
});
