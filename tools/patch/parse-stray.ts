/** Lines outside of diffs that are no text: damage, or a form of diff that is not read here. */
import { SeamError } from '../errors.ts';
import { type Lines, latin1, lineAt, lineStart, startsWith, withoutNewline } from './lines.ts';
import { isHunkHeader } from './parse-hunk.ts';

/** Refuse line `index` if it cannot be text; `inside`: a diff stands above it. */
export function refuseStray(lines: Lines, index: number, inside: boolean): void {
  const start = lineStart(lines, index);
  const data = { line: index + 1 };
  if (
    startsWith(lines.bytes, 'diff --cc ', start) ||
    startsWith(lines.bytes, 'diff --combined ', start)
  ) {
    throw new SeamError('patch-combined-diff', `combined diff of a merge at line ${index + 1}`, {
      data,
      hint: "make a patch against one parent: 'git diff HEAD^1 HEAD'",
    });
  }
  if (
    startsWith(lines.bytes, '***************', start) &&
    /^\*\*\* \d/.test(latin1(lineAt(lines, index + 1)))
  ) {
    throw new SeamError(
      'patch-context-diff',
      `context diff at line ${index + 1}, only unified diffs are read`,
      {
        data,
        hint: "convert it: 'filterdiff --format=unified'",
      },
    );
  }
  if (
    inside &&
    isHunkHeader(lines, index) &&
    /^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/.test(latin1(lineAt(lines, index)))
  ) {
    throw new SeamError('patch-stray-hunk', `hunk at line ${index + 1} belongs to no file`, {
      data,
      hint: 'look at the lines above it: something that is no part of a diff ended the file there',
    });
  }
}

/** Other forms of diff: their first line, and what the line below it looks like. */
const OTHER_FORMATS: readonly (readonly [name: string, first: RegExp, then: RegExp])[] = [
  ['normal diff', /^\d+(,\d+)?[acd]\d+(,\d+)?$/, /^[<>] /],
  ['ed script', /^\d+(,\d+)?[acdi]$/, /./],
];

/** Text without a diff is fine; a diff that nobody reads would be a change lost in silence. */
export function refuseOtherFormats(lines: Lines): void {
  const text = (index: number): string => latin1(withoutNewline(lineAt(lines, index)));
  for (let index = 0; index < lines.count; index += 1) {
    // Prose may have a line `1d`; an ed script begins the file or stands under file names.
    const heads = index === 0 || text(index - 1).startsWith('+++ ');
    const found = OTHER_FORMATS.find(
      ([name, first, then]) =>
        (heads || name !== 'ed script') && first.test(text(index)) && then.test(text(index + 1)),
    );
    if (found === undefined) continue;
    const what = `${found[0]} at line ${index + 1}, only unified diffs are read`;
    throw new SeamError('patch-other-format', what, {
      data: { line: index + 1 },
      hint: "make the patch again with 'diff -u' or 'git diff'",
    });
  }
}
