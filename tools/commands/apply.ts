import { patchesArgument } from './arguments.ts';
import { defineVerb } from './types.ts';

export const apply = defineVerb({
  name: 'apply',
  group: 'apply',
  summary: 'apply the series to the base and say how each patch fits',
  description: [
    'Applies the patches one after the other in memory and prints a line for each: whether it fits cleanly, at an offset, with fuzz, in several places, or not at all, and the id of the final tree. Without --branch and --output nothing is written.',
    'A patch applies as a whole or not at all. When one does not, its hunks are explained and the patches after it are skipped. The status is 0 if every patch applied, 1 if one did not.',
    "Commits carry the patches' authors, dates and messages. The committer is the author, unless GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL or GIT_COMMITTER_DATE say otherwise: the same series on the same base gives the same commit ids everywhere.",
  ],
  arguments: [patchesArgument('all patches')],
  options: {
    to: { type: 'text', value: 'PATCH', kind: 'patch', summary: 'stop after PATCH' },
    branch: {
      type: 'text',
      short: 'b',
      value: 'NAME',
      summary: 'commit the patches to the new branch NAME of the base repository',
    },
    force: { type: 'flag', short: 'f', summary: 'let --branch replace a branch that exists' },
    output: {
      type: 'text',
      short: 'o',
      value: 'DIR',
      kind: 'directory',
      summary: 'write the resulting tree to the new directory DIR',
    },
    fuzz: {
      type: 'number',
      short: 'F',
      value: 'N',
      summary: 'ignore up to N lines of context at either end, as GNU patch does (default 0)',
    },
    '3way': {
      type: 'flag',
      short: '3',
      summary: 'merge from the recorded blobs where a hunk does not fit',
    },
    reverse: { type: 'flag', short: 'R', summary: 'take the series back, last patch first' },
    'skip-applied': {
      type: 'flag',
      summary: 'pass over patches that are in the tree already instead of stopping',
    },
  },
  examples: [
    ['seam apply', 'does the whole series apply?'],
    ['seam apply --to ipc/msg.patch', 'the first patches, up to and with that one'],
    [
      'seam apply --base ../linux@v6.1 --series patches.mbox',
      'a mailbox on a tag of a kernel tree',
    ],
    ['seam apply --branch topic', 'make a branch with one commit for each patch'],
    ['seam apply --json', 'verdict and tree of every patch for a program'],
  ],
});
