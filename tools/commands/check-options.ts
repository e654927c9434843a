/** Where a check's report goes besides the terminal. */
import type { OptionSpecs } from './types.ts';

export const REPORT_OPTIONS = {
  junit: { type: 'text', value: 'FILE', kind: 'file', summary: 'write JUnit XML to FILE' },
  sarif: { type: 'text', value: 'FILE', kind: 'file', summary: 'write SARIF 2.1.0 to FILE' },
  ktap: { type: 'text', value: 'FILE', kind: 'file', summary: 'write KTAP to FILE' },
  markdown: {
    type: 'text',
    value: 'FILE',
    kind: 'file',
    summary: 'write a summary in Markdown to FILE',
  },
  events: {
    type: 'text',
    value: 'FILE',
    kind: 'file',
    summary: 'write a line of JSON to FILE for every answer and patch, as they come',
  },
} as const satisfies OptionSpecs;

/** How trees are built from which patches were left out. */
export const BUILD_OPTIONS = {
  exec: {
    type: 'list',
    short: 'x',
    value: 'COMMAND',
    summary: 'run COMMAND in the shell in every tree: the step exec (can be repeated)',
  },
  only: { type: 'list', value: 'STEP', summary: 'ask STEP of seam check (can be repeated)' },
  'config-set': {
    type: 'list',
    value: 'SET',
    summary: 'build in the configurations of SET (can be repeated)',
  },
  jobs: {
    type: 'number',
    short: 'j',
    value: 'N',
    min: 1,
    summary: 'run N compilers of the model, or commands, at a time (default: processors; 1)',
  },
} as const satisfies OptionSpecs;
