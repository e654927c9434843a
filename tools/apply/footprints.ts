/** What a series did to the base, in the form in which dependencies are found. */
import type { FileFootprint, Footprint, Footprints } from '../deps/types.ts';
import { placeHunks } from '../patch/commute.ts';
import { splitLines } from '../patch/lines.ts';
import type { Path } from '../patch/types.ts';
import type { Tree } from '../tree/types.ts';
import type { ApplyResult, ApplyVerdict, FileOutcome } from './types.ts';

const SUBMODULE = 0o160000;

/** `result` must have applied; `base` is the tree that it started from. */
export function footprintsOf(base: Tree, result: ApplyResult): Footprints {
  const patches = result.verdicts.map((verdict) => footprintOf(verdict));
  const lines = new Map<Path, number>();
  for (const path of new Set(patches.flatMap((files) => files.flatMap((each) => pathsIn(each))))) {
    const entry = base.get(path);
    if (entry === null) continue;
    const content = entry.mode === SUBMODULE ? undefined : result.blobs.get(entry.id);
    lines.set(path, content === undefined ? 0 : splitLines(content).count);
  }
  return { patches, lines };
}

/** What one patch that applied did. */
export function footprintOf(verdict: ApplyVerdict): Footprint {
  return verdict.files.map((outcome) => fileFootprint(outcome));
}

function fileFootprint({ file, path, placements }: FileOutcome): FileFootprint {
  const placed = placeHunks(
    file,
    placements.map((each) => each.line - 1),
  );
  const bothNames = file.oldPath !== null && file.newPath !== null;
  // Of the two names of a plain diff, the engine has chosen one.
  if (file.format === 'unified' && bothNames) {
    const named = { ...placed, oldPath: path, newPath: path };
    return { file: named, source: path, destination: path };
  }
  return { file: placed, source: file.oldPath, destination: file.newPath };
}

function pathsIn({ source, destination }: FileFootprint): Path[] {
  return [source, destination].filter((path) => path !== null);
}
