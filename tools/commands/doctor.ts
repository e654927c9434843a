import { defineVerb } from './types.ts';

export const doctor = defineVerb({
  name: 'doctor',
  group: 'setup',
  summary: 'say which tools are here and what is missing without them',
  description: [
    'Looks for the programs that Seam can use, prints the version of each, and says what cannot be done without those that are missing. Nothing is installed or changed.',
    'The status is 0 if every required program is there, 1 otherwise. checkpatch.pl is part of the Linux source and rarely in PATH: name it under [tools] in your own configuration file.',
  ],
  arguments: [],
  options: {},
  examples: [
    ['seam doctor', 'is this machine ready?'],
    ['seam doctor --json', 'the same for a program'],
  ],
});
