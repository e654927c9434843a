import { defineVerb } from './types.ts';

export const completion = defineVerb({
  name: 'completion',
  group: 'setup',
  summary: 'print the completion script of a shell',
  description: [
    'Prints a script that completes verbs, options, their values, file names and patch names. It is made from the same records as the help, so it knows exactly what this version knows.',
  ],
  arguments: [{ name: 'shell', summary: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] }],
  options: {},
  examples: [
    ['source <(seam completion bash)', 'in ~/.bashrc'],
    ['seam completion zsh > ~/.zfunc/_seam', 'in a directory of $fpath, before compinit runs'],
    ['seam completion fish > ~/.config/fish/completions/seam.fish', 'for fish'],
  ],
});
