/** Why something cannot be sent: places in files, collected so that all are told at once. */

/** One place that has to be put right first. */
export interface Objection {
  /** As the user can open it: a path, or the name of a patch. */
  readonly file: string;
  /** Counted from 1; null when it is about the file as a whole. */
  readonly line: number | null;
  /** In git's manner: lower case, no full stop. */
  readonly message: string;
}

/** `uts/cover.md:12: 'TODO' is left to be filled in`, as compilers write places. */
export function formatObjection({ file, line, message }: Objection): string {
  return line === null ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

// Line ends and tabs are part of every text, form feeds of old sources.
const CONTROL = /[\0-\x08\x0b\x0d-\x1f\x7f-\x9f]/u;
// UAX #9: marks that make text read in another order than it is stored. U+2028/9 end lines unseen.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

/**
 * The characters that show nothing and change what is read: control characters and marks of
 * direction ("Trojan Source", CVE-2021-42574). One objection for each line that has any.
 */
export function hiddenCharacters(text: string, file: string, firstLine = 1): Objection[] {
  if (!CONTROL.test(text) && !DIRECTION.test(text)) return [];
  return text.split('\n').flatMap((line, index) => {
    const found = CONTROL.exec(line) ?? DIRECTION.exec(line);
    if (found === null) return [];
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const what = CONTROL.test(found[0]) ? 'control character' : 'mark that turns text around';
    return [{ file, line: firstLine + index, message: `${what} U+${code}` }];
  });
}
