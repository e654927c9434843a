/**
 * Hunks on files that have moved on, against GNU patch and `git apply` with the same input. Both
 * are asked for the content only; where the machine has none of them, these tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyHunks } from '../../tools/patch/apply-hunks.ts';
import { formatHunk } from '../../tools/patch/format.ts';
import { splitLines } from '../../tools/patch/lines.ts';
import { diffText } from '../../tools/patch/make.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import { reversePatch } from '../../tools/patch/reverse.ts';
import type { Bytes, Hunk } from '../../tools/patch/types.ts';
import { gitVersion } from './oracle.ts';

const gnuPatch = spawnSync('patch', ['--version'], { encoding: 'utf8' });
const hasGnuPatch = gnuPatch.error === undefined && gnuPatch.stdout.startsWith('GNU patch 2.7');

/** Few different lines, so that hunks fit in several places, or many, so that they fit in one. */
function lineOf(kinds: number): fc.Arbitrary<string> {
  return fc.nat(kinds - 1).map((n) => (n === 0 ? '' : `${' '.repeat(n % 3)}line ${n}`));
}

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly add: readonly string[];
}

function editOf(line: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  return fc.record({
    at: fc.nat(40),
    drop: fc.nat(3),
    add: fc.array(line, { maxLength: 3 }),
  });
}

function edited(lines: readonly string[], edits: readonly Edit[]): string[] {
  const result = [...lines];
  for (const { at, drop, add } of edits) result.splice(at % (result.length + 1), drop, ...add);
  return result;
}

function content(lines: readonly string[], open: boolean): Buffer {
  const text = lines.join('\n');
  return Buffer.from(open || lines.length === 0 ? text : `${text}\n`);
}

/** What the diff is made from and to, and the file that it is applied to. */
interface Case {
  readonly old: Buffer;
  readonly next: Buffer;
  readonly target: Buffer;
  readonly context: number;
  readonly fuzz: number;
}

function caseOf(kinds: number, contexts: readonly number[]): fc.Arbitrary<Case> {
  const line = lineOf(kinds);
  const edits = fc.array(editOf(line), { minLength: 1, maxLength: 3 });
  return fc
    .record({
      lines: fc.array(line, { maxLength: 40 }),
      open: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      change: edits,
      drift: fc.oneof(fc.constant([]), edits),
      context: fc.constantFrom(...contexts),
      fuzz: fc.nat(3),
    })
    .map(({ lines, open, change, drift, context, fuzz }) => ({
      old: content(lines, open[0]),
      next: content(edited(lines, change), open[1]),
      target: content(edited(lines, drift), drift.length === 0 ? open[0] : open[2]),
      context,
      fuzz,
    }));
}

function diffOf({ old, next, context }: Case): { diff: Bytes; hunks: readonly Hunk[] } {
  const made = diffText(old, next, { context });
  const diff = Buffer.concat([Buffer.from('--- a/x\n+++ b/x\n'), ...made.map(formatHunk)]);
  return { diff, hunks: parseDiff(diff).files[0]?.hunks ?? [] };
}

/** Without any old line, "append to nothing" and "create" look the same; the programs disagree. */
function isPlain(hunks: readonly Hunk[]): boolean {
  return hunks.length > 0 && hunks.every(({ oldStart }) => oldStart > 0);
}

function linesIn(bytes: Bytes): number {
  return splitLines(bytes).count;
}

/** The last line has no line feed. */
function isOpen(bytes: Bytes): boolean {
  return bytes.length > 0 && bytes.at(-1) !== 10;
}

/** The old side ends in a line without line feed. */
function seesOpenEnd({ lines }: Hunk): boolean {
  return lines.some(({ op, text }) => op !== '+' && text.at(-1) !== 10);
}

function isCutBelow({ lines }: Hunk): boolean {
  const above = lines.findIndex(({ op }) => op !== ' ');
  const below = lines.length - 1 - lines.findLastIndex(({ op }) => op !== ' ');
  return below < above;
}

function seam(target: Bytes, hunks: readonly Hunk[], fuzz: number): string {
  const result = applyHunks(target, hunks, fuzz);
  return result.kind === 'applied' ? Buffer.from(result.bytes).toString() : 'does not apply';
}

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'seam-oracle-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What a program makes of file `x` in `dir`. */
function ask(target: Bytes, diff: Bytes, program: string, ...args: string[]): string {
  writeFileSync(join(dir, 'x'), target);
  writeFileSync(join(dir, 'diff'), diff);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', GIT_CEILING_DIRECTORIES: tmpdir() };
  const done = spawnSync(program, args, { cwd: dir, env });
  if (done.error !== undefined) throw done.error;
  return done.status === 0 ? readFileSync(join(dir, 'x'), 'utf8') : 'does not apply';
}

function gnu(target: Bytes, diff: Bytes, fuzz: number, ...more: string[]): string {
  const options = [
    `-F${fuzz}`,
    '--force',
    '--silent',
    '--no-backup-if-mismatch',
    '--reject-file=-',
  ];
  return ask(target, diff, 'patch', ...options, ...more, '-p1', '-i', 'diff', 'x');
}

function gitApply(target: Bytes, diff: Bytes): string {
  return ask(target, diff, 'git', 'apply', 'diff');
}

/** Count the cases of both kinds, so that a property does not hold because nothing was tried. */
class Seen {
  applied = 0;
  refused = 0;
  note(result: string): void {
    if (result === 'does not apply') this.refused += 1;
    else this.applied += 1;
  }
}

describe.skipIf(!hasGnuPatch)(`as GNU patch (${hasGnuPatch ? 'found' : 'not installed'})`, () => {
  it.each([
    ['lines that repeat', 5],
    ['lines that differ', 60],
  ])('finds the place and the fuzz: %s', (_name, kinds) => {
    const seen = new Seen();
    fc.assert(
      fc.property(caseOf(kinds, [1, 2, 3]), (each) => {
        const { diff, hunks } = diffOf(each);
        // With fuzz, GNU patch joins an added line to a last line without line feed.
        fc.pre(isPlain(hunks) && (each.fuzz === 0 || !isOpen(each.target)));
        const result = seam(each.target, hunks, each.fuzz);
        seen.note(result);
        expect(result).toBe(gnu(each.target, diff, each.fuzz));
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.applied, seen.refused)).toBeGreaterThan(20);
  });

  it('takes hunks without context at their word', () => {
    fc.assert(
      fc.property(caseOf(30, [0]), (each) => {
        const { diff, hunks } = diffOf(each);
        // GNU patch appends what would go behind the end of the file; Seam refuses that.
        const inside = hunks.length === 1 && linesIn(each.target) >= linesIn(each.old);
        fc.pre(isPlain(hunks) && (inside || each.target.equals(each.old)));
        expect(seam(each.target, hunks, 0)).toBe(gnu(each.target, diff, 0));
      }),
      { numRuns: 200 },
    );
  });

  it('in reverse', () => {
    fc.assert(
      fc.property(caseOf(30, [3]), (each) => {
        const { diff, hunks } = diffOf(each);
        const { files } = parseDiff(diff);
        const reversed = reversePatch(files)[0]?.hunks ?? [];
        fc.pre(isPlain(hunks) && isPlain(reversed));
        expect(seam(each.next, reversed, 0)).toBe(gnu(each.next, diff, 0, '--reverse'));
      }),
      { numRuns: 150 },
    );
  });
});

describe.skipIf(gitVersion === null)(`as git apply (${gitVersion ?? 'not installed'})`, () => {
  it('applies what git applies, to the same content', () => {
    const seen = new Seen();
    fc.assert(
      fc.property(caseOf(1000, [1, 2, 3]), (each) => {
        const { diff, hunks } = diffOf(each);
        // git takes a line without line feed for the beginning of one that has it, and joins lines;
        // and it lets a hunk with less context below than above leave the end of the file.
        const special = hunks.some((hunk) => seesOpenEnd(hunk) || isCutBelow(hunk));
        fc.pre(isPlain(hunks) && (!special || each.target.equals(each.old)));
        const result = gitApply(each.target, diff);
        seen.note(result);
        // git is stricter in one thing: a hunk that begins on line 1 must stay there.
        fc.pre(result !== 'does not apply' || hunks.every(({ oldStart }) => oldStart > 1));
        expect(seam(each.target, hunks, 0)).toBe(result);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.applied, seen.refused)).toBeGreaterThan(20);
  });
});
