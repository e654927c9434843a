/** `seam maintainers` against the kernel's own get_maintainer.pl, on its own files and on real patches. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Tally, readLines } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { SEAM, output, run } from './programs.ts';

/** History, statistics and commits that are blamed are no part of what MAINTAINERS says. */
const SCRIPT = [
  'scripts/get_maintainer.pl',
  '--no-git',
  '--no-git-fallback',
  '--no-git-blame',
  '--no-fixes',
  '--no-rolestats',
];

/** How many files are asked for, spread over the whole tree. */
const FILES = 200;

interface Answer {
  readonly name: string;
  readonly contacts: readonly { name: string; email: string }[];
}

function ask(tree: string, more: readonly string[]): readonly Answer[] {
  const { stdout } = run(SEAM, ['maintainers', '--json', '--each', `--base=${tree}`, ...more]);
  const text = stdout.toString('utf8');
  return (JSON.parse(text) as { answers: readonly Answer[] }).answers;
}

/**
 * The script's order among sections that match equally well is that of a random hash, and with it the
 * section that somebody of several is named for: people and lists are compared, as sets.
 */
function ours({ contacts }: Answer): string {
  const lines = contacts.map(({ name, email }) => (name === '' ? email : `${name} <${email}>`));
  return lines
    .map((line) => line.replace(/["\\]/g, ''))
    .sort()
    .join('\n');
}

/** With quotes off: the script puts every name in them that has a letter beyond ASCII. */
function theirs(tree: string, args: readonly string[]): string {
  const script = spawnSync('perl', [...SCRIPT, ...args], { cwd: tree, encoding: 'utf8' });
  const lines = script.stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map((line) => line.replace(/["\\]/g, ''))
    .sort()
    .join('\n');
}

function checkFiles({ dir }: Place): Findings {
  const tree = join(dir, 'linux-6.1.170');
  const all = output('find', ['-H', tree, '-type', 'f', '-printf', '%P\n'])
    .split('\n')
    .filter((name) => /^[\w./+-]+$/.test(name))
    .sort();
  const step = Math.floor(all.length / FILES);
  const files = Array.from(
    { length: FILES },
    (_, index) => all[index * step + Math.floor(step / 2)] ?? '',
  );
  const answers = ask(
    tree,
    files.map((file) => `--file=${file}`),
  );
  const tally = new Tally();
  for (const [index, file] of files.entries())
    tally.same(
      file,
      ours(answers[index] ?? { name: '', contacts: [] }),
      theirs(tree, ['-f', file]),
    );
  return tally.findings('files');
}

function checkPatches({ dir }: Place): Findings {
  const tree = join(dir, 'linux-6.1.170');
  const patches = join(dir, 'debian-linux/patches-rt');
  const names = readLines(join(patches, 'series')).filter((line) => /^[^#\s]/.test(line));
  const answers = ask(tree, [`--series=${patches}`]);
  const tally = new Tally();
  for (const [index, name] of names.entries())
    tally.same(
      name,
      ours(answers[index] ?? { name: '', contacts: [] }),
      theirs(tree, [join(patches, name)]),
    );
  return tally.findings('patches');
}

export const maintainers: readonly Corpus[] = [
  {
    name: 'maintainers-of-files',
    needs: ['linux-6.1.170/MAINTAINERS'],
    tools: ['perl'],
    check: checkFiles,
  },
  {
    name: 'maintainers-of-patches',
    needs: ['linux-6.1.170/MAINTAINERS', 'debian-linux/patches-rt'],
    tools: ['perl'],
    check: checkPatches,
  },
];
