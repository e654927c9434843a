import { check } from './check.ts';
import { defineVerb } from './types.ts';

const { checkpatch, baseline, exec, jobs, 'config-set': sets, only, skip } = check.options;

export const prepare = defineVerb({
  name: 'prepare',
  group: 'main',
  summary: 'apply the series, check every patch, write review threads',
  description: [
    "Does what has to be done before a series is posted, in one go: applies it, checks every patch on its own as 'seam check' does, finds out which patch needs which, and makes review threads of the topics as 'seam thread' does. Reports, drawing and threads are written to a directory, and the last lines say where to look.",
    "The modelled kernel is built and tested in its usual configuration only, so that the first answer comes soon; 'seam check' does all of them. Answers are kept, so that calling it again after a change costs only what changed.",
    'A patch that fails a check does not keep the threads from being written, so that they can be read; one that does not apply does. The status is 0 if the series is ready to be posted, 1 if not.',
  ],
  arguments: [],
  options: {
    output: {
      type: 'text',
      short: 'o',
      value: 'DIR',
      kind: 'directory',
      summary: 'where to write (default: seam-out)',
    },
    exec,
    'config-set': sets,
    only,
    skip,
    jobs,
    checkpatch,
    baseline,
  },
  examples: [
    ['seam prepare', 'is it ready, and what would reviewers get?'],
    ['seam prepare --config-set def --config-set each', 'with every option alone on, and off'],
    [
      "seam prepare --base ../linux@v6.1 --series ../patches --exec 'make -s defconfig all'",
      'another series, each patch built with a command',
    ],
  ],
});
