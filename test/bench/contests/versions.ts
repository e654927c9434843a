/** Versions of series compared, against `git range-diff`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeEditedCopy } from '../../real/edited-copy.ts';
import { SEAM, output } from '../../real/programs.ts';
import { slice, writeQuilt } from '../../real/slice.ts';
import type { Contender, Contest } from '../contender.ts';

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A program whose standard output is its result. */
function printing(
  name: string,
  scratch: string,
  command: readonly string[],
  facts: Partial<Contender> = {},
): Contender {
  const out = join(scratch, `${name.replaceAll(/\W+/g, '-')}.out`);
  return {
    name,
    command: ['sh', '-c', 'out=$1; shift; exec "$@" >"$out"', 'sh', out, ...command],
    cwd: scratch,
    prepare: () => {},
    result: () => hashOf(readFileSync(out)),
    ...facts,
  };
}

const GIT_RANGE_DIFF = ['-c', 'core.abbrev=12', 'range-diff', '--no-color'];

function edited(): Contest {
  let theirs = '';
  return {
    name: 'versions: 322 commits of 2008 against 317, edited',
    needs: ['ovz-2008/repo.git', 'ovz-2008/patches'],
    contenders: (dir, scratch) => {
      const { repository, old, next } = makeEditedCopy(dir, scratch);
      const ranges = ['-C', repository, ...GIT_RANGE_DIFF, old, next];
      theirs = hashOf(Buffer.from(output('git', ranges), 'latin1'));
      const seam = [SEAM, '-C', repository, 'range-diff', '--format=git', old, next];
      return [
        printing('seam range-diff', scratch, seam),
        printing('git range-diff', scratch, ['git', ...ranges], { needs: 'git' }),
      ];
    },
    expected: () => theirs,
  };
}

const EDITABLE = /^\+(?!\+\+ )(.*[a-z]{3}.*)$/m;

/** Every patch edited, so that each has to be looked for among all others. */
function slices(count: number): Contest {
  let expected = '';
  return {
    name: `versions: ${count} patches against as many, each edited`,
    needs: ['ovz-monolith/openvz.diff'],
    contenders: (dir, scratch) => {
      // Slices of the same size however many of them are compared.
      const diff = readFileSync(join(dir, 'ovz-monolith/openvz.diff'), 'latin1');
      const patches = slice(diff, 3000).slice(0, count);
      const old = writeQuilt(join(scratch, 'old'), patches);
      const changed = patches.map((patch) => patch.replace(EDITABLE, '+$1 /* edited */'));
      const next = writeQuilt(join(scratch, 'new'), changed);
      const command = [SEAM, 'range-diff', '--format=git', '-s', old, next];
      const [program = '', ...args] = command;
      expected = hashOf(Buffer.from(output(program, args), 'latin1'));
      return [printing('seam range-diff', scratch, command)];
    },
    expected: () => expected,
  };
}

export const VERSIONS: readonly Contest[] = [edited(), slices(1000), slices(3000)];
