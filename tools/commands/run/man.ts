/** The manual page in the macros of man(7), which both groff and mandoc know. */
import { EXIT } from '../../errors.ts';
import { wrap } from '../../report/width.ts';
import { VERSION } from '../../version.ts';
import { GLOBAL_OPTIONS, VERSION_OPTION } from '../global-options.ts';
import { groupVerbs } from '../help-text.ts';
import type { man } from '../man.ts';
import { VERBS } from '../registry.ts';
import type { AnyVerb, ArgumentSpec, OptionSpec, OptionSpecs, Run } from '../types.ts';

/** Manual sources are read in terminals too. */
const LINE_WIDTH = 78;

/** Text for roff: a backslash, a dash that must stay one, and a leading dot or quote are escaped. */
function escape(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');
}

/** A paragraph as several source lines; roff joins them again. */
function prose(text: string): string[] {
  return wrap(text, LINE_WIDTH - 2).map(escape);
}

function heading(macro: 'SH' | 'SS', title: string): string {
  return `.${macro} "${escape(title)}"`;
}

function optionTerm(name: string, spec: OptionSpec): string {
  const letter = spec.short === undefined ? '' : `\\fB\\-${spec.short}\\fR, `;
  const value = spec.type === 'flag' ? '' : ` \\fI${escape(spec.value)}\\fR`;
  return `${letter}\\fB\\-\\-${escape(name)}\\fR${value}`;
}

function optionEntries(specs: OptionSpecs): string[] {
  return Object.entries(specs).flatMap(([name, spec]) => {
    const choices = spec.type === 'choice' ? ` (${spec.choices.join(', ')})` : '';
    return ['.TP', optionTerm(name, spec), ...prose(spec.summary + choices)];
  });
}

function argumentTerm(spec: ArgumentSpec): string {
  const name = `\\fI${escape(spec.name)}\\fR${spec.variadic === true ? ' ...' : ''}`;
  return spec.optional === true ? `[${name}]` : name;
}

function synopsis(verb: AnyVerb): string {
  const options = Object.keys(verb.options).length === 0 ? [] : ['[\\fIoptions\\fR]'];
  return [
    `\\fBseam ${escape(verb.name)}\\fR`,
    ...options,
    ...verb.arguments.map(argumentTerm),
  ].join(' ');
}

function verbEntry(verb: AnyVerb): string[] {
  return [
    heading('SS', verb.name),
    synopsis(verb),
    ...verb.description.flatMap((text) => ['.PP', ...prose(text)]),
    ...verb.arguments.flatMap((spec) => ['.TP', argumentTerm(spec), ...prose(spec.summary)]),
    ...optionEntries(verb.options),
    ...verb.examples.flatMap(([command, does]) => [
      '.PP',
      ...prose(`${does}:`),
      '.PP',
      '.RS 4',
      '.nf',
      escape(command),
      '.fi',
      '.RE',
    ]),
  ];
}

const EXIT_STATUS: readonly (readonly [number, string])[] = [
  [EXIT.yes, 'done, or the answer is yes'],
  [EXIT.no, 'the answer is no: a patch does not apply, a check failed'],
  [
    EXIT.unable,
    'it could not be done: wrong usage or configuration, a missing tool, input or output',
  ],
  [EXIT.defect, 'a defect in Seam'],
  [EXIT.interrupted, 'interrupted; child processes were stopped first'],
];

const FILES: readonly (readonly [string, string])[] = [
  [
    'seam.toml',
    "in the current directory or above, up to the root of its repository: 'base' and 'series', relative to the file",
  ],
  [
    '$XDG_CONFIG_HOME/seam/config.toml',
    "the user's own: [tools] names programs by absolute path, such as checkpatch.pl",
  ],
];

function terms(entries: readonly (readonly [string | number, string])[]): string[] {
  return entries.flatMap(([term, text]) => [
    '.TP',
    `\\fB${escape(String(term))}\\fR`,
    ...prose(text),
  ]);
}

/** The whole page, made from the records alone. */
export function manualPage(verbs: readonly AnyVerb[], date: Date): string[] {
  return [
    `.TH SEAM 1 ${date.toISOString().slice(0, 10)} "Seam ${VERSION}" "User Commands"`,
    heading('SH', 'NAME'),
    'seam \\- workbench for large kernel patch series',
    heading('SH', 'SYNOPSIS'),
    '\\fBseam\\fR [\\fIglobal options\\fR] \\fIverb\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]',
    heading('SH', 'DESCRIPTION'),
    ...prose(
      'Seam applies and bisects patch series, proves that every patch stands on its own, and posts them to mailing lists as review threads.',
    ),
    heading('SH', 'GLOBAL OPTIONS'),
    'These can stand before or after the verb.',
    ...optionEntries({ ...GLOBAL_OPTIONS, ...VERSION_OPTION }),
    ...groupVerbs(verbs).flatMap(([title, members]) => [
      heading('SH', title.toUpperCase()),
      ...members.flatMap(verbEntry),
    ]),
    heading('SH', 'EXIT STATUS'),
    ...terms(EXIT_STATUS),
    heading('SH', 'FILES'),
    ...terms(FILES),
    heading('SH', 'SEE ALSO'),
    '.BR git (1),',
    '.BR quilt (1),',
    '.BR patch (1)',
  ];
}

export const run: Run<typeof man> = ({ report, env, now }) => {
  // https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970, in decimal.
  const epoch = env['SOURCE_DATE_EPOCH'] ?? '';
  report.print(
    ...manualPage(VERBS, /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1000) : now()),
  );
  return EXIT.yes;
};
