/** Globals of a tree: nothing known, everything known, along a series; against ctags. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SEAM, run } from '../../real/programs.ts';
import type { Contender, Contest } from '../contender.ts';
import { CHECKOUT } from '../../checkout.ts';

const MODEL = [`--base=${CHECKOUT}/kernel-model`, `--series=${CHECKOUT}/series`];
const FOLDERS = ['kernel', 'ipc', 'mm'];
const LINUX = 'linux-6.1.170';

/** Run `words` with a cache that holds nothing, or (`known`) what running those has left there. */
function seam(
  name: string,
  words: readonly string[],
  scratch: string,
  known: readonly string[] | null,
): Contender {
  const cache = join(scratch, 'cache');
  const env = { XDG_CACHE_HOME: cache };
  return {
    name,
    command: [SEAM, 'globals', ...words],
    cwd: scratch,
    env,
    prepare: () => {
      rmSync(join(cache, 'seam/store'), { recursive: true, force: true });
      // The compiled code of Seam itself is there for every run.
      if (known === null)
        run(SEAM, ['globals', '--json', `--base=${CHECKOUT}/test/fixtures/small-model`], { env });
      else run(SEAM, ['globals', ...known], { env });
      if (known === null) rmSync(join(cache, 'seam/store'), { recursive: true, force: true });
    },
    result: () => '',
  };
}

function ctags(directory: string, folders: readonly string[], scratch: string): Contender {
  const tags = join(scratch, 'tags');
  return {
    name: 'ctags -R',
    needs: 'ctags',
    command: ['ctags', '-R', '--languages=C', '--langmap=C:.c.h', '-f', tags, ...folders],
    cwd: directory,
    prepare: () => rmSync(tags, { force: true }),
    result: () => (readFileSync(tags).length > 0 ? '' : 'no tags'),
  };
}

/** The parser that Seam has, and nothing else: what reading with it cannot be faster than. */
function parserAlone(directory: string, folders: readonly string[]): Contender {
  return {
    name: 'the parser alone',
    command: [process.execPath, join(CHECKOUT, 'test/bench/parse-alone.ts'), directory, ...folders],
    cwd: directory,
    prepare: () => undefined,
    result: () => '',
  };
}

function patchCount(): number {
  const lines = readFileSync(join(CHECKOUT, 'series/series'), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).length;
}

export const GLOBALS: readonly Contest[] = [
  {
    name: 'globals of the model',
    needs: [],
    expected: () => '',
    contenders: (_dir, scratch) => {
      const base = ['--json', ...MODEL];
      return [
        seam('seam globals, cold', base, scratch, null),
        seam('seam globals, all known', base, scratch, base),
        seam('the same behind one patch more', ['--at=1', ...base], scratch, base),
        seam('seam globals --diff, base known', ['--diff', ...base], scratch, base),
        {
          ...seam('the same, for each patch', ['--diff', ...base], scratch, base),
          share: 1 / patchCount(),
        },
        ctags(join(CHECKOUT, 'kernel-model'), ['.'], scratch),
      ];
    },
  },
  {
    name: 'globals of kernel/ ipc/ mm/ of Linux 6.1',
    needs: [LINUX],
    expected: () => '',
    contenders: (dir, scratch) => {
      const tree = join(dir, LINUX);
      const words = ['--json', tree, ...FOLDERS.map((folder) => `--path=${folder}`)];
      return [
        ctags(tree, FOLDERS, scratch),
        seam('seam globals, cold', words, scratch, null),
        seam('seam globals, all known', words, scratch, words),
        parserAlone(tree, FOLDERS),
      ];
    },
  },
];
