import { patchesArgument } from './arguments.ts';
import { defineVerb } from './types.ts';

export const header = defineVerb({
  name: 'header',
  group: 'read',
  summary: 'print what a patch says about itself',
  description: [
    'Prints the text above the diff as it is written there. With --json: author, date, subject, body, trailers and all fields, whatever manner they are written in (git mail, DEP-3, SUSE tags, plain text).',
  ],
  arguments: [patchesArgument('the last patch')],
  options: {},
  examples: [
    ['seam header 3', 'the header of the third patch'],
    [
      "seam header .. --json | jq -r '.patches[].author.email' | sort | uniq -c",
      'who wrote how much',
    ],
  ],
});
