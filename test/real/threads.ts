/** `seam thread` on real patches, read back by git, b4 and public-inbox. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally, readLines } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { mailinfo, patchesByB4, threadsByPublicInbox, treesAfterAm } from './mail-readers.ts';
import { SEAM, output } from './programs.ts';

const COVER = '# rt: the patches of a real-time kernel\n\nA letter to try threads with.\n';

interface Made {
  readonly threads: readonly {
    readonly mails: readonly { readonly id: string; readonly patch: string | null }[];
  }[];
}

/** The threads of Debian's PREEMPT_RT patches, in every form. */
function makeThreads({ dir, scratch }: Place): { made: Made; at: (name: string) => string } {
  const at = (name: string): string => join(scratch, name);
  writeFileSync(at('cover.md'), COVER);
  const args = [
    'thread',
    '--json',
    '--recipients=cover',
    '--from=Seam Project <series@seam.invalid>',
    `--base=${dir}/debian-linux/base.git@base`,
    `--series=${dir}/debian-linux/patches-rt`,
    `--cover=${at('cover.md')}`,
    `--mbox=${at('am.mbox')}`,
    `--mboxrd=${at('rd.mbox')}`,
    `--maildir=${at('maildir')}`,
  ];
  return { made: JSON.parse(output(SEAM, args)) as Made, at };
}

function checkGit(place: Place): Findings {
  const { made, at } = makeThreads(place);
  const root = join(place.dir, 'debian-linux');
  const tally = new Tally();
  const expected = readLines(join(root, 'expected/debian-rt.trees')).map(
    (line) => line.split(/\s+/)[1] ?? line,
  );
  const trees = treesAfterAm(`${root}/base.git`, 'origin/base', at('am.mbox'), at('am'));
  for (const [index, tree] of expected.entries())
    tally.same(`git am: tree ${index + 1}`, trees[index], tree);
  const mails = made.threads.flatMap((thread) => thread.mails);
  const files = readdirSync(at('maildir/new')).toSorted();
  for (const [index, { patch }] of mails.entries()) {
    if (patch === null) continue;
    const [ours, theirs] = [
      join(at('maildir/new'), files[index] ?? ''),
      join(root, 'patches-rt', patch),
    ];
    tally.same(
      `mailinfo: ${patch}`,
      mailinfo(readFileSync(ours), place.scratch),
      mailinfo(readFileSync(theirs), place.scratch),
    );
  }
  return tally.findings('trees and mails', `${made.threads.length} threads`);
}

function checkB4(place: Place): Findings {
  const { made, at } = makeThreads(place);
  const tally = new Tally();
  for (const { mails } of made.threads)
    tally.same(
      mails[0]?.id ?? '',
      patchesByB4(at('rd.mbox'), mails[0]?.id ?? '', place.scratch),
      mails.length - 1,
    );
  return tally.findings('threads');
}

function checkPublicInbox(place: Place): Findings {
  const { made, at } = makeThreads(place);
  const tally = new Tally();
  const sizes = made.threads.map(({ mails }) => mails.length).sort((a, b) => a - b);
  const found = threadsByPublicInbox(at('maildir'), place.scratch);
  for (const [index, size] of sizes.entries())
    tally.same(`thread of ${size} mails`, found[index], size);
  tally.same('threads', found.length, sizes.length);
  return tally.findings('threads');
}

const needs = [
  'debian-linux/base.git',
  'debian-linux/patches-rt',
  'debian-linux/expected/debian-rt.trees',
];

export const threads: readonly Corpus[] = [
  { name: 'threads-git', needs, tools: ['git'], check: checkGit },
  { name: 'threads-b4', needs, tools: ['git', 'b4'], check: checkB4 },
  {
    name: 'threads-public-inbox',
    needs,
    tools: ['git', 'perl', 'public-inbox-init', 'public-inbox-mda'],
    check: checkPublicInbox,
  },
];
