/** Versions of a series: against `git range-diff`, and against what authors said that they changed. */
import { join } from 'node:path';
import type { Corpus, Findings, Place } from './corpus.ts';
import { Tally } from './corpus.ts';
import { type Deed, OTHER, makeEditedCopy } from './edited-copy.ts';
import { SEAM, output } from './programs.ts';

interface Side {
  readonly number: number;
  readonly subject: string;
}

interface Entry {
  readonly kind: string;
  readonly moved: boolean;
  readonly old: Side | null;
  readonly new: Side | null;
  readonly origins: readonly number[];
  readonly results: readonly number[];
}

function compare(...args: readonly string[]): Entry[] {
  const text = output(SEAM, ['range-diff', '--json', '-s', ...args]);
  return (JSON.parse(text) as { entries: Entry[] }).entries;
}

/** The same bytes as git, and every deed told by its name. */
function checkCopy({ dir, scratch }: Place): Findings {
  const { repository, old, next, deeds } = makeEditedCopy(dir, scratch);
  const tally = new Tally();
  const where = ['-C', repository];
  const theirs = output('git', [
    ...where,
    '-c',
    'core.abbrev=12',
    'range-diff',
    '--no-color',
    old,
    next,
  ]);
  const ours = output(SEAM, [...where, 'range-diff', '--format=git', '--raw', old, next]);
  const wanted = theirs.split('\n');
  for (const [index, line] of ours.split('\n').entries())
    tally.same(`line ${index + 1}`, line, wanted[index]);
  tally.same('number of lines', ours.split('\n').length, wanted.length);
  const entries = compare(...where, '--raw', old, next);
  for (const entry of entries) checkDeed(tally, deeds, entry);
  const rebased = checkRebased(tally, entries, compare(...where, old, next));
  const kinds = [...Map.groupBy(entries, ({ kind }) => kind)].map(
    ([kind, some]) => `${some.length} ${kind}`,
  );
  return tally.findings('lines and kinds', `${kinds.join(', ')}; ${rebased}`);
}

/** On the new base, what only its move had changed is unchanged, but for lines that both touch. */
function checkRebased(tally: Tally, raw: readonly Entry[], rebased: readonly Entry[]): string {
  let settled = 0;
  for (const [index, { kind, old }] of raw.entries()) {
    const now = rebased[index]?.kind;
    if (kind === 'context' && now === 'unchanged') settled += 1;
    else tally.same(`'${old?.subject}' on the new base`, now, kind);
  }
  const all = raw.filter(({ kind }) => kind === 'context').length;
  tally.same('most context changes come from the base', settled * 2 > all, true);
  return `${settled} of ${all} context changes come from the base`;
}

function checkDeed(tally: Tally, deeds: ReadonlyMap<string, Deed>, entry: Entry): void {
  const subject = entry.old?.subject ?? entry.new?.subject ?? '';
  const deed = deeds.get(subject) ?? (entry.old === null ? 'new' : 'unchanged');
  // The second half of a split patch has a subject of its own.
  const expected = deed === 'new' && subject.endsWith(OTHER) ? 'split' : deed;
  tally.same(`'${subject}'`, entry.kind, expected);
}

/** Versions in the order in which they were posted, with the number of their patches that arrived. */
const POSTED = {
  rfc: 20,
  v1: 26,
  v2: 18,
  v3: 22,
  v4: 18,
  v5: 18,
  v6: 12,
  v7: 15,
  v8: 15,
  v9: 15,
  v10: 14,
  v11: 14,
  v12: 14,
  v13: 14,
  v14: 14,
  v15: 14,
  v16: 16,
  v17: 16,
} as const;

type Version = keyof typeof POSTED;

/** What the author says in the covers and notes: what became of patches of the version before. */
interface Claim {
  readonly version: Version;
  /** Number in the version before, or else in this one. */
  readonly side: 'old' | 'new';
  readonly numbers: readonly number[];
  readonly kind: string;
  readonly moved?: boolean;
}

const CLAIMS: readonly Claim[] = [
  // The changes to the misc controller, eight patches, were consolidated to two.
  { version: 'v2', side: 'old', numbers: [17, 18, 19, 20, 21, 22, 23, 24], kind: 'dropped' },
  { version: 'v2', side: 'new', numbers: [15, 16], kind: 'new' },
  // Patches were reordered: the preparation of the misc controller comes first.
  { version: 'v4', side: 'new', numbers: [1, 2], kind: 'context', moved: true },
  // The patch with API and resource type was split.
  { version: 'v6', side: 'old', numbers: [2], kind: 'split' },
  { version: 'v6', side: 'new', numbers: [2, 3], kind: 'split' },
  // The large patch, number 10, was split into smaller ones; page states and candidate list removed.
  { version: 'v7', side: 'old', numbers: [10], kind: 'split' },
  { version: 'v7', side: 'old', numbers: [7, 8], kind: 'dropped' },
  // Nothing but tags and three patches of code changed.
  { version: 'v9', side: 'new', numbers: [10, 11, 12, 13, 14, 15], kind: 'unchanged' },
  // Enums in place of booleans are a patch of their own; 7 to 10 were restructured.
  { version: 'v10', side: 'new', numbers: [1], kind: 'new' },
  { version: 'v10', side: 'old', numbers: [7, 8, 10], kind: 'dropped' },
  { version: 'v10', side: 'old', numbers: [9], kind: 'rewritten' },
  // The uses of the global list, global and direct reclamation are patches of their own.
  { version: 'v16', side: 'new', numbers: [8, 12, 13], kind: 'new' },
  // Global reclamation moved right in front of the patch that turns it on.
  { version: 'v17', side: 'new', numbers: [13], kind: 'changed', moved: true },
];

function checkSgx({ dir }: Place): Findings {
  const tally = new Tally();
  const names = Object.keys(POSTED) as Version[];
  const mbox = (version: Version): string => join(dir, 'sgx-versions', `${version}.mbox`);
  let patches = 0;
  for (const [index, version] of names.entries()) {
    patches += POSTED[version];
    const self = compare(mbox(version), mbox(version));
    tally.same(`${version} with itself`, new Set(self.map(({ kind }) => kind)).size, 1);
    tally.same(`patches of ${version}`, self.length, POSTED[version]);
    const before = names[index - 1];
    if (before === undefined) continue;
    const entries = compare(mbox(before), mbox(version));
    for (const side of ['old', 'new'] as const) {
      const told = entries.flatMap((entry) => entry[side]?.number ?? []).sort((a, b) => a - b);
      const all = Array.from(
        { length: POSTED[side === 'old' ? before : version] },
        (_, n) => n + 1,
      );
      tally.same(`${before} and ${version}, ${side} patches told of`, told.join(), all.join());
    }
    for (const claim of CLAIMS.filter((each) => each.version === version))
      checkClaim(tally, claim, entries);
  }
  return tally.findings('statements', `${patches} patches in ${names.length} versions`);
}

function checkClaim(
  tally: Tally,
  { version, side, numbers, kind, moved }: Claim,
  entries: Entry[],
) {
  for (const number of numbers) {
    const entry = entries.find((each) => each[side]?.number === number);
    const what = `${version}, ${side} patch ${number}`;
    tally.same(what, entry?.kind, kind);
    if (moved !== undefined) tally.same(`${what}, moved`, entry?.moved, moved);
  }
}

export const versions: readonly Corpus[] = [
  { name: 'range-diff-2008', needs: ['ovz-2008/repo.git'], tools: ['git'], check: checkCopy },
  { name: 'range-diff-sgx', needs: ['sgx-versions'], check: checkSgx },
];
