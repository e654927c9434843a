/**
 * Proves that some patches of a series apply without the rest, and gets them ready for that. Changes
 * and context keep their bytes; only line numbers are put right, and only where a hunk would otherwise
 * be found in another place than the one where it belongs.
 */
import { leaveOut } from '../deps/reorder.ts';
import type { Footprints } from '../deps/types.ts';
import { statedIndex } from '../patch/locate.ts';
import type { FilePatch, Hunk, Path } from '../patch/types.ts';
import { parsePatch } from '../series/patchfile.ts';
import type { Patch } from '../series/types.ts';
import type { TreeStore } from '../tree/types.ts';
import { applySeries } from './series.ts';
import type { ApplyResult, ApplyVerdict } from './types.ts';

export type Extracted =
  | {
      readonly kind: 'extracted';
      readonly patches: readonly Patch[];
      /** Names of the patches whose line numbers were put right. */
      readonly renumbered: readonly string[];
      readonly result: ApplyResult;
    }
  /** Patch `late` meets patch `early`, which is not among the chosen ones. */
  | {
      readonly kind: 'blocked';
      readonly late: Patch;
      readonly early: Patch;
      readonly path: Path;
      readonly line: number | null;
    }
  | { readonly kind: 'refused'; readonly patch: Patch; readonly reason: string };

/** Take `chosen` (indexes, ascending) out of the series that left `footprints` on the base in `store`. */
export async function extractPatches(
  store: TreeStore,
  patches: readonly Patch[],
  footprints: Footprints,
  chosen: readonly number[],
): Promise<Extracted> {
  const diffs = footprints.patches.map((files) => files.map(({ file }) => file));
  const moved = leaveOut(diffs, chosen);
  const at = (index: number): Patch => patches[index] ?? fail();
  if (moved.kind === 'blocked') {
    const { late, early, path, line } = moved;
    return { kind: 'blocked', late: at(late), early: at(early), path, line };
  }
  let taken = chosen.map((index) => at(index));
  const renumbered: string[] = [];
  for (;;) {
    const result = await applySeries(store, taken);
    const wrong = result.verdicts.findIndex(
      (verdict, place) => !stands(verdict, moved.patches[place]),
    );
    const [verdict, files] = [result.verdicts[wrong], moved.patches[wrong]];
    if (verdict === undefined || files === undefined)
      return { kind: 'extracted', patches: taken, renumbered, result };
    const { patch } = verdict;
    if (renumbered.includes(patch.name) || patch.content !== patch.raw) {
      const reason = 'its hunks are found in other places than in the whole series';
      return { kind: 'refused', patch, reason };
    }
    renumbered.push(patch.name);
    taken = taken.with(wrong, renumber(patch, files));
  }
}

function fail(): never {
  throw new RangeError('a patch that is not in the series');
}

/** Whether every hunk went to its place, without fuzz. */
function stands(verdict: ApplyVerdict, files: readonly FilePatch[] | undefined): boolean {
  if (verdict.kind === 'empty') return true;
  if (
    verdict.kind === 'conflict' ||
    verdict.kind === 'skipped' ||
    verdict.kind === 'already-applied'
  )
    return false;
  return verdict.files.every(({ placements }, number) =>
    placements.every(({ hunk, line, fuzz }) => {
      const wanted = files?.[number]?.hunks[hunk];
      return fuzz === 0 && wanted !== undefined && statedIndex(wanted) === line - 1;
    }),
  );
}

const HEADER = /^@@ -\d+((?:,\d+)?) \+\d+((?:,\d+)?) @@/;

/** The patch with the numbers of `files` in its `@@` lines, all other bytes as they are. */
function renumber(patch: Patch, files: readonly FilePatch[]): Patch {
  const lines = Buffer.from(patch.content).toString('latin1').split('\n');
  // Of a reversed patch the last diff is applied first, its sides exchanged.
  const written = patch.reverse ? files.toReversed() : files;
  for (const [number, file] of patch.files.entries()) {
    for (const [index, { line }] of file.hunks.entries()) {
      const hunk = written[number]?.hunks[index];
      if (hunk === undefined) continue;
      const [old, next] = sides(hunk, patch.reverse);
      lines[line - 1] = (lines[line - 1] ?? '').replace(
        HEADER,
        (_all, oldCount: string, newCount: string) =>
          `@@ -${old}${oldCount} +${next}${newCount} @@`,
      );
    }
  }
  const raw = Buffer.from(lines.join('\n'), 'latin1');
  const { files: parsed } = parsePatch(raw, {
    name: patch.name,
    strip: patch.strip,
    reverse: patch.reverse,
  });
  return { ...patch, files: parsed, raw, content: raw };
}

function sides({ oldStart, newStart }: Hunk, reverse: boolean): [number, number] {
  return reverse ? [newStart, oldStart] : [oldStart, newStart];
}
