import { defineVerb } from './types.ts';

export const trust = defineVerb({
  name: 'trust',
  group: 'setup',
  summary: "let the project's own check commands run",
  description: [
    "Prints the commands that stand as [[check.step]] in the project's configuration and lets seam check run them from now on, as long as the file stays exactly what it is: after any change it must be trusted again. Without this, commands come from your own configuration only, so that nothing that a tree brings along is run unasked.",
    'Building a tree of others runs code of that tree in any case. What checks do about that is told by seam help check.',
  ],
  arguments: [],
  options: {
    show: { type: 'flag', summary: 'only print the commands and whether they are trusted' },
    revoke: { type: 'flag', summary: 'trust the file no longer' },
  },
  examples: [
    ['seam trust --show', 'what would be run?'],
    ['seam trust', 'it is fine'],
  ],
});
