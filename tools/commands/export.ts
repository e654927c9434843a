import { patchesArgument } from './arguments.ts';
import { defineVerb } from './types.ts';

export const exportVerb = defineVerb({
  name: 'export',
  group: 'apply',
  summary: 'write the series as quilt directory, mailbox or branch',
  description: [
    'Writes patches of the series in another form: a quilt directory, an mbox, a maildir, or commits on a branch of the base. What is written comes back with import as it was: nothing that a form can hold is lost, and what it cannot hold is said.',
    "--branch keeps the patch files themselves in git notes (refs/notes/seam) beside the commits, so that import gives the same bytes back. --mbox writes what 'git am' takes; --mboxrd escapes lines that begin with 'From ', for archives and 'git am --patch-format=mboxrd'. FILE may be - for standard output.",
  ],
  arguments: [patchesArgument('all patches')],
  options: {
    quilt: {
      type: 'text',
      value: 'DIR',
      kind: 'directory',
      summary: 'patch files and series in DIR',
    },
    mbox: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'mails in FILE, as git am reads them',
    },
    mboxrd: {
      type: 'text',
      value: 'FILE',
      kind: 'file',
      summary: 'mails in FILE, quoted for archives',
    },
    maildir: {
      type: 'text',
      value: 'DIR',
      kind: 'directory',
      summary: 'one file for each mail in DIR',
    },
    branch: {
      type: 'text',
      short: 'b',
      value: 'NAME',
      summary: 'commits on the new branch NAME of the base',
    },
    force: { type: 'flag', short: 'f', summary: 'write over what is there' },
  },
  examples: [
    ['seam export --mbox - | git am', 'hand the series to git'],
    ['seam export --quilt patches --series v6.1..topic', 'a branch as a quilt directory'],
    ['seam export --branch topic', 'a quilt series as commits, patch files kept in notes'],
  ],
});
