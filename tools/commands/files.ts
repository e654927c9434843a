import { patchesArgument } from './arguments.ts';
import { defineVerb } from './types.ts';

export const files = defineVerb({
  name: 'files',
  group: 'read',
  summary: 'list the files that patches change',
  description: [
    'Prints the paths that the patches change, each once, sorted. With -v every patch is named and every path has a letter before it: A for added, M for modified, D for deleted, R for renamed, C for copied.',
  ],
  arguments: [patchesArgument('all patches')],
  options: {},
  examples: [
    ['seam files', 'every file that the series touches'],
    ['seam files -v ipc/msg.patch', 'what one patch does to which file'],
  ],
});
