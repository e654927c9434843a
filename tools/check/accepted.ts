/**
 * Findings that somebody has looked at and accepts: a text file with one a line, patch, rule,
 * path and message, so that it can be read, edited and reviewed like the series itself. Pure.
 */
import { SeamError } from '../errors.ts';
import type { Accepts } from './delta.ts';
import type { Finding } from './types.ts';

const HEAD = `# Findings of seam check that are accepted: patch, rule, path and message, with tabs between.
# '*' stands for every patch; '-' for no path. Written by seam check --accept.
`;
const ANY = '*';
const NO_PATH = '-';

/** The line that accepts a finding. */
function lineOf({ introduced, rule, path, message }: Finding): string {
  return [introduced, rule, path ?? NO_PATH, message].map(plain).join('\t');
}

/** Fields are divided by tabs, and lines by line feeds. */
function plain(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ');
}

/** Read a baseline; `file` is for messages. */
export function parseAccepted(text: string, file: string): Accepts {
  const lines = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.split('\t').length !== 4)
      throw new SeamError(
        'baseline-invalid',
        `'${file}' line ${index + 1} is no accepted finding`,
        {
          data: { file, line: index + 1 },
          hint: 'a line is: patch, rule, path and message, with tabs between',
        },
      );
    lines.add(line);
  }
  return (finding) =>
    lines.has(lineOf(finding)) || lines.has(lineOf({ ...finding, introduced: ANY }));
}

/** `text`, a baseline or nothing, with these findings accepted as well. */
export function addAccepted(text: string, findings: readonly Finding[]): string {
  const kept = text === '' ? HEAD : text.replace(/([^\n])$/, '$1\n');
  const known = new Set(kept.split('\n'));
  const fresh = [...new Set(findings.map(lineOf))].filter((line) => !known.has(line)).sort();
  return kept + fresh.map((line) => `${line}\n`).join('');
}
