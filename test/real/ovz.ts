/** Two real histories: 322 commits of 2008, and the whole of OpenVZ on Linux 2.6.18 in one commit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally, readLines } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { borrow, commitsOf, git } from './programs.ts';
import { compareTrees, countVerdicts, seamApply } from './seam-apply.ts';
import { slice, writeQuilt } from './slice.ts';

function id(path: string): string {
  return readFileSync(path, 'utf8').trim();
}

/** The three ways in which the 322 can be named. */
function forms(root: string): readonly (readonly [form: string, series: string])[] {
  return [
    ['quilt', `${root}/patches`],
    ['mbox', `${root}/series.mbox`],
    ['range', `${root}/repo.git@${id(`${root}/base`)}..${id(`${root}/tip`)}`],
  ];
}

function checkTrees({ dir }: Place): Findings {
  const root = join(dir, 'ovz-2008');
  const expected = readLines(`${root}/expected/trees`);
  const tally = new Tally();
  const counts = forms(root).map(([form, series]) => {
    const answer = seamApply(`--base=${root}/repo.git@${id(`${root}/base`)}`, `--series=${series}`);
    compareTrees(tally, form, answer, expected);
    return `${form} ${countVerdicts(answer)}`;
  });
  return tally.findings('trees', counts.join(', '));
}

function checkCommits({ dir, scratch }: Place): Findings {
  const root = join(dir, 'ovz-2008');
  const base = id(`${root}/base`);
  const expected = commitsOf(`${root}/repo.git`, `${base}..${id(`${root}/tip`)}`);
  const tally = new Tally();
  const tips = new Set<string>();
  for (const [form, series] of forms(root)) {
    const clone = borrow(`${root}/repo.git`, join(scratch, form));
    seamApply('--base', `${clone}@${base}`, '--series', series, '--branch', 'seam');
    const commits = commitsOf(clone, `${base}..seam`);
    tally.same(`${form}: commits`, commits.length, expected.length);
    for (const [index, text] of expected.entries())
      tally.same(`${form}: commit ${index + 1}`, commits[index], text);
    tips.add(git(clone, 'rev-parse', 'seam'));
    tally.same(
      `${form}: git fsck`,
      git(clone, 'fsck', '--no-full', '--strict', '--no-dangling'),
      '',
    );
  }
  tally.same('different tips of the three forms', tips.size, 1);
  return tally.findings('commits and checks of the repository');
}

function checkMonolith({ dir, scratch }: Place): Findings {
  const root = join(dir, 'ovz-monolith');
  const base = `${root}/repo.git@${id(`${root}/base`)}`;
  const tip = `${root}/repo.git@${id(`${root}/tip`)}`;
  const final = id(`${root}/expected/final-tree`);
  const tally = new Tally();
  for (const form of ['openvz.patch', 'openvz.diff', 'patches'])
    compareTrees(tally, form, seamApply('--base', base, '--series', join(root, form)), [final]);
  const back = seamApply('--base', tip, '--series', join(root, 'openvz.patch'), '--reverse');
  compareTrees(tally, 'reversed', back, [
    git(`${root}/repo.git`, 'rev-parse', `${id(`${root}/base`)}^{tree}`),
  ]);
  const diff = readFileSync(join(root, 'openvz.diff'), 'latin1');
  for (const count of [1000, 3000]) {
    const series = writeQuilt(join(scratch, String(count)), slice(diff, count));
    const answer = seamApply('--base', base, '--series', series);
    tally.same(`${count} slices: patches`, answer.patches.length, count);
    tally.same(`${count} slices: verdicts`, countVerdicts(answer), `${count} clean`);
    tally.same(`${count} slices: final tree`, answer.tree, final);
  }
  return tally.findings('checks');
}

const OVZ_2008 = ['repo.git', 'base', 'tip', 'patches', 'series.mbox', 'expected/trees'];
const OVZ_MONOLITH = [
  'repo.git',
  'base',
  'tip',
  'openvz.patch',
  'openvz.diff',
  'expected/final-tree',
];

export const ovz: readonly Corpus[] = [
  { name: 'ovz-2008', needs: OVZ_2008.map((path) => `ovz-2008/${path}`), check: checkTrees },
  {
    name: 'ovz-2008-commits',
    needs: OVZ_2008.map((path) => `ovz-2008/${path}`),
    tools: ['git'],
    check: checkCommits,
  },
  {
    name: 'ovz-monolith',
    needs: OVZ_MONOLITH.map((path) => `ovz-monolith/${path}`),
    tools: ['git'],
    check: checkMonolith,
  },
];
