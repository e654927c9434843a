/** Cuts one large diff into many small patches that follow one another: series of any length. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hunk, or a whole file that has none, as Latin-1 text. */
interface Unit {
  /** The lines above the first hunk of the file, without the `index` line: it names whole files. */
  readonly header: string;
  readonly hunk: string;
}

const HUNK = /^@@ -(\d+)((?:,\d+)?) \+(\d+)((?:,\d+)?) @@/;

function unitsOf(diff: string): Unit[] {
  return diff.split(/^(?=diff --git )/m).flatMap((file) => {
    const [head = '', ...hunks] = file.split(/^(?=@@ -)/m);
    const header = head.replace(/^index .*\n/m, '');
    return hunks.length === 0 ? [{ header, hunk: '' }] : hunks.map((hunk) => ({ header, hunk }));
  });
}

/**
 * The hunk as it is when those before it in the file are applied already, except for the ones in its
 * own patch: `shift` is what the patches before have added to the lines above.
 */
function placed(hunk: string, shift: number): string {
  return hunk.replace(HUNK, (_all, old: string, oldCount: string, next: string, newCount: string) =>
    old === '0' ? _all : `@@ -${Number(old) + shift}${oldCount} +${next}${newCount} @@`,
  );
}

function growth(hunk: string): number {
  const match = HUNK.exec(hunk);
  const count = (text: string | undefined): number =>
    text === undefined || text === '' ? 1 : Number(text.slice(1));
  return match === null ? 0 : count(match[4]) - count(match[2]);
}

/** One patch of consecutive units; `shifts` carries what earlier patches did to a file. */
function compose(units: readonly Unit[], shifts: Map<string, number>): string {
  const text: string[] = [];
  const grown = new Map<string, number>();
  let last = '';
  for (const { header, hunk } of units) {
    if (header !== last) text.push(header);
    last = header;
    text.push(placed(hunk, shifts.get(header) ?? 0));
    grown.set(header, (grown.get(header) ?? 0) + growth(hunk));
  }
  for (const [header, lines] of grown) shifts.set(header, (shifts.get(header) ?? 0) + lines);
  return text.join('');
}

/** Cut `diff` (as `git diff` prints it, without binary files) into `count` mails that add up to it. */
export function slice(diff: string, count: number): string[] {
  const units = unitsOf(diff);
  if (units.length < count) throw new RangeError(`${units.length} hunks, ${count} patches wanted`);
  const shifts = new Map<string, number>();
  return Array.from({ length: count }, (_none, index) => {
    const from = Math.floor((index * units.length) / count);
    const to = Math.floor(((index + 1) * units.length) / count);
    const head = [
      `From: Seam Project <series@seam.invalid>`,
      `Date: Tue, 14 Nov 2023 22:13:20 +0000`,
      `Subject: [PATCH] slice ${index + 1} of ${count}`,
    ];
    return `${head.join('\n')}\n\n---\n${compose(units.slice(from, to), shifts)}`;
  });
}

/** Write patches as a quilt directory. */
export function writeQuilt(dir: string, patches: readonly string[]): string {
  mkdirSync(dir, { recursive: true });
  const names = patches.map((_text, index) => `${String(index + 1).padStart(5, '0')}.patch`);
  for (const [index, name] of names.entries())
    writeFileSync(join(dir, name), patches[index] ?? '', 'latin1');
  writeFileSync(join(dir, 'series'), `${names.join('\n')}\n`);
  return dir;
}
