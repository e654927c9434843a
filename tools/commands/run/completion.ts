import { EXIT, SeamError } from '../../errors.ts';
import type { completion } from '../completion.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { VERBS } from '../registry.ts';
import type { AnyVerb, Run } from '../types.ts';

const SCRIPTS: Readonly<Record<string, (verbs: readonly AnyVerb[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const run: Run<typeof completion> = ({ report }, { args: [shell] }) => {
  const script = SCRIPTS[shell];
  // The parser lets only the record's choices through.
  if (script === undefined) throw new SeamError('no-such-shell', `no completion for '${shell}'`);
  report.write(script(VERBS));
  return EXIT.yes;
};
