/** The patch that broke it, against `git bisect run` with the same command. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEAM, git, output } from '../../real/programs.ts';
import type { Contender, Contest } from '../contender.ts';
import { idIn, ovz2008 } from './material.ts';

/** A word that one of the 322 brings into a file. */
const [FILE, WORD] = ['fs/ecryptfs/main.c', 'ecryptfs_init_kthread'];

/** Bad once the word is there; writes a line to `log` each time that it is asked. */
function probe(scratch: string): { readonly file: string; readonly log: string } {
  const [file, log] = [join(scratch, 'probe'), join(scratch, 'probe.log')];
  const text = ['#!/bin/sh', `echo run >>'${log}'`, `! grep -qs ${WORD} ${FILE}`, ''].join('\n');
  writeFileSync(file, text, { mode: 0o755 });
  return { file, log };
}

function runsIn(log: string): string {
  const count = existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0;
  return `${count} runs of the command`;
}

/** Where the word can come from, for whoever knows. */
const PLACE = 'fs/ecryptfs';

function seam(
  dir: string,
  scratch: string,
  name: string,
  options: { readonly known?: boolean; readonly argv?: readonly string[] } = {},
): Contender {
  const { repository, base, mbox = '' } = ovz2008(dir);
  const { file, log } = probe(scratch);
  const cache = join(scratch, name.replaceAll(' ', '-'));
  const { known = false, argv = [] } = options;
  const where = [`--base=${repository}@${base}`, `--series=${mbox}`];
  const command = [SEAM, 'bisect', ...argv, ...where, '--', file] as const;
  const env = { XDG_CACHE_HOME: cache };
  const ask = (): string => output(SEAM, command.slice(1), { cwd: scratch, env });
  return {
    name,
    command,
    cwd: scratch,
    env,
    prepare: () => {
      if (known) ask();
      else rmSync(cache, { recursive: true, force: true });
      mkdirSync(cache, { recursive: true });
      rmSync(log, { force: true });
    },
    result: () => '',
    note: () => runsIn(log),
  };
}

function gitBisect(dir: string, scratch: string, paths: readonly string[] = []): Contender {
  const { repository } = ovz2008(dir);
  const [base, tip] = [idIn(join(dir, 'ovz-2008/base')), idIn(join(dir, 'ovz-2008/tip'))];
  const { file, log } = probe(scratch);
  const clone = join(scratch, 'bisect');
  return {
    name: ['git bisect run', ...paths].join(' '),
    needs: 'git',
    command: ['git', 'bisect', 'run', file],
    cwd: clone,
    prepare: () => {
      if (!existsSync(clone)) {
        output('git', ['clone', '--quiet', '--shared', '--no-checkout', repository, clone]);
        git(clone, 'checkout', '--quiet', '--detach', tip);
      }
      git(clone, 'bisect', 'reset');
      git(clone, 'checkout', '--quiet', '--force', '--detach', tip);
      git(clone, 'bisect', 'start', tip, base, '--', ...paths);
      rmSync(log, { force: true });
    },
    result: () => '',
    note: () => runsIn(log),
  };
}

export const BISECT: readonly Contest[] = [
  {
    name: 'which of the 322 brings a word into a file',
    needs: ['ovz-2008/repo.git', 'ovz-2008/series.mbox'],
    expected: () => '',
    contenders: (dir, scratch) => [
      seam(dir, scratch, 'seam bisect'),
      seam(dir, scratch, 'seam bisect -j 2', { argv: ['-j2'] }),
      seam(dir, scratch, 'seam bisect --trust-ends', { argv: ['--trust-ends'] }),
      seam(dir, scratch, 'the same, known', { known: true }),
      gitBisect(dir, scratch),
    ],
  },
  {
    name: 'the same, by who knows in which folder it is',
    needs: ['ovz-2008/repo.git', 'ovz-2008/series.mbox'],
    expected: () => '',
    contenders: (dir, scratch) => [
      seam(dir, scratch, 'seam bisect --trust-ends --touching', {
        argv: ['--trust-ends', '--touching', PLACE],
      }),
      gitBisect(dir, scratch, [PLACE]),
    ],
  },
];
