/**
 * Swaps two patches that follow one another: from A, then B to B', then A', with the same result.
 * Only line numbers change, so a pair is swapped when neither change lies in what the other one reads:
 * its old lines, context included. Hunks must say where they stand (`placeHunks`).
 */
import { patternOf, statedIndex } from './locate.ts';
import type { FilePatch, Hunk, Path } from './types.ts';

export type Commuted =
  | {
      readonly kind: 'commuted';
      /** B', which now comes first. */
      readonly first: readonly FilePatch[];
      /** A', which now comes second. */
      readonly second: readonly FilePatch[];
    }
  | {
      readonly kind: 'blocked';
      readonly path: Path;
      /** Line between the two patches where they meet, from 1; null when they meet as whole files. */
      readonly line: number | null;
    };

/** The same diff with the places that its hunks were found at (indexes from 0 in the old file). */
export function placeHunks(file: FilePatch, places: readonly number[]): FilePatch {
  let growth = 0;
  const hunks = file.hunks.map((hunk, number) => {
    const index = places[number] ?? statedIndex(hunk);
    const placed = at(hunk, index, index + growth);
    growth += hunk.newCount - hunk.oldCount;
    return placed;
  });
  return { ...file, hunks };
}

/** A side without lines names the line before it. */
function at(hunk: Hunk, oldIndex: number, newIndex: number): Hunk {
  return {
    ...hunk,
    oldStart: hunk.oldCount === 0 ? oldIndex : oldIndex + 1,
    newStart: hunk.newCount === 0 ? newIndex : newIndex + 1,
  };
}

/**
 * The changes of a patch without context. Swapped with what follows they are only blocked by patches
 * that read what they made: right for a patch that is about to be left out.
 */
export function bareChanges(files: readonly FilePatch[]): FilePatch[] {
  return files.map((file) => ({ ...file, hunks: file.hunks.flatMap((hunk) => bareHunks(hunk)) }));
}

function bareHunks(hunk: Hunk): Hunk[] {
  const runs: Hunk[] = [];
  let [old, next] = [spanOf(hunk, 'old').start, spanOf(hunk, 'new').start];
  for (const [index, line] of hunk.lines.entries()) {
    if (line.op === ' ') {
      [old, next] = [old + 1, next + 1];
      continue;
    }
    if (index === 0 || hunk.lines[index - 1]?.op === ' ')
      runs.push({ ...at({ ...hunk, oldCount: 0, newCount: 0 }, old, next), lines: [] });
    const run = runs.pop();
    if (run === undefined) break;
    const oldCount = run.oldCount + (line.op === '-' ? 1 : 0);
    const newCount = run.newCount + (line.op === '+' ? 1 : 0);
    const starts = [old - run.oldCount, next - run.newCount] as const;
    runs.push(at({ ...run, oldCount, newCount, lines: [...run.lines, line] }, ...starts));
    if (line.op === '-') old += 1;
    else next += 1;
  }
  return runs;
}

/**
 * Swap patch `before` and the patch `after` that follows it, if they can be swapped. When `before` is
 * `leaving`, it holds `bareChanges` that nobody is going to apply.
 */
export function commutePatches(
  before: readonly FilePatch[],
  after: readonly FilePatch[],
  leaving = false,
): Commuted {
  const second = [...before];
  const first: FilePatch[] = [];
  for (const file of after) {
    const met = second.flatMap((other, index) => (sharesPath(other, file) ? [index] : []));
    const [index] = met;
    const other = index === undefined ? undefined : second[index];
    if (index === undefined || other === undefined) {
      first.push(file);
      continue;
    }
    const alone =
      met.length === 1 && after.every((each) => each === file || !sharesPath(each, file));
    const swapped = alone ? commuteFile(other, file, leaving) : blocked(file, null);
    if (swapped.kind === 'blocked') return swapped;
    first.push(...swapped.first);
    second.splice(index, 1, ...swapped.second);
  }
  return { kind: 'commuted', first, second };
}

function pathOf({ oldPath, newPath }: FilePatch): Path {
  return newPath ?? oldPath ?? '';
}

/** Whether the two name a file, or a file and a directory, in common. */
function sharesPath(a: FilePatch, b: FilePatch): boolean {
  const meet = (one: Path | null, other: Path | null): boolean =>
    one !== null && other !== null && (one === other || isBelow(one, other) || isBelow(other, one));
  return [a.oldPath, a.newPath].some((one) => meet(one, b.oldPath) || meet(one, b.newPath));
}

function isBelow(path: Path, directory: Path): boolean {
  return path.startsWith(directory) && path[directory.length] === '/';
}

function blocked(file: FilePatch, line: number | null): Commuted & { kind: 'blocked' } {
  return { kind: 'blocked', path: pathOf(file), line };
}

function commuteFile(a: FilePatch, b: FilePatch, leaving: boolean): Commuted {
  const plain = (file: FilePatch): boolean => file.change === 'modify' && file.binary === null;
  const modes = [a, b].every((file) => file.oldMode !== file.newMode);
  // What is left out goes along with a file that moves.
  const moves = leaving && b.change === 'rename' && b.binary === null && a.newPath === b.oldPath;
  if (!plain(a) || !(plain(b) || moves) || modes) return blocked(b, null);
  const line = meeting(a.hunks, b.hunks, leaving);
  if (line !== null) return blocked(b, line);
  // How much each patch moves the lines below a place between the two.
  const first = placeHunks(
    b,
    b.hunks.map((hunk) => statedIndex(hunk) - growthAbove(a.hunks, hunk)),
  );
  const second = placeHunks(
    a,
    a.hunks.map((hunk) => statedIndex(hunk) + movedBy(b.hunks, spanOf(hunk, 'new').start)),
  );
  const moved = moves ? { ...second, oldPath: b.newPath, newPath: b.newPath } : second;
  return { kind: 'commuted', first: [first], second: [moved] };
}

/** What a hunk reads and changes on one of its sides; indexes from 0, ends exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly changeStart: number;
  readonly changeEnd: number;
}

function spanOf(hunk: Hunk, side: 'old' | 'new'): Span {
  const { prefix, suffix } = patternOf(hunk);
  const [first, count] =
    side === 'old' ? [hunk.oldStart, hunk.oldCount] : [hunk.newStart, hunk.newCount];
  const start = count === 0 ? first : first - 1;
  const end = start + count;
  return { start, end, changeStart: start + prefix, changeEnd: end - suffix };
}

/** Where the engine insists that a hunk sits: see `locate.ts`. */
export function anchorsOf(hunk: Hunk): { readonly start: boolean; readonly end: boolean } {
  const { prefix, suffix } = patternOf(hunk);
  return { start: prefix < suffix && hunk.oldStart <= 1, end: suffix < prefix };
}

/** The first line at which a hunk of B meets one of A, from 1; null when all keep their distance. */
function meeting(a: readonly Hunk[], b: readonly Hunk[], leaving: boolean): number | null {
  for (const late of b) {
    const reads = spanOf(late, 'old');
    for (const early of a) {
      const made = spanOf(early, 'new');
      // Without old lines a number is all that says where a hunk belongs: nothing above may move.
      const numbered = late.oldCount === 0 || (early.oldCount === 0 && !leaving);
      const [lateEnds, earlyEnds] = [anchorsOf(late), anchorsOf(early)];
      const above = apart(reads, made) && !lateEnds.end && !earlyEnds.start;
      const below = apart(made, reads) && !lateEnds.start && !earlyEnds.end;
      if (numbered || (!above && !below)) return Math.max(reads.start, made.changeStart) + 1;
    }
  }
  return null;
}

/** Whether `upper` lies above `lower`: contexts may overlap, a change may not meet the other's lines or change. */
function apart(upper: Span, lower: Span): boolean {
  return (
    upper.end <= lower.changeStart &&
    upper.changeEnd <= lower.start &&
    upper.changeEnd < lower.changeStart
  );
}

function growthAbove(a: readonly Hunk[], hunk: Hunk): number {
  const { changeStart } = spanOf(hunk, 'old');
  const above = a.filter((other) => spanOf(other, 'new').changeEnd <= changeStart);
  return above.reduce((sum, other) => sum + other.newCount - other.oldCount, 0);
}

function movedBy(b: readonly Hunk[], index: number): number {
  const above = b.filter((other) => spanOf(other, 'old').changeEnd <= index);
  return above.reduce((sum, other) => sum + other.newCount - other.oldCount, 0);
}
