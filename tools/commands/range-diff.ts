import { defineVerb } from './types.ts';

export const rangeDiff = defineVerb({
  name: 'range-diff',
  group: 'review',
  summary: 'say what changed between two versions of a series',
  description: [
    'Finds out which patch of the new version is which of the old one and prints, in the form of git range-diff, a line for each patch and the diff between the two versions of those that differ. Both versions can be anything that --series takes: a quilt directory, an mbox, a maildir, a range of commits. No tree is needed.',
    "What was sent with 'seam send' is kept below review/sent; 'sent:TOPIC' names its last version, 'sent:TOPIC@v1' a certain one.",
    'Each patch is unchanged, moved (elsewhere in the series), reworded, changed in its context only, changed, split, merged, rewritten (the same subject on other code), dropped or new.',
    'Where the base of the new version is known (--base, a range of commits, or base-commit in the mails and a repository that has it), both versions are applied to it first, so that a base that has moved makes no difference; --raw compares the patches as they are.',
    'With --format changes it drafts the section of the cover letter that says what changed. With --format trailers it says which tags of reviewers still hold: they are carried when only the message or the context changed and asked for again when the code did.',
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
      choices: ['text', 'git', 'json', 'html', 'changes', 'trailers'],
      summary: 'text (default), git for exactly what git prints, json, html, changes or trailers',
    },
    raw: { type: 'flag', summary: 'compare the patches as they are, wherever they were made' },
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
    ['seam range-diff sent:utsname', 'what was sent last against the series as it is now'],
    ['seam range-diff --format html v1.mbox v2.mbox > v2.html', 'a page for reviewers'],
    ['seam range-diff --format trailers sent:utsname', 'whom to ask for a review again'],
  ],
});
