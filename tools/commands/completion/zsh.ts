import type { AnyVerb } from '../types.ts';
import {
  type Candidates,
  type CompletedOption,
  type CompletedVerb,
  completedVerbs,
  families,
  globalOptions,
  quote,
  spellings,
} from './model.ts';

/** `_arguments` gives meaning to colons and brackets. */
function plain(text: string): string {
  return text.replace(/[\\:[\]]/g, (character) => `\\${character}`);
}

function offer(candidates: Candidates): string {
  switch (candidates.kind) {
    case 'words':
      return `(${candidates.words.join(' ')})`;
    case 'patch':
      return '_seam_patches';
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'text':
      return ' ';
  }
}

/** One spec per spelling: `'(-v --verbose)--verbose[say more]'`, `'*--exclude=[…]:GLOB: '`. */
function optionSpecs(option: CompletedOption): string[] {
  const value =
    option.value === undefined
      ? ''
      : `:${plain(option.value.name)}:${offer(option.value.candidates)}`;
  const flags = spellings(option);
  return flags.map((flag) => {
    const prefix = option.repeatable ? '*' : `(${flags.join(' ')})`;
    const joint = value === '' ? '' : flag.startsWith('--') ? '=' : '+';
    return quote(`${prefix}${flag}${joint}[${plain(option.summary)}]${value}`);
  });
}

function argumentSpec(argument: CompletedVerb['arguments'][number], index: number): string {
  const position = argument.variadic ? '*' : String(index + 1);
  return quote(`${position}:${plain(argument.name)}:${offer(argument.candidates)}`);
}

function call(specs: readonly string[]): string {
  return ['_arguments -s -S', ...specs].join(' \\\n\t\t');
}

function functionOf(verb: CompletedVerb): string {
  const specs = [...verb.options.flatMap(optionSpecs), ...verb.arguments.map(argumentSpec)];
  return `_seam_${verb.words.join('_').replaceAll('-', '_')}() {\n\t${call(specs)}\n}\n`;
}

/** A function that completes one of several words and hands over to that word's own function. */
function dispatcher(
  name: string,
  prefix: string,
  words: readonly (readonly [string, string])[],
  options: readonly string[],
): string {
  const list = words.map(([word, summary]) => `\t\t${quote(`${word}:${plain(summary)}`)}`);
  return `${name}() {
	local curcontext=$curcontext state line ret=1
	local -a verbs=(
${list.join('\n')}
	)
	${call([...options, "'1: :->verb'", "'*:: :->rest'"]).replace('-S', '-S -C')} && ret=0
	case $state in
	verb) _describe -t verbs verb verbs && ret=0 ;;
	rest) (( $+functions[${prefix}_\${words[1]//-/_}] )) && ${prefix}_\${words[1]//-/_} && ret=0 ;;
	esac
	return $ret
}
`;
}

/** A script to be autoloaded as `_seam`, or sourced after compinit. */
export function zshCompletion(records: readonly AnyVerb[]): string {
  const verbs = completedVerbs(records);
  const kin = families(verbs);
  const single = verbs.filter((verb) => verb.words.length === 1);
  const first = [
    ...single.map((verb) => [verb.words[0] ?? '', verb.summary] as const),
    ...[...kin].map(
      ([family, members]) => [family, members.map((verb) => verb.words[1]).join(', ')] as const,
    ),
  ];
  return `#compdef seam
# Completion of seam for zsh; made by 'seam completion zsh'.

_seam_patches() {
	local -a patches=(\${(f)"$(seam series 2>/dev/null)"})
	_describe -t patches patch patches
}

${verbs.map(functionOf).join('\n')}
${[...kin]
  .map(([family, members]) =>
    dispatcher(
      `_seam_${family.replaceAll('-', '_')}`,
      `_seam_${family.replaceAll('-', '_')}`,
      members.map((verb) => [verb.words[1] ?? '', verb.summary] as const),
      [],
    ),
  )
  .join('\n')}
${dispatcher('_seam', '_seam', first, globalOptions(records).flatMap(optionSpecs))}
if [[ $funcstack[1] == _seam ]]; then
	_seam "$@"
else
	compdef _seam seam
fi
`;
}
