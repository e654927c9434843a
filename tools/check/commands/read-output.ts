/** From how a command ended and what it printed to what is to be said of the tree. Pure. */
import type { RunEnd } from '../../bisect/answer.ts';
import { isFullDisk } from '../full-disk.ts';
import { type KtapTest, parseKtap } from '../ktap.ts';
import type { Observation, VerdictKind } from '../types.ts';
import { type Diagnostics, readDiagnostics } from './diagnostics.ts';
import type { OutputKind } from './types.ts';

/** How much of an output that says nothing else is shown. */
const TAIL_LINES = 20;
/** "Cannot be tested", as for `git bisect run`. */
const SKIP = 125;

export interface Reading {
  readonly verdict: VerdictKind;
  readonly reason: string | null;
  readonly observations: readonly Observation[];
  /** For diagnostics: what was compiled, and which file each belongs to. */
  readonly diagnostics: Diagnostics | null;
}

/** `strip` makes a path that the command printed relative to the tree. */
export function readRun(
  step: string,
  kind: OutputKind,
  end: RunEnd,
  text: string,
  strip: (path: string) => string,
): Reading {
  const stopped = readEnd(end, isFullDisk(text));
  if (stopped !== null) return stopped;
  const status = end.kind === 'exited' ? end.status : 0;
  const reason = status === 0 ? null : `status ${status}`;
  switch (kind) {
    case 'gcc':
      return readBuild(step, status, text, strip);
    case 'ktap':
      return readTests(step, reason, text);
    case 'text': {
      const observations = reason === null ? [] : [failure(step, reason, text)];
      return {
        verdict: reason === null ? 'passed' : 'failed',
        reason,
        observations,
        diagnostics: null,
      };
    }
  }
}

/** Ends that are no answer about the tree, or that the command itself calls none. */
function readEnd(end: RunEnd, full: boolean): Reading | null {
  const without = (verdict: VerdictKind, reason: string): Reading => ({
    verdict,
    reason,
    observations: [],
    diagnostics: null,
  });
  switch (end.kind) {
    case 'timed-out':
      return without('timed-out', `stopped after ${end.seconds} s`);
    case 'exceeded':
      return without('error', `too much ${end.what}`);
    case 'signalled':
      return without('error', `killed by ${end.signal}`);
    case 'exited':
      if (end.status === SKIP) return without('skipped', 'the command says it cannot be tested');
      if (end.status !== 0 && full) return without('error', 'no space left on device');
      return end.status > 128 ? without('error', `status ${end.status}`) : null;
  }
}

function readBuild(
  step: string,
  status: number,
  text: string,
  strip: (path: string) => string,
): Reading {
  const diagnostics = readDiagnostics(step, text, strip);
  const observations = diagnostics.found.map(({ observation }) => observation);
  if (status === 0) return { verdict: 'passed', reason: null, observations, diagnostics };
  const reason = `status ${status}`;
  const explained = observations.some(({ severity }) => severity === 'error');
  const all = explained ? observations : [...observations, failure(step, reason, text)];
  return { verdict: 'failed', reason, observations: all, diagnostics };
}

function readTests(step: string, reason: string | null, text: string): Reading {
  const { tests, problems } = parseKtap(text);
  const observations = [
    ...tests.flatMap((test) => failedTests(step, test, [])),
    ...problems.map((problem) => incomplete(step, problem, text)),
  ];
  // A kernel that was told to halt after its tests leaves as it can; results that are whole count.
  if (observations.length === 0 && reason !== null) observations.push(failure(step, reason, text));
  const verdict = problems.length === 0 ? 'passed' : 'failed';
  return { verdict, reason: problems[0] ?? null, observations, diagnostics: null };
}

function failedTests(step: string, test: KtapTest, above: readonly string[]): Observation[] {
  const names = [...above, test.name];
  if (test.status !== 'failed') return [];
  const below = test.tests.flatMap((each) => failedTests(step, each, names));
  if (below.length > 0) return below;
  const message = `${names.join('.')} fails`;
  const rule = `${step}/failed`;
  return [{ rule, severity: 'error', path: null, line: null, message, ...detail(test.log) }];
}

function incomplete(step: string, message: string, text: string): Observation {
  const rule = `${step}/incomplete`;
  return { rule, severity: 'error', path: null, line: null, message, ...detail(lastLines(text)) };
}

function failure(step: string, message: string, text: string): Observation {
  const rule = `${step}/failed`;
  return { rule, severity: 'error', path: null, line: null, message, ...detail(lastLines(text)) };
}

function lastLines(text: string): string[] {
  return text.trimEnd().split('\n').slice(-TAIL_LINES);
}

function detail(lines: readonly string[]): { readonly detail?: string } {
  const text = lines.join('\n');
  return text === '' ? {} : { detail: text };
}
