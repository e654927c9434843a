/**
 * The 322 commits of 2008 once more, as their author could have sent them a second time: on a base
 * that has moved, in another order, some reworded, changed, dropped, split, put together, and some
 * new. What was done to each is known, so what a comparison says can be checked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePatch } from '../../tools/series/patchfile.ts';
import type { Patch } from '../../tools/series/types.ts';
import { SEAM, borrow, git, output } from './programs.ts';
import { readLines } from './corpus.ts';
import { writeQuilt } from './slice.ts';

/** What was done to a patch. */
export type Deed =
  | 'reworded'
  | 'context'
  | 'changed'
  | 'dropped'
  | 'split'
  | 'merged'
  | 'moved'
  | 'new';

/** How often each is done, in this order, to patches whose files no other patch touches. */
const DEEDS: readonly (readonly [Deed, number])[] = [
  ['split', 4],
  ['merged', 6],
  ['reworded', 12],
  ['context', 12],
  ['changed', 12],
  ['dropped', 9],
  ['moved', 10],
];
const NEW = 4;
/** What the second half of a split patch has behind its subject. */
export const OTHER = ', the other file';

/** The copy, as commits. */
export interface EditedCopy {
  readonly repository: string;
  readonly old: string;
  readonly next: string;
  /** By subject of the original. Patches to which nothing was done are not in it. */
  readonly deeds: ReadonlyMap<string, Deed>;
}

interface Original {
  readonly name: string;
  readonly mail: string;
  readonly patch: Patch;
}

/** Make the copy from the corpora in `dir`, in a repository of its own below `scratch`. */
export function makeEditedCopy(dir: string, scratch: string): EditedCopy {
  const root = join(dir, 'ovz-2008');
  const [base, tip] = ['base', 'tip'].map((name) => readFileSync(join(root, name), 'utf8').trim());
  const repository = borrow(join(root, 'repo.git'), join(scratch, 'copy.git'));
  const originals = readLines(join(root, 'patches/series')).map((name): Original => {
    const bytes = readFileSync(join(root, 'patches', name));
    return { name, mail: bytes.toString('latin1'), patch: parsePatch(bytes, { name }) };
  });
  const deeds = chooseDeeds(originals);
  const moves = originals.flatMap((each) =>
    deeds.get(each) === 'context' ? moveContext(each) : [],
  );
  const newBase = moveBase(
    repository,
    base ?? '',
    moves.flatMap(({ move }) => move),
  );
  const mails = new Map(moves.map(({ original, mail }) => [original, mail]));
  const series = writeQuilt(join(scratch, 'copy'), editAll(originals, deeds, mails));
  output(SEAM, ['apply', `--base=${repository}@${newBase}`, `--series=${series}`, '--branch=copy']);
  return {
    repository,
    old: `${base}..${tip}`,
    next: `${newBase}..copy`,
    deeds: new Map([...deeds].map(([{ patch }, deed]) => [patch.header.subject, deed])),
  };
}

/** Give out the deeds among the patches that can bear them, evenly over the series. */
function chooseDeeds(originals: readonly Original[]): Map<Original, Deed> {
  const touched = Map.groupBy(
    originals.flatMap(({ patch }) => [...new Set(patch.files.map(({ newPath }) => newPath))]),
    (path) => path,
  );
  const alone = originals.filter(({ patch }) =>
    patch.files.every(
      ({ change, newPath }) => change === 'modify' && touched.get(newPath)?.length === 1,
    ),
  );
  const free = new Set(alone);
  const deeds = new Map<Original, Deed>();
  for (const [deed, count] of DEEDS) {
    const able = [...free].filter((original) => canBear(original, deed));
    const step = Math.max(1, Math.floor(able.length / count));
    for (const original of able.filter((_, index) => index % step === 0).slice(0, count)) {
      deeds.set(original, deed);
      free.delete(original);
    }
  }
  return deeds;
}

const CHANGEABLE = /^\+(?!\+\+ )(.*[a-z]{4}.*[;)])$/m;

function canBear({ mail, patch }: Original, deed: Deed): boolean {
  const changed = patch.files.map(({ hunks }) =>
    hunks.reduce((sum, { lines }) => sum + lines.filter(({ op }) => op !== ' ').length, 0),
  );
  if (deed === 'split') return patch.files.length === 2 && changed.every((count) => count >= 4);
  if (deed === 'merged') return patch.files.length === 1 && (changed[0] ?? 0) >= 6;
  if (deed === 'changed') return CHANGEABLE.test(mail) && (changed[0] ?? 0) >= 8;
  if (deed === 'context') return contextLine(patch) !== null && (changed[0] ?? 0) >= 8;
  if (deed === 'reworded') return /\n\nSigned-off-by:/.test(mail);
  return true;
}

/** A line of the first hunk's leading context that has words, and its number in the old file. */
function contextLine({ files }: Patch): { path: string; at: number; line: string } | null {
  const hunk = files[0]?.hunks[0];
  if (files[0]?.oldPath === undefined || files[0].oldPath === null || hunk === undefined)
    return null;
  for (const [index, { op, text }] of hunk.lines.slice(0, 3).entries()) {
    const line = Buffer.from(text).toString('latin1').replace(/\n$/, '');
    if (op !== ' ') return null;
    if (/[a-z]{3}.*[;{]$/.test(line))
      return { path: files[0].oldPath, at: hunk.oldStart + index, line };
  }
  return null;
}

interface Move {
  readonly path: string;
  readonly at: number;
  readonly line: string;
}

const MARK = ' /* moved */';

function moveContext(original: Original): { original: Original; mail: string; move: Move }[] {
  const place = contextLine(original.patch);
  if (place === null) return [];
  const start = original.mail.indexOf('\n@@ ');
  const at = original.mail.indexOf(`\n ${place.line}\n`, start);
  const end = at + 2 + place.line.length;
  const mail = original.mail.slice(0, end) + MARK + original.mail.slice(end);
  return [{ original, mail, move: place }];
}

/** A commit on `base` in which each line has a mark behind it. */
function moveBase(repository: string, base: string, moves: readonly Move[]): string {
  const env = { GIT_INDEX_FILE: join(repository, 'moved-index') };
  const inRepository = (args: readonly string[], input?: Uint8Array): string =>
    output('git', args, { cwd: repository, env, ...(input === undefined ? {} : { input }) }).trim();
  inRepository(['read-tree', base]);
  for (const { path, at, line } of moves) {
    const lines = output('git', ['cat-file', 'blob', `${base}:${path}`], { cwd: repository }).split(
      '\n',
    );
    if (lines[at - 1] !== line) throw new Error(`'${path}' has no '${line}' at ${at}`);
    lines[at - 1] += MARK;
    const id = inRepository(
      ['hash-object', '-w', '--stdin'],
      Buffer.from(lines.join('\n'), 'latin1'),
    );
    inRepository(['update-index', '--cacheinfo', `100644,${id},${path}`]);
  }
  const tree = inRepository(['write-tree']);
  return git(repository, 'commit-tree', tree, '-p', base, '-m', 'a base that has moved');
}

/** The mails of the copy, each a byte per character. */
function editAll(
  originals: readonly Original[],
  deeds: ReadonlyMap<Original, Deed>,
  moved: ReadonlyMap<Original, string>,
): string[] {
  const staying: string[] = [];
  const last: string[] = [];
  let open: string | null = null;
  for (const original of originals) {
    const { mail } = original;
    const deed = deeds.get(original);
    if (deed === 'dropped') continue;
    if (deed === 'moved') last.push(mail);
    else if (deed === 'split') staying.push(...splitMail(mail));
    else if (deed !== 'merged') staying.push(moved.get(original) ?? edit(mail, deed));
    else if (open === null) open = mail;
    else {
      staying.push(joinMails(open, mail));
      open = null;
    }
  }
  const added = Array.from({ length: NEW }, (_, n) => newMail(n + 1));
  return [...staying.slice(0, 100), ...added, ...staying.slice(100), ...last];
}

function edit(mail: string, deed: Deed | undefined): string {
  if (deed === 'reworded')
    return mail.replace('\n\nSigned-off-by:', '\n\nSaid once more.\n\nSigned-off-by:');
  if (deed === 'changed') return mail.replace(CHANGEABLE, '+$1 /* edited */');
  return mail;
}

function diffStart(mail: string): number {
  return mail.indexOf('\ndiff --git ') + 1;
}

function diffEnd(mail: string): number {
  return mail.lastIndexOf('\n-- \n') + 1;
}

function splitMail(mail: string): string[] {
  const head = mail.slice(0, diffStart(mail));
  const second = mail.indexOf('\ndiff --git ', diffStart(mail)) + 1;
  const other = head.replace(/^Subject: (.*(?:\n .*)*)$/m, `Subject: $1${OTHER}`);
  const [first, rest] = [mail.slice(diffStart(mail), second), mail.slice(second)];
  return [`${head}${first}-- \n2.39.5\n\n`, other + rest];
}

function joinMails(mail: string, other: string): string {
  const end = diffEnd(mail);
  return mail.slice(0, end) + other.slice(diffStart(other), diffEnd(other)) + mail.slice(end);
}

function newMail(number: number): string {
  const lines = Array.from({ length: 12 }, (_, n) => `+line ${n} of file ${number}\n`).join('');
  const path = `Documentation/new-${number}.txt`;
  const head = [
    'From: Seam Project <series@seam.invalid>',
    'Date: Tue, 1 Jul 2008 12:00:00 +0000',
    `Subject: [PATCH] Documentation: file ${number}`,
  ];
  return `${head.join('\n')}\n\nNew.\n---\ndiff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,12 @@\n${lines}-- \n2.39.5\n`;
}
