/** Whole series onto a branch, against `git am` and `quilt push`. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from '../../real/corpus.ts';
import { SEAM, borrow, git, output } from '../../real/programs.ts';
import type { Contender, Contest } from '../contender.ts';
import { type Material, SLICED, debianRt, idIn, ovz2008, sliced } from './material.ts';

const BRANCH = 'refs/heads/measured';

/** Every run gets a new clone that borrows all objects, so that it finds none of its own. */
function seam({ repository, base, patches, mbox }: Material, scratch: string): Contender {
  const clone = join(scratch, 'seam.git');
  return {
    name: 'seam apply --branch',
    command: [
      SEAM,
      'apply',
      `--base=${clone}@${base}`,
      `--series=${mbox ?? patches}`,
      '--branch=measured',
    ],
    cwd: scratch,
    prepare: () => {
      rmSync(clone, { recursive: true, force: true });
      borrow(repository, clone);
    },
    result: () => git(clone, 'rev-parse', `${BRANCH}^{tree}`),
  };
}

/** A work tree, checked out once and set back before every run. */
function workTree(material: Material, path: string): { cwd: string; reset: () => void } {
  let ready = false;
  const reset = (): void => {
    if (!ready) {
      output('git', ['clone', '--quiet', '--shared', '--no-checkout', material.repository, path]);
      git(path, 'config', 'gc.auto', '0');
    }
    ready = true;
    git(path, 'checkout', '--quiet', '--force', '--detach', material.base);
    git(path, 'clean', '-dffqx');
    git(path, 'status', '--porcelain');
  };
  return { cwd: path, reset };
}

function gitAm(material: Material, scratch: string): Contender {
  const { cwd, reset } = workTree(material, join(scratch, 'am'));
  return {
    name: 'git am -q',
    needs: 'git',
    command: ['git', 'am', '-q', ...mailsOf(material)],
    cwd,
    prepare: reset,
    result: () => git(cwd, 'rev-parse', 'HEAD^{tree}'),
  };
}

function mailsOf({ mbox, patches }: Material): string[] {
  if (mbox !== undefined) return [mbox];
  const lines = readLines(join(patches, 'series')).filter((line) => /^[^#\s]/.test(line));
  return lines.map((line) => join(patches, line));
}

function quilt(material: Material, scratch: string): Contender {
  const { cwd, reset } = workTree(material, join(scratch, 'quilt'));
  return {
    name: 'quilt push -a -q',
    needs: 'quilt',
    command: ['quilt', '--quiltrc', '-', 'push', '-a', '-q'],
    cwd,
    env: { QUILT_PATCHES: material.patches, QUILT_PC: '.pc' },
    prepare: reset,
    result: () => {
      rmSync(join(cwd, '.pc'), { recursive: true, force: true });
      git(cwd, 'add', '--all', '--force');
      return git(cwd, 'write-tree');
    },
  };
}

function slicedContest(count: number): Contest {
  return {
    name: `${count} patches, the OpenVZ patch sliced`,
    needs: SLICED,
    expected: (dir) => idIn(join(dir, 'ovz-monolith/expected/final-tree')),
    contenders: (dir, scratch) => [seam(sliced(dir, scratch, count), scratch)],
  };
}

export const APPLY: readonly Contest[] = [
  {
    name: 'start: seam --version',
    needs: [],
    expected: () => '',
    contenders: (_dir, scratch) => [
      {
        name: 'seam --version',
        command: [SEAM, '--version'],
        cwd: scratch,
        prepare: () => {},
        result: () => '',
      },
    ],
  },
  {
    name: "67 patches of Debian's rt series, 78,659 files",
    needs: ['debian-linux/base.git', 'debian-linux/patches-rt'],
    expected: (dir) => idIn(join(dir, 'debian-linux/expected/debian-rt.final-tree')),
    contenders: (dir, scratch) => {
      const material = debianRt(dir);
      return [seam(material, scratch), gitAm(material, scratch), quilt(material, scratch)];
    },
  },
  {
    name: '322 patches of 2008, 24,528 files',
    needs: ['ovz-2008/repo.git', 'ovz-2008/series.mbox', 'ovz-2008/patches'],
    expected: (dir) => readLines(join(dir, 'ovz-2008/expected/trees')).at(-1) ?? '',
    contenders: (dir, scratch) => {
      const material = ovz2008(dir);
      return [seam(material, scratch), gitAm(material, scratch), quilt(material, scratch)];
    },
  },
  slicedContest(1000),
  slicedContest(3000),
];
