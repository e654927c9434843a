import { EXIT } from '../../errors.ts';
import { comparePaths } from '../../patch/path.ts';
import { quotePath } from '../../patch/quote.ts';
import type { ChangeKind, FilePatch, Path } from '../../patch/types.ts';
import { printable } from '../../report/printable.ts';
import type { files } from '../files.ts';
import type { Run } from '../types.ts';
import { chosenPatches, openNamedSeries } from './inputs.ts';

const LETTERS: Readonly<Record<ChangeKind, string>> = {
  create: 'A',
  modify: 'M',
  delete: 'D',
  rename: 'R',
  copy: 'C',
};

export const run: Run<typeof files> = async (ctx, { args: [specs] }) => {
  const { report, globals } = ctx;
  const patches = chosenPatches(await openNamedSeries(ctx), specs);
  if (globals.json) {
    report.json('files/1', {
      patches: patches.map(({ name, files: changed }) => ({ name, files: changed.map(fileJson) })),
    });
  } else if (globals.verbose) {
    for (const { name, files: changed } of patches) {
      report.print(
        printable(name),
        ...changed.map((file) => `  ${LETTERS[file.change]} ${describe(file)}`),
      );
    }
  } else {
    const paths = new Set(patches.flatMap((patch) => patch.files.flatMap(changedPaths)));
    report.print(...[...paths].sort(comparePaths).map(quotePath));
  }
  return EXIT.yes;
};

/** A copy leaves its source as it was. */
function changedPaths(file: FilePatch): Path[] {
  const old = file.change === 'rename' || file.newPath === null ? file.oldPath : null;
  return [old, file.newPath].filter((path) => path !== null);
}

function describe(file: FilePatch): string {
  const moved = file.change === 'rename' || file.change === 'copy';
  const path = quotePath(file.newPath ?? file.oldPath ?? '');
  return moved ? `${quotePath(file.oldPath ?? '')} -> ${path}` : path;
}

function fileJson({
  change,
  oldPath,
  newPath,
  oldMode,
  newMode,
  line,
}: FilePatch): Record<string, unknown> {
  const octal = (mode: number | null): string | null => mode?.toString(8) ?? null;
  return { change, oldPath, newPath, oldMode: octal(oldMode), newMode: octal(newMode), line };
}
