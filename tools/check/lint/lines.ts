/** The lines that a diff adds: white space as `git diff --check` minds it, and left-overs. */
import type { FilePatch, Hunk } from '../../patch/types.ts';
import type { Observation, Severity } from '../types.ts';

/** A line that comes, with its number in the new file. */
interface Added {
  readonly line: number;
  /** Without its line feed, one character for each byte. */
  readonly text: string;
  readonly ended: boolean;
}

interface Rule {
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly applies: (text: string) => boolean;
}

/** UTF-8 of U+202A…U+202E, U+2066…U+2069, U+200E, U+200F: text that reads in another order (UAX #9). */
const DIRECTION = /\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]/;

const RULES: readonly Rule[] = [
  {
    name: 'trailing-space',
    severity: 'warning',
    message: 'white space at the end of a line',
    applies: (text) => /[ \t\r]$/.test(text),
  },
  {
    name: 'space-before-tab',
    severity: 'warning',
    message: 'space before a tab in the indentation',
    applies: (text) => /^\s* \t/.test(text),
  },
  {
    name: 'conflict-marker',
    severity: 'error',
    message: 'conflict marker',
    applies: (text) => /^(?:<{7}|>{7}|\|{7})(?: |$)/.test(text),
  },
  {
    name: 'hidden-character',
    severity: 'error',
    message: 'character that changes the direction of text',
    applies: (text) => DIRECTION.test(text),
  },
];

/** Files in which the end of a line means something. */
const EXEMPT = /\.(?:patch|diff|md|trace)$/;

export function lintLines(file: FilePatch): Observation[] {
  const path = file.newPath;
  if (path === null) return [];
  const rules = EXEMPT.test(path) ? RULES.slice(2) : RULES;
  const added = file.hunks.flatMap((hunk) => addedLines(hunk));
  const found = added.flatMap(({ line, text }) =>
    rules
      .filter((rule) => rule.applies(text))
      .map(({ name, severity, message }) => ({
        rule: `lint/${name}`,
        severity,
        path,
        line,
        message,
      })),
  );
  const end = lintEnd(file, added);
  return end === null ? found : [...found, { ...end, path }];
}

/** A blank line at the end of a file, or a last line that does not end. */
function lintEnd(file: FilePatch, added: readonly Added[]): Omit<Observation, 'path'> | null {
  const tail = file.hunks.at(-1)?.lines.findLast(({ op }) => op !== '-');
  const last = added.at(-1);
  if (tail?.op !== '+' || last === undefined) return null;
  const { line } = last;
  if (!last.ended)
    return {
      rule: 'lint/no-newline',
      severity: 'warning',
      line,
      message: 'no line feed at the end',
    };
  // Only a new file shows its end; of others the lines behind the hunk are not in the patch.
  if (file.change !== 'create' || last.text !== '') return null;
  return { rule: 'lint/blank-at-end', severity: 'warning', line, message: 'blank line at the end' };
}

function addedLines({ newStart, lines }: Hunk): Added[] {
  const added: Added[] = [];
  let line = newStart;
  for (const { op, text } of lines) {
    const ended = text.at(-1) === 10;
    const content = Buffer.from(ended ? text.subarray(0, -1) : text).toString('latin1');
    if (op === '+') added.push({ line, text: content, ended });
    if (op !== '-') line += 1;
  }
  return added;
}
