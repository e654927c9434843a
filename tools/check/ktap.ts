/**
 * Reads KTAP, the test results that kernels print (docs.kernel.org, "The Kernel Test Anything
 * Protocol", version 1; TAP 13 and 14 are read as well). Any other line may stand between: a kernel
 * logs while it tests. What was planned and is not there, or is out of order, is a problem, because a
 * crash in the middle must not look like a short, green run. Pure.
 */

export type KtapStatus = 'passed' | 'failed' | 'skipped';

/** One result, with those of the tests below it. */
export interface KtapTest {
  readonly name: string;
  readonly status: KtapStatus;
  /** Behind `# SKIP`, `# TODO`, `# TIMEOUT` and the like: the word and what follows it. */
  readonly directive: string | null;
  readonly reason: string;
  readonly tests: readonly KtapTest[];
  /** Lines without a meaning of their own that came before the result. */
  readonly log: readonly string[];
}

export interface KtapReport {
  readonly tests: readonly KtapTest[];
  /** What is wrong with the output as such, as sentences without a full stop. */
  readonly problems: readonly string[];
  /** Lines behind the last result. */
  readonly log: readonly string[];
}

const VERSION = /^(?:K?TAP version \d+)\s*$/;
const PLAN = /^1\.\.(\d+)(?:\s*#\s*(.*))?$/;
const RESULT = /^(ok|not ok)\b(?:\s+(\d+))?(?:\s+-)?\s*(.*)$/;
const DIRECTIVE = /(?:^|\s)#\s*(SKIP|TODO|XFAIL|XPASS|TIMEOUT|ERROR)\b:?\s*(.*)$/i;

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly raw: string;
}

/** Read everything that `text`, the output of a test run, says about tests. */
export function parseKtap(text: string): KtapReport {
  const reader = new Reader(linesOf(text));
  const level = reader.level(0, 'the run');
  if (level.tests.length === 0 && reader.problems.length === 0)
    reader.problems.push('no test results found');
  return { tests: level.tests, problems: reader.problems, log: level.log };
}

/** Lines behind the console's prefix (a time stamp), whose width the first version line tells. */
function linesOf(text: string): Line[] {
  const raws = text.split(/\r?\n/);
  if (raws.at(-1) === '') raws.pop();
  const first = raws.find((raw) => /(?:^|\] ?)K?TAP version \d+\s*$/.test(raw)) ?? '';
  const prefix = first.search(/K?TAP version/);
  const width = prefix > 0 && first.slice(0, prefix).trim() !== '' ? prefix : 0;
  return raws.map((raw) => {
    const rest = raw.slice(width);
    const body = rest.trimStart();
    return { indent: rest.length - body.length, text: body, raw };
  });
}

function isKtap({ text }: Line): boolean {
  return VERSION.test(text) || PLAN.test(text) || /^(?:ok|not ok)\b/.test(text);
}

class Reader {
  readonly problems: string[] = [];
  private readonly lines: readonly Line[];
  private at = 0;

  constructor(lines: readonly Line[]) {
    this.lines = lines;
  }

  /** Read the results at `indent` or deeper, until one that belongs further out. */
  level(indent: number, owner: string): { tests: KtapTest[]; log: string[] } {
    const tests: KtapTest[] = [];
    let log: string[] = [];
    let below: KtapTest[] = [];
    let planned: number | null = null;
    for (; this.at < this.lines.length; this.at += 1) {
      const line = this.lines[this.at];
      if (line === undefined) break;
      if (!isKtap(line)) {
        if (line.text !== '') log.push(line.raw);
        continue;
      }
      if (line.indent < indent) break;
      if (line.indent > indent) {
        const inner = this.level(
          line.indent,
          this.subtestName(log) ?? `test ${tests.length + 1} of ${owner}`,
        );
        below.push(...inner.tests);
        log.push(...inner.log);
        this.at -= 1;
        continue;
      }
      const plan = PLAN.exec(line.text);
      if (plan !== null) planned = Number(plan[1]);
      const result = RESULT.exec(line.text);
      if (result === null) continue;
      this.checkNumber(result[2], tests.length + 1, owner);
      tests.push(this.result(result, below, log));
      [below, log] = [[], []];
    }
    this.checkEnd(owner, planned, tests, below);
    return { tests, log };
  }

  private subtestName(log: readonly string[]): string | null {
    const named = log.findLast((line) => /#\s*Subtest:/.test(line));
    return named?.replace(/^.*#\s*Subtest:\s*/, '') ?? null;
  }

  private result(
    match: RegExpExecArray,
    tests: readonly KtapTest[],
    log: readonly string[],
  ): KtapTest {
    const [, word, , rest = ''] = match;
    const found = DIRECTIVE.exec(rest);
    const directive = found?.[1]?.toUpperCase() ?? null;
    const name = (found === null ? rest : rest.slice(0, found.index)).trim();
    const failing = tests.some((test) => test.status === 'failed');
    if (word === 'ok' && failing) this.problems.push(`'${name}' says ok above a test that failed`);
    const failed = failing || (word === 'not ok' && directive !== 'TODO' && directive !== 'XFAIL');
    const status = failed ? 'failed' : directive === 'SKIP' ? 'skipped' : 'passed';
    return {
      name,
      status,
      directive,
      reason: found?.[2] ?? '',
      tests,
      log: log.filter((line) => !/#\s*Subtest:/.test(line)),
    };
  }

  private checkNumber(written: string | undefined, expected: number, owner: string): void {
    if (written !== undefined && Number(written) !== expected) {
      this.problems.push(`${owner} has result ${written} where ${expected} was due`);
    }
  }

  private checkEnd(
    owner: string,
    planned: number | null,
    tests: readonly KtapTest[],
    below: readonly KtapTest[],
  ): void {
    if (planned !== null && planned !== tests.length) {
      this.problems.push(`${owner} planned ${planned} tests and has ${tests.length}`);
    }
    if (below.length > 0) this.problems.push(`${owner} ends without the result of its last test`);
  }
}

/** How many tests have which status; of a test with tests below it, only those count. */
export function countKtap(tests: readonly KtapTest[]): Record<KtapStatus, number> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const add = (test: KtapTest): void => {
    if (test.tests.length === 0) counts[test.status] += 1;
    else for (const each of test.tests) add(each);
  };
  for (const test of tests) add(test);
  return counts;
}
