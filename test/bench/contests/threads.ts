/** Patches made into threads of mails, against `git format-patch` of the same commits. */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from '../../real/corpus.ts';
import { SEAM, git, output } from '../../real/programs.ts';
import type { Contender, Contest } from '../contender.ts';
import { idIn, ovz2008 } from './material.ts';

const LETTER = '# The first of them\n\nA letter to measure with.\n';
const SENDER = 'Seam Project <series@seam.invalid>';

/** The ids that git gives to patches, sorted: threads may stand in an order of their own. */
function patchIds(mails: string): string {
  const lines = output('git', ['patch-id', '--stable'], { input: Buffer.from(mails, 'latin1') });
  return (
    lines
      .match(/^[0-9a-f]{40}/gm)
      ?.sort()
      .join('\n') ?? ''
  );
}

/** All mails below a directory; each thread has one of its own. */
function mailsBelow(directory: string): string {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const mails = names.filter((name) => name.endsWith('.patch'));
  return mails.map((name) => readFileSync(join(directory, name), 'latin1')).join('');
}

/** A program that writes one file a mail into a directory, which is not there before. */
function writing(name: string, scratch: string, command: readonly string[]): Contender {
  const directory = join(scratch, name.replaceAll(/\W+/g, '-'));
  const [program = '', ...args] = command;
  return {
    name,
    command: [program, ...args, '-o', directory],
    cwd: scratch,
    prepare: () => rmSync(directory, { recursive: true, force: true }),
    result: () => patchIds(mailsBelow(directory)),
  };
}

/** The first patches of a quilt directory, as one of their own. */
function beginning(patches: string, count: number, into: string): string {
  mkdirSync(into);
  const names = readLines(join(patches, 'series')).slice(0, count);
  for (const name of names) copyFileSync(join(patches, name), join(into, name));
  writeFileSync(join(into, 'series'), `${names.join('\n')}\n`);
  return into;
}

/** One patch tells what starting costs, a hundred what the work does. */
function first(count: number): Contest {
  let theirs = '';
  return {
    name: `threads: ${count} of the commits of 2008`,
    needs: ['ovz-2008/repo.git', 'ovz-2008/patches'],
    contenders: (dir, scratch) => {
      const { repository, base, patches } = ovz2008(dir);
      const order = [
        'rev-list',
        '--reverse',
        '--topo-order',
        `${base}..${idIn(join(dir, 'ovz-2008/tip'))}`,
      ];
      const tip = git(repository, ...order).split('\n')[count - 1] ?? '';
      const range = `${base}..${tip}`;
      theirs = patchIds(output('git', ['-C', repository, 'log', '-p', '--full-index', range]));
      const letter = join(scratch, 'cover.md');
      writeFileSync(letter, LETTER);
      const thread = [SEAM, 'thread', `--base=${repository}@${base}`, `--cover=${letter}`];
      const seam = (series: string): string[] => [
        ...thread,
        `--series=${series}`,
        `--from=${SENDER}`,
        '-q',
      ];
      const formatPatch = ['git', '-C', repository, 'format-patch', '--quiet'];
      return [
        writing('seam thread, commits', scratch, seam(`${repository}@${range}`)),
        writing('git format-patch', scratch, [...formatPatch, '--cover-letter', '--thread', range]),
        writing(
          'seam thread, quilt',
          scratch,
          seam(beginning(patches, count, join(scratch, 'patches'))),
        ),
      ];
    },
    expected: () => theirs,
  };
}

export const THREADS: readonly Contest[] = [first(1), first(100)];
