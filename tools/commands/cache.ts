/** The verbs that look after the cache of answers. */
import { defineVerb } from './types.ts';

const WHAT =
  'The cache holds what checks and bisects have found out, below $XDG_CACHE_HOME/seam/store or ~/.cache/seam/store. It can be removed at any time: what is missing is found out again.';

export const cacheStat = defineVerb({
  name: 'cache stat',
  group: 'setup',
  summary: 'say how large the cache of answers is',
  description: ['Prints how many results and contents the cache holds, and their size.', WHAT],
  arguments: [],
  options: {},
  examples: [['seam cache stat', 'how much is there?']],
});

export const cacheVerify = defineVerb({
  name: 'cache verify',
  group: 'setup',
  summary: 'read the whole cache and remove what is damaged',
  description: [
    'Compares every file with the digest that is its name and removes those that differ. The status is 0 if none did, 1 otherwise. Files are also verified whenever they are read, so this is for those who want to know.',
    WHAT,
  ],
  arguments: [],
  options: {},
  examples: [['seam cache verify', 'is everything in order?']],
});

export const cacheGc = defineVerb({
  name: 'cache gc',
  group: 'setup',
  summary: 'remove answers that nobody has used for long',
  description: [
    'Removes what was not used for a number of days, and then, with --size, what was not used for longest. Other runs of Seam are not disturbed.',
    WHAT,
  ],
  arguments: [],
  options: {
    days: { type: 'number', value: 'N', summary: 'not used for N days (default 30)' },
    size: { type: 'number', value: 'MIB', summary: 'leave at most so many MiB' },
    'dry-run': { type: 'flag', short: 'n', summary: 'only say what would be removed' },
  },
  examples: [
    ['seam cache gc', 'what was not used for a month'],
    ['seam cache gc --size 500', 'and then, until half a gigabyte is left'],
  ],
});

export const cacheCat = defineVerb({
  name: 'cache cat',
  group: 'setup',
  summary: 'print a content of the cache, such as the log of a step',
  description: [
    "Prints what lies under a digest. The document of seam check --json names the digest of every step's whole output as 'log'.",
    WHAT,
  ],
  arguments: [{ name: 'digest', summary: 'SHA-256 in hexadecimal digits' }],
  options: {},
  examples: [
    [
      "seam cache cat $(seam check 12 --only build --json | jq -r '.patches[].results[0].log')",
      'what make said about patch 12',
    ],
  ],
});
