import type { AnyVerb } from '../types.ts';
import {
  type Candidates,
  type CompletedOption,
  type CompletedVerb,
  completedVerbs,
  families,
  firstWords,
  globalOptions,
  quote,
  spellings,
} from './model.ts';

function offer(candidates: Candidates): string {
  switch (candidates.kind) {
    case 'words':
      return `_seam_words ${quote(candidates.words.join(' '))}`;
    case 'patch':
      return '_seam_words "$(seam series 2>/dev/null)"';
    case 'file':
      return '_seam_files -f';
    case 'directory':
      return '_seam_files -d';
    case 'text':
      return ':';
  }
}

/** The branches of `case "$verb:$prev"` for options with a value. */
function valueBranches(scope: string, options: readonly CompletedOption[]): string[] {
  return options.flatMap((option) =>
    option.value === undefined
      ? []
      : [
          `\t${spellings(option)
            .map((flag) => `${scope}:${flag}`)
            .join(' | ')}) ${offer(option.value.candidates)} && return ;;`,
        ],
  );
}

function optionBranch(scope: string, options: readonly CompletedOption[]): string {
  return `\t\t${scope}) _seam_words ${quote(options.flatMap(spellings).join(' '))} ;;`;
}

function scopeOf(verb: CompletedVerb): string {
  return quote(verb.words.join(' '));
}

/** Arguments by position; the last one serves all that follow if it is variadic. */
function argumentBranches(verb: CompletedVerb): string[] {
  return verb.arguments.map((argument, index) => {
    const position = argument.variadic ? '*' : String(index + 1);
    return `\t${scopeOf(verb)}:${position}) ${offer(argument.candidates)} ;;`;
  });
}

const HELPERS = `_seam_words() {
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}

_seam_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}
`;

/** Finds the verb and counts the arguments after it, stepping over options and their values. */
function scan(valued: readonly string[], familyNames: readonly string[]): string {
  const family =
    familyNames.length === 0 ? '' : `\n\t\t${familyNames.join(' | ')}) verb="$verb $word" ;;`;
  return `	for ((i = 1; i < COMP_CWORD; i++)); do
		word=\${COMP_WORDS[i]}
		case $word in
		=) i=$((i + 1)) && continue ;;
		${valued.join(' | ')}) [[ \${COMP_WORDS[i + 1]} == = ]] || i=$((i + 1)) && continue ;;
		-*) continue ;;
		esac
		case $verb in
		'') verb=$word ;;${family}
		*) count=$((count + 1)) ;;
		esac
	done`;
}

/** A script to `source` in bash 4 or newer. */
export function bashCompletion(records: readonly AnyVerb[]): string {
  const verbs = completedVerbs(records);
  const global = globalOptions(records);
  const kin = families(verbs);
  const valued = [...global, ...verbs.flatMap((verb) => verb.own)]
    .filter((option) => option.value !== undefined)
    .flatMap(spellings);
  const secondWords = [...kin].map(
    ([family, members]) =>
      `\t${family}:*) _seam_words ${quote(members.map((verb) => verb.words[1]).join(' '))} ;;`,
  );
  return `# Completion of seam for bash; made by 'seam completion bash'.
${HELPERS}
_seam() {
	local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
	local verb='' word i count=1
	COMPREPLY=()
	# Readline breaks --color=always into three words.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=\${COMP_WORDS[COMP_CWORD - 2]}
	fi
${scan([...new Set(valued)], [...kin.keys()])}
	case "$verb:$prev" in
${[...verbs.flatMap((verb) => valueBranches(scopeOf(verb), verb.own)), ...valueBranches('*', global)].join('\n')}
	esac
	if [[ $cur == -* ]]; then
		case $verb in
${[...verbs.map((verb) => optionBranch(scopeOf(verb), verb.options)), optionBranch('*', global)].join('\n')}
		esac
		return
	fi
	case "$verb:$count" in
	:*) _seam_words ${quote(firstWords(records).join(' '))} ;;
${[...verbs.flatMap(argumentBranches), ...secondWords].join('\n')}
	esac
}
complete -F _seam seam
`;
}
