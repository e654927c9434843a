/** Subject and body of a patch. */
import type { Patch } from '../../series/types.ts';
import type { Observation } from '../types.ts';
import { onText } from './on-text.ts';

/** "Never more than 75 characters": the canonical patch format; and the same for the body. */
const WIDTH = 75;
const SUBSYSTEM = /^(?:Revert "|[A-Za-z0-9_./*,+{}[\]() &-]+: \S)/;
/** Characters that show as something else than they are (UAX #9), or as nothing. */
const HIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

export function lintMessage(patch: Patch): Observation[] {
  const { author, subject, body, trailers } = patch.header;
  const found: Observation[] = [];
  if (author === null)
    found.push(onText(patch, 'author', 'error', 'no author: a From line is missing'));
  if (subject === '') found.push(onText(patch, 'subject', 'error', 'no subject'));
  else found.push(...lintSubject(patch, subject));
  if (HIDDEN.test(subject) || HIDDEN.test(body))
    found.push(onText(patch, 'hidden-character', 'error', 'hidden characters in the description'));
  const own = textOf(body, new Set(trailers.map(({ key }) => key.toLowerCase())));
  if (own.length === 0)
    found.push(onText(patch, 'body', 'warning', 'no description: say why the change is wanted'));
  const wide = own.find((line) => line.length > WIDTH && mayBeWrapped(line));
  if (wide !== undefined)
    found.push(
      onText(patch, 'body-width', 'note', `description has a line of ${wide.length} characters`),
    );
  return found;
}

function lintSubject(patch: Patch, subject: string): Observation[] {
  const found: Observation[] = [];
  if (!SUBSYSTEM.test(subject))
    found.push(
      onText(patch, 'subject-form', 'warning', "subject is not of the form 'subsystem: what'"),
    );
  if (subject.length > WIDTH)
    found.push(
      onText(
        patch,
        'subject-length',
        'warning',
        `subject has ${subject.length} characters, more than ${WIDTH}`,
      ),
    );
  if (/[^.]\.$/.test(subject))
    found.push(onText(patch, 'subject-stop', 'note', 'subject ends with a full stop'));
  return found;
}

/** The lines of the body that are neither blank nor trailers. */
function textOf(body: string, keys: ReadonlySet<string>): string[] {
  return body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => !keys.has((/^([A-Za-z-]+):/.exec(line)?.[1] ?? '').toLowerCase()));
}

/** Not a quotation, a log, a table, an address or one long word. */
function mayBeWrapped(line: string): boolean {
  return !/^[\s>|+#[]|https?:\/\/|^\S+$|^[A-Za-z-]+: /.test(line);
}
