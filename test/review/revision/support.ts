/** Small series to compare, and git to compare with. */
import { parsePatch } from '../../../tools/series/patchfile.ts';
import { bytesOf, encodeText } from '../../../tools/series/text.ts';
import type { Patch } from '../../../tools/series/types.ts';

/** What a made-up patch says; what is left out has something ordinary in its place. */
export interface Facts {
  readonly subject?: string;
  readonly body?: string;
  readonly author?: string;
  readonly trailers?: readonly string[];
  /** By path, the lines of the one hunk, each with its sign. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
}

/** A patch as a mail says it. */
export function patch(facts: Facts = {}): Patch {
  const { subject = 'mm: count pages', body = 'Why.', author = 'A <a@seam.invalid>' } = facts;
  const trailers = facts.trailers ?? ['Signed-off-by: A <a@seam.invalid>'];
  const files = facts.files ?? { 'mm/a.c': ['+int pages;'] };
  const diffs = Object.entries(files).map(([path, lines]) => {
    const count = (signs: string): number =>
      lines.filter((line) => signs.includes(line.slice(0, 1))).length;
    return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -10,${count(' -')} +10,${count(' +')} @@\n${lines.join('\n')}\n`;
  });
  const mail = `From: ${author}\nSubject: [PATCH] ${subject}\n\n${body}\n\n${trailers.join('\n')}\n---\n\n${diffs.join('')}-- \n2.39.5\n`;
  return parsePatch(bytesOf(encodeText(mail)), {
    name: `${subject.replaceAll(/\W+/g, '-')}.patch`,
  });
}

/** Lines that a patch adds, told apart by `tag`. */
export function added(tag: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `+\t${tag}_${n}(${n});`);
}
