import { patchesArgument } from './arguments.ts';
import { defineVerb } from './types.ts';

export const show = defineVerb({
  name: 'show',
  group: 'read',
  summary: 'print patches as they are',
  description: [
    'Prints whole patches, header and diff, byte for byte as the series holds them. On a terminal control characters are escaped, so that a patch cannot play tricks with it.',
  ],
  arguments: [patchesArgument('the last patch')],
  options: {},
  examples: [
    ['seam show 3', 'the third patch'],
    ['seam show ipc/msg.patch | git apply --check', 'ask git about a patch'],
  ],
});
