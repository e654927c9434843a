import { patchesArgument } from './arguments.ts';
import { defineVerb } from './types.ts';

export const diffstat = defineVerb({
  name: 'diffstat',
  group: 'read',
  summary: 'count the changed lines of every file',
  description: [
    "Prints a diffstat of the patches together, as 'git apply --stat --summary' prints it. Lines that one patch adds and a later one removes count twice.",
  ],
  arguments: [patchesArgument('all patches')],
  options: {
    numstat: { type: 'flag', summary: 'numbers and paths for a program instead of a graph' },
    width: { type: 'number', value: 'N', min: 20, summary: 'columns to use (default 80)' },
  },
  examples: [
    ['seam diffstat', 'the size of the series'],
    ['seam diffstat --numstat 2', 'the second patch, as numbers'],
  ],
});
