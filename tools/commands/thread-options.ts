/** What several verbs about threads take: `thread`, `send` and, for people, `maintainers`. */
import type { OptionSpecs } from './types.ts';

/** Where it is said whom patches go to. */
export const PEOPLE_OPTIONS = {
  maintainers: {
    type: 'text',
    value: 'FILE',
    kind: 'file',
    summary: "in place of the base's MAINTAINERS",
  },
  overlay: { type: 'text', value: 'FILE', kind: 'file', summary: 'lines that MAINTAINERS lacks' },
} as const satisfies OptionSpecs;

/** What threads are like. */
export const threadOptions = {
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
    summary: "everyone of the thread on each mail, each patch's own, or only the cover's to and cc",
  },
  ...PEOPLE_OPTIONS,
  checks: {
    type: 'text',
    value: 'FILE',
    kind: 'file',
    summary: "what 'seam check --json' wrote: a build robot's replies go behind the threads",
  },
  'checks-for': {
    type: 'choice',
    value: 'WHICH',
    choices: ['found', 'all'],
    summary: 'replies to patches where something was found, or to all',
  },
  robot: {
    type: 'text',
    value: 'ADDRESS',
    summary: "who replies; 'Check robot' at the sender's address if absent",
  },
  most: {
    type: 'number',
    value: 'N',
    min: 1,
    summary: 'most patches of one thread; 19 if absent',
  },
} as const satisfies OptionSpecs;
