/** Applies the hunks of one file to its content: all of them, or none. */
import type { Fit, Pattern } from './locate.ts';
import { alternativesTo, locate, patternOf, statedIndex } from './locate.ts';
import { explain } from './explain.ts';
import type { HunkFailure } from './explain.ts';
import type { Lines } from './lines.ts';
import { lineStart, splitLines } from './lines.ts';
import type { Bytes, Hunk } from './types.ts';

/** Where a hunk went. Lines count from 1 in the file as it was before. */
export interface Placement {
  /** Index of the hunk in its file patch, from 0. */
  readonly hunk: number;
  readonly line: number;
  /** Lines between the place that the header states and the one found, as GNU patch prints it. */
  readonly offset: number;
  /** Context lines dropped at either end, with GNU patch's meaning. */
  readonly fuzz: number;
  /** Other lines at which the same hunk would have fitted as well, nearest first. */
  readonly alternatives: readonly number[];
}

export type HunksResult =
  | { readonly kind: 'applied'; readonly bytes: Bytes; readonly placements: readonly Placement[] }
  | {
      readonly kind: 'failed';
      readonly failures: readonly HunkFailure[];
      readonly placements: readonly Placement[];
    };

/** Apply `hunks` to `content` with at most `maxFuzz` lines of fuzz. */
export function applyHunks(content: Bytes, hunks: readonly Hunk[], maxFuzz: number): HunksResult {
  const file = splitLines(content);
  const out = new Output(file);
  const placements: Placement[] = [];
  const failures: HunkFailure[] = [];
  let offset = 0;
  for (const [number, hunk] of hunks.entries()) {
    const pattern = patternOf(hunk);
    const guess = statedIndex(hunk) + offset;
    const fit = locate(file, hunk, pattern, guess, out.settled, maxFuzz);
    if (fit === null) {
      failures.push(explain(file, hunk, pattern, guess, number, hunks.length));
      continue;
    }
    offset = fit.index - statedIndex(hunk);
    placements.push(place(file, hunk, pattern, fit, number, out.settled));
    out.write(hunk, fit.index);
  }
  if (failures.length > 0) return { kind: 'failed', failures, placements };
  return { kind: 'applied', bytes: out.finish(), placements };
}

function place(
  file: Lines,
  hunk: Hunk,
  pattern: Pattern,
  fit: Fit,
  number: number,
  settled: number,
): Placement {
  return {
    hunk: number,
    line: fit.index + 1,
    offset: fit.index - statedIndex(hunk),
    fuzz: fit.fuzz,
    alternatives: alternativesTo(file, hunk, pattern, fit, settled).map((index) => index + 1),
  };
}

const LINE_FEED = Uint8Array.of(10);

/** Collects the new content as slices of the old one and of the patch. */
class Output {
  private readonly pieces: Bytes[] = [];
  private length = 0;
  /** File lines before this index are written or dropped; a later hunk cannot change them. */
  settled = 0;
  private readonly file: Lines;

  constructor(file: Lines) {
    this.file = file;
  }

  write(hunk: Hunk, index: number): void {
    let at = index;
    for (const line of hunk.lines) {
      if (line.op === ' ') {
        at += 1;
        continue;
      }
      this.copyUntil(at);
      if (line.op === '+') this.push(line.text);
      else {
        at += 1;
        this.settled = at;
      }
    }
  }

  finish(): Bytes {
    this.copyUntil(this.file.count);
    return Buffer.concat(this.pieces, this.length);
  }

  private copyUntil(index: number): void {
    if (index > this.settled) {
      this.push(
        this.file.bytes.subarray(lineStart(this.file, this.settled), lineStart(this.file, index)),
      );
      this.settled = index;
    }
  }

  private push(piece: Bytes): void {
    if (piece.length === 0) return;
    // A line without line feed can only be the last one: whatever comes behind it starts a new line.
    const last = this.pieces.at(-1);
    if (last !== undefined && last.at(-1) !== 10) {
      this.pieces.push(LINE_FEED);
      this.length += 1;
    }
    this.pieces.push(piece);
    this.length += piece.length;
  }
}
