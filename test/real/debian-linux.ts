/** Debian's kernel package: both of its quilt series, patch by patch. */
import { join } from 'node:path';
import { Tally, readLines } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { compareTrees, countVerdicts, seamApply } from './seam-apply.ts';

interface Stack {
  readonly name: string;
  readonly series: string;
  /** Branch of `base.git` to start from. */
  readonly base: string;
  /** What the packaging calls quilt with. */
  readonly fuzz: number;
}

const STACKS: readonly Stack[] = [
  { name: 'debian-patches', series: 'patches', base: 'base', fuzz: 2 },
  { name: 'debian-rt', series: 'patches-rt', base: 'base', fuzz: 0 },
  { name: 'debian-rt-on-patches', series: 'patches-rt', base: 'debian-patches', fuzz: 0 },
];

function check(stack: Stack, { dir }: Place): Findings {
  const root = join(dir, 'debian-linux');
  const answer = seamApply(
    `--base=${root}/base.git@${stack.base}`,
    `--series=${root}/${stack.series}`,
    `--fuzz=${stack.fuzz}`,
  );
  const expected = readLines(`${root}/expected/${stack.name}.trees`).map((line) => line.split(' '));
  const tally = new Tally();
  for (const [index, [name]] of expected.entries())
    tally.same(`name of patch ${index + 1}`, answer.patches[index]?.name, name);
  compareTrees(
    tally,
    stack.series,
    answer,
    expected.map((fields) => fields[1] ?? ''),
  );
  return tally.findings(
    'names and trees',
    `${answer.patches.length} patches: ${countVerdicts(answer)}`,
  );
}

export const debianLinux: readonly Corpus[] = STACKS.map((stack) => ({
  name: stack.name,
  needs: [
    'debian-linux/base.git',
    `debian-linux/${stack.series}`,
    `debian-linux/expected/${stack.name}.trees`,
  ],
  check: (place) => check(stack, place),
}));
