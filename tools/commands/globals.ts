import { defineVerb } from './types.ts';

export const globals = defineVerb({
  name: 'globals',
  group: 'prove',
  summary: 'list global variables and who uses them, patch by patch',
  description: [
    'Reads the C source of the tree, without building it, and lists the variables of static storage duration that can be written while the kernel runs: what kind each is, where it is defined and how often it is read, written and has its address taken. With a name, everything about that variable. What cannot be parsed is named and counted, never skipped in silence.',
    'With --objects, the writable symbols of built objects are held against the source. What the one has and the other has not is explained (made by a macro or the compiler, not in this configuration, dropped) or listed, and then the status is 1.',
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
    path: {
      type: 'list',
      value: 'DIR',
      summary: 'read only what is in DIR of the tree (can be repeated)',
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
    ['seam globals --objects build', 'do source and the objects of a build agree?'],
    ['seam globals ../linux --path ipc --path mm', 'two folders of another tree'],
  ],
});
