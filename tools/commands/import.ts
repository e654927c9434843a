import { defineVerb } from './types.ts';

export const importVerb = defineVerb({
  name: 'import',
  group: 'apply',
  summary: 'bring patches into the quilt series from elsewhere',
  description: [
    'Reads patches from a mailbox, a maildir, a patch file, another quilt directory or a range of commits and adds them to the quilt directory that --series or the configuration names, which is made if it is not there. Lines of its series file that are there already keep their bytes.',
    'Commits that export wrote come back as the patch files that they were, byte for byte, as long as commit and tree are unchanged; of edited ones all that still holds is kept.',
    "--replace is the way back from a branch that was edited: the series becomes what the source is, in its order. Patches that are the same keep their files, those that the source lacks go, new ones go behind the one that they follow, into its folder, and comments stay with the patch below them. A patch is known again by its name or, where 'git rebase' has lost the notes, by its subject. A file whose name was made of the subject follows it; one that somebody named keeps its name.",
  ],
  arguments: [
    { name: 'source', summary: 'what to read: see SERIES in seam help', kind: 'file' },
    {
      name: 'patches',
      summary: 'names, numbers or ranges of it; all patches if there are none',
      optional: true,
      variadic: true,
    },
  ],
  options: {
    after: {
      type: 'text',
      value: 'PATCH',
      kind: 'patch',
      summary: 'add them after PATCH (default: at the end)',
    },
    force: { type: 'flag', short: 'f', summary: 'write over patches of the same name' },
    replace: {
      type: 'flag',
      summary: 'make the series what the source is: write over, remove and move patches',
    },
  },
  examples: [
    ['seam import v2.mbox', 'add the patches of a mailbox at the end'],
    ['seam import --series patches ../linux@v6.1..topic', 'make a quilt directory of a branch'],
    ['seam import - --after mm/slab.patch < mail', 'a mail from standard input, in its place'],
    ['seam import --replace ../linux@v6.1..topic', "the branch of 'seam export -b topic', edited"],
  ],
});
