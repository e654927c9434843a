import { patchesArgument } from './arguments.ts';
import { BUILD_OPTIONS } from './check-options.ts';
import { defineVerb } from './types.ts';

export const deps = defineVerb({
  name: 'deps',
  group: 'prove',
  summary: 'say which patch needs which, and why',
  description: [
    'Finds out which patches each one needs so that it applies without fuzz and to the same effect, and says by which lines. Without patches it prints a line for each patch of the series; with patches, for each of these what it needs and what needs it.',
    "A patch needs another one when it shows or changes what that one put there. It must come after another one when it does without it, but takes away the context that the other one applies by. The layer 'symbols' adds patches that define, change or remove a name that the patch uses; names are compared and nothing else, so that layer is a hint for readers. The layer 'build' tries: each patch is built with what it needs to apply and nothing else, and where that fails, the fewest other patches are looked for with which it builds as in the series; what the compiler says without them is the reason. Steps and configurations are those of seam check, so what was built once is not built again.",
    '--order A B asks whether A can go before B, tries it by putting the series in that order, and gives the reason if it cannot; the status is then 1. Drawings leave out edges that follow from others.',
  ],
  arguments: [
    {
      ...patchesArgument(''),
      summary: 'names, numbers, ranges or topics; the whole series if there are none',
    },
  ],
  options: {
    format: {
      type: 'choice',
      value: 'FORM',
      choices: ['text', 'json', 'dot', 'svg'],
      summary: 'text (default), json, dot for Graphviz, or svg',
    },
    layer: {
      type: 'choice',
      value: 'LAYER',
      choices: ['text', 'symbols', 'all', 'build'],
      summary:
        'what applies by (text, the default), names used (symbols), both (all), or text and what it takes to build (build)',
    },
    order: { type: 'flag', summary: 'can the first of two patches go before the second?' },
    fuzz: {
      type: 'number',
      short: 'F',
      value: 'N',
      summary: 'apply the series with up to N lines of fuzz (default 0)',
    },
    ...BUILD_OPTIONS,
  },
  examples: [
    ['seam deps', 'what every patch needs, by number'],
    ['seam deps -v ipc/msg.patch', 'what that one needs and what needs it, line by line'],
    ['seam deps --order 5 2', 'can the fifth patch go before the second?'],
    [
      'seam deps --layer build --config-set def ipc..',
      'what it takes to build the patches from there',
    ],
    ['seam deps --format svg --layer all > series.svg', 'a picture for the cover letter'],
    ['seam deps --format svg ipc > ipc.svg', 'one topic, and what it touches of the others'],
  ],
});
