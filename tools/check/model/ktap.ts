/** What the unit tests of a kernel said, as observations. Pure. */
import type { RunEnd } from '../../bisect/answer.ts';
import { countKtap, type KtapTest, parseKtap } from '../ktap.ts';
import type { Observation, VerdictKind } from '../types.ts';

/** What is made of one run of tests. */
export interface TestReading {
  readonly verdict: VerdictKind;
  readonly reason: string | null;
  readonly observations: readonly Observation[];
}

/**
 * Read what `vmlinux kunit` wrote to standard output before it ended this way. `errors`, its standard
 * error, tells what killed it. `step` begins the rules' names.
 */
export function readUnitTests(
  output: string,
  errors: string,
  end: RunEnd,
  step: string,
): TestReading {
  const report = parseKtap(output);
  const failed = failures(report.tests, []).map(({ path, test }): Observation => {
    const detail = test.log.join('\n');
    const message = `${path} failed`;
    const plain = { rule: `${step}/failed`, severity: 'error', line: null, message } as const;
    return { ...plain, path: null, ...(detail === '' ? {} : { detail }) };
  });
  const ended =
    end.kind === 'exited' && (end.status === 0 || (end.status === 1 && failed.length > 0));
  if (ended && report.problems.length === 0)
    return { verdict: 'passed', reason: null, observations: failed };
  const tail = [...lastLines(output, 5), ...lastLines(errors, 15)].join('\n');
  const death: Observation = {
    rule: `${step}/died`,
    severity: 'error',
    path: null,
    line: null,
    message: `the unit tests ended with ${endText(end)}${problemText(report.problems)}`,
    detail: tail,
  };
  const { passed } = countKtap(report.tests);
  const verdict = end.kind === 'timed-out' ? 'timed-out' : 'failed';
  return {
    verdict,
    reason: `${endText(end)} after ${passed} passed`,
    observations: [...failed, death],
  };
}

function lastLines(text: string, count: number): string[] {
  return text.trimEnd().split('\n').slice(-count);
}

function problemText(problems: readonly string[]): string {
  const [first] = problems;
  return first === undefined ? '' : `: ${first}`;
}

/** How a program ended, in words. */
export function endText(end: RunEnd): string {
  if (end.kind === 'exited') return `status ${end.status}`;
  if (end.kind === 'signalled') return end.signal;
  return end.kind === 'timed-out' ? `no end within ${end.seconds} s` : JSON.stringify(end);
}

/** Failed tests that have none below them, by their path: `ipc.msgsnd_limit`. */
function failures(
  tests: readonly KtapTest[],
  above: readonly string[],
): { path: string; test: KtapTest }[] {
  return tests.flatMap((test) => {
    if (test.status !== 'failed') return [];
    const path = [...above, test.name];
    const below = failures(test.tests, path);
    return below.length > 0 ? below : [{ path: path.join('.'), test }];
  });
}
