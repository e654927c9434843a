import { REPORT_OPTIONS } from './check-options.ts';
import { defineVerb } from './types.ts';

const { events: _, ...forms } = REPORT_OPTIONS;

export const merge = defineVerb({
  name: 'merge',
  group: 'prove',
  summary: 'join the reports of the shards of a check',
  description: [
    'Reads what several seam check --json have printed and reports it as one check would have. All must be about the same base and series, and every patch must be there once.',
    'The status is 0 if all is well, 1 if a patch fails, 2 if the reports do not belong together or a patch is missing.',
  ],
  arguments: [{ name: 'reports', summary: 'files of JSON', variadic: true, kind: 'file' }],
  options: {
    partial: { type: 'flag', summary: 'let patches be missing' },
    ...forms,
  },
  examples: [
    ['seam merge part-*.json --junit check.xml', 'join the parts that several machines have made'],
  ],
});
