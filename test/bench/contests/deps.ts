/** Which patch needs which, on series that grow. */
import { SEAM } from '../../real/programs.ts';
import type { Contest } from '../contender.ts';
import { type Material, SLICED, debianRt, ovz2008, sliced } from './material.ts';

/** The graph itself is compared with quilt's, and tried by swapping, in `npm run test:real`. */
function graphOf(
  name: string,
  needs: readonly string[],
  material: (dir: string, scratch: string) => Material,
): Contest {
  return {
    name: `dependencies of ${name}`,
    needs,
    expected: () => '',
    contenders: (dir, scratch) => {
      const { repository, base, mbox, patches } = material(dir, scratch);
      const where = [`--base=${repository}@${base}`, `--series=${mbox ?? patches}`];
      return [
        {
          name: 'seam deps --json',
          command: [SEAM, 'deps', '--json', ...where],
          cwd: scratch,
          prepare: () => {},
          result: () => '',
        },
      ];
    },
  };
}

export const DEPS: readonly Contest[] = [
  graphOf('67 patches', ['debian-linux/base.git', 'debian-linux/patches-rt'], debianRt),
  graphOf('322 patches', ['ovz-2008/repo.git', 'ovz-2008/series.mbox'], ovz2008),
  graphOf('3000 slices', SLICED, (dir, scratch) => sliced(dir, scratch, 3000)),
];
