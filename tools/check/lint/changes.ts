/** What the diffs of a patch bring along besides what they are for. */
import { statOf, totalOf } from '../../patch/stat.ts';
import type { FilePatch, Hunk, HunkLine } from '../../patch/types.ts';
import type { Patch } from '../../series/types.ts';
import type { Observation } from '../types.ts';
import { onText } from './on-text.ts';
import { lintLines } from './lines.ts';

/** What mailing lists take without asking, in bytes: 5.Posting.rst and the lists' own limits. */
const MAIL_SIZE = 100_000;
/** Changed lines that one person reads in one go. */
const LARGE = 500;

export function lintChanges(patch: Patch): Observation[] {
  const { added, deleted } = totalOf(patch.files.map((file) => statOf(file)));
  const found: Observation[] = [];
  if (patch.content.length > MAIL_SIZE)
    found.push(
      onText(
        patch,
        'mail-size',
        'note',
        `${Math.ceil(patch.content.length / 1000)} kB: mailing lists refuse mails above ${MAIL_SIZE / 1000} kB`,
      ),
    );
  if (added + deleted > LARGE)
    found.push(
      onText(patch, 'large', 'note', `${added + deleted} changed lines: can it be split?`),
    );
  const mixed = mixedConcerns(patch.files);
  if (mixed !== null) found.push(onText(patch, 'mixed', 'note', mixed));
  return [...found, ...patch.files.flatMap((file) => [...lintMode(file), ...lintLines(file)])];
}

/** A source that becomes executable. */
function lintMode(file: FilePatch): Observation[] {
  const { newMode, newPath } = file;
  if (newMode !== 0o100755 || newPath === null || !/\.(?:c|h|S|rst|txt)$/.test(newPath)) return [];
  const message = 'source file is made executable';
  return [{ rule: 'lint/mode', severity: 'warning', path: newPath, line: null, message }];
}

/** Signs of a patch that does two things: a hint, because only people know. */
function mixedConcerns(files: readonly FilePatch[]): string | null {
  const hunks = files.flatMap((file) => file.hunks);
  const cosmetic = hunks.filter((hunk) => isCosmetic(hunk)).length;
  if (cosmetic > 0 && cosmetic < hunks.length)
    return `${cosmetic} of ${hunks.length} hunks change nothing but white space`;
  const moved = files.filter((file) => file.change === 'rename');
  const edited = files.filter((file) => file.hunks.length > 0);
  if (moved.length > 0 && edited.some((file) => (file.similarity ?? 100) < 80))
    return 'files are moved and rewritten in one patch';
  return null;
}

/** Whether the lines that go and those that come differ in white space only. */
function isCosmetic({ lines }: Hunk): boolean {
  const text = (op: HunkLine['op']): string =>
    lines
      .filter((line) => line.op === op)
      .map((line) => Buffer.from(line.text).toString('latin1').replace(/\s+/g, ''))
      .join('');
  return text('+') === text('-');
}
