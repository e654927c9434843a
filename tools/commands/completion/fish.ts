import type { AnyVerb } from '../types.ts';
import {
  type Candidates,
  type CompletedOption,
  type CompletedVerb,
  completedVerbs,
  families,
  globalOptions,
  spellings,
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

/** The condition under which a line applies; the words are the verb's. */
function after(words: readonly string[], more?: number): string {
  const test = ['__seam_at', more ?? "''", ...words].join(' ');
  return ` -n ${quote(test)}`;
}

function verbLines(verb: CompletedVerb): string[] {
  return [
    ...verb.options.map((option) => optionLine(after(verb.words), option)),
    ...verb.arguments.map((argument, index) => {
      const condition = after(verb.words, argument.variadic ? undefined : index);
      return `complete -c seam${condition} ${offer(argument.candidates)}`;
    }),
  ];
}

function wordLine(before: readonly string[], word: string, summary: string): string {
  return `complete -c seam${after(before, 0)} -a ${word} -d ${quote(summary)}`;
}

/** Fish's own notion of a subcommand takes the value of `--color never` for one. */
function helpers(valued: readonly string[]): string {
  return `function __seam_words
    set -l value 0
    for word in (commandline -opc)[2..-1]
        if test $value = 1
            set value 0
            continue
        end
        switch $word
            case ${valued.join(' ')}
                set value 1
            case '-*'
            case '*'
                echo $word
        end
    end
end

# __seam_at MORE WORD...: the line starts with these words, and MORE other words follow.
function __seam_at
    set -l more $argv[1]
    set -l verb $argv[2..-1]
    set -l words (__seam_words)
    set -l size (count $verb)
    test (count $words) -ge $size; or return 1
    test $size = 0; or test "$words[1..$size]" = "$verb"; or return 1
    test -z "$more"; or test (math (count $words) - $size) = $more
end`;
}

/** A script for fish 3 or newer. */
export function fishCompletion(records: readonly AnyVerb[]): string {
  const verbs = completedVerbs(records);
  const global = globalOptions(records);
  const kin = families(verbs);
  const single = verbs.filter((verb) => verb.words.length === 1);
  const valued = [...global, ...verbs.flatMap((verb) => verb.own)]
    .filter((option) => option.value !== undefined)
    .flatMap(spellings);
  const lines = [
    "# Completion of seam for fish; made by 'seam completion fish'.",
    helpers([...new Set(valued)]),
    'complete -c seam -f',
    ...global.map((option) => optionLine(after([], 0), option)),
    ...single.map((verb) => wordLine([], verb.words.join(' '), verb.summary)),
    ...[...kin].flatMap(([family, members]) => [
      wordLine([], family, members.map((verb) => verb.words[1]).join(', ')),
      ...members.map((verb) => wordLine([family], verb.words[1] ?? '', verb.summary)),
    ]),
    ...verbs.flatMap(verbLines),
  ];
  return `${lines.join('\n')}\n`;
}
