/**
 * Trailers: the `Key: value` lines that end a commit message. Which paragraph counts as a trailer
 * block is `git interpret-trailers`' rule: the last one, not the title, of which either all lines
 * are trailers, or one is of a kind that git itself writes and at least a quarter are trailers.
 */
import type { Trailer } from './types.ts';
import { linesOf, trimSpace } from './text.ts';

const GIT_WRITES = ['Signed-off-by: ', '(cherry picked from commit '];
const TRAILER = /^([A-Za-z0-9-]+)[ \t]*:(.*)$/s;

/** Trailers of a whole message (subject line included), continuation lines unfolded. */
export function parseTrailers(message: string): Trailer[] {
  const trailers: { key: string; value: string }[] = [];
  let open = false;
  for (const line of trailerBlock(message)) {
    const last = trailers.at(-1);
    const match = TRAILER.exec(line);
    if (/^[ \t]/.test(line)) {
      if (open && last !== undefined) last.value = trimSpace(`${last.value} ${trimSpace(line)}`);
      continue;
    }
    open = match !== null;
    if (match !== null) trailers.push({ key: match[1] ?? '', value: trimSpace(match[2] ?? '') });
  }
  return trailers;
}

/** The lines of the trailer block, comments among them; none when the message has no such block. */
export function trailerBlock(message: string): string[] {
  const lines = withoutIgnored(linesOf(message));
  let title = lines.findIndex((line) => !line.startsWith('#') && isBlank(line));
  if (title === -1) title = lines.length;
  let end = lines.length;
  while (end > title && isBlank(lines[end - 1] ?? '')) end -= 1;
  let start = end;
  while (start > title && !isBlank(lines[start - 1] ?? '')) start -= 1;
  if (start <= title || start === 0) return [];
  const block = lines.slice(start, end);
  return isTrailerBlock(block) ? block : [];
}

function isTrailerBlock(block: readonly string[]): boolean {
  let known = false;
  let trailers = 0;
  let others = 0;
  let continuations = 0;
  // From the bottom: an indented line belongs to the trailer above it, if there is one.
  for (const line of block.toReversed()) {
    if (GIT_WRITES.some((prefix) => line.startsWith(prefix))) {
      known = true;
      trailers += 1;
      continuations = 0;
    } else if (TRAILER.test(line)) {
      trailers += 1;
      continuations = 0;
    } else if (/^[ \t]/.test(line)) {
      continuations += 1;
    } else {
      others += continuations + (line.startsWith('#') ? 0 : 1);
      continuations = 0;
    }
  }
  others += continuations;
  return (known && trailers * 3 >= others) || (trailers > 0 && others === 0);
}

/** Comment lines and blank ones at the end, and what follows a `Conflicts:` line, are no message. */
function withoutIgnored(lines: readonly string[]): string[] {
  let end = lines.length;
  while (end > 0 && (isBlank(lines[end - 1] ?? '') || (lines[end - 1] ?? '').startsWith('#')))
    end -= 1;
  let conflicts = end;
  while (conflicts > 0 && (lines[conflicts - 1] ?? '').startsWith('\t')) conflicts -= 1;
  return lines.slice(
    0,
    conflicts > 0 && lines[conflicts - 1] === 'Conflicts:\n' ? conflicts - 1 : end,
  );
}

function isBlank(line: string): boolean {
  return trimSpace(line) === '';
}
