import { BUILD_OPTIONS } from './check-options.ts';
import { defineVerb } from './types.ts';

export const extract = defineVerb({
  name: 'extract',
  group: 'edit',
  summary: 'write the smallest series that carries some patches',
  description: [
    'Takes the patches named, by name, number, range or topic, and all that they need to apply, and proves that this series applies to the base without fuzz, every hunk where it belongs. Prints the names, or writes the series with --quilt or --mbox.',
    'Changes and context stay byte for byte. Line numbers are put right only in hunks that would otherwise be found in a wrong place. The status is 1 if a series cannot be proved to apply; then nothing is written.',
    "With --check it also proves that every patch of that series builds and passes its tests there, as 'seam check' does it. Patches that it takes for this, and that no line of text asks for, are found by leaving others out and added, with what the compiler says without them.",
  ],
  arguments: [
    {
      name: 'patches',
      summary: 'names, numbers, ranges or topics',
      variadic: true,
      kind: 'patch',
    },
  ],
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
      summary: 'mails in FILE; - is standard output',
    },
    check: { type: 'flag', summary: 'prove that the series builds and passes its tests, too' },
    force: { type: 'flag', short: 'f', summary: 'write over what is there' },
    fuzz: {
      type: 'number',
      short: 'F',
      value: 'N',
      summary: 'apply the whole series with up to N lines of fuzz (default 0)',
    },
    ...BUILD_OPTIONS,
  },
  examples: [
    ['seam extract ipc', 'which patches does the topic ipc need?'],
    ['seam extract 7 --quilt ../seven', 'the seventh patch with what it needs, as a quilt series'],
    [
      'seam extract ipc --check --config-set def',
      'what does the topic take to build and pass its tests?',
    ],
    ['seam extract utsname --mbox - | git am', 'hand one topic to git'],
  ],
});
