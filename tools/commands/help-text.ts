/** `seam --help` and `seam help VERB`, from the records. */
import type { Report } from '../report/report.ts';
import { displayWidth, pad, wrap } from '../report/width.ts';
import { GLOBAL_OPTIONS, VERSION_OPTION } from './global-options.ts';
import { flagsOf, globalsOf } from './program.ts';
import { type AnyVerb, GROUPS, type Group, type OptionSpecs } from './types.ts';

/** Wider lines are hard to read, however wide the terminal. */
const WIDEST = 100;
const INDENT = '  ';
const TERM_WIDTH = 28;

type Paper = Pick<Report, 'columns' | 'style'>;

/** Usage words of a verb: `apply [options] [patches...]`. */
export function usageOf(verb: AnyVerb): string {
  const args = verb.arguments.map((spec) => {
    const name = spec.variadic === true ? `${spec.name}...` : spec.name;
    return spec.optional === true ? `[${name}]` : `<${name}>`;
  });
  const options = Object.keys(verb.options).length === 0 ? [] : ['[options]'];
  return ['seam', verb.name, ...options, ...args].join(' ');
}

/** The verbs under their headings, in the order of `GROUPS`; empty groups are left out. */
export function groupVerbs(verbs: readonly AnyVerb[]): (readonly [string, readonly AnyVerb[]])[] {
  return (Object.keys(GROUPS) as Group[]).flatMap((group) => {
    const members = verbs.filter((verb) => verb.group === group);
    return members.length === 0 ? [] : [[GROUPS[group], members] as const];
  });
}

/** A term and its explanation side by side, or below each other where the term is long. */
function definition(term: string, text: string, paper: Paper): string[] {
  const width = Math.min(paper.columns, WIDEST) - TERM_WIDTH - INDENT.length;
  const [first = '', ...rest] = wrap(text, Math.max(width, 20));
  const hang = INDENT + ' '.repeat(TERM_WIDTH);
  const styled = INDENT + paper.style.name(term);
  const lines = rest.map((line) => hang + line);
  if (displayWidth(term) > TERM_WIDTH - 2) return [styled, hang + first, ...lines];
  return [styled + pad('', TERM_WIDTH - displayWidth(term)) + first, ...lines];
}

function optionLines(specs: OptionSpecs, taken: OptionSpecs, paper: Paper): string[] {
  return Object.entries(specs).flatMap(([name, spec]) => {
    const choices = spec.type === 'choice' ? ` (${spec.choices.join(', ')})` : '';
    return definition(flagsOf(name, spec, taken), spec.summary + choices, paper);
  });
}

/** A heading and what stands under it, after an empty line; nothing where there is nothing. */
function section(title: string, lines: readonly string[], paper: Paper): string[] {
  return lines.length === 0 ? [] : ['', paper.style.heading(`${title}:`), ...lines];
}

/** What `seam --help` prints. */
export function overview(verbs: readonly AnyVerb[], paper: Paper): string[] {
  return [
    'usage: seam [global options] VERB [options] [arguments]',
    '',
    ...wrap(
      'A workbench for large kernel patch series: apply them exactly, prove every patch, post them for review.',
      Math.min(paper.columns, WIDEST),
    ),
    ...groupVerbs(verbs).flatMap(([title, members]) =>
      section(
        title,
        members.flatMap((verb) => definition(verb.name, verb.summary, paper)),
        paper,
      ),
    ),
    ...section(
      'Global options, before or after the verb',
      optionLines({ ...GLOBAL_OPTIONS, ...VERSION_OPTION }, {}, paper),
      paper,
    ),
    '',
    "See 'seam help VERB' for one verb, 'seam man | man -l -' for the whole manual.",
  ];
}

/** What `seam help VERB` and `seam VERB --help` print. */
export function verbHelp(verb: AnyVerb, paper: Paper): string[] {
  const width = Math.min(paper.columns, WIDEST);
  const paragraphs = verb.description.flatMap((text) => ['', ...wrap(text, width)]);
  const args = verb.arguments.flatMap((spec) => definition(spec.name, spec.summary, paper));
  const examples = verb.examples.flatMap(([command, does], index) => [
    ...(index === 0 ? [] : ['']),
    ...wrap(does, width - 4).map((line) => `${INDENT}# ${line}`),
    `${INDENT}${paper.style.name(command)}`,
  ]);
  return [
    `usage: ${usageOf(verb)}`,
    ...paragraphs,
    ...section('Arguments', args, paper),
    ...section('Options', optionLines(verb.options, {}, paper), paper),
    ...section('Examples', examples, paper),
    ...section('Global options', optionLines(globalsOf(verb), verb.options, paper), paper),
  ];
}
