/** The options that every verb takes, before or after its name. */
import type { OptionSpecs } from './types.ts';

export const GLOBAL_OPTIONS = {
  directory: {
    type: 'list',
    short: 'C',
    value: 'DIR',
    kind: 'directory',
    summary: 'run as if started in DIR (can be repeated, each relative to the one before)',
  },
  base: {
    type: 'text',
    value: 'BASE',
    kind: 'directory',
    summary: 'the tree to start from: a directory, a git repository, DIR@REV or REV',
  },
  series: {
    type: 'text',
    value: 'SERIES',
    kind: 'file',
    summary: 'the patches: a quilt directory, mbox, maildir or git range; - is an mbox on stdin',
  },
  config: {
    type: 'text',
    value: 'FILE',
    kind: 'file',
    summary: 'read FILE instead of the nearest seam.toml',
  },
  json: { type: 'flag', summary: 'print one JSON document instead of text' },
  quiet: { type: 'flag', short: 'q', summary: 'print results only' },
  verbose: { type: 'flag', short: 'v', summary: 'say more about what is being done' },
  color: {
    type: 'choice',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    summary: 'when to use colours; auto means on a terminal where NO_COLOR is not set',
  },
  help: { type: 'flag', short: 'h', summary: 'print help and exit' },
} as const satisfies OptionSpecs;

/** Taken only before the verb. */
export const VERSION_OPTION = {
  version: { type: 'flag', summary: "print Seam's version and exit" },
} as const satisfies OptionSpecs;

/** The letter of an option, unless the verb itself uses it (as `thread -v N` does). */
export function freeShort(short: string | undefined, taken: OptionSpecs): string | undefined {
  const used = Object.values(taken).some((option) => option.short === short);
  return used ? undefined : short;
}
