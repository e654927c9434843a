import { patchesArgument } from './arguments.ts';
import { PEOPLE_OPTIONS } from './thread-options.ts';
import { defineVerb } from './types.ts';

export const maintainers = defineVerb({
  name: 'maintainers',
  group: 'review',
  summary: 'say whom patches or files are to be sent to',
  description: [
    'Prints the people and lists that MAINTAINERS names for the patches, or with --file for files of the base, with their roles: the deepest pattern first, then what matches by content, then lists. MAINTAINERS and .mailmap are those of the base, never those of the patched tree. The answers are those of get_maintainer.pl --no-git --no-git-fallback.',
    'Trees before Linux 2.6.30 do not say in MAINTAINERS which files belong to whom. --overlay names a file of the same form whose sections add F:, X:, N: and K: lines to those of the same title.',
  ],
  arguments: [patchesArgument('all patches')],
  options: {
    file: {
      type: 'list',
      value: 'PATH',
      kind: 'file',
      summary: 'ask for this file of the base and not for patches; can be repeated',
    },
    ...PEOPLE_OPTIONS,
    'subscriber-lists': { type: 'flag', summary: 'also lists that take mail of subscribers only' },
    plain: { type: 'flag', summary: "addresses only, as 'git send-email --to-cmd' takes them" },
    each: { type: 'flag', summary: 'every patch or file for itself' },
  },
  examples: [
    ['seam maintainers', 'everyone who should see the series'],
    ['seam maintainers 3..5 --each', 'patch by patch'],
    ['seam maintainers --file kernel/fork.c --plain', 'addresses for a file'],
  ],
});
