/** What is measured on: the corpora of `test/real/prepare.sh`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slice, writeQuilt } from '../../real/slice.ts';

/** A series in a quilt directory on a revision of a bare repository. */
export interface Material {
  readonly repository: string;
  readonly base: string;
  readonly patches: string;
  /** What Seam and `git am` are given where that is not the quilt directory. */
  readonly mbox?: string;
}

export function idIn(path: string): string {
  return readFileSync(path, 'utf8').trim();
}

export function debianRt(dir: string): Material {
  const root = join(dir, 'debian-linux');
  return { repository: `${root}/base.git`, base: 'base', patches: `${root}/patches-rt` };
}

export function ovz2008(dir: string): Material {
  const root = join(dir, 'ovz-2008');
  const mbox = `${root}/series.mbox`;
  return {
    repository: `${root}/repo.git`,
    base: idIn(`${root}/base`),
    patches: `${root}/patches`,
    mbox,
  };
}

export function sliced(dir: string, scratch: string, count: number): Material {
  const root = join(dir, 'ovz-monolith');
  const diff = readFileSync(`${root}/openvz.diff`, 'latin1');
  const patches = writeQuilt(join(scratch, 'patches'), slice(diff, count));
  return { repository: `${root}/repo.git`, base: idIn(`${root}/base`), patches };
}

export const SLICED = ['ovz-monolith/repo.git', 'ovz-monolith/openvz.diff'];
