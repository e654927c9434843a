/** What differs between two versions of one patch: wording and code. */
import type { Header } from '../../tools/series/types.ts';
import type { ChangedLine } from './text.ts';
import type { CodeChange, Wording } from './types.ts';
import { SAME_CODE, SAME_WORDING, isReworded } from './types.ts';

/** How two messages differ. `same`: their texts, as they are shown, are equal. */
export function wordingBetween(old: Header, next: Header, same: boolean): Wording {
  if (same) return SAME_WORDING;
  const author = (header: Header) => `${header.author?.name} <${header.author?.email}>`;
  const wording = {
    author: author(old) !== author(next),
    subject: old.subject !== next.subject,
    body: bodyOf(old) !== bodyOf(next),
    trailers: trailersOf(old) !== trailersOf(next),
  };
  // What differs is then white space in the body.
  return isReworded(wording) ? wording : { ...wording, body: true };
}

/** The body without its trailer block and without the white space that mails gain and lose. */
function bodyOf({ body, trailers }: Header): string {
  const lines = body.split('\n').map((line) => line.trimEnd());
  if (trailers.length > 0) {
    while (lines.length > 0 && lines.at(-1) === '') lines.pop();
    lines.length = lines.lastIndexOf('') + 1;
  }
  return lines
    .join('\n')
    .replace(/\n{2,}/g, '\n\n')
    .trim();
}

function trailersOf({ trailers }: Header): string {
  return trailers.map(({ key, value }) => `${key}: ${value}`).join('\n');
}

/**
 * How the lines differ that two patches add and remove: `SAME_CODE` when they are the same in the
 * same order, whatever stands around them.
 */
export function codeBetween(old: readonly ChangedLine[], next: readonly ChangedLine[]): CodeChange {
  if (sameChanges(old, next, (text) => text)) return SAME_CODE;
  const [before, after] = [count(old), count(next)];
  const files = new Set<string>();
  const gained = surplus(after, before, files);
  const lost = surplus(before, after, files);
  const bare = (text: string): string => text.replace(/\s+/g, '');
  return {
    gained,
    lost,
    // Nothing but the order of lines may differ.
    files: files.size > 0 ? [...files].sort() : pathsOf(next),
    whitespaceOnly: sameChanges(old, next, bare),
  };
}

/** Files may stand in any order, lines within a file may not. `view` says what of a line counts. */
function sameChanges(
  old: readonly ChangedLine[],
  next: readonly ChangedLine[],
  view: (text: string) => string,
): boolean {
  const [before, after] = [byPath(old, view), byPath(next, view)];
  if (before.size !== after.size) return false;
  return [...before].every(([path, text]) => after.get(path) === text);
}

function byPath(lines: readonly ChangedLine[], view: (text: string) => string) {
  const files = new Map<string, string[]>();
  for (const { path, op, text } of lines) {
    const list = files.get(path) ?? [];
    list.push(op + view(text));
    files.set(path, list);
  }
  return new Map([...files].map(([path, list]) => [path, list.join('\n')]));
}

function count(lines: readonly ChangedLine[]): Map<string, { path: string; times: number }> {
  const counts = new Map<string, { path: string; times: number }>();
  for (const { path, op, text } of lines) {
    const key = `${path}\0${op}${text}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { path, times: 1 });
    else entry.times += 1;
  }
  return counts;
}

function surplus(
  of: ReadonlyMap<string, { path: string; times: number }>,
  over: ReadonlyMap<string, { times: number }>,
  files: Set<string>,
): number {
  let total = 0;
  for (const [key, { path, times }] of of) {
    const more = times - (over.get(key)?.times ?? 0);
    if (more <= 0) continue;
    total += more;
    files.add(path);
  }
  return total;
}

function pathsOf(lines: readonly ChangedLine[]): string[] {
  return [...new Set(lines.map(({ path }) => path))].sort();
}
