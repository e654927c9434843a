import { defineVerb } from './types.ts';

export const man = defineVerb({
  name: 'man',
  group: 'setup',
  summary: 'print the manual page',
  description: [
    'Prints seam(1) in roff, as man and mandoc read it. The date in its footer is SOURCE_DATE_EPOCH where that is set, and today otherwise.',
  ],
  arguments: [],
  options: {},
  examples: [
    ['seam man | man -l -', 'read the manual'],
    ['seam man > ~/.local/share/man/man1/seam.1', "install it, so that 'man seam' finds it"],
  ],
});
