/** What a file holds after its diff, by hunks, by merge, or as binary data. */
import { applyHunks } from '../patch/apply-hunks.ts';
import { applyBinaryHunk } from '../patch/binary.ts';
import { withoutCarriageReturn } from '../patch/lines.ts';
import type { mergeText } from '../patch/merge.ts';
import type { Bytes, FilePatch, Hunk, Repair } from '../patch/types.ts';
import type { Entry } from '../tree/types.ts';
import type { FileProblem, Merge, Placement } from './types.ts';

/** A three-way merge of one file. */
export interface FileMerge {
  /** The content that the diff was made from. */
  readonly base: Bytes;
  readonly mergeText: typeof mergeText;
}

export interface ContentOptions {
  /** Most lines of fuzz. */
  readonly fuzz: number;
  /** For a three-way merge when the hunks do not fit. */
  readonly merge: FileMerge | null;
  /** How conflict markers call the two sides. */
  readonly labels: readonly [ours: string, theirs: string];
}

export interface NewContent {
  readonly kind: 'content';
  readonly bytes: Bytes;
  readonly placements: readonly Placement[];
  readonly repairs: readonly Repair[];
  readonly merge: Merge;
}

export interface NoContent {
  readonly kind: 'problem';
  readonly problem: FileProblem;
  readonly placements: readonly Placement[];
}

/** Apply the diff of `file` to `old`, the content of `entry` (empty when the file is created). */
export function contentOf(
  file: FilePatch,
  entry: Entry | null,
  old: Bytes,
  options: ContentOptions,
): NewContent | NoContent {
  if (file.binary !== null) return binaryContent(file, entry, old);
  if (file.hunks.length === 0)
    return { kind: 'content', bytes: old, placements: [], repairs: [], merge: 'none' };
  const result = applyHunks(old, file.hunks, options.fuzz);
  if (result.kind === 'applied') return content(result.bytes, result.placements, [], 'none');
  const stripped = file.crlf
    ? applyHunks(old, file.hunks.map(withoutCarriageReturns), options.fuzz)
    : result;
  if (stripped.kind === 'applied')
    return content(stripped.bytes, stripped.placements, [carriageReturns(file)], 'none');
  if (options.merge !== null) {
    const { base, mergeText } = options.merge;
    // The recorded base fits by definition, unless the diff was edited since.
    const theirs = applyHunks(base, file.hunks, 0);
    if (theirs.kind === 'applied') {
      const merged = mergeText(base, old, theirs.bytes, options.labels);
      return content(merged.bytes, [], [], merged.conflicts === 0 ? 'clean' : 'conflict');
    }
  }
  return {
    kind: 'problem',
    problem: { kind: 'hunks', failures: result.failures },
    placements: result.placements,
  };
}

function content(
  bytes: Bytes,
  placements: readonly Placement[],
  repairs: readonly Repair[],
  merge: Merge,
): NewContent {
  return { kind: 'content', bytes, placements, repairs, merge };
}

function withoutCarriageReturns(hunk: Hunk): Hunk {
  return {
    ...hunk,
    lines: hunk.lines.map((line) => ({ op: line.op, text: withoutCarriageReturn(line.text) })),
  };
}

function carriageReturns(file: FilePatch): Repair {
  return {
    kind: 'carriage-returns',
    line: file.line,
    message: `the diff at line ${file.line} has CR LF line ends, the file has not`,
  };
}

/** A binary change says which content it starts from; git refuses it elsewhere, and so does Seam. */
function binaryContent(file: FilePatch, entry: Entry | null, old: Bytes): NewContent | NoContent {
  const fail = (problem: FileProblem): NoContent => ({ kind: 'problem', problem, placements: [] });
  if (file.binary?.kind !== 'data') return fail({ kind: 'no-content' });
  const found = entry?.id ?? '';
  if (entry !== null && file.oldId !== null && !found.startsWith(file.oldId)) {
    return fail({ kind: 'wrong-content', expected: file.oldId, found });
  }
  const result = applyBinaryHunk(file.binary.forward, old);
  return result.kind === 'ok'
    ? content(result.data, [], [], 'none')
    : fail({ kind: 'bad-delta', reason: result.reason });
}
