import { defineVerb } from './types.ts';

export const thread = defineVerb({
  name: 'thread',
  group: 'review',
  summary: 'make review threads: cover letters and patches as mail',
  description: [
    "Makes a thread of mails out of each topic of the series, or of those that are named: the cover letter from the topic's cover.md with table of contents, shortlog, diffstat, base and prerequisites, and every patch as git format-patch writes it. The same series gives the same bytes, Message-IDs and dates included. Without an option that writes, it says what the threads would be.",
    'A topic of more than --most patches becomes several threads, cut where the fewest dependencies cross; each names the threads that it needs. Placeholders in a cover, a patch without sign-off, control characters and the like are refused with file and line before anything is written.',
    "--mbox writes what 'git am' takes: patches without cover letters. --mboxrd and --maildir write whole threads for mail readers and archives. FILE may be - for standard output.",
    "To and Cc are what the cover says and MAINTAINERS of the base names for the patches (see 'seam help maintainers').",
    'How a cover letter is written stands in review/cover/README.md.',
  ],
  arguments: [
    {
      name: 'topics',
      summary: 'topics of the series; all if there are none',
      optional: true,
      variadic: true,
    },
  ],
  options: {
    'reroll-count': {
      type: 'number',
      short: 'v',
      value: 'N',
      min: 1,
      summary: "version of the threads; the covers' if absent",
    },
    prefix: {
      type: 'text',
      value: 'WORDS',
      summary: "in the brackets: 'RFC PATCH', 'PATCH net-next'",
    },
    resend: { type: 'flag', summary: 'the same threads once more, marked RESEND' },
    from: {
      type: 'text',
      value: 'ADDRESS',
      summary: 'who sends; the author if all patches have the same',
    },
    date: {
      type: 'text',
      value: 'DATE',
      summary: "of the first mail; 'now', or the newest patch's if absent",
    },
    cover: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'cover letter in place of cover.md',
    },
    'without-cover': { type: 'flag', summary: 'begin threads with their first patch' },
    changes: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'Markdown that goes behind the letter: what changed since the last version',
    },
    threading: {
      type: 'choice',
      value: 'HOW',
      choices: ['shallow', 'deep', 'none'],
      summary: 'patches answer the cover (shallow), or each the one before it',
    },
    unnumbered: { type: 'flag', summary: 'no k/n in subjects' },
    'in-reply-to': {
      type: 'text',
      value: 'ID',
      summary: 'Message-ID of a mail that the thread answers',
    },
    recipients: {
      type: 'choice',
      value: 'WHOSE',
      choices: ['thread', 'patch', 'cover'],
      summary:
        "everyone of the thread on each mail, each patch's own, or only the cover's to and cc",
    },
    maintainers: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: "in place of the base's MAINTAINERS",
    },
    overlay: { type: 'text', value: 'FILE', kind: 'file', summary: 'lines that MAINTAINERS lacks' },
    most: {
      type: 'number',
      value: 'N',
      min: 1,
      summary: 'most patches of one thread; 19 if absent',
    },
    mbox: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'patches in FILE, as git am reads them',
    },
    mboxrd: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'whole threads in FILE, quoted for archives',
    },
    maildir: {
      type: 'text',
      value: 'DIR',
      kind: 'directory',
      summary: 'whole threads in DIR, one file a mail',
    },
    output: {
      type: 'text',
      short: 'o',
      value: 'DIR',
      kind: 'directory',
      summary: 'one file a mail in DIR, as git format-patch names them',
    },
    force: { type: 'flag', short: 'f', summary: 'write over what is there' },
  },
  examples: [
    ['seam thread', 'what the threads would be'],
    ['seam thread uts --mboxrd - | less', 'read a thread before anybody else does'],
    ['seam thread -v 2 --mbox v2.mbox && git am v2.mbox', 'version 2, tried as a maintainer would'],
  ],
});
