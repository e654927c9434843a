import { defineVerb } from './types.ts';

export const globals = defineVerb({
  name: 'globals',
  group: 'prove',
  summary: 'list global variables and who uses them, patch by patch',
  description: [
    'Reads the C source of the tree, without building it, and lists the variables of static storage duration that can be written while the kernel runs: what kind each is, where it is defined and how often it is read, written and has its address taken. With a name, everything about that variable: who uses it, where it is to go, which patches touch it. What cannot be parsed is named and counted, never skipped in silence.',
    'With --objects, the writable symbols of built objects are held against the source. What the one has and the other has not is explained (made by a macro or the compiler, not in this configuration, dropped) or listed, and then the status is 1.',
    "With --diff, it says what every patch of the series changes: which globals appear, vanish, move to another file, change their kind or are used in fewer places, how many are left to convert, and how many places name a namespace's initial instance for want of a context. What is left to convert is what can be written and does not stand in the tree's 'Documentation/globals.allow'; 'seam check --only globals' refuses what is not in there.",
    'The tree is the base, or the one that is given as argument: a word that is a directory, or has a slash or an at sign, is a tree, any other word the name of a variable.',
  ],
  arguments: [
    {
      name: 'what',
      summary: 'a tree (DIR, DIR@REV), or names of variables; the whole base if there are none',
      optional: true,
      variadic: true,
    },
  ],
  options: {
    at: { type: 'text', value: 'PATCH', kind: 'patch', summary: 'the tree after that patch' },
    diff: { type: 'flag', summary: 'what every patch changes, or with --at that patch' },
    format: {
      type: 'choice',
      value: 'FORM',
      choices: ['text', 'json', 'svg'],
      summary: 'with --diff: text (default), json, or svg for a chart',
    },
    path: {
      type: 'list',
      value: 'DIR',
      summary: 'read only what is in DIR of the tree (can be repeated)',
    },
    suggest: {
      type: 'flag',
      summary: 'propose a namespace or beancounter for what is left to convert, with reasons',
    },
    objects: {
      type: 'text',
      value: 'DIR',
      kind: 'directory',
      summary: 'compare with the objects of a build in DIR (make O=DIR)',
    },
    all: { type: 'flag', summary: 'list constants and boot data too' },
  },
  examples: [
    ['seam globals', 'the globals of the base'],
    ['seam globals jiffies msg_ids', 'all about two of them'],
    ['seam globals --at uts-namespace.patch', 'what is still global after that patch'],
    ['seam globals --diff', 'what every patch does to them, and what is left to convert'],
    ['seam globals --diff --format svg > globals.svg', 'the same as a chart'],
    ['seam globals --suggest', 'where those that are left should go, and why'],
    ['seam globals --objects build', 'do source and the objects of a build agree?'],
    ['seam globals ../linux --path ipc --path mm', 'two folders of another tree'],
  ],
});
