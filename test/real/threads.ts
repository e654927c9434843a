/** `seam thread` on real series, read back by git, b4 and public-inbox. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import {
  cloneFor,
  mailinfo,
  patchesByB4,
  threadsByPublicInbox,
  treesAfterAm,
} from './mail-readers.ts';
import { type Material, SOURCES } from './thread-material.ts';

type Check = (material: Material, place: Place) => Findings;

function checkGit(material: Material, { scratch }: Place): Findings {
  const { made, at, patches, repository, revision, trees: expected } = material;
  const tally = new Tally();
  cloneFor(repository, at('am'));
  const trees = treesAfterAm(at('am'), revision, [at('am.mbox')]);
  tally.same('number of patches', trees.length, expected.length);
  for (const [index, tree] of expected.entries())
    tally.same(`git am: tree ${index + 1}`, trees[index], tree);
  const mails = made.threads.flatMap((thread) => thread.mails);
  const files = readdirSync(at('maildir/new')).toSorted();
  for (const [index, { patch }] of mails.entries()) {
    if (patch === null) continue;
    const ours = readFileSync(join(at('maildir/new'), files[index] ?? ''));
    const theirs = readFileSync(join(patches, patch));
    tally.same(`mailinfo: ${patch}`, mailinfo(ours, scratch), mailinfo(theirs, scratch));
  }
  return tally.findings('trees and mails', `${made.threads.length} threads`);
}

/** Each thread on what its letter says must come first, and nothing else. */
function checkAlone({ made, at, repository, revision }: Material): Findings {
  const tally = new Tally();
  const mails = readdirSync(at('maildir/new')).toSorted();
  const texts = mails.map((name) => readFileSync(join(at('maildir/new'), name), 'latin1'));
  const threads = new Map<string, { needs: string[]; mbox: string }>();
  for (const { mails: own } of made.threads) {
    const [letter = '', ...patches] = texts.splice(0, own.length);
    const needs = [...letter.matchAll(/^prerequisite-message-id: <(.*)>$/gm)];
    const mbox = at(`thread-${threads.size + 1}.mbox`);
    const from = 'From mboxo Thu Jan  1 00:00:00 1970\n';
    writeFileSync(mbox, patches.map((mail) => `${from}${mail}\n`).join(''), 'latin1');
    threads.set(own[0]?.id ?? '', { needs: needs.map(([, id = '']) => id), mbox });
  }
  cloneFor(repository, at('alone'));
  for (const [id, { needs, mbox }] of threads) {
    const first = needs.flatMap((other) => threads.get(other)?.mbox ?? []);
    tally.same(`${id}: letters known`, first.length, needs.length);
    try {
      treesAfterAm(at('alone'), revision, [...first, mbox]);
      tally.same(id, true, true);
    } catch (error) {
      tally.fail(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return tally.findings('threads and their needs');
}

function checkB4({ made, at }: Material, { scratch }: Place): Findings {
  const tally = new Tally();
  for (const { mails } of made.threads) {
    const id = mails[0]?.id ?? '';
    tally.same(id, patchesByB4(at('rd.mbox'), id, scratch), mails.length - 1);
  }
  return tally.findings('threads');
}

function checkPublicInbox({ made, at }: Material, { scratch }: Place): Findings {
  const tally = new Tally();
  const sizes = made.threads.map(({ mails }) => mails.length).sort((a, b) => a - b);
  const found = threadsByPublicInbox(at('maildir'), scratch);
  for (const [index, size] of sizes.entries())
    tally.same(`thread of ${size} mails`, found[index], size);
  tally.same('threads', found.length, sizes.length);
  return tally.findings('threads');
}

const CHECKS: readonly { name: string; tools: readonly string[]; check: Check }[] = [
  { name: 'git', tools: ['git'], check: checkGit },
  { name: 'alone', tools: ['git'], check: checkAlone },
  { name: 'b4', tools: ['git', 'b4'], check: checkB4 },
  {
    name: 'public-inbox',
    tools: ['git', 'perl', 'public-inbox-init', 'public-inbox-mda'],
    check: checkPublicInbox,
  },
];

export const threads: readonly Corpus[] = SOURCES.flatMap((source) =>
  CHECKS.map(({ name, tools, check }) => ({
    name: `threads-${source.name}-${name}`,
    needs: source.needs,
    tools,
    check: (place: Place) => check(source.prepare(place), place),
  })),
);
