import { patchesArgument } from './arguments.ts';
import { defineVerb } from './types.ts';

export const series = defineVerb({
  name: 'series',
  group: 'read',
  summary: 'list the patches of the series',
  description: [
    'Prints the names of the patches in the order in which they are applied, one a line, as quilt does. With -v each line has the number, the changed files and lines, and the subject as well.',
  ],
  arguments: [patchesArgument('all patches')],
  options: {},
  examples: [
    ['seam series', 'the names'],
    ['seam series -v --series linux@v6.1..topic', 'the commits of a branch as a series'],
    ["seam series --json | jq -r '.patches[].subject'", 'the subjects'],
  ],
});
