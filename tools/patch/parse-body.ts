/** Reads what stands below the header of a file's diff: hunks, or a binary change. */
import { SeamError } from '../errors.ts';
import { readBinaryHunk, startsBinaryHunk } from './binary.ts';
import { type Lines, latin1, lineAt, lineStart, startsWith } from './lines.ts';
import { isHunkHeader, parseHunk } from './parse-hunk.ts';
import type { BinaryChange, Hunk, Repair } from './types.ts';

export interface Body {
  readonly hunks: readonly Hunk[];
  readonly binary: BinaryChange | null;
  readonly repairs: readonly Repair[];
  readonly next: number;
}

/** Read from line `index` on as far as the diff goes. */
export function readBody(lines: Lines, index: number): Body {
  const binary = readBinary(lines, index);
  if (binary !== null) return { hunks: [], repairs: [], ...binary };
  const hunks: Hunk[] = [];
  const repairs: Repair[] = [];
  let next = index;
  while (next < lines.count && isHunkHeader(lines, next)) {
    const parsed = parseHunk(lines, next);
    hunks.push(parsed.hunk);
    repairs.push(...parsed.repairs);
    next = parsed.next;
  }
  return { hunks, binary: null, repairs, next };
}

function readBinary(lines: Lines, index: number): { binary: BinaryChange; next: number } | null {
  if (index >= lines.count) return null;
  const start = lineStart(lines, index);
  const line = index + 1;
  if (startsWith(lines.bytes, 'GIT binary patch', start)) {
    const forward = readBinaryHunk(lines.bytes, lineStart(lines, index + 1), line + 1);
    const two = startsBinaryHunk(lines.bytes, forward.end);
    refuseCutHunk(lines, forward.line - 1, two);
    const reverse = two ? readBinaryHunk(lines.bytes, forward.end, forward.line) : null;
    const next = (reverse ?? forward).line - 1;
    return {
      binary: { kind: 'data', forward: forward.hunk, reverse: reverse?.hunk ?? null, line },
      next,
    };
  }
  if (!/^(Binary files|Files) .* differ\r?\n?$/.test(latin1(lineAt(lines, index)))) return null;
  return { binary: { kind: 'unknown', line }, next: index + 1 };
}

/** The patch ends in the line that opens the reverse hunk: what is left of it may be cut as well. */
function refuseCutHunk(lines: Lines, index: number, whole: boolean): void {
  if (whole || index >= lines.count) return;
  if (!/^(literal|delta)\b/.test(latin1(lineAt(lines, index)))) return;
  throw new SeamError('patch-truncated', `patch ends at line ${index + 1}, inside a binary hunk`, {
    data: { line: index + 1 },
  });
}
