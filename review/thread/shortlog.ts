/** The parts of a cover letter that are counted, not written: who, what, how much. */
import { formatStat } from '../../tools/patch/stat-graph.ts';
import { formatSummary, statOf, totalOf } from '../../tools/patch/stat.ts';
import type { FilePatch } from '../../tools/patch/types.ts';
import { displayWidth } from '../../tools/report/width.ts';

/** Columns that git gives to mails. */
export const MAIL_WIDTH = 72;

/** One patch as the lists of a cover letter name it. */
export interface Listed {
  readonly author: string;
  readonly subject: string;
  readonly files: readonly FilePatch[];
}

/** `git shortlog`: authors by name, the subjects of each in order. */
export function shortlogLines(patches: readonly Listed[]): string[] {
  const authors = [...Map.groupBy(patches, ({ author }) => author)];
  authors.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return authors.flatMap(([author, own], index) => [
    ...(index === 0 ? [] : ['']),
    `${author} (${own.length}):`,
    ...own.flatMap(({ subject }) => hanging(subject, '  ', '    ')),
  ]);
}

/** Diffstat and summary as `git format-patch` prints them. */
export function diffstatLines(files: readonly FilePatch[]): string[] {
  const text = formatStat(files, { width: MAIL_WIDTH }) + formatSummary(files);
  return text === '' ? [] : text.trimEnd().split('\n');
}

/** Every patch with its number and size; under the names of their topics when there are several. */
export function contentsLines(
  patches: readonly (Listed & { readonly number: number; readonly topic: string | null })[],
): string[] {
  const topics = new Set(patches.map(({ topic }) => topic));
  const sizes = patches.map(({ files }) => totalOf(files.map(statOf)));
  const most = (pick: (size: { added: number; deleted: number }) => number): number =>
    sizes.reduce((width, size) => Math.max(width, String(pick(size)).length), 1);
  const [added, deleted] = [most((size) => size.added), most((size) => size.deleted)];
  const digits = String(patches.at(-1)?.number ?? 1).length;
  return patches.flatMap(({ number, subject, topic }, index) => {
    const size = sizes[index];
    const sums = `${`+${size?.added ?? 0}`.padStart(added + 1)} ${`-${size?.deleted ?? 0}`.padStart(deleted + 1)}`;
    const front = `  ${String(number).padStart(digits)}  ${sums}  `;
    const title = topics.size > 1 && topic !== patches[index - 1]?.topic ? [topic ?? 'others'] : [];
    return [
      ...(title.length > 0 && index > 0 ? ['', ...title] : title),
      ...hanging(subject, front, ' '.repeat(front.length)),
    ];
  });
}

/** A paragraph whose first line begins otherwise than the rest. */
export function hanging(text: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (!empty && displayWidth(line) + 1 + displayWidth(word) > MAIL_WIDTH) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
