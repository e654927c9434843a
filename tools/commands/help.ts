import { defineVerb } from './types.ts';

export const help = defineVerb({
  name: 'help',
  group: 'setup',
  summary: 'print help on Seam or on one verb',
  description: [
    'Prints what a verb does, its options and examples; without a verb, the list of all verbs.',
  ],
  arguments: [
    {
      name: 'verb',
      summary: "the verb, one word or two ('cache gc')",
      optional: true,
      variadic: true,
      kind: 'verb',
    },
  ],
  options: {},
  examples: [['seam help apply', 'what does apply take?']],
});
