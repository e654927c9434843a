/** The line that git shows after the second `@@`: which function, section or chapter a hunk is in. */

import { latin1, lineAt, withoutNewline, type Lines } from './lines.ts';
import type { Bytes } from './types.ts';

/**
 * Which lines count as headings. `default`: those that begin with a letter, `_` or `$`. `c`: the
 * rule that git calls `cpp` and that the kernel sets for its C sources: no labels, but a leading
 * `::`. `none`: no headings. `versions`: for texts that are patches themselves, as git-range-diff(1)
 * compares them: what ` ## … ##` and `@@ …` lines say.
 */
export type HeadingRule = 'default' | 'c' | 'none' | 'versions';

/** Bytes of a heading that are shown. */
const MAX_LENGTH = 80;

const SPACE = 0x20;

const DEFAULT = /^[A-Za-z_$]/;
const C_LABEL = /^[ \t]*[A-Za-z_][A-Za-z_0-9]*:[ \t\n\v\f\r]*($|\/[/*])/;
const C_TOP_LEVEL = /^(::[ \t\n\v\f\r]*)?[A-Za-z_]/;
const VERSIONS = /^ ## (?<file>.*) ##$|^.?@@ (?<hunk>.*)$/;

/**
 * The nearest heading above line `before` (from 0), as it stands in a hunk's header: a space and
 * the line, cut and trimmed. Empty when there is none at or below line `after`.
 */
export function headingAbove(
  lines: Lines,
  before: number,
  after: number,
  rule: HeadingRule,
): Bytes | null {
  if (rule === 'none') return null;
  for (let at = before - 1; at >= after; at--) {
    const line = withoutNewline(lineAt(lines, at));
    const part = headingIn(line, rule);
    if (part !== null) return shown(part);
  }
  return null;
}

/** The part of a line that is shown, null when the line is no heading. */
function headingIn(line: Bytes, rule: 'default' | 'c' | 'versions'): Bytes | null {
  const text = latin1(line);
  switch (rule) {
    case 'default':
      return DEFAULT.test(text) ? line : null;
    case 'c':
      return !C_LABEL.test(text) && C_TOP_LEVEL.test(text) ? line : null;
    case 'versions': {
      const { file, hunk } = VERSIONS.exec(text)?.groups ?? {};
      const part = file ?? hunk;
      return part === undefined ? null : Buffer.from(part, 'latin1');
    }
  }
}

function shown(line: Bytes): Bytes {
  let end = Math.min(line.length, MAX_LENGTH);
  while (end > 0 && isSpace(line[end - 1] ?? 0)) end--;
  const section = new Uint8Array(end + 1);
  section[0] = SPACE;
  section.set(line.subarray(0, end), 1);
  return section;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
