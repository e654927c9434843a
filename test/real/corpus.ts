/** What `npm run test:real` is made of: corpora, each a check that counts what it compared. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the material lies, and where a check may write. */
export interface Place {
  /** The directory that `prepare.sh` made. Nothing is written there. */
  readonly dir: string;
  /** An empty directory of the check's own; gone when it ends. */
  readonly scratch: string;
}

/** What a check found: counts for its line, and one text for each thing that is not as expected. */
export interface Findings {
  readonly counts: string;
  readonly mismatches: readonly string[];
}

/** One line of the output. */
export interface Corpus {
  readonly name: string;
  /** Paths below the directory without which it is skipped. */
  readonly needs: readonly string[];
  /** Programs without which it is skipped. */
  readonly tools?: readonly string[];
  /** How long it takes on an idle machine, if so long that it is done only when it is named. */
  readonly minutes?: number;
  /** Another reason for skipping it, looked for when all of these are there. */
  unfit?(dir: string): string | null;
  check(place: Place): Promise<Findings> | Findings;
}

/** Collects comparisons, so that a check says how many it made and cannot pass without any. */
export class Tally {
  readonly mismatches: string[] = [];
  checked = 0;

  /** Note whether `actual` is `expected`; true when it is. */
  same(what: string, actual: unknown, expected: unknown): boolean {
    this.checked += 1;
    if (Object.is(actual, expected)) return true;
    this.mismatches.push(`${what}: ${difference(actual, expected)}`);
    return false;
  }

  fail(what: string): void {
    this.checked += 1;
    this.mismatches.push(what);
  }

  /** Findings whose counts begin with how many of the comparisons held. */
  findings(unit: string, more = ''): Findings {
    if (this.checked === 0) this.fail(`nothing was compared: no ${unit}`);
    const held = this.checked - this.mismatches.length;
    const counts = `${held} of ${this.checked} ${unit}${more === '' ? '' : `, ${more}`}`;
    return { counts, mismatches: this.mismatches };
  }
}

/** The two values; of long texts the first lines that differ. */
function difference(actual: unknown, expected: unknown): string {
  if (typeof actual !== 'string' || typeof expected !== 'string')
    return `got ${String(actual)}, expected ${String(expected)}`;
  const [got, wanted] = [actual.split('\n'), expected.split('\n')];
  const at = got.findIndex((line, index) => line !== wanted[index]);
  const line = at === -1 ? got.length : at;
  const where = wanted.length > 1 ? `line ${line + 1}: ` : '';
  return `${where}got ${show(got[line])}, expected ${show(wanted[line])}`;
}

const LONGEST = 400;

function show(text: string | undefined): string {
  if (text === undefined) return 'the end';
  return text.length > LONGEST ? `'${text.slice(0, LONGEST)}'…` : `'${text}'`;
}

/** Run `work` with a directory of its own, which goes afterwards. */
export async function withScratch<T>(work: (scratch: string) => Promise<T> | T): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'seam-real-'));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The lines of a text file, without the empty one at its end. */
export function readLines(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

/** The first of `paths` that is not below `dir`; null when all are. */
export function firstMissing(dir: string, paths: readonly string[]): string | null {
  return paths.find((path) => !existsSync(join(dir, path))) ?? null;
}
