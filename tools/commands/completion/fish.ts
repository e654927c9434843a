import type { AnyVerb } from '../types.ts';
import {
  type Candidates,
  type CompletedOption,
  type CompletedVerb,
  completedVerbs,
  families,
  globalOptions,
} from './model.ts';

/** Fish knows only two escapes in single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function offer(candidates: Candidates): string {
  switch (candidates.kind) {
    case 'words':
      return `-f -a ${quote(candidates.words.join(' '))}`;
    case 'patch':
      return `-f -a '(seam series 2>/dev/null)'`;
    case 'file':
      return '-F';
    case 'directory':
      return `-f -a '(__fish_complete_directories)'`;
    case 'text':
      return '-f';
  }
}

function optionLine(condition: string, option: CompletedOption): string {
  const letter = option.short === undefined ? '' : ` -s ${option.short}`;
  const value = option.value === undefined ? '' : ` -r ${offer(option.value.candidates)}`;
  return `complete -c seam${condition} -l ${option.long}${letter}${value} -d ${quote(option.summary)}`;
}

function conditionOf(verb: CompletedVerb): string {
  const seen = verb.words.map((word) => `__fish_seen_subcommand_from ${word}`);
  return ` -n ${quote(seen.join('; and '))}`;
}

function verbLines(verb: CompletedVerb): string[] {
  const condition = conditionOf(verb);
  return [
    ...verb.options.map((option) => optionLine(condition, option)),
    ...verb.arguments.map(
      (argument) => `complete -c seam${condition} ${offer(argument.candidates)}`,
    ),
  ];
}

/** A script for fish 3 or newer. */
export function fishCompletion(records: readonly AnyVerb[]): string {
  const verbs = completedVerbs(records);
  const start = ' -n __fish_use_subcommand';
  const kin = families(verbs);
  const single = verbs.filter((verb) => verb.words.length === 1);
  return `${[
    "# Completion of seam for fish; made by 'seam completion fish'.",
    'complete -c seam -f',
    ...globalOptions(records).map((option) => optionLine(start, option)),
    ...single.map(
      (verb) => `complete -c seam${start} -a ${verb.words.join(' ')} -d ${quote(verb.summary)}`,
    ),
    ...[...kin].flatMap(([family, members]) => [
      `complete -c seam${start} -a ${family}`,
      ...members.map(
        (verb) =>
          `complete -c seam -n ${quote(`__fish_seen_subcommand_from ${family}; and not __fish_seen_subcommand_from ${members.map((member) => member.words[1]).join(' ')}`)} -a ${verb.words[1] ?? ''} -d ${quote(verb.summary)}`,
      ),
    ]),
    ...verbs.flatMap(verbLines),
  ].join('\n')}\n`;
}
