import { TOPICS_ARGUMENT } from './arguments.ts';
import { threadOptions } from './thread-options.ts';
import { defineVerb } from './types.ts';

export const thread = defineVerb({
  name: 'thread',
  group: 'review',
  summary: 'make review threads: cover letters and patches as mail',
  description: [
    "Makes a thread of mails out of each topic of the series, or of those that are named: the cover letter from the topic's cover.md with table of contents, shortlog, diffstat, base and prerequisites, and every patch as git format-patch writes it. The same series gives the same bytes, Message-IDs and dates included. Without an option that writes, it says what the threads would be.",
    'A series of commits, --series A..B, starts from A where no --base is given. A topic of more than --most patches becomes several threads, cut where the fewest dependencies cross; each names the threads that it needs. Placeholders in a cover, a patch without sign-off, control characters and the like are refused with file and line before anything is written.',
    "--mbox writes what 'git am' takes: patches without cover letters. --mboxrd and --maildir write whole threads for mail readers and archives. FILE may be - for standard output.",
    "To and Cc are what the cover says and MAINTAINERS of the base names for the patches (see 'seam help maintainers').",
    "Versions that were sent are kept below review/sent (see 'seam help send'; --keep does it for threads that go out by other ways). From version 2 on, the letter then says what changed since the last one, and people whose tag was given to other code get the patch in copy and are named with the reason: tags are carried where only message or context changed, and asked for again where code did.",
    "With --checks a build robot answers each patch where 'seam check --json' found something, and the cover letter with a summary: new errors marked with >>, configurations, commands to see it oneself. Results of another state of the series are refused.",
    'How a cover letter is written stands in review/cover/README.md.',
  ],
  arguments: [TOPICS_ARGUMENT],
  options: {
    ...threadOptions,
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
    keep: { type: 'flag', summary: 'keep the threads below review/sent, as what was sent' },
    force: { type: 'flag', short: 'f', summary: 'write over what is there' },
  },
  examples: [
    ['seam thread', 'what the threads would be'],
    ['seam thread uts --mboxrd - | less', 'read a thread before anybody else does'],
    ['seam thread --series main..topic --cover cover.md -o outgoing', 'commits of a branch'],
    ['seam thread -v 2 --mbox v2.mbox && git am v2.mbox', 'version 2, tried as a maintainer would'],
  ],
});
