import { defineVerb } from './types.ts';

export const rangeDiff = defineVerb({
  name: 'range-diff',
  group: 'review',
  summary: 'say what changed between two versions of a series',
  description: [
    'Finds out which patch of the new version is which of the old one and prints, in the form of git range-diff, a line for each patch and the diff between the two versions of those that differ. Both versions can be anything that --series takes: a quilt directory, an mbox, a maildir, a range of commits. Nothing is applied, so no tree is needed.',
    'Each patch is unchanged, moved (elsewhere in the series), reworded, changed in its context only, changed, split, merged, rewritten (the same subject on other code), dropped or new.',
  ],
  arguments: [
    { name: 'old', summary: 'the version before', kind: 'file' },
    {
      name: 'new',
      summary: 'the version after; the series if absent',
      optional: true,
      kind: 'file',
    },
  ],
  options: {
    format: {
      type: 'choice',
      value: 'FORM',
      choices: ['text', 'git', 'json', 'html'],
      summary: 'text (default), git for exactly what git prints, json, or html for one page',
    },
    short: { type: 'flag', short: 's', summary: 'a line for each patch, no diffs' },
    'creation-factor': {
      type: 'number',
      value: 'N',
      summary: 'how readily a patch counts as new, in percent of its length (default 60)',
    },
  },
  examples: [
    ['seam range-diff v1.mbox v2.mbox', 'two versions as they were mailed'],
    ['seam range-diff main..topic@{1} main..topic', 'before and after a rebase'],
    ['seam range-diff v1.mbox', 'what was sent against the series as it is now'],
  ],
});
