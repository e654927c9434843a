/** Series that go through another form and come back: `seam export`, `seam import`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { latin1 } from '../../tools/patch/lines.ts';
import { Tally, readLines } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { SEAM, borrow, commitsOf, git, output } from './programs.ts';

/** Names of the patches that a quilt series file lists. */
function patchesOf(dir: string): string[] {
  const lines = readLines(join(dir, 'series')).map((line) => line.replace(/(^|\s)#.*/, '').trim());
  return lines.filter((line) => line !== '').map((line) => line.split(/\s/)[0] ?? '');
}

/** quilt → git → quilt: every patch file and the series file, byte for byte. */
function checkQuilt({ dir, scratch }: Place): Findings {
  const root = join(dir, 'debian-linux');
  const tally = new Tally();
  for (const name of ['patches', 'patches-rt']) {
    const original = join(root, name);
    const copy = join(scratch, name);
    const clone = borrow(`${root}/base.git`, join(scratch, `${name}.git`));
    output(SEAM, ['export', `--base=${clone}@base`, `--series=${original}`, '--branch=kept']);
    output(SEAM, ['import', `--series=${copy}`, `${clone}@base..kept`]);
    for (const file of ['series', ...patchesOf(original)]) {
      const [actual, expected] = [copy, original].map((at) => latin1(readFileSync(join(at, file))));
      tally.same(`${name}/${file}`, actual, expected);
    }
  }
  return tally.findings('files');
}

/** git → mbox → git, with the mails read by Seam and by git itself. */
function checkMails({ dir, scratch }: Place): Findings {
  const root = join(dir, 'ovz-2008');
  const [base, tip] = ['base', 'tip'].map((name) => readFileSync(join(root, name), 'utf8').trim());
  const range = `${base}..${tip}`;
  const mbox = join(scratch, 'series.mbox');
  output(SEAM, ['export', `--series=${root}/repo.git@${range}`, `--mbox=${mbox}`]);
  const bare = borrow(`${root}/repo.git`, join(scratch, 'seam.git'));
  output(SEAM, ['apply', `--base=${bare}@${base}`, `--series=${mbox}`, '--branch=back']);
  const tree = join(scratch, 'am');
  output('git', ['clone', '--quiet', '--shared', '--no-checkout', `${root}/repo.git`, tree]);
  git(tree, 'checkout', '--quiet', '--detach', base ?? '');
  git(tree, 'am', '--quiet', mbox);
  const expected = commitsOf(`${root}/repo.git`, range);
  const tally = new Tally();
  for (const [reader, commits] of [
    ['seam apply', commitsOf(bare, `${base}..back`)],
    ['git am', commitsOf(tree, `${base}..HEAD`)],
  ] as const) {
    tally.same(`${reader}: commits`, commits.length, expected.length);
    for (const [index, text] of expected.entries())
      tally.same(`${reader}: commit ${index + 1}`, commits[index], text);
  }
  return tally.findings('commits');
}

export const roundTrips: readonly Corpus[] = [
  {
    name: 'quilt-git-quilt',
    needs: ['debian-linux/base.git', 'debian-linux/patches', 'debian-linux/patches-rt'],
    tools: ['git'],
    check: checkQuilt,
  },
  {
    name: 'git-mbox-git',
    needs: ['ovz-2008/repo.git', 'ovz-2008/base', 'ovz-2008/tip'],
    tools: ['git'],
    check: checkMails,
  },
];
